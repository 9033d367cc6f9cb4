// The lines of a conversation: its messages, with a line between two days, and neighbours of one side grouped.

import type { MessageRow } from "../../backend/generated/MessageRow";
import { sameDay } from "../../text/moments";

export type Entry =
  | { key: string; kind: "day"; at: number }
  | { key: string; kind: "message"; row: MessageRow; first: boolean };

/** Messages of one side closer than this stand together. */
const TOGETHER = 5 * 60_000;

export function entriesOf(rows: readonly MessageRow[]): Entry[] {
  const entries: Entry[] = [];
  let before: MessageRow | null = null;
  for (const row of rows) {
    const newDay = !before || !sameDay(before.at, row.at);
    if (newDay)
      entries.push({ key: `day ${new Date(row.at).toDateString()} ${row.id}`, kind: "day", at: row.at });
    const first = newDay || before?.direction !== row.direction || row.at - (before?.at ?? 0) > TOGETHER;
    entries.push({ key: `message ${row.id}`, kind: "message", row, first });
    before = row;
  }
  return entries;
}
