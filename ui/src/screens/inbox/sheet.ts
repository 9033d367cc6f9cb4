// Where the rows of a long list lie: on a sheet that is moved as a whole. Rows find their height only when they are
// drawn, and those below move with it; on the sheet they stay where they were, so nothing of them is written or
// painted anew.

import type { VirtualItem } from "@tanstack/svelte-virtual";

/** High enough that a sheet is seldom laid anew, in pixels; only what is near the screen of it is ever painted. */
export const SHEET = 60_000;

export interface Laid {
  /** Where the sheet begins in the list. */
  top: number;
  /** `top`: on the sheet. */
  rows: { key: VirtualItem["key"]; index: number; top: number }[];
}

export class Sheet {
  #top = NaN;
  #tops = new Map<VirtualItem["key"], number>();

  lay(items: readonly VirtualItem[]): Laid {
    // Rows above are those that find their height; below the last one that was there before, nothing has a place yet.
    const kept = items.findLast((item) => this.#tops.has(item.key));
    const first = items[0];
    const last = items.at(-1);
    if (!first || !last) return { top: 0, rows: [] };
    if (kept) this.#top = kept.start - (this.#tops.get(kept.key) ?? 0);
    const fits = kept && first.start >= this.#top && last.end <= this.#top + SHEET;
    if (!fits) this.#top = first.start - SHEET / 2;
    const rows = items.map(({ key, index, start }) => ({ key, index, top: start - this.#top }));
    this.#tops = new Map(rows.map(({ key, top }) => [key, top]));
    return { top: this.#top, rows };
  }
}
