// What an action is: one thing a person can do, with its name, its picture and its keys. Keys, palette, menus,
// tooltips and the sheet of shortcuts are all made from it, so that none can say what another does not do.

import type { Component } from "svelte";
import { m } from "../../paraglide/messages.js";
import type { Session } from "../../state/session.svelte";
import type { Focus } from "./focus.svelte";

export interface Stage {
  session: Session;
  focus: Focus;
}

export type ActionGroup = "move" | "thread" | "write" | "app";

export interface Action {
  id: string;
  title(stage: Stage): string;
  icon: Component;
  group: ActionGroup;
  /** As `event.key` in lower case, the first one being shown; `mod+` stands for Ctrl, or Cmd on a Mac. */
  keys: readonly string[];
  /** The key works in text fields, too. */
  whileWriting?: boolean;
  /** Works beside the inbox, too, where its threads are out of sight. */
  anywhere?: boolean;
  /** Not in the palette: it moves within what one sees already. */
  silent?: boolean;
  /** Whether there is something to act on; always, where it is left out. */
  offered?(stage: Stage): boolean;
  /** False: nothing was done after all, and the key goes on to whoever wants it. */
  run(stage: Stage): boolean | void;
}

const MAC = typeof navigator !== "undefined" && /mac/iu.test(navigator.platform);

/** A key as it is printed on the keyboard: `Ctrl + K`. */
export function keyName(key: string): string {
  if (key.startsWith("mod+")) return `${MAC ? "⌘" : m.palette_key_ctrl()} + ${keyName(key.slice(4))}`;
  if (key.startsWith("shift+")) return `${m.key_shift()} + ${keyName(key.slice(6))}`;
  const names: Record<string, string> = {
    escape: m.key_escape(),
    enter: m.key_enter(),
    arrowdown: "↓",
    arrowup: "↑",
  };
  return names[key] ?? key.toLocaleUpperCase();
}

/** For tooltips: `Done (E)`. */
export function tip(action: Action, stage: Stage): string {
  const [key] = action.keys;
  return key ? `${action.title(stage)} (${keyName(key)})` : action.title(stage);
}
