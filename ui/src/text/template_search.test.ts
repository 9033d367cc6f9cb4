import { describe, expect, test } from "vitest";
import { template } from "../backend/fake/template_catalogue";
import { groupsOf, shownIn } from "./template_choice";
import { familiesOf, TemplateIndex } from "./template_search";

const paused = { obstacle: { reason: "paused", until: null } as const };
const views = [
  template("order_ready", "de", "UTILITY", "Ihre Bestellung für Frau Müller liegt bereit."),
  template("order_ready", "pt_BR", "UTILITY", "Seu pedido está pronto."),
  template("reorder", "en", "MARKETING", "Time for another order?"),
  template("appointment_order", "en", "UTILITY", "See you on Monday."),
  template("opening", "en", "UTILITY", "We open at nine.", {}, paused),
];
const index = new TemplateIndex(views, (view) => (view.category === "MARKETING" ? "Werbung" : "Service"));
const names = (typed: string) => index.find(typed).map((family) => family.name);

describe("searching", () => {
  test.each([
    ["", ["appointment_order", "opening", "order_ready", "reorder"]],
    ["order", ["order_ready", "appointment_order", "reorder"]],
    ["muller", ["order_ready"]],
    ["werbung", ["reorder"]],
    ["order ready", ["order_ready"]],
    ["order_ready", ["order_ready"]],
    ["apmt", ["appointment_order"]],
    ["xq", []],
    ["order xq", []],
  ])("%j finds %j", (typed, found) => expect(names(typed)).toEqual(found));

  test("one name in several languages is one family", () => {
    const family = index.find("ready")[0];
    expect(family?.title).toBe("Order ready");
    expect(family?.views.map((view) => view.language)).toEqual(["de", "pt_BR"]);
  });
});

describe("the language that is shown", () => {
  const family = (...all: typeof views) => familiesOf(all)[0] as ReturnType<typeof familiesOf>[number];
  const ready = family(...views.slice(0, 2));
  test.each([
    ["pt-BR", "en", "pt_BR", false],
    ["pt", "en", "pt_BR", false],
    ["de-AT", "en", "de", false],
    ["fr", "de", "de", true],
    ["fr", "pt-BR", "pt_BR", true],
    ["fr", "en", "de", true],
  ])("%s for staff in %s is %s", (wanted, own, language, fallback) => {
    const shown = shownIn(ready, wanted, own);
    expect([shown.view.language, shown.fallback !== null]).toEqual([language, fallback]);
  });

  test("one that cannot be sent gives way, and says so", () => {
    const [de, pt] = [{ ...views[0], ...paused }, views[1]] as typeof views;
    const shown = shownIn(family(de as (typeof views)[number], pt as (typeof views)[number]), "de", "de");
    expect(shown.view.language).toBe("pt_BR");
    expect(shown.fallback?.blocked?.language).toBe("de");
  });

  test("what was chosen by hand is shown, even where it cannot be sent", () =>
    expect(shownIn(ready, "de", "de", "pt_BR").view.language).toBe("pt_BR"));
});

test("each template stands once, in the first group that it belongs to", () => {
  const some = [
    template("a", "en", "UTILITY", "a", {}, { favourite: true, last_used_at: 5 }),
    template("b", "en", "UTILITY", "b", {}, { used_here_at: 3, last_used_at: 3 }),
    template("c", "en", "UTILITY", "c", {}, { last_used_at: 9 }),
    template("d", "en", "UTILITY", "d"),
    template("e", "en", "UTILITY", "e", {}, paused),
    template("f", "en", "UTILITY", "f", {}, { favourite: true }),
  ];
  const groups = groupsOf(familiesOf(some), { name: "f", language: "en", why: [] });
  expect(groups.map((group) => [group.name, group.families.map(({ name }) => name).join()])).toEqual([
    ["proposal", "f"],
    ["favourites", "a"],
    ["here", "b"],
    ["recent", "c"],
    ["others", "d"],
    ["blocked", "e"],
  ]);
});
