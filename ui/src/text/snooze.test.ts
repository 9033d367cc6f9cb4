import { describe, expect, test } from "vitest";
import { HOUR, MINUTE, windowAt } from "./countdown";
import { snoozeChoices, snoozeWarnings } from "./snooze";

const at = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute).getTime();
const NOW = at(20, 14);
const open = (left: number) =>
  windowAt(
    { state: "open", closes_at: NOW + left, refuse_from: NOW + left - MINUTE, unsure_since: null },
    NOW,
  );
const HOURS = { days: [1, 2, 3, 4, 5].map((day) => ({ day, from: 540, to: 1080 })) };
const names = (choices: { name: string }[]) => choices.map(({ name }) => name);

describe("what is offered", () => {
  test("for an open window", () => {
    expect(snoozeChoices(NOW, open(5 * HOUR))).toEqual([
      { name: "hour", at: at(20, 15) },
      { name: "evening", at: at(20, 18) },
      { name: "tomorrow", at: at(21, 9) },
      { name: "before_close", at: at(20, 18, 30) },
    ]);
  });

  test("the evening lies an hour before the shop shuts", () => {
    expect(snoozeChoices(NOW, null, HOURS)[1]).toEqual({ name: "evening", at: at(20, 17) });
  });

  test.each([
    ["nothing before closing, when half an hour is nearly over", 31 * MINUTE, NOW],
    ["nothing before closing, when it is closed", 0, NOW],
  ])("%s", (_, left, now) => expect(names(snoozeChoices(now, open(left)))).not.toContain("before_close"));

  test("no evening, when it is evening", () => {
    expect(names(snoozeChoices(at(20, 17, 30), null))).toEqual(["hour", "tomorrow"]);
  });
});

describe("what speaks against a moment", () => {
  test.each([
    ["nothing", at(20, 16), ["5 hours", HOURS], []],
    ["the window will have closed", at(20, 19), ["5 hours", undefined], ["after_close"]],
    ["it will have closed, and the shop is shut", at(20, 19), ["5 hours", HOURS], ["after_close", "shut"]],
    ["the shop is shut", at(20, 18, 30), ["5 hours", HOURS], ["shut"]],
    ["the moment has passed", at(20, 13), ["5 hours", HOURS], ["past"]],
    ["nothing more, where the window is closed already", at(20, 16), ["closed", HOURS], []],
  ] as const)("%s", (_, until, [window, hours], expected) => {
    const now = window === "closed" ? open(-HOUR) : open(5 * HOUR);
    expect(snoozeWarnings(until, NOW, now, hours && { days: [...hours.days] })).toEqual(expected);
  });
});
