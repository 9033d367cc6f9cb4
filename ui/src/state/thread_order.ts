// The order of the thread list and what belongs into a query, as the core has them: with these a row that changed
// finds its place without the list being read anew.

import type { ThreadQuery } from "../backend/generated/ThreadQuery";
import type { ThreadRow } from "../backend/generated/ThreadRow";
import type { ThreadSort } from "../backend/generated/ThreadSort";

/** Where a row stands; smaller comes first, part by part. */
export type Standing = readonly [pinned: number, group: number, key: number, id: number];

export function standingOf(row: ThreadRow, sort: ThreadSort): Standing {
  const pinned = row.pinned ? 0 : 1;
  if (sort === "newest") return [pinned, 0, -row.last_at, -row.thread_id];
  const window = row.window;
  if (window.state === "open") return [pinned, 0, window.closes_at, -row.thread_id];
  if (window.state === "closed") return [pinned, 1, -window.since, -row.thread_id];
  return [pinned, 2, -row.last_at, -row.thread_id];
}

export function compare(a: Standing, b: Standing): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || a[3] - b[3];
}

/** `number`: the display form of the number that the query names. */
export function belongs(row: ThreadRow, query: ThreadQuery, number: string | null): boolean {
  const { section } = query;
  if (section === null ? row.section === "done" || row.section === "snoozed" : row.section !== section)
    return false;
  if (query.unread && row.unread === 0) return false;
  if (query.assignee !== null && (row.assignee ?? "") !== query.assignee) return false;
  if (query.label !== null && !row.labels.includes(query.label)) return false;
  return number === null || row.number === number;
}

/** The next moment at which time alone may move this row to another section. */
export function nextTurn(row: ThreadRow, now: number, soon: number): number {
  const turns: number[] = [];
  if (row.window.state === "open") turns.push(row.window.closes_at - soon, row.window.closes_at);
  if (row.snoozed_until !== null) turns.push(row.snoozed_until);
  return Math.min(Infinity, ...turns.filter((turn) => turn > now));
}
