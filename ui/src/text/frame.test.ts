import { describe, expect, test } from "vitest";
import { frameOf } from "./frame";

describe("the place of a picture", () => {
  test.each([
    ["not known", null, null, 4 / 3, 20],
    ["lying", 640, 480, 4 / 3, 20],
    ["a square", 500, 500, 1, 20],
    ["standing", 300, 400, 0.75, 18],
    ["from a phone held upright", 900, 1600, 0.5625, 13.5],
    ["a long screenshot", 1000, 9000, 10 / 24, 10],
    ["a panorama", 9000, 1000, 20 / 6, 20],
  ])("%s", (_, width, height, ratio, wide) => {
    const frame = frameOf({ width, height }, 4 / 3);
    expect(frame.ratio).toBeCloseTo(ratio);
    expect(frame.width).toBeCloseTo(wide);
    expect(frame.width / frame.ratio).toBeLessThanOrEqual(24.001);
  });
});
