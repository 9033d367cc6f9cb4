// Every action there is. What is not in this list has no key, no place in the palette and no line in the sheet.

import type { Action, ActionGroup } from "./action";
import * as app from "./actions/app";
import * as move from "./actions/move";
import * as read from "./actions/read";
import * as thread from "./actions/thread";
import * as write from "./actions/write";
import { quickReplies } from "./composer/actions";

export const ACTIONS: readonly Action[] = [
  thread.done,
  thread.snooze,
  thread.wake,
  thread.assign,
  thread.label,
  thread.pin,
  thread.unread,
  thread.pick,
  thread.pickAll,
  write.reply,
  write.template,
  write.note,
  quickReplies,
  move.next,
  move.previous,
  move.search,
  move.find,
  move.panel,
  read.jumpToDate,
  move.undo,
  move.back,
  ...app.views,
  app.order,
  app.rail,
  app.counter,
  app.consents,
  app.templates,
  app.batches,
  app.guard,
  app.settings,
  app.palette,
  app.help,
];

export const GROUPS: readonly ActionGroup[] = ["move", "thread", "write", "app"];

const BY_KEY = new Map(ACTIONS.flatMap((action) => action.keys.map((key) => [key, action])));

/** The action of a key as it was pressed: `mod+k`, `j`, `?`. */
export function actionOf(key: string): Action | undefined {
  return BY_KEY.get(key);
}

export function actionNamed(id: string): Action {
  const found = ACTIONS.find((action) => action.id === id);
  if (!found) throw new Error(`no action is called ${id}`);
  return found;
}
