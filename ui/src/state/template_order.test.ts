import { describe, expect, test } from "vitest";
import { livedIn } from "../backend/fake/template_shelf";
import type { TemplateView } from "../backend/generated/TemplateView";
import { concerns, countsOf, groupsOf, searchable, type SortBy } from "./template_order";

const DAY = 86_400_000;
const NOW = 1_000 * DAY;
const base = livedIn(0)[0] as TemplateView;
const view = (part: Partial<TemplateView>): TemplateView => ({ ...base, known_since: NOW, ...part });
const find = (views: TemplateView[], typed = "", sort: SortBy = "name", filter = "all" as const) =>
  groupsOf(searchable(views), { typed, filter, sort, now: NOW });

describe("what needs a look", () => {
  test.each<[string, Partial<TemplateView>, string[]]>([
    ["nothing", {}, []],
    ["rejected", { status: "REJECTED" }, ["rejected"]],
    ["paused and bad", { status: "PAUSED", quality: "RED" }, ["paused", "quality"]],
    ["moving", { moves_to: { to: "MARKETING", at: null } }, ["move"]],
    ["known for 183 days", { known_since: NOW - 183 * DAY }, []],
    ["known for 184 days", { known_since: NOW - 184 * DAY }, ["stale"]],
    ["checked since", { known_since: NOW - 400 * DAY, checked_at: NOW - DAY }, []],
    ["old and in review", { known_since: NOW - 400 * DAY, status: "PENDING" }, []],
  ])("%s", (_, part, expected) => expect(concerns(view(part), NOW)).toEqual(expected));

  test("is counted", () => {
    const views = [view({}), view({ status: "REJECTED" }), view({ status: "PAUSED" })];
    expect(countsOf(views, [], NOW)).toEqual({ all: 3, look: 2, drafts: 0, rejected: 1, paused: 1 });
  });
});

describe("the list", () => {
  const views = [
    view({ name: "b", language: "en", last_used_at: 5 }),
    view({ name: "a", language: "pt_BR" }),
    view({ name: "a", language: "de", last_used_at: 9 }),
  ];

  test("keeps the languages of a name together", () => {
    expect(find(views).map(({ name, rows }) => [name, rows.map(({ language }) => language)])).toEqual([
      ["a", ["de", "pt_BR"]],
      ["b", ["en"]],
    ]);
  });

  test("is ordered as asked", () => {
    expect(find(views, "", "used").map(({ name }) => name)).toEqual(["a", "b"]);
    const answered = (name: string, answered: number, sent: number) =>
      view({ name, figures: { sent, delivered: sent, read: sent, answered, failed: 0 } });
    // One of one says less than forty of fifty.
    const rates = [answered("lucky", 1, 1), answered("good", 40, 50), answered("poor", 1, 50)];
    expect(find(rates, "", "answers").map(({ name }) => name)).toEqual(["good", "lucky", "poor"]);
  });

  test("answers to words of name and text, whatever their accents", () => {
    const found = [
      view({ name: "largest_cake", parts: { ...base.parts, body: "Die Größe der Torte" } }),
      ...views,
    ];
    expect(find(found, "grosse torte").map(({ name }) => name)).toEqual(["largest_cake"]);
    expect(find(found, "largest cake").map(({ name }) => name)).toEqual(["largest_cake"]);
    expect(find(found, "nothing")).toEqual([]);
  });
});
