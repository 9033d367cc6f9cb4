import { describe, expect, test } from "vitest";
import { dayAfter, dayShown, momentOn, parseDay } from "./day_text";

const TODAY = new Date(2026, 10, 20, 14, 7).getTime();
const at = (year: number, month: number, day: number) => new Date(year, month - 1, day).getTime();
const LOCALES = ["de", "en-GB", "pt-BR"];

describe("a day that somebody types", () => {
  test.each(LOCALES)("is read as this app writes it (%s), every day of a year", (locale) => {
    for (let ahead = 0; ahead < 366; ahead++) {
      const day = dayAfter(TODAY, ahead);
      expect(parseDay(dayShown(day, locale), locale, TODAY)).toBe(day);
    }
  });

  test.each([
    ["de", "21.11.2026", at(2026, 11, 21)],
    ["de", "21.11.26", at(2026, 11, 21)],
    ["de", "21.11.", at(2026, 11, 21)],
    ["de", "3.1.", at(2027, 1, 3)],
    ["de", "20.11.", at(2026, 11, 20)],
    ["de", "3. März", at(2027, 3, 3)],
    ["de", "3 mär 2027", at(2027, 3, 3)],
    ["de", "Sa., 21.11.2026", at(2026, 11, 21)],
    ["de", "morgen", at(2026, 11, 21)],
    ["de", "Übermorgen", at(2026, 11, 22)],
    ["de", "Montag", at(2026, 11, 23)],
    // Today is a Friday: who names it means the next one.
    ["de", "fr", at(2026, 11, 27)],
    ["de", "29.2.", at(2028, 2, 29)],
    ["en-GB", "21 Nov 2026", at(2026, 11, 21)],
    ["en-GB", "21/11", at(2026, 11, 21)],
    ["en-GB", "the 3rd of December", null],
    ["en-GB", "tomorrow", at(2026, 11, 21)],
    ["en-GB", "Tue", at(2026, 11, 24)],
    ["en-US", "11/21/2026", at(2026, 11, 21)],
    ["pt-BR", "21/11/2026", at(2026, 11, 21)],
    ["pt-BR", "21 de novembro de 2026", at(2026, 11, 21)],
    ["pt-BR", "amanhã", at(2026, 11, 21)],
    ["pt-BR", "sáb", at(2026, 11, 21)],
    ["pt-BR", "2026-11-21", at(2026, 11, 21)],
  ])("%s: %s", (locale, typed, expected) => {
    expect(parseDay(typed, locale, TODAY)).toBe(expected);
  });

  test.each(["", "x", "31.2.2026", "21", "21.13.", "bald", "0.0.2026", "21.11.2026 1", "21.11.19999"])(
    "is none: %s",
    (typed) => expect(parseDay(typed, "de", TODAY)).toBeNull(),
  );

  test.each([
    ["3.1.", at(2026, 1, 3)],
    ["24.12.", at(2025, 12, 24)],
    ["20.11.", at(2026, 11, 20)],
    ["Montag", at(2026, 11, 16)],
    ["Freitag", at(2026, 11, 20)],
    ["gestern", at(2026, 11, 19)],
  ])("lies behind one where that is asked for: %s", (typed, expected) => {
    expect(parseDay(typed, "de", TODAY, true)).toBe(expected);
  });

  test("has the time of its own day, whatever the clocks do that night", () => {
    for (const day of [at(2026, 3, 29), at(2026, 10, 25)])
      expect(new Date(momentOn(day, 15 * 60 + 30)).getHours()).toBe(15);
  });
});
