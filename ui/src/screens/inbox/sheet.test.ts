import { expect, test } from "vitest";
import { Sheet, SHEET, type Laid } from "./sheet";

/** Rows of these heights from `from` on, as the virtualizer tells them, each named by its place. */
function items(heights: readonly number[], from: number, until: number) {
  let start = 16;
  return heights
    .map((size, index) => {
      const item = { key: `row ${index}`, index, start, size, end: start + size, lane: 0 };
      start += size;
      return item;
    })
    .slice(from, until);
}

const tops = (laid: Laid) => Object.fromEntries(laid.rows.map(({ key, top }) => [key, top]));

test("rows that were there stay where they are on the sheet, while those above find their height", () => {
  const sheet = new Sheet();
  const heights: number[] = Array(20).fill(64);
  const before = tops(sheet.lay(items(heights, 10, 20)));
  heights[9] = 250;
  heights[8] = 40;
  const after = sheet.lay(items(heights, 8, 18));
  for (let at = 10; at < 18; at++) expect(tops(after)[`row ${at}`]).toBe(before[`row ${at}`]);
});

test("a row that grows moves those below it, and nothing above", () => {
  const sheet = new Sheet();
  const heights: number[] = Array(6).fill(64);
  const before = sheet.lay(items(heights, 0, 6));
  heights[5] = 90;
  expect(sheet.lay(items(heights, 0, 6)).rows).toEqual(before.rows);
});

/** The same sequence each time. */
function dice(seed: number) {
  return (sides: number) => {
    seed = (seed * 48271) % 2147483647;
    return seed % sides;
  };
}

test("wherever one scrolls, in any steps, every row lies where the list has it, within the sheet", () => {
  const roll = dice(20261122);
  for (let round = 0; round < 200; round++) {
    const heights = Array.from({ length: 30 + roll(90) }, () => 30 + roll(1500));
    const sheet = new Sheet();
    for (let step = 0; step < 40; step++) {
      const grows = roll(heights.length);
      heights[grows] = (heights[grows] ?? 0) + 13;
      const from = roll(heights.length);
      const shown = items(heights, from, from + roll(25));
      const { top, rows } = sheet.lay(shown);
      expect(rows.map((row) => top + row.top)).toEqual(shown.map(({ start }) => start));
      for (const row of rows) expect(row.top >= 0 && row.top < SHEET).toBe(true);
    }
  }
});
