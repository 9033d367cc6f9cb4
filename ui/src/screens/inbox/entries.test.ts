import { describe, expect, test } from "vitest";
import type { MessageRow } from "../../backend/generated/MessageRow";
import { entriesOf } from "./entries";

const NOON = Date.UTC(2026, 10, 20, 12);
const row = (id: number, at: number): MessageRow => ({
  id,
  at,
  arrived: at * 1000,
  direction: "in",
  body: { kind: "text", text: `Nachricht ${id}` },
  quote: null,
  reactions: [],
  edited: false,
  revoked: false,
  outbox_id: null,
  delivery: null,
  origin: "live",
  referral: null,
  forwarded: false,
  staff: null,
  note_id: null,
});
const today = [4, 5, 6].map((id) => row(id, NOON + id * 1000));
const keys = (rows: MessageRow[], hasOlder: boolean) => entriesOf(rows, null, hasOlder).map(({ key }) => key);

describe("what stands at the top", () => {
  test("is a message while older ones are to come, and stays the one above the next when they came", () => {
    expect(keys(today, true)[0]).toBe("message 4");
    const more = keys([row(3, NOON), ...today], true);
    expect(more.slice(0, 2)).toEqual(["message 3", "message 4"]);
  });

  test("is the day once the conversation begins there", () => {
    expect(keys(today, false)[0]).toMatch(/^day /);
  });

  test("is no reason to leave out a day that begins further down", () => {
    const yesterday = row(3, NOON - 24 * 3_600_000);
    expect(keys([yesterday, ...today], true).filter((key) => key.startsWith("day "))).toHaveLength(1);
  });
});
