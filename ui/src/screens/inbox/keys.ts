// From a key to its action: single keys outside text fields, a few everywhere. By `event.key`, which is what the
// key writes on this keyboard, so that QWERTZ and AZERTY work as printed.

import type { Action, Stage } from "./action";
import { actionOf } from "./actions";

export function actionFor(event: KeyboardEvent): Action | null {
  if (event.isComposing || event.altKey) return null;
  const key = event.key.toLowerCase();
  const action = actionOf(event.ctrlKey || event.metaKey ? `mod+${key}` : key);
  if (!action) return null;
  if (isWriting(event.target)) {
    const letter = key.length === 1 && !event.ctrlKey && !event.metaKey;
    return letter || !action.whileWriting ? null : action;
  }
  // Elsewhere than in the list, which sees to them itself, arrows scroll and move as they do everywhere.
  return key.startsWith("arrow") && event.target !== document.body ? null : action;
}

function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName);
}

/** Whether the action had something to act on. */
export function perform(action: Action, stage: Stage): boolean {
  // Threads are not acted upon while they are out of sight.
  if (stage.session.away && !action.anywhere) return false;
  if (action.offered && !action.offered(stage)) return false;
  return action.run(stage) !== false;
}
