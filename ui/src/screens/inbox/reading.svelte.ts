// What somebody looks at within the open conversation: the picture shown large, the message whose menu is open,
// what is being listened to. Made with the conversation's screen and gone with it.

import { getContext, setContext } from "svelte";
import type { Backend } from "../../backend/backend";
import type { MessageRow } from "../../backend/generated/MessageRow";
import { Files } from "../../state/files";
import { Playback } from "../../state/playback.svelte";
import type { Waveform } from "../../state/waveform";

export type MenuPage = "actions" | "emoji" | "details";

export class Reading {
  readonly files: Files;
  readonly playback = new Playback();
  readonly waveforms = new Map<number, Waveform | null>();
  viewing = $state.raw<MessageRow | null>(null);
  menu = $state.raw<{ row: MessageRow; anchor: DOMRect; page: MenuPage } | null>(null);
  /** The internal note that is being changed, by its id. */
  editing = $state<string | null>(null);
  /** The message one was led to, for a moment. */
  marked = $state<number | null>(null);
  /** The message that Tab reaches; arrows go on from there. */
  current = $state<number | null>(null);
  /** Long texts that were opened. */
  unfolded = $state.raw<ReadonlySet<number>>(new Set());

  constructor(backend: Backend) {
    this.files = new Files(backend);
  }

  unfold(messageId: number): void {
    this.unfolded = new Set([...this.unfolded, messageId]);
  }

  openMenu(row: MessageRow, anchor: DOMRect): void {
    this.current = row.id;
    this.menu = { row, anchor, page: "actions" };
  }

  close(): void {
    this.playback.stop();
    this.files.clear();
  }
}

const KEY = Symbol("reading");

export function provideReading(reading: Reading): Reading {
  return setContext(KEY, reading);
}

export function useReading(): Reading {
  return getContext(KEY);
}
