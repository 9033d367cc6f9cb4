import { tick } from "svelte";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { message } from "../../backend/fake/world";
import type { Reading } from "../../state/conversation.svelte";
import { entriesOf, type Entry } from "./entries";
import { firstMessage, MessageScroll, type View } from "./message_scroll.svelte";

const NOON = new Date(2026, 10, 20, 12, 0, 0).getTime();
const ROW = 50;
const SCREEN = 400;

/** A list whose rows are all as high, and one can see where it stands. */
class Shown implements View {
  entries: Entry[];
  element = document.createElement("div");
  heights = ROW;
  screen = SCREEN;
  constructor(count: number) {
    const rows = Array.from({ length: count }, (_, at) => ({
      ...message(NOON + at * 1000, "in", { kind: "text" as const, text: `${at}` }),
      id: at + 1,
    }));
    this.entries = entriesOf(rows);
    Object.defineProperties(this.element, {
      clientHeight: { get: () => this.screen },
      scrollHeight: { get: () => this.entries.length * this.heights },
    });
  }
  get scrollOffset() {
    return this.element.scrollTop;
  }
  get range() {
    return { startIndex: Math.floor(this.element.scrollTop / this.heights) };
  }
  get measurementsCache() {
    return this.entries.map((_, at) => ({ start: at * this.heights }));
  }
  get end() {
    return this.entries.length * this.heights - this.screen;
  }
  isAtEnd = (threshold: number) => this.end - this.element.scrollTop <= threshold;
  scrollToEnd = () => void (this.element.scrollTop = this.end);
  scrollToOffset = (offset: number) => void (this.element.scrollTop = offset);
  scrollToIndex = (index: number) => void (this.element.scrollTop = index * this.heights);
  /** A person scrolls by the wheel. */
  wheel(to: number) {
    this.element.dispatchEvent(new Event("wheel"));
    this.element.scrollTop = to;
    this.element.dispatchEvent(new Event("scroll"));
  }
}

/** The one observer there is, told by hand. */
let resized: () => void;
class Observer {
  constructor(callback: () => void) {
    resized = callback;
  }
  observe() {}
  disconnect() {}
}

let shown: Shown;
let scroll: MessageScroll;
let told: Reading[];
let unwatch: () => void;
const conversation = { hasNewer: false, reading: (reading: Reading) => void told.push(reading) };
const newest = { messageId: null, mark: false };

