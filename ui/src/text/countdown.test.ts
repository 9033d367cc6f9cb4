import { describe, expect, test } from "vitest";
import type { WindowView } from "../backend/generated/WindowView";
import { windowShort } from "../wording/window";
import { clockLeft, HOUR, MINUTE, textAllowed, thresholdPassed, windowAt } from "./countdown";

// 20 November 2026, 14:05 in the zone of the machine that runs the test: only the formatting is local.
const NOW = new Date(2026, 10, 20, 14, 5).getTime();
const open = (left: number): WindowView => ({
  state: "open",
  closes_at: NOW + left,
  refuse_from: NOW + left - MINUTE,
  unsure_since: null,
});

describe("the window at a moment", () => {
  test.each([
    ["a full day", 24 * HOUR, "open", "24 h 0 min", true],
    ["some hours", 5 * HOUR + 12 * MINUTE, "open", "5 h 12 min", true],
    ["exactly two hours", 2 * HOUR, "open", "2 h 0 min", true],
    ["just under two hours", 2 * HOUR - 1, "soon", "2 h 0 min", true],
    ["one hour", HOUR, "soon", "1 h 0 min", true],
    ["under an hour", HOUR - 1000, "soon", "59:59", true],
    ["one second before the margin", MINUTE + 1000, "soon", "1:01", true],
    ["at the margin", MINUTE, "ending", "1:00", false],
    ["the last second", 1000, "ending", "0:01", false],
    ["the last millisecond", 1, "ending", "0:01", false],
    ["the end", 0, "closed", "Closed since 14:05", false],
    ["long ago today", -2 * HOUR, "closed", "Closed since 12:05", false],
  ])("%s", (_, left, state, text, allowed) => {
    const window = windowAt(open(left), NOW);
    expect(window.state).toBe(state);
    expect(windowShort(window, NOW, "en-GB")).toBe(text);
    expect(textAllowed(window)).toBe(allowed);
  });

  test("a window that closed on another day says which", () => {
    const window = windowAt(
      { state: "closed", since: NOW - 26 * HOUR, by_meta: false, unsure_since: null },
      NOW,
    );
    expect(windowShort(window, NOW, "en-GB")).toBe("Closed since Thu 19 Nov, 12:05");
  });

  test("Meta's closing counts although our own count would go on", () => {
    const window = windowAt({ state: "closed", since: NOW - 5, by_meta: true, unsure_since: null }, NOW);
    expect(window).toMatchObject({ state: "closed", byMeta: true });
  });

  test("a customer who never wrote has no end", () => {
    const window = windowAt({ state: "never", unsure_since: NOW - 1 }, NOW);
    expect(window).toMatchObject({ state: "never", end: null, unsureSince: NOW - 1 });
  });
});

test.each([
  [HOUR + 1, HOUR, "hour"],
  [HOUR, HOUR - 1000, null],
  [16 * MINUTE, 14 * MINUTE, "fifteen"],
  [6 * MINUTE, 5 * MINUTE, "five"],
  [20 * MINUTE, 4 * MINUTE, "five"],
  [2 * HOUR, 30_000, "minute"],
  [500, 0, "closed"],
  [0, 0, null],
  [0, 24 * HOUR, null],
])("from %i to %i left announces %s", (before, now, passed) => {
  expect(thresholdPassed(before, now)).toBe(passed);
});

test.each([
  [59 * MINUTE + 59_000, "59:59"],
  [7000, "0:07"],
  [6001, "0:07"],
])("%i ms is shown as %s", (left, text) => expect(clockLeft(left)).toBe(text));
