import { describe, expect, test } from "vitest";
import { pageOf } from "../backend/fake/conversation";
import { message } from "../backend/fake/world";
import { joined, merged, MOST, stretchOf, trimmed } from "./stretch";

const all = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    ...message(at * 1000, "in", { kind: "text", text: String(at) }),
    id: at + 1,
  }));
const rows = all(1000);
const ids = (list: { id: number }[]) => list.map(({ id }) => id);

describe("a part of a conversation", () => {
  test("grows by pages at either end without a gap or a double", () => {
    let part = stretchOf(pageOf(rows, { kind: "around", message_id: 500 }, 60));
    const before = pageOf(rows, { kind: "before", cursor: part.older! }, 60);
    part = joined(part, before, "older");
    const after = pageOf(rows, { kind: "after", cursor: part.newer! }, 60);
    part = joined(part, after, "newer");
    expect(part.rows.length).toBe(180);
    expect(ids(part.rows)).toEqual(Array.from({ length: 180 }, (_, at) => part.rows[0]!.id + at));
  });

  test("lets go of its far end, and can be asked for that again", () => {
    let part = stretchOf(pageOf(rows, { kind: "newest" }, 60));
    while (part.older)
      part = trimmed(
        joined(part, pageOf(rows, { kind: "before", cursor: part.older }, 60), "older"),
        "older",
      );
    expect(part.rows.length).toBe(MOST);
    expect(part.rows[0]?.id).toBe(1);
    const next = pageOf(rows, { kind: "after", cursor: part.newer! }, 60);
    expect(next.rows[0]?.id).toBe((part.rows.at(-1)?.id ?? 0) + 1);
  });

  test("takes a newer page as the truth about its own run: a message taken back is gone", () => {
    const part = stretchOf(pageOf(rows, { kind: "newest" }, 120));
    const without = rows.filter(({ id }) => id !== 990 && id !== 1000);
    const fresh = merged(part, pageOf(without, { kind: "newest" }, 60));
    expect(ids(fresh!.rows)).not.toContain(990);
    expect(ids(fresh!.rows)).not.toContain(1000);
    expect(fresh!.rows[0]?.id).toBe(881);
    expect(fresh!.older).toEqual(part.older);
  });

  test("does not join what it never saw the middle of", () => {
    const part = stretchOf(pageOf(rows, { kind: "around", message_id: 100 }, 60));
    expect(merged(part, pageOf(rows, { kind: "newest" }, 60))).toBeNull();
  });

  test("of a thread that fits into one page is that page", () => {
    const few = all(3);
    expect(
      merged(stretchOf(pageOf(few, { kind: "newest" }, 60)), pageOf([], { kind: "newest" }, 60))?.rows,
    ).toEqual([]);
  });
});