async function frames(count = 10) {
  for (let at = 0; at < count; at++) {
    await vi.advanceTimersByTimeAsync(16);
    await tick();
  }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["requestAnimationFrame", "cancelAnimationFrame", "performance"] });
  vi.stubGlobal("ResizeObserver", Observer);
  told = [];
  conversation.hasNewer = false;
  shown = new Shown(100);
  scroll = new MessageScroll(
    () => shown,
    () => shown.entries,
    conversation,
  );
  unwatch = scroll.watch(shown.element);
});
afterEach(() => {
  scroll.stop();
  unwatch();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("a place that is asked for", () => {
  test("is reached, and said once the view stands still", async () => {
    void scroll.go(newest);
    expect(scroll.ready).toBe(false);
    await frames();
    expect(scroll.ready).toBe(true);
    expect(shown.scrollOffset).toBe(shown.end);
    expect(told.at(-1)?.atEnd).toBe(true);
  });

  test("brings the day along that stands above the message", async () => {
    void scroll.go({ messageId: 1, mark: false });
    await frames();
    expect(shown.scrollOffset).toBe(0);
    expect(told.at(-1)).toEqual({ top: 1, offset: ROW, atEnd: false });
  });

  test("is reached again by what was said of it", async () => {
    void scroll.go(newest);
    await frames();
    shown.wheel(1234);
    await frames();
    const said = told.at(-1);
    expect(said?.atEnd).toBe(false);
    void scroll.go(newest);
    await frames();
    void scroll.go({ messageId: said?.top ?? null, mark: false, offset: said?.offset });
    await frames();
    expect(shown.scrollOffset).toBe(1234);
  });

  test("is held while rows above it find their height", async () => {
    void scroll.go({ messageId: 40, mark: false, offset: -20 });
    await frames(2);
    shown.heights = 80;
    await frames();
    expect(shown.scrollOffset).toBe(40 * 80 + 20);
  });

  test("is the later one of two", async () => {
    void scroll.go({ messageId: 50, mark: true });
    void scroll.go({ messageId: 10, mark: true });
    await frames();
    expect(shown.scrollOffset).toBe(10 * ROW);
  });
});

describe("the newest", () => {
  test("stays in view while the list grows", async () => {
    void scroll.go(newest);
    await frames();
    shown.heights = 60;
    scroll.grown();
    await frames();
    expect(shown.scrollOffset).toBe(shown.end);
  });

  test("is left as soon as somebody scrolls, and kept again from when they are back", async () => {
    void scroll.go(newest);
    await frames();
    shown.wheel(500);
    scroll.grown();
    await frames();
    expect(shown.scrollOffset).toBe(500);
    shown.wheel(shown.end);
    await frames();
    shown.heights = 60;
    scroll.grown();
    await frames();
    expect(shown.scrollOffset).toBe(shown.end);
  });

  test("is not kept where newer messages are not loaded", async () => {
    conversation.hasNewer = true;
    shown.wheel(shown.end);
    await frames();
    shown.heights = 60;
    scroll.grown();
    await frames();
    expect(shown.scrollOffset).toBe(100 * ROW + ROW - SCREEN);
  });

  test("is left by the bar, for as long as it is held", async () => {
    void scroll.go(newest);
    await frames();
    shown.element.dispatchEvent(new Event("pointerdown"));
    await frames(2);
    shown.heights = 60;
    scroll.grown();
    await frames();
    expect(shown.scrollOffset).not.toBe(shown.end);
    shown.element.scrollTop = shown.end;
    window.dispatchEvent(new Event("pointerup"));
    await frames();
    shown.heights = 70;
    scroll.grown();
    await frames();
    expect(shown.scrollOffset).toBe(shown.end);
  });
});

describe("a frame that becomes lower", () => {
  function lower(by: number) {
    shown.screen -= by;
    resized();
  }

  test.each([
    ["the newest", null],
    ["the first unread message, and that is the last", 100],
  ])("still shows the end to who went to %s", async (_, messageId) => {
    void scroll.go({ messageId, mark: false });
    await frames();
    // As a browser does, which knows no place behind the end.
    shown.scrollToEnd();
    lower(150);
    await frames();
    expect(shown.scrollOffset).toBe(shown.end);
    lower(150);
    await frames();
    expect(shown.scrollOffset).toBe(shown.end);
  });

  test("shows what is listed right after it, too", async () => {
    void scroll.go({ messageId: 100, mark: false });
    await frames();
    shown.scrollToEnd();
    lower(150);
    shown.heights += 1;
    scroll.grown();
    await frames();
    expect(shown.scrollOffset).toBe(shown.end);
  });

  test("leaves who reads further up where they are", async () => {
    void scroll.go(newest);
    await frames();
    shown.wheel(shown.end - 200);
    await frames();
    const before = shown.scrollOffset;
    lower(150);
    await frames();
    expect(shown.scrollOffset).toBe(before);
  });

  test("does not lead away from the place that is being gone to", async () => {
    void scroll.go({ messageId: 50, mark: true });
    await tick();
    shown.scrollToEnd();
    lower(150);
    await frames();
    expect(shown.scrollOffset).toBe(50 * ROW);
  });

  test("still shows the end where that was in sight on the way to the first unread message", async () => {
    shown.entries.splice(8);
    void scroll.go({ messageId: 2, mark: false });
    await frames(2);
    lower(150);
    expect(scroll.ready).toBe(true);
    expect(shown.scrollOffset).toBe(shown.end);
  });

  test("moves nothing under the hand that holds the bar", async () => {
    void scroll.go(newest);
    await frames();
    shown.element.dispatchEvent(new Event("pointerdown"));
    const before = shown.scrollOffset;
    lower(150);
    await frames();
    expect(shown.scrollOffset).toBe(before);
  });
});

test("a list that is gone is led nowhere", async () => {
  void scroll.go({ messageId: 50, mark: true });
  scroll.stop();
  await frames();
  expect(shown.scrollOffset).toBe(0);
});

test("the first message shown stands behind the lines above it", () => {
  expect(firstMessage(shown.entries, 0)?.row.id).toBe(1);
  expect(firstMessage(shown.entries, 7)?.row.id).toBe(7);
  expect(firstMessage([], 0)).toBeNull();
});
