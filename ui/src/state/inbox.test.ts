import { beforeEach, describe, expect, test, vi } from "vitest";
import { FakeBackend } from "../backend/fake/fake";
import type { ThreadQuery } from "../backend/generated/ThreadQuery";
import { HOUR, MINUTE } from "../text/countdown";
import { Inbox } from "./inbox.svelte";
import { ALL, queryOf, type View } from "./sections.svelte";

const NOW = new Date(2026, 10, 20, 14, 0, 0).getTime();
const SOON = 2 * HOUR;
let backend: FakeBackend;
let inbox: Inbox;
let query: ThreadQuery;
let now: number;

function show(view: View, sort: "newest" | "closing" = "newest") {
  query = queryOf(view, sort, "Anna");
  return inbox.refresh();
}

/** `count` threads who wrote an hour apart, the first one last; ids from 1. */
function many(count: number) {
  const [like] = backend.threads;
  if (!like) throw new Error("no thread to copy");
  const message = like.messages.at(-1);
  backend.threads = Array.from({ length: count }, (_, at) => ({
    ...like,
    id: at + 1,
    lastInbound: NOW - at * 1000,
    messages: message ? [{ ...message, at: NOW - at * 1000 }] : [],
  }));
}

const ids = () => inbox.rows.map((row) => row.thread_id);

beforeEach(() => {
  backend = new FakeBackend({ now: NOW });
  vi.spyOn(backend, "now").mockImplementation(() => now);
  now = NOW;
  query = queryOf(ALL, "newest", "Anna");
  inbox = new Inbox(backend, {
    query: () => query,
    number: () => null,
    now: () => now,
    soon: () => SOON,
  });
});

describe("loading", () => {
  test("keeps ahead of what is seen, a page at a time", async () => {
    many(1000);
    await inbox.reload();
    expect(inbox.rows.length).toBe(100);
    const asked = vi.spyOn(backend, "listThreads");
    await inbox.seen(20);
    expect(inbox.rows.length).toBe(400);
    await inbox.seen(90);
    expect(inbox.rows.length).toBe(400);
    expect(asked).toHaveBeenCalledTimes(3);
    await inbox.seen(399);
    expect(inbox.rows.length).toBe(700);
    expect(ids()).toEqual(Array.from({ length: 700 }, (_, at) => at + 1));
  });

  test("ends where the threads end", async () => {
    many(150);
    await inbox.reload();
    await inbox.seen(99);
    const asked = vi.spyOn(backend, "listThreads");
    await inbox.seen(149);
    expect(inbox.rows.length).toBe(150);
    expect(asked).not.toHaveBeenCalled();
  });

  test("another section that is chosen while one is being read wins", async () => {
    many(10);
    backend.thread(3).done = true;
    await inbox.reload();
    const first = show(ALL);
    const second = show({ kind: "done" });
    await Promise.all([first, second]);
    expect(ids()).toEqual([3]);
  });
});

describe("a change", () => {
  test("is asked for by itself, and the row goes where it belongs", async () => {
    many(300);
    await inbox.reload();
    const listed = vi.spyOn(backend, "listThreads");
    backend.thread(50).messages = [{ ...backend.thread(50).messages[0], at: NOW + 5000 } as never];
    await inbox.changed({ threads: [50], all_threads: false });
    expect(ids().slice(0, 3)).toEqual([50, 1, 2]);
    expect(inbox.rows.length).toBe(100);
    expect(listed).not.toHaveBeenCalled();
  });

  test("of a thread that belongs further down than was read does not draw it up", async () => {
    many(300);
    await inbox.reload();
    await inbox.changed({ threads: [250], all_threads: false });
    expect(inbox.rows.length).toBe(100);
    expect(ids()).not.toContain(250);
  });

  test("brings a new thread in and takes one out that is gone", async () => {
    many(5);
    await inbox.reload();
    const [like] = backend.threads;
    backend.threads = [
      ...backend.threads.filter((thread) => thread.id !== 4),
      {
        ...(like as NonNullable<typeof like>),
        id: 9,
        messages: [{ ...like?.messages[0], at: NOW + 1 } as never],
      },
    ];
    await inbox.changed({ threads: [4, 9], all_threads: false });
    expect(ids()).toEqual([9, 1, 2, 3, 5]);
  });

  test("of the section takes a row out", async () => {
    many(5);
    await inbox.reload();
    backend.thread(2).done = true;
    await inbox.changed({ threads: [2], all_threads: false });
    expect(ids()).toEqual([1, 3, 4, 5]);
  });

  test("pins a row to the top", async () => {
    many(5);
    await inbox.reload();
    backend.thread(4).pinned = true;
    await inbox.changed({ threads: [4], all_threads: false });
    expect(ids()).toEqual([4, 1, 2, 3, 5]);
  });
});

