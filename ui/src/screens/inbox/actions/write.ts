// Answering, and what is written beside an answer.

import LayoutTemplate from "@lucide/svelte/icons/layout-template";
import Reply from "@lucide/svelte/icons/reply";
import StickyNote from "@lucide/svelte/icons/sticky-note";
import { m } from "../../../paraglide/messages.js";
import type { Action, Stage } from "../action";

const isOpen = ({ session }: Stage) => session.conversation.head !== null;

export const reply: Action = {
  id: "reply",
  title: () => m.shortcut_reply(),
  icon: Reply,
  group: "write",
  keys: ["r"],
  offered: isOpen,
  run: ({ focus }) => focus.go("composer") || focus.go("picker"),
};

export const template: Action = {
  id: "template",
  title: () => m.shortcut_template(),
  icon: LayoutTemplate,
  group: "write",
  keys: ["t"],
  offered: isOpen,
  run({ session, focus }) {
    session.conversation.writing.picking = true;
    focus.go("picker");
  },
};

export const note: Action = {
  id: "note",
  title: () => m.palette_note(),
  icon: StickyNote,
  group: "write",
  keys: ["n"],
  offered: isOpen,
  run: ({ focus }) => focus.go("note"),
};
