import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { FakeBackend } from "../backend/fake/fake";
import type { AlertSettings } from "../backend/generated/AlertSettings";
import { HOUR, MINUTE } from "../text/countdown";
import { Alerts } from "./alerts.svelte";
import { chimeAt, chimeFile } from "./chime";

const NOON = new Date(2026, 10, 20, 12, 0, 0).getTime();
const DAY = 24 * HOUR;
let backend: FakeBackend;
let alerts: Alerts;
let now: number;
let watched: number | null;
let unread: number | null;
let opened: number[];
let played: number;
let stop: () => void;

function set(part: Partial<AlertSettings>) {
  backend.settingsView.alerts = { ...backend.settingsView.alerts, ...part };
}

async function settle(ms = 0) {
  await vi.advanceTimersByTimeAsync(ms);
}

/** Leaves this much to the thread's window; what it ends with is the customer's word. */
function closing(id: number, left: number) {
  backend.thread(id).lastInbound = now + left - DAY;
  backend.thread(id).messages = backend
    .thread(id)
    .messages.filter((row) => row.direction === "in")
    .slice(-1);
}

const said = () => backend.notices.map(({ title, body }) => `${title}: ${body}`);
const name = (id: number) => backend.thread(id).name.text;

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers({ now: NOON });
  now = NOON;
  watched = unread = null;
  opened = [];
  played = 0;
  backend = new FakeBackend({ now: NOON });
  vi.spyOn(backend, "now").mockImplementation(() => now);
  for (const thread of backend.threads) {
    thread.messages = thread.messages.filter((row) => row.direction !== "out");
    thread.lastInbound = NOON - HOUR;
    thread.closedByMeta = null;
    thread.done = false;
    thread.snoozedUntil = null;
  }
  alerts = new Alerts(backend, {
    settings: () => backend.settingsView,
    now: () => null,
    unread: () => unread,
    watched: () => watched,
    open: (threadId) => opened.push(threadId),
    guard: async (work) => void (await work),
    play: () => void (played += 1),
  });
  stop = alerts.start();
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

describe("a new message", () => {
  test("is told at once, with who wrote what, and with a sound", async () => {
    backend.receive(1, "Are you open on Sunday?");
    await settle();
    expect(backend.notices).toEqual([
      { title: name(1), body: "Are you open on Sunday?", threadId: 1, sound: true },
    ]);
    expect(played).toBe(1);
  });

  test("of the thread that somebody is looking at is not told", async () => {
    watched = 1;
    backend.receive(1, "One");
    backend.receive(2, "Two");
    await settle(5000);
    expect(backend.notices.map(({ threadId }) => threadId)).toEqual([2]);
  });

  test("says only who wrote where what was written is not to be seen", async () => {
    set({ show_text: false });
    backend.receive(1, "My number is 4711");
    await settle(5000);
    for (const text of ["a", "b", "c"]) backend.receive(2, text);
    await settle(5000);
    // The first one goes out at once, those that follow it go together.
    expect(said()).toEqual([
      `${name(1)}: New message`,
      `${name(2)}: New message`,
      `${name(2)}: 2 new messages`,
    ]);
  });

  test.each([
    ["switched off", { messages: false }],
    ["in quiet hours", { quiet_from: 720, quiet_to: 780 }],
    ["in quiet hours over midnight", { quiet_from: 1200, quiet_to: 721 }],
  ])("is not told and makes no sound: %s", async (_, part) => {
    set(part);
    backend.receive(1, "Hello");
    await settle(5000);
    expect(said()).toEqual([]);
    expect(played).toBe(0);
  });

  test("without words is told by its kind, and silently where sound is off", async () => {
    set({ sound: false });
    const row = { ...backend.thread(1).messages[0], id: 90_001, direction: "in" as const };
    const body = { kind: "media", media: { kind: "image", caption: null } };
    backend.thread(1).messages = [{ ...row, body } as never];
    backend.emit({ threads: [1], arrived: [90_001] });
    await settle();
    expect(said()).toEqual([`${name(1)}: Photo`]);
    expect(backend.notices[0]?.sound).toBe(false);
    expect(played).toBe(0);
  });
});

