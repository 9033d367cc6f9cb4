// The list as it is drawn: headings and rows of fixed heights, so that what is on screen follows from numbers.

import type { Group, GroupName } from "../../../text/template_choice";
import type { Family } from "../../../text/template_search";

export const HEAD = 34;
export const ROW = 84;

export type Line =
  | { kind: "head"; key: string; top: number; group: GroupName; count: number }
  | { kind: "row"; key: string; top: number; group: GroupName; family: Family; at: number };

export interface Lines {
  all: readonly Line[];
  height: number;
  /** Rows only, in their order. */
  rows: readonly Extract<Line, { kind: "row" }>[];
}

export function linesOf(groups: readonly Group[]): Lines {
  const all: Line[] = [];
  const rows: Extract<Line, { kind: "row" }>[] = [];
  let top = 0;
  for (const { name, families } of groups) {
    all.push({ kind: "head", key: `#${name}`, top, group: name, count: families.length });
    top += HEAD;
    for (const family of families) {
      const row = { kind: "row" as const, key: family.name, top, group: name, family, at: rows.length };
      all.push(row);
      rows.push(row);
      top += ROW;
    }
  }
  return { all, height: top, rows };
}

/** The lines between two heights, by halving: the list may hold thousands. */
export function linesBetween({ all }: Lines, from: number, to: number): Line[] {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle]?.top ?? 0) + ROW <= from) low = middle + 1;
    else high = middle;
  }
  const shown: Line[] = [];
  for (let at = low; at < all.length; at++) {
    const line = all[at];
    if (!line || line.top > to) break;
    shown.push(line);
  }
  return shown;
}
