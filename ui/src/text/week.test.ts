import { describe, expect, test } from "vitest";
import { clockTime, minuteOfDay, parseClockTime, within } from "./clock_time";
import {
  addSpan,
  copyMonday,
  hoursOf,
  removeSpan,
  setSpan,
  spanProblem,
  toggleDay,
  usualWeek,
  weekIsRight,
  weekOf,
} from "./week";

describe("a time of day", () => {
  test.each([
    ["9", 540],
    ["09:30", 570],
    ["9.30", 570],
    ["930", 570],
    ["1830", 1110],
    ["18h", 1080],
    ["9h30", 570],
    ["18 Uhr", 1080],
    ["6pm", 1080],
    ["6:15 p.m.", 1095],
    ["12am", 0],
    ["24:00", 1440],
  ])("is read from %s", (typed, minutes) => expect(parseClockTime(typed)).toBe(minutes));

  test.each(["", "25", "24:30", "9:75", "noon", "13pm", "0am", "9:3", "-1"])("is not read from %s", (typed) =>
    expect(parseClockTime(typed)).toBeNull(),
  );

  test("is written with two digits each", () => {
    expect([0, 545, 1440].map(clockTime)).toEqual(["00:00", "09:05", "24:00"]);
    expect(minuteOfDay(new Date(2026, 10, 20, 14, 7, 59).getTime())).toBe(847);
  });

  test.each([
    [600, 540, 1080, true],
    [1080, 540, 1080, false],
    [1320, 1200, 480, true],
    [0, 1200, 480, true],
    [480, 1200, 480, false],
    [600, 600, 600, false],
  ])("minute %i lies between %i and %i: %s", (minute, from, to, expected) =>
    expect(within(minute, from, to)).toBe(expected),
  );
});

describe("the week of opening hours", () => {
  test("goes there and back unchanged, in order", () => {
    const days = [
      { day: 1, from: 840, to: 1080 },
      { day: 7, from: 600, to: 720 },
      { day: 1, from: 540, to: 720 },
    ];
    expect(hoursOf(weekOf({ days })).days).toEqual([days[2], days[0], days[1]]);
  });

  test("a closed day opens like the last open day before it", () => {
    const saturday = toggleDay(setSpan(usualWeek(), 5, 0, { to: 780 }), 6);
    expect(saturday[5]).toEqual([{ from: 540, to: 780 }]);
    expect(toggleDay(saturday, 6)[5]).toEqual([]);
    expect(toggleDay(weekOf({ days: [] }), 1)[0]).toEqual([{ from: 540, to: 1080 }]);
  });

  test("Monday is copied to Friday and no further", () => {
    const week = copyMonday(setSpan(toggleDay(usualWeek(), 6), 1, 0, { from: 480 }));
    expect(week.map((spans) => spans[0]?.from)).toEqual([480, 480, 480, 480, 480, 540, undefined]);
  });

  test("a second span follows after a break, as long as the day has room", () => {
    const noon = setSpan(usualWeek(), 1, 0, { to: 720 });
    expect(addSpan(noon, 1)?.[0]).toEqual([
      { from: 540, to: 720 },
      { from: 780, to: 1020 },
    ]);
    expect(addSpan(setSpan(noon, 1, 0, { to: 1400 }), 1)).toBeNull();
    expect(removeSpan(noon, 1, 0)[0]).toEqual([]);
  });

  test("a span that ends before it begins, or runs into another, is told and keeps the week from being saved", () => {
    const turned = setSpan(usualWeek(), 2, 0, { to: 300 });
    expect(spanProblem(turned[1] ?? [], 0)).toBe("order");
    expect(weekIsRight(turned)).toBe(false);
    const both = [
      { from: 540, to: 780 },
      { from: 720, to: 1080 },
    ];
    expect(both.map((_, at) => spanProblem(both, at))).toEqual(["overlap", "overlap"]);
    expect(weekIsRight(usualWeek())).toBe(true);
  });
});
