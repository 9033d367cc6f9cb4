// Going about within a conversation.

import CalendarDays from "@lucide/svelte/icons/calendar-days";
import { m } from "../../../paraglide/messages.js";
import type { Action } from "../action";

export const jumpToDate: Action = {
  id: "jump-to-date",
  title: () => m.conversation_jump_date(),
  icon: CalendarDays,
  group: "move",
  keys: ["d"],
  offered: ({ session }) => session.conversation.head !== null,
  run: ({ focus }) => focus.go("date"),
};
