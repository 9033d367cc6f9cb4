// What is left of a customer service window at one moment, and how it is written. Pure: the moment is an
// argument, on the platform's clock, so it can be told for any window without waiting.

import type { WindowView } from "../backend/generated/WindowView";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
/** From here on a window is shown as closing soon, unless the shop has set another time. */
export const SOON = 2 * HOUR;

export type WindowState = "open" | "soon" | "ending" | "closed" | "never";

export interface WindowNow {
  state: WindowState;
  /** Milliseconds to the end; 0 when there is none. */
  left: number;
  /** When it ends, or ended; null when the customer never wrote. */
  end: number | null;
  /** Meta ended it before our own count. */
  byMeta: boolean;
  unsureSince: number | null;
}

/** `soon`: how long before its end a window counts as closing soon. */
export function windowAt(window: WindowView, now: number, soon = SOON): WindowNow {
  const unsureSince = window.unsure_since;
  if (window.state === "never") return { state: "never", left: 0, end: null, byMeta: false, unsureSince };
  if (window.state === "closed") {
    return { state: "closed", left: 0, end: window.since, byMeta: window.by_meta, unsureSince };
  }
  const end = window.closes_at;
  if (now >= end) return { state: "closed", left: 0, end, byMeta: false, unsureSince };
  const left = end - now;
  const state = now >= window.refuse_from ? "ending" : left < soon ? "soon" : "open";
  return { state, left, end, byMeta: false, unsureSince };
}

/** May free text be sent: the same line the core draws, so that the two never disagree on screen. */
export function textAllowed(window: WindowNow): boolean {
  return window.state === "open" || window.state === "soon";
}

export interface Left {
  hours: number;
  minutes: number;
  seconds: number;
}

/** Seconds are rounded up: the last one shows as 0:01, and at 0:00 it is over. */
export function splitLeft(left: number): Left {
  const total = Math.ceil(left / 1000);
  return { hours: Math.floor(total / 3600), minutes: Math.floor(total / 60) % 60, seconds: total % 60 };
}

/** `59:59`, `0:07`: for the last hour. */
export function clockLeft(left: number): string {
  const { hours, minutes, seconds } = splitLeft(left);
  return `${hours * 60 + minutes}:${String(seconds).padStart(2, "0")}`;
}

export type Threshold = "hour" | "fifteen" | "five" | "minute" | "closed";

const STEPS: readonly (readonly [Threshold, number])[] = [
  ["hour", HOUR],
  ["fifteen", 15 * MINUTE],
  ["five", 5 * MINUTE],
  ["minute", MINUTE],
  ["closed", 0],
];

/** The threshold passed between two looks at the same window; the last one where several were. */
export function thresholdPassed(leftBefore: number, leftNow: number): Threshold | null {
  let passed: Threshold | null = null;
  for (const [name, at] of STEPS) if (leftBefore > at && leftNow <= at) passed = name;
  return passed;
}
