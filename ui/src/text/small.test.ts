import { describe, expect, test } from "vitest";
import { textLength } from "./length";
import { agoText, dayLine, daysBetween, shortMoment } from "./moments";
import { strengthOf } from "./passphrase";
import { hueOf, initials } from "./person";
import { shownParts, snippetParts } from "./snippet";

const AT = new Date(2026, 10, 20, 9, 30).getTime();

test.each([
  ["Marta Oliveira", "MO"],
  ["@casa.jardim", "CJ"],
  ["Ana", "A"],
  ["+49 30 231250", ""],
  ["Friederike von Hohenlohe", "FH"],
  ["", ""],
])("the initials of %j are %j", (name, letters) => expect(initials(name)).toBe(letters));

test("a person keeps the same colour", () => expect(hueOf("Ana Souza")).toBe(hueOf("Ana Souza")));

test("length counts what people see as characters of the alphabet, not halves of an emoji", () => {
  expect(textLength("Grüße 🙂")).toBe(7);
});

describe("moments", () => {
  test("today, this week and before", () => {
    expect(shortMoment(AT, AT + 3_600_000, "en-GB")).toBe("09:30");
    expect(shortMoment(AT, AT + 86_400_000, "en-GB")).toBe("Fri");
    expect(shortMoment(AT, AT + 20 * 86_400_000, "en-GB")).toBe("20 Nov");
  });
  test("days are calendar days", () => {
    const lateEvening = new Date(2026, 10, 20, 23, 59).getTime();
    expect(daysBetween(lateEvening, lateEvening + 120_000)).toBe(1);
    expect(dayLine(lateEvening, lateEvening + 120_000, "de")).toBe("Gestern");
  });
  test("how long ago", () => {
    expect(agoText(AT, AT + 12_000, "en-GB")).toBe("12 seconds ago");
    expect(agoText(AT, AT + 150_000, "de")).toBe("vor 3 Minuten");
  });
});

test.each([
  ["short", "short"],
  ["aaaaaaaaaaaaaaaaaaaa", "short"],
  ["wolke lampe tisch", "fair"],
  ["wolke lampe tisch garten", "strong"],
])("the passphrase %j is %s", (passphrase, strength) => expect(strengthOf(passphrase)).toBe(strength));

test("a hit in a snippet is told apart from its surroundings", () => {
  expect(snippetParts("a \u0002<b>\u0003 c")).toEqual([
    { text: "a ", hit: false },
    { text: "<b>", hit: true },
    { text: " c", hit: false },
  ]);
});

test("a hit in a number goes on over the blanks it is shown with", () => {
  expect(shownParts(snippetParts("+4930\u000223125\u00030"), "+49 30 231250")).toEqual([
    { text: "+49 30 ", hit: false },
    { text: "23125", hit: true },
    { text: "0", hit: false },
  ]);
  expect(shownParts(snippetParts("+55\u000211955\u000350"), "+55 11 95550").map(({ text }) => text)).toEqual([
    "+55 ",
    "11 955",
    "50",
  ]);
});
