// What the palette offers around writing.

import Zap from "@lucide/svelte/icons/zap";
import { m } from "../../../paraglide/messages.js";
import type { Action } from "../action";

export const quickReplies: Action = {
  id: "quick-replies",
  title: () => m.composer_replies_manage(),
  icon: Zap,
  group: "write",
  keys: [],
  run: ({ focus }) => focus.ask("quick-replies"),
};
