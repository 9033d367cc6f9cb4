import { describe, expect, test } from "vitest";
import { chipOf, dayOf, pendingOf, queryOf, takeChips, withChip, type ChipContext } from "./chips";

const NOW = new Date(2026, 10, 20, 14).getTime();
const day = (year: number, month: number, date: number) => new Date(year, month - 1, date).getTime();
const context: ChipContext = {
  now: NOW,
  labels: ["Regular", "Big party"],
  open: { threadId: 7, name: "Marta" },
  words: { has: (kind) => kind, me: () => "me", date: (at) => new Date(at).toDateString() },
};

describe("what is typed with a blank behind becomes a chip", () => {
  test.each([
    ["has:photo ", "has", "image", ""],
    ["hat:Bild torte", "has", "image", "torte"],
    ["tem:áudio ", "has", "audio", ""],
    ["von:Marta ", "from", "Marta", ""],
    ['from:"Marta Oliveira" cake', "from", "Marta Oliveira", "cake"],
    ["de:eu ", "from", "me", ""],
    ["etikett:regular ", "label", "Regular", ""],
    ["before:2026-11-01 ", "before", day(2026, 11, 1), ""],
    ["em: ", "in", 7, ""],
  ])("%s", (typed, kind, value, text) => {
    const taken = takeChips(typed, context);
    expect(taken.chips).toMatchObject([{ kind, value }]);
    expect(taken.text).toBe(text);
  });

  test.each([
    "has:xyz ",
    "before:soon ",
    "https://example.com ",
    "label:unknown ",
    "label:big ",
    "10:30 ",
    "has:photo",
  ])("not %s", (typed) => expect(takeChips(typed, context)).toEqual({ chips: [], text: typed }));

  test("without an open conversation there is none to search in", () => {
    expect(chipOf("in", "", { ...context, open: null })).toBeNull();
  });
});

test("what is being typed at the end is known by its kind, in any of the languages", () => {
  expect(pendingOf("cake hat:bi")).toEqual({ kind: "has", typed: "bi", start: 5 });
  expect(pendingOf('etiqueta:"Big pa')).toEqual({ kind: "label", typed: "Big pa", start: 0 });
  expect(pendingOf("note: this")).toBeNull();
  expect(pendingOf("https://x.example")).toBeNull();
});

test.each([
  ["2026-11-01", day(2026, 11, 1)],
  ["1.11.", day(2026, 11, 1)],
  ["1.11.2025", day(2025, 11, 1)],
  ["01/11/25", day(2025, 11, 1)],
  ["24.12.", day(2025, 12, 24)],
  ["gestern", day(2026, 11, 19)],
  ["hoje", day(2026, 11, 20)],
  ["31.2.", null],
  ["soon", null],
])("the day %s", (typed, at) => expect(dayOf(typed, NOW)).toBe(at));

test("one chip of a kind holds, and the query has them all", () => {
  const chips = [
    chipOf("has", "video", context),
    chipOf("after", "yesterday", context),
    chipOf("in", "", context),
    chipOf("has", "link", context),
  ].reduce<ReturnType<typeof withChip>>((all, chip) => (chip ? withChip(all, chip) : all), []);
  expect(queryOf(chips, " cake ")).toEqual({
    text: "cake",
    from: null,
    has: "link",
    label: null,
    before: null,
    after: day(2026, 11, 19),
    thread_id: 7,
  });
});