describe("many messages at once", () => {
  test("of one customer are one notice, with the last words", async () => {
    backend.receive(1, "First");
    await settle();
    for (const text of ["Hello?", "Anybody there?", "Please"]) backend.receive(2, text);
    await settle(5000);
    expect(said().slice(1)).toEqual([`3 new messages from ${name(2)}: Please`]);
    expect(played).toBe(2);
  });

  test("of more than three customers are one notice with their names", async () => {
    backend.receive(1, "First");
    await settle();
    for (const id of [2, 3, 4, 5, 2]) backend.receive(id, "Hi");
    await settle(5000);
    expect(said().slice(1)).toEqual([`5 messages from 4 customers: ${name(2)}, ${name(3)}, ${name(4)}, +1`]);
  });
});

describe("a time to answer that ends", () => {
  test("is told half an hour before, once for each window", async () => {
    closing(1, 31 * MINUTE);
    await alerts.warn();
    expect(said()).toEqual([]);
    now += 2 * MINUTE;
    await alerts.warn();
    expect(said()).toEqual([`${name(1)}: Closes in 29 minutes, at 12:31, and nobody has answered.`]);
    now += 5 * MINUTE;
    await alerts.warn();
    expect(backend.notices).toHaveLength(1);
    now += 23 * HOUR;
    closing(1, 20 * MINUTE);
    await alerts.warn();
    expect(backend.notices.at(-1)?.body).toMatch(/^Closes in 20 minutes/u);
    expect(backend.notices).toHaveLength(2);
  });

  test("is not told again after a restart", async () => {
    closing(1, 10 * MINUTE);
    await alerts.warn();
    const again = new Alerts(backend, {
      settings: () => backend.settingsView,
      now: () => null,
      unread: () => null,
      watched: () => null,
      open: () => undefined,
      guard: async () => undefined,
    });
    await again.warn();
    expect(backend.notices).toHaveLength(1);
  });

  test("is found behind pinned threads and beyond the first page", async () => {
    const like = backend.thread(1);
    backend.threads = Array.from({ length: 120 }, (_, at) => ({ ...like, id: at + 1, pinned: at < 60 }));
    for (const thread of backend.threads) closing(thread.id, 90 * MINUTE);
    closing(120, 5 * MINUTE);
    await alerts.warn();
    expect(backend.notices.map(({ threadId }) => threadId)).toEqual([120]);
  });

  test("waits while the thread is open before somebody's eyes, and for the end of quiet hours", async () => {
    closing(1, 20 * MINUTE);
    watched = 1;
    await alerts.warn();
    watched = null;
    set({ quiet_from: 700, quiet_to: 725 });
    await alerts.warn();
    expect(said()).toEqual([]);
    now += 5 * MINUTE;
    await alerts.warn();
    expect(said()).toHaveLength(1);
  });

  test("is not told where it is answered, over, or not wanted", async () => {
    closing(1, 20 * MINUTE);
    backend.thread(1).done = true;
    closing(2, 30_000);
    await alerts.warn();
    set({ closing: false });
    closing(3, 20 * MINUTE);
    await alerts.warn();
    expect(said()).toEqual([]);
  });

  test("goes on being watched while the window is hidden", async () => {
    closing(1, 20 * MINUTE);
    vi.spyOn(document, "hidden", "get").mockReturnValue(true);
    await settle(MINUTE);
    expect(backend.notices).toHaveLength(1);
  });
});

test("the look at closing windows is taken once a minute", async () => {
  const asked = vi.spyOn(backend, "listThreads");
  for (let second = 0; second < 180; second++) alerts.tick(NOON + second * 1000);
  await settle();
  expect(asked.mock.calls.length).toBeLessThanOrEqual(3);
  expect(asked).toHaveBeenCalled();
});

test("a click on a notice opens its thread, one on the trial notice none", async () => {
  await alerts.test();
  expect(backend.notices[0]?.threadId).toBe(0);
  backend.clickNotice(0);
  backend.clickNotice(4);
  expect(opened).toEqual([4]);
});

test("the trial notice is shown in quiet hours, too", async () => {
  set({ quiet_from: 0, quiet_to: 1439 });
  await alerts.test();
  expect(backend.notices).toHaveLength(1);
  expect(played).toBe(1);
});

describe("the sound", () => {
  test("is a short file that begins and ends in silence and never clips", () => {
    const file = new DataView(chimeFile());
    expect(file.byteLength).toBeLessThan(40_000);
    expect(file.getInt16(44, true)).toBe(0);
    expect(Math.abs(file.getInt16(file.byteLength - 2, true))).toBeLessThan(40);
    const loudest = Math.max(...Array.from({ length: 700 }, (_, ms) => Math.abs(chimeAt(ms / 1000))));
    expect(loudest).toBeGreaterThan(0.05);
    expect(loudest).toBeLessThan(0.5);
  });
});
