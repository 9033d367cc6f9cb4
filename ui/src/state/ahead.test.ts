import { beforeEach, describe, expect, test, vi } from "vitest";
import type { MessagePage } from "../backend/generated/MessagePage";
import type { Place } from "../backend/generated/Place";
import type { ThreadHead } from "../backend/generated/ThreadHead";
import { Ahead, readThread } from "./ahead";

const page = (ids: number[], before: object | null = null) =>
  ({ rows: ids.map((id) => ({ id })), before, after: null }) as unknown as MessagePage;
const NEWEST = page([8, 9], {});
const AROUND = page([3, 4]);

function core(unread: number | null = null) {
  return {
    threadHead: vi.fn((id: number) => Promise.resolve({ thread_id: id, first_unread: unread } as ThreadHead)),
    threadMessages: vi.fn((_: number, place: Place) =>
      Promise.resolve(place.kind === "around" ? AROUND : NEWEST),
    ),
  };
}

test.each([
  ["nothing is unread", null, NEWEST],
  ["the first unread is among the newest", 9, NEWEST],
  ["the first unread lies further up", 3, AROUND],
])("where %s, a thread opens there", async (_, unread, expected) => {
  expect((await readThread(core(unread), 1)).page).toBe(expected);
});

describe("what was read ahead", () => {
  let backend: ReturnType<typeof core>;
  let ahead: Ahead;
  beforeEach(() => {
    vi.useFakeTimers();
    backend = core();
    ahead = new Ahead(backend);
    ahead.look([1, 2]);
  });

  test("is there once, without asking again", async () => {
    expect((await ahead.take(2))?.head.thread_id).toBe(2);
    expect(ahead.take(2)).toBeUndefined();
    expect(backend.threadHead).toHaveBeenCalledTimes(2);
  });

  const still = { threads: [] as number[], all_threads: false, connection: false };
  test.each([
    ["its thread changed", { ...still, threads: [2] }, false, true],
    ["another thread changed", { ...still, threads: [7] }, true, true],
    ["anything may have changed", { ...still, all_threads: true }, false, false],
    ["the connection changed", { ...still, connection: true }, false, false],
  ])("where %s", (_, change, second, first) => {
    ahead.changed(change);
    expect(ahead.take(2) !== undefined).toBe(second);
    expect(ahead.take(1) !== undefined).toBe(first);
  });

  test("is forgotten after a while, and with the next look", () => {
    ahead.look([3]);
    expect(ahead.take(1)).toBeUndefined();
    vi.advanceTimersByTime(5000);
    expect(ahead.take(3)).toBeUndefined();
  });

  test("is not kept where it could not be read", async () => {
    backend.threadHead.mockRejectedValue(new Error("busy"));
    ahead.look([5]);
    await vi.advanceTimersByTimeAsync(0);
    expect(ahead.take(5)).toBeUndefined();
  });
});
