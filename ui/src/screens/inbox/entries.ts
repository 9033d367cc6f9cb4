// The lines of a conversation: its messages, with a line between two days, one above what is new, and neighbours
// of one side grouped.

import type { MessageRow } from "../../backend/generated/MessageRow";
import { sameDay } from "../../text/moments";

export type Entry =
  | { key: string; kind: "day"; at: number }
  | { key: string; kind: "new" }
  | { key: string; kind: "message"; row: MessageRow; first: boolean };

/** Messages of one side closer than this stand together. */
const TOGETHER = 5 * 60_000;

/**
 * `newFrom`: the message above which the line of what is new stands. `hasOlder`: the first day may have begun further
 * up, so its line stands nowhere yet; what is at the top is then a message, which an older page leaves in its place.
 */
export function entriesOf(
  rows: readonly MessageRow[],
  newFrom: number | null = null,
  hasOlder = false,
): Entry[] {
  const entries: Entry[] = [];
  let before: MessageRow | null = null;
  for (const row of rows) {
    const newDay = !before || !sameDay(before.at, row.at);
    // By its date alone: the same line, whatever older page comes in above.
    if (newDay && (before || !hasOlder))
      entries.push({ key: `day ${new Date(row.at).toDateString()}`, kind: "day", at: row.at });
    const isNew = row.id === newFrom;
    if (isNew) entries.push({ key: "new", kind: "new" });
    const first =
      newDay ||
      isNew ||
      before?.direction !== row.direction ||
      before.staff !== row.staff ||
      row.at - before.at > TOGETHER;
    entries.push({ key: `message ${row.id}`, kind: "message", row, first });
    before = row;
  }
  return entries;
}