describe("the open thread", () => {
  test("keeps its place while it changes, and finds the right one when one moves on", async () => {
    many(5);
    await inbox.reload();
    inbox.hold(3);
    backend.thread(3).messages = [{ ...backend.thread(3).messages[0], at: NOW + 9000 } as never];
    await inbox.changed({ threads: [3], all_threads: false });
    expect(ids()).toEqual([1, 2, 3, 4, 5]);
    expect(inbox.get(3)?.last_at).toBe(NOW + 9000);
    inbox.hold(4);
    expect(ids()).toEqual([3, 1, 2, 4, 5]);
  });

  test("stays in a section that it has left until one moves on", async () => {
    many(5);
    for (const thread of backend.threads) thread.unread = 1;
    await show({ kind: "unread" });
    inbox.hold(2);
    backend.thread(2).unread = 0;
    await inbox.changed({ threads: [2], all_threads: false });
    await inbox.reload();
    expect(ids()).toEqual([1, 2, 3, 4, 5]);
    inbox.hold(3);
    expect(ids()).toEqual([1, 3, 4, 5]);
  });
});

describe("sorted by closing", () => {
  test("whose window ends first stands first, closed ones behind, the last closed first", async () => {
    many(5);
    const wrote = [3 * HOUR, 23 * HOUR, 30 * HOUR, 25 * HOUR, 10 * HOUR];
    wrote.forEach((ago, at) => (backend.thread(at + 1).lastInbound = NOW - ago));
    await show(ALL, "closing");
    expect(ids()).toEqual([2, 5, 1, 4, 3]);
    backend.thread(3).lastInbound = NOW - 20 * HOUR;
    await inbox.changed({ threads: [3], all_threads: false });
    expect(ids()).toEqual([2, 3, 5, 1, 4]);
  });
});

describe("time alone", () => {
  test("moves a row when its window is about to close and when it closes", async () => {
    many(3);
    backend.thread(1).lastInbound = NOW - 22 * HOUR + 5 * MINUTE;
    await show({ kind: "waiting_for_us" });
    expect(ids()).toEqual([1, 2, 3]);
    const asked = vi.spyOn(backend, "threadRows");
    now = NOW + 4 * MINUTE;
    await inbox.tick(now);
    expect(asked).not.toHaveBeenCalled();
    now = NOW + 5 * MINUTE + 1000;
    await inbox.tick(now);
    expect(asked).toHaveBeenCalledExactlyOnceWith([1]);
    expect(ids()).toEqual([2, 3]);
  });
});

test("what was just done is shown before the core has said so", async () => {
  many(3);
  await inbox.reload();
  inbox.patch([2], { section: "done" });
  expect(ids()).toEqual([1, 3]);
});

test.each([
  ["the one after", [2], 3],
  ["the one before, at the end", [5], 4],
  ["past all that leave together", [2, 3, 4], 5],
  ["nobody, when all leave", [1, 2, 3, 4, 5], null],
])("from threads that leave one goes on to %s", async (_, leaving, next) => {
  many(5);
  await inbox.reload();
  expect(inbox.neighbour(leaving)).toBe(next);
});
