import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ClockView } from "../backend/generated/ClockView";
import { Ticker } from "./ticker.svelte";

let wall = 0;
let monotonic = 0;
let asked = 0;
let platform: ClockView;
let tell: (view: ClockView) => void;
let stop: () => void;

function pass(ms: number, wallJump = 0) {
  wall += ms + wallJump;
  monotonic += ms;
  platform = { ...platform, now: platform.now + ms * platform.speed };
  vi.advanceTimersByTime(ms);
}

async function make(): Promise<Ticker> {
  const backend = {
    clock: async () => {
      asked++;
      return platform;
    },
    onClock: (listener: (view: ClockView) => void) => {
      tell = listener;
      return () => undefined;
    },
  };
  const ticker = new Ticker(backend, { wall: () => wall, monotonic: () => monotonic });
  stop = ticker.start();
  await vi.advanceTimersByTimeAsync(0);
  return ticker;
}

beforeEach(() => {
  vi.useFakeTimers();
  wall = 5_000_000;
  monotonic = asked = 0;
  platform = { now: 1_700_000_000_400, speed: 1, laptop_ahead_by: null };
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

test("it ticks on the full second of the platform's clock", async () => {
  const ticker = await make();
  pass(600);
  expect(ticker.now).toBe(1_700_000_001_000);
  pass(1000);
  expect(ticker.now).toBe(1_700_000_002_000);
  expect(asked).toBe(1);
});

test("a laptop clock set forward moves nothing and is asked about at once", async () => {
  const ticker = await make();
  pass(600, 3_600_000);
  expect(ticker.now).toBe(1_700_000_001_000);
  expect(asked).toBe(2);
});

test("after sleep, in which only the wall clock went on, the core's time is taken over", async () => {
  const ticker = await make();
  platform = { ...platform, now: platform.now + 8 * 3_600_000 };
  pass(600, 8 * 3_600_000);
  await vi.advanceTimersByTimeAsync(0);
  expect(ticker.now).toBe(1_700_000_001_000 + 8 * 3_600_000);
});

test("a small drift is no reason to ask", async () => {
  await make();
  pass(600, 1400);
  expect(asked).toBe(1);
});

test("practice time runs faster", async () => {
  const ticker = await make();
  tell({ now: 1_700_000_000_000, speed: 60, laptop_ahead_by: null });
  pass(1000);
  expect(ticker.now).toBe(1_700_000_060_000);
});

test("a hidden window does not tick, and asks when it is seen again", async () => {
  const ticker = await make();
  const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(true);
  document.dispatchEvent(new Event("visibilitychange"));
  pass(60_000);
  expect(ticker.now).toBe(1_700_000_000_400);
  hidden.mockReturnValue(false);
  document.dispatchEvent(new Event("visibilitychange"));
  await vi.advanceTimersByTimeAsync(0);
  expect(ticker.now).toBe(1_700_000_060_400);
});
