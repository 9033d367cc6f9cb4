// Going through the list, into a conversation and back.

import ArrowDown from "@lucide/svelte/icons/arrow-down";
import ArrowUp from "@lucide/svelte/icons/arrow-up";
import CornerUpLeft from "@lucide/svelte/icons/corner-up-left";
import PanelRight from "@lucide/svelte/icons/panel-right";
import Search from "@lucide/svelte/icons/search";
import TextSearch from "@lucide/svelte/icons/text-search";
import Undo2 from "@lucide/svelte/icons/undo-2";
import { m } from "../../../paraglide/messages.js";
import type { Session } from "../../../state/session.svelte";
import { nameText } from "../../../text/phone";
import type { Action, Stage } from "../action";

export const next: Action = {
  id: "next",
  title: () => m.shortcut_next(),
  icon: ArrowDown,
  group: "move",
  keys: ["j", "arrowdown"],
  silent: true,
  run: ({ focus }) => focus.step(1),
};

export const previous: Action = {
  id: "previous",
  title: () => m.shortcut_previous(),
  icon: ArrowUp,
  group: "move",
  keys: ["k", "arrowup"],
  silent: true,
  run: ({ focus }) => focus.step(-1),
};

export const search: Action = {
  id: "search",
  title: () => m.shortcut_search(),
  icon: Search,
  group: "move",
  keys: ["/"],
  run: ({ focus }) => focus.go("search"),
};

/** Where nothing is open, in everything. */
export const find: Action = {
  id: "find",
  title: () => m.search_in_here(),
  icon: TextSearch,
  group: "move",
  keys: ["mod+f"],
  whileWriting: true,
  run({ session, focus }) {
    const { head } = session.conversation;
    if (head) focus.finding.inside(head.thread_id, nameText(head.name.text));
    return focus.go("search");
  },
};

export const panel: Action = {
  id: "panel",
  title: ({ focus }) => (focus.panel ? m.palette_panel_hide() : m.palette_panel_show()),
  icon: PanelRight,
  group: "move",
  keys: ["i"],
  offered: ({ session }) => session.conversation.head !== null,
  run: ({ focus }) => focus.showPanel(!focus.panel),
};

export const undo: Action = {
  id: "undo",
  title: () => m.palette_undo(),
  icon: Undo2,
  group: "move",
  keys: ["z"],
  offered: ({ session }) => undoableMessage(session) !== null || session.toasts.undoable !== undefined,
  run: ({ session, focus }) => takeBack(session, () => focus.go("list")),
};

export const back: Action = {
  id: "back",
  title: () => m.shortcut_back(),
  icon: CornerUpLeft,
  group: "move",
  keys: ["escape"],
  whileWriting: true,
  silent: true,
  run: goBack,
};

function undoableMessage(session: Session): { outboxId: string; age: number } | null {
  const { ticker, conversation } = session;
  const row = conversation.undoable;
  if (!row?.outbox_id) return null;
  return { outboxId: row.outbox_id, age: ((ticker.read() ?? row.at) - row.at) / ticker.speed };
}

/** Of a message that waits and a thread that was put away, what was done last. */
function takeBack(session: Session, restored: () => void): boolean {
  const message = undoableMessage(session);
  const toast = session.toasts.undoable;
  if (toast && (!message || performance.now() - toast.at < message.age)) {
    void session.guard(session.toasts.undo(toast).then(restored));
    return true;
  }
  if (!message) return false;
  void session.guard(session.conversation.writing.undo(message.outboxId));
  return true;
}

/** One step back: the last message, what is picked, the picker, the quote, the search, the text field, the thread. */
function goBack({ session, focus }: Stage): boolean {
  const { conversation, selection } = session;
  const { writing } = conversation;
  const message = undoableMessage(session);
  if (message) {
    void session.guard(writing.undo(message.outboxId));
    return true;
  }
  if (selection.picked.size > 0) {
    selection.clear();
    return true;
  }
  if (writing.picking) {
    writing.picking = false;
    queueMicrotask(() => focus.go("composer"));
    return true;
  }
  if (writing.replyTo) {
    writing.replyTo = null;
    return true;
  }
  // What was found stands there still: one may look at the next.
  if (focus.search) return focus.go("search");
  if (document.activeElement?.closest("[data-thread-id]") && conversation.threadId !== null)
    void session.guard(session.opening.close());
  return focus.go("list");
}
