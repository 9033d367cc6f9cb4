// Single keys outside text fields, Esc everywhere. By `event.key`, so that QWERTZ and AZERTY work as printed.

import type { Session } from "../../state/session.svelte";
import type { Focus } from "./focus.svelte";

export type Action = "next" | "previous" | "reply" | "template" | "undo" | "search" | "help" | "back";

const KEYS: Record<string, Action> = {
  j: "next",
  k: "previous",
  r: "reply",
  t: "template",
  z: "undo",
  "/": "search",
  "?": "help",
};

export function actionFor(event: KeyboardEvent): Action | null {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return null;
  if (event.key === "Escape") return "back";
  if (isWriting(event.target)) return null;
  return KEYS[event.key.toLowerCase()] ?? null;
}

function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName);
}

/** Whether the action had something to act on. */
export function perform(action: Action, session: Session, focus: Focus): boolean {
  const { conversation } = session;
  switch (action) {
    case "next":
      focus.step(1);
      return true;
    case "previous":
      focus.step(-1);
      return true;
    case "reply":
      return focus.go("composer") || focus.go("picker");
    case "template":
      if (!conversation.head) return false;
      conversation.picking = true;
      focus.go("picker");
      return true;
    case "undo":
      return undo(session);
    case "search":
      return focus.go("search");
    case "help":
      focus.dialog = "shortcuts";
      return true;
    case "back":
      return back(session, focus);
  }
}

function undo(session: Session): boolean {
  const outboxId = session.conversation.undoable?.outbox_id;
  if (!outboxId) return false;
  void session.guard(session.conversation.undo(outboxId));
  return true;
}

/** One step back: take the last message back, leave the picker, the quote, the search, the text field. */
function back(session: Session, focus: Focus): boolean {
  const { conversation } = session;
  if (undo(session)) return true;
  if (conversation.picking) {
    conversation.picking = false;
    queueMicrotask(() => focus.go("composer"));
    return true;
  }
  if (conversation.replyTo) {
    conversation.replyTo = null;
    return true;
  }
  if (focus.search) focus.search = "";
  return focus.go("list");
}
