// Which rows of the list the keyboard means: the one it stands on, and those picked to be dealt with together.

import type { ThreadRow } from "../backend/generated/ThreadRow";

export class Selection {
  /** By thread, because rows move. */
  cursor = $state<number | null>(null);
  picked = $state.raw<ReadonlySet<number>>(new Set());
  /** Where a stretch picked with Shift began. */
  #anchor: number | null = null;

  toggle(threadId: number): void {
    const picked = new Set(this.picked);
    if (!picked.delete(threadId)) picked.add(threadId);
    this.picked = picked;
    this.#anchor = null;
  }

  /** Everything from where Shift was first held to `to`. */
  stretch(rows: readonly ThreadRow[], from: number, to: number): void {
    const anchor = this.#anchor ?? from;
    const [start, end] = [anchor, to].map((id) => rows.findIndex((row) => row.thread_id === id));
    if (start === undefined || end === undefined || start < 0 || end < 0) return;
    const inside = rows.slice(Math.min(start, end), Math.max(start, end) + 1);
    this.picked = new Set(inside.map((row) => row.thread_id));
    this.#anchor = anchor;
  }

  all(rows: readonly ThreadRow[]): void {
    this.picked = new Set(rows.map((row) => row.thread_id));
    this.#anchor = null;
  }

  clear(): void {
    if (this.picked.size > 0) this.picked = new Set();
    this.#anchor = null;
  }
}
