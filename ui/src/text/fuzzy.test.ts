import { expect, test } from "vitest";
import { fuzzyFind, fuzzyScore } from "./fuzzy";

test.each([
  ["mull", "Müller", true],
  ["MÜLL", "muller", true],
  ["strasse", "Hauptstraße 5", true],
  ["bald schl", "Schließt bald", true],
  ["erl", "Erledigt, weiter", true],
  ["erdt", "Erledigt, weiter", true],
  ["dt", "Erle dingt", false],
  ["xyz", "Erledigt", false],
  ["", "anything", true],
])("“%s” finds %s: %s", (typed, text, found) => expect(fuzzyScore(typed, text) !== null).toBe(found));

test("the beginning counts more than a word, a word more than its inside", () => {
  const all = ["Undone", "Not done", "Done"];
  expect(fuzzyFind("done", all, (one) => one)).toEqual(["Done", "Not done", "Undone"]);
});

test("with nothing typed everything stays in its order", () => {
  expect(fuzzyFind("  ", ["b", "a"], (one) => one)).toEqual(["b", "a"]);
});
