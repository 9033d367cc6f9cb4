import { describe, expect, test } from "vitest";
import type { OpeningHours } from "../backend/generated/OpeningHours";
import { closesWhileShut, isOpen, lastOpenMoment, nextOpening } from "./hours";

// Weekdays from nine to six with a break at noon, Saturday until one. 20 November 2026 is a Friday.
const HOURS: OpeningHours = {
  days: [1, 2, 3, 4, 5]
    .flatMap((day) => [
      { day, from: 540, to: 720 },
      { day, from: 780, to: 1080 },
    ])
    .concat({ day: 6, from: 540, to: 780 }),
};
const BAR: OpeningHours = {
  days: [
    { day: 5, from: 1080, to: 1440 },
    { day: 6, from: 0, to: 120 },
  ],
};
const at = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute).getTime();

test.each([
  ["in the morning", at(20, 9), true],
  ["a minute before", at(20, 8, 59), false],
  ["at noon", at(20, 12), false],
  ["after noon", at(20, 13), true],
  ["at closing time", at(20, 18), false],
  ["on Sunday", at(22, 11), false],
])("%s the shop is open: %#", (_, moment, open) => expect(isOpen(HOURS, moment)).toBe(open));

describe("a window that closes", () => {
  test.each([
    ["while the shop is open is not marked", at(20, 10), at(20, 17), null],
    ["at closing time is not marked", at(20, 10), at(20, 18), null],
    ["in the evening must be answered by six", at(20, 10), at(20, 22), { answerBy: at(20, 18) }],
    ["at noon must be answered by twelve", at(20, 10), at(20, 12, 30), { answerBy: at(20, 12) }],
    ["on Sunday must be answered on Saturday", at(21, 10), at(22, 9, 30), { answerBy: at(21, 13) }],
    ["before the shop opens again cannot be answered", at(21, 14), at(22, 9, 30), { answerBy: null }],
    ["is over already", at(20, 10), at(20, 10), null],
  ])("%s", (_, now, end, expected) => expect(closesWhileShut(HOURS, now, end)).toEqual(expected));

  test("is never marked where nobody said when the shop is open", () => {
    expect(closesWhileShut({ days: [] }, at(20, 10), at(22, 3))).toBeNull();
    expect(closesWhileShut(undefined, at(20, 10), at(22, 3))).toBeNull();
  });

  test("after midnight counts where the shop is open past midnight", () => {
    expect(closesWhileShut(BAR, at(20, 20), at(21, 1))).toBeNull();
    expect(closesWhileShut(BAR, at(20, 20), at(21, 4))).toEqual({ answerBy: at(21, 2) });
  });
});

test("the last open moment lies within what was asked for", () => {
  expect(lastOpenMoment(HOURS, at(20, 18), at(21, 9))).toBeNull();
  expect(lastOpenMoment(HOURS, at(20, 18), at(21, 9, 1))).toBe(at(21, 9, 1));
  expect(lastOpenMoment(HOURS, at(16, 8), at(22, 23))).toBe(at(21, 13));
});

test.each([
  ["now, when it is open", at(20, 10), at(20, 10)],
  ["after the break", at(20, 12, 30), at(20, 13)],
  ["on Monday, from Saturday evening", at(21, 15), at(23, 9)],
])("the shop opens next %s", (_, from, expected) => expect(nextOpening(HOURS, from)).toBe(expected));

test("a shop that never opens opens never", () => {
  expect(nextOpening({ days: [{ day: 1, from: 600, to: 600 }] }, at(20, 10))).toBeNull();
});
