import { fireEvent, render, screen, within } from "@testing-library/svelte";
import axe from "axe-core";
import { tick } from "svelte";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import App from "../../App.svelte";
import { FakeBackend } from "../../backend/fake/fake";
import { wasBusy } from "../../backend/fake/guard_seed";
import { tooEager } from "../../state/guard_log.svelte";
import { locale } from "../../state/locale.svelte";
import { Session } from "../../state/session.svelte";
import { GUARD_CODES, guardLogText, guardReasonText, guardWhy } from "../../wording/guard";
import { limitName, limitValue, typedValue } from "../../wording/guard_limit";

const NOW = new Date(2026, 10, 20, 14, 0, 0).getTime();
const live: { session: Session; backend: FakeBackend } = {} as never;
vi.setConfig({ testTimeout: 60_000 });

async function settle(ms = 40) {
  await vi.advanceTimersByTimeAsync(ms);
  await tick();
}
async function press(key: string, more: KeyboardEventInit = {}) {
  await fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more });
  await settle();
}
async function click(testid: string, at = 0) {
  await fireEvent.click(screen.getAllByTestId(testid)[at] as HTMLElement);
  await settle(60);
}
async function choose(testid: string, value: string) {
  await fireEvent.change(screen.getByTestId(testid), { target: { value } });
  await settle(60);
}
const rows = () => screen.queryAllByTestId("guard-row");
const text = (testid: string) => screen.getByTestId(testid).textContent ?? "";

async function openGuard(entries = 0, prepare: (backend: FakeBackend) => void = () => undefined) {
  const backend = new FakeBackend({
    now: NOW,
    settings: { staff: ["Anna Berg", "Murat Yildiz"], me: "Anna Berg" },
  });
  wasBusy(backend.watch, backend, "en", entries);
  prepare(backend);
  live.backend = backend;
  live.session = new Session(backend);
  render(App, { session: live.session });
  await settle(50);
  await press("g", { ctrlKey: true });
  await settle(60);
}

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers({ now: NOW, toFake: ["setTimeout", "clearTimeout", "Date", "performance"] });
});
afterEach(() => {
  live.session.stop();
  vi.useRealTimers();
});

describe("the log", () => {
  test("is walked by keys alone: from the field to a row, into its entry, and back to the row", async () => {
    await openGuard(120);
    const at = () => (document.activeElement as HTMLElement).dataset;
    expect(at().testid).toBe("guard-search");
    await press("ArrowDown");
    await press("ArrowDown");
    expect(at().index).toBe("1");
    await fireEvent.click(document.activeElement as HTMLElement);
    await settle();
    screen.getByTestId("guard-entry-close").focus();
    await press("Escape");
    expect(screen.queryByTestId("guard-entry")).toBeNull();
    expect(at().index).toBe("1");
    await press("End");
    expect(Number(at().index)).toBeGreaterThan(50);
    await press("Home");
    await press("ArrowUp");
    expect(at().testid).toBe("guard-search");
  });

  test("that cannot be read says so, and is read when somebody asks again", async () => {
    await openGuard(120, (backend) => {
      vi.spyOn(backend, "guardAudit").mockRejectedValueOnce(new Error("gone"));
    });
    expect(screen.queryByTestId("guard-empty")).toBeNull();
    expect(text("rows-failed")).toContain("could not be read");
    await click("rows-again");
    expect(screen.queryByTestId("rows-failed")).toBeNull();
    expect(rows().length).toBeGreaterThan(5);
  });

  test("is reached by its key, by the rail and by the palette, and Esc leads back", async () => {
    await openGuard();
    expect(screen.getByTestId("guard-screen")).not.toBeNull();
    await press("Escape");
    expect(screen.queryByTestId("guard-screen")).toBeNull();
    await click("rail-guard");
    expect(screen.getByTestId("rail-guard").getAttribute("aria-current")).toBe("page");
    await press("g", { ctrlKey: true });
    expect(screen.queryByTestId("guard-screen")).toBeNull();
  });

  test("that is empty teaches what the guard would say and what not", async () => {
    await openGuard();
    const empty = text("guard-empty");
    expect(empty).toContain("Nothing to warn about so far");
    expect(empty).toContain("says nothing");
    expect(empty).toContain("warns");
  });

  test("draws what is in sight of a long one, and reads on page by page", async () => {
    await openGuard(450);
    const asked = vi.spyOn(live.backend, "guardAudit");
    expect(rows().length).toBeLessThan(40);
    await press("ArrowDown");
    for (let page = 0; page < 3; page++) {
      await press("End");
      await settle(60);
    }
    expect(asked).toHaveBeenCalled();
    expect(live.session.watch.entries.length).toBeGreaterThan(200);
    const ids = live.session.watch.entries.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test.each([
    ["outcome", "blocked", (row: HTMLElement) => row.dataset["outcome"] === "blocked"],
    ["code", "frequency", (row: HTMLElement) => row.textContent?.includes("Too many offers")],
    ["staff", "Murat Yildiz", (row: HTMLElement) => row.textContent?.includes("Murat Yildiz")],
    ["month", "2026-10", (row: HTMLElement) => row.textContent?.includes("Oct")],
  ] as const)("is narrowed by %s", async (filter, value, fits) => {
    await openGuard(160);
    await choose(`guard-filter-${filter}`, value);
    expect(rows().length).toBeGreaterThan(0);
    expect(rows().every((row) => fits(row))).toBe(true);
    await click("guard-filter-clear");
    expect(live.session.watch.narrowed).toBe(false);
  });

  test("is searched by name and by the reason that was given, and Esc empties the search first", async () => {
    await openGuard(160);
    await fireEvent.input(screen.getByTestId("guard-search"), { target: { value: "mother of the class" } });
    await settle(300);
    expect(rows().length).toBeGreaterThan(0);
    await fireEvent.input(screen.getByTestId("guard-search"), { target: { value: "nobody of this name" } });
    await settle(300);
    expect(text("guard-empty")).toContain("Nothing fits all of this.");
    await press("Escape");
    await settle(300);
    expect(rows().length).toBeGreaterThan(0);
  });

  test("shows an entry with its reasons, counters and what was said to it, and leads to the message", async () => {
    await openGuard(40);
    await choose("guard-filter-outcome", "overridden");
    await click("guard-row");
    const entry = screen.getByTestId("guard-entry");
    expect(within(entry).getByTestId("guard-reasons").textContent).toContain("The 6th person that day");
    expect(entry.textContent).toContain("Weight 5.2");
    expect(text("guard-entry-said")).toContain("They asked for it");
    const { thread_id, message_id } = live.session.watch.entries[0] ?? {};
    await click("guard-entry-go");
    await settle(100);
    expect(screen.queryByTestId("guard-screen")).toBeNull();
    expect(live.session.conversation.threadId).toBe(thread_id);
    expect(live.session.conversation.goal.messageId).toBe(message_id);
  });

  test("says where the customer is no more", async () => {
    await openGuard(40);
    const at = live.session.watch.entries.findIndex((one) => one.thread_id === null);
    await click("guard-row", at);
    expect(text("guard-entry")).toContain("Erased customer");
    expect(text("guard-entry")).toContain("The conversation is no longer there.");
    await press("Escape");
    expect(screen.queryByTestId("guard-entry")).toBeNull();
  });

  test("shows a new warning by itself", async () => {
    await openGuard();
    wasBusy(live.backend.watch, live.backend, "en", 3);
    live.backend.emit({ guard: true });
    await settle(400);
    expect(rows()).toHaveLength(3);
  });
});

describe("the figures", () => {
  test("stand per member of staff and month", async () => {
    await openGuard(200);
    await click("guard-tab-figures");
    const now = screen.getAllByTestId("guard-figures-row").map((row) => row.textContent);
    expect(now).toHaveLength(2);
    expect(screen.getByTestId<HTMLButtonElement>("guard-month-after").disabled).toBe(true);
    await click("guard-month-before");
    expect(text("guard-figures")).toContain("October 2026");
    expect(screen.getAllByTestId("guard-figures-row").map((row) => row.textContent)).not.toEqual(now);
    for (let back = 0; back < 6; back++) await click("guard-month-before");
    expect(text("guard-figures-nobody")).toContain("Nobody was warned");
  });

  test.each([
    [5, 3, true],
    [4, 2, false],
    [2, 2, false],
    [0, 0, false],
  ])("of %i overrides %i were asked for: too eager %j", (overridden, asked, eager) => {
    const one = { staff: "Anna", lines: 0, not_sent: 0, taken_back: 0, overridden, asked, blocked: 0 };
    expect(tooEager([one]) !== null).toBe(eager);
  });

  test("lead to the thresholds where most overrides were asked for", async () => {
    await openGuard(160);
    expect(text("guard-fatigue")).toContain(
      "For 12 of 23 overrides this month the reason was “they asked for it”",
    );
    await click("guard-fatigue-go");
    expect(screen.getByTestId("guard-limits")).not.toBeNull();
    expect(screen.queryByTestId("guard-fatigue-go")).toBeNull();
  });
});

describe("a threshold", () => {
  const limit = (key: string) =>
    screen.getAllByTestId("guard-limit").find((one) => one.dataset["key"] === key) as HTMLElement;
  const part = (key: string, testid: string) => within(limit(key)).getByTestId<HTMLInputElement>(testid);

  async function openLimits() {
    await openGuard();
    await click("guard-tab-limits");
  }

  test("is moved step by step within its bounds, and back to the usual", async () => {
    await openLimits();
    for (let step = 0; step < 10; step++) {
      await fireEvent.click(part("crowd", "guard-limit-more"));
      await settle();
    }
    expect(part("crowd", "guard-limit-value").value).toBe("12");
    expect(part("crowd", "guard-limit-more").disabled).toBe(true);
    await fireEvent.click(part("crowd", "guard-limit-reset"));
    await settle();
    expect(live.backend.watch.value("crowd")).toBe(5);
    expect(part("crowd", "guard-limit-reset").disabled).toBe(true);
  });

  test("keeps the keyboard where a button can be pressed no longer", async () => {
    await openLimits();
    part("crowd", "guard-limit-more").focus();
    for (let step = 0; step < 10; step++) {
      await fireEvent.click(part("crowd", "guard-limit-more"));
      await settle();
    }
    expect(document.activeElement).toBe(part("crowd", "guard-limit-value"));
    part("crowd", "guard-limit-reset").focus();
    await fireEvent.click(part("crowd", "guard-limit-reset"));
    await settle();
    expect(document.activeElement).toBe(part("crowd", "guard-limit-more"));
  });

  test("that is typed too far is held, and says so", async () => {
    await openLimits();
    const field = part("crowd", "guard-limit-value");
    await fireEvent.input(field, { target: { value: "40" } });
    await fireEvent.keyDown(field, { key: "Enter" });
    await settle();
    expect(field.value).toBe("12");
    expect(limit("crowd").textContent).toContain("Held at 12");
    await fireEvent.input(field, { target: { value: "a few" } });
    await fireEvent.blur(field);
    await settle();
    expect(field.value).toBe("12");
  });

  test("that is a switch is switched", async () => {
    await openLimits();
    const key = "service_after_marketing_stop";
    await fireEvent.click(part(key, "guard-limit-switch"));
    await settle();
    expect(live.backend.watch.value(key)).toBe(0);
  });

  test("has a name, a sentence, and its bounds: every one of them", async () => {
    await openLimits();
    const shown = screen.getAllByTestId("guard-limit");
    expect(shown).toHaveLength(live.backend.watch.settings.length);
    for (const one of shown) {
      const key = one.dataset["key"] ?? "";
      expect(limitName(key)).not.toBe(key);
      expect(one.textContent).toMatch(/usually/u);
    }
  });

  test("that this program does not know yet is shown all the same", async () => {
    await openGuard(0, (backend) => {
      const [first] = backend.watch.settings;
      if (first) backend.watch.settings = [...backend.watch.settings, { ...first, key: "new_one" }];
    });
    await click("guard-tab-limits");
    expect(limit("new_one").textContent).toContain("new_one");
  });

  test.each([
    ["crowd", "6", 6],
    ["stranger", "0,7", 0.7],
    ["limit_share", "85 %", 0.85],
    ["limit_share", "85", 0.85],
    ["crowd", "six", null],
    ["crowd", "-3", null],
  ])("%s: %j is read as %j", (key, typed, value) => {
    expect(typedValue(key, typed)).toBe(value);
  });

  test("is written as its kind is", () => {
    expect(limitValue("same", 0.38, "de")).toMatch(/^38\s%$/u);
    expect(limitValue("stranger", 0.5, "de")).toBe("0,5");
  });
});

describe("a word list", () => {
  const list = (kind: string) =>
    screen.getAllByTestId("guard-list").find((one) => one.dataset["kind"] === kind) as HTMLElement;

  async function openWords() {
    await openGuard();
    await click("guard-tab-words");
  }
  async function edit(kind: string, words: string) {
    await fireEvent.click(within(list(kind)).getByTestId("guard-list-edit"));
    await settle();
    await fireEvent.input(screen.getByTestId("guard-list-words"), { target: { value: words } });
  }

  test("is changed, belongs to the shop then, and goes back to the one that came", async () => {
    await openWords();
    expect(list("insulting").textContent).not.toContain("moron");
    await edit("insulting", "twit\n\n  twit \nfool");
    await click("guard-list-save");
    expect(list("insulting").textContent).toContain("2 words");
    expect(list("insulting").textContent).toContain("Changed by you");
    expect(live.backend.watch.findings("you fool")).toHaveLength(1);
    await fireEvent.click(within(list("insulting")).getByTestId("guard-list-edit"));
    await settle();
    await click("guard-list-reset");
    expect(list("insulting").textContent).toContain("Unchanged");
  });

  test("that is left with Esc stays as it was, and the screen stays", async () => {
    await openWords();
    await edit("insulting", "twit");
    await fireEvent.keyDown(screen.getByTestId("guard-list-words"), { key: "Escape" });
    await settle();
    expect(list("insulting").textContent).toContain("Unchanged");
    expect(screen.getByTestId("guard-words")).not.toBeNull();
  });

  test("is the one of the reader's language, whose region it does not know", async () => {
    await openWords();
    locale.choose("pt-BR");
    await settle();
    expect(screen.getByTestId("guard-words-pt").getAttribute("aria-pressed")).toBe("true");
  });

  test("stands there for each language", async () => {
    await openWords();
    await click("guard-words-de");
    await fireEvent.click(within(list("insulting")).getByTestId("guard-list-edit"));
    await settle();
    expect(screen.getByTestId<HTMLTextAreaElement>("guard-list-words").value).toContain("Dummkopf");
  });
});

test.each(["en", "de", "pt-BR"])(
  "%s has a sentence and a card of two sentences for every reason",
  (language) => {
    locale.choose(language);
    for (const code of GUARD_CODES) {
      for (const number of [0, 1, 6])
        for (const say of [guardReasonText, guardLogText])
          expect(say({ code, number }), code).not.toMatch(/[{}]|undefined/u);
      const { text: why, source } = guardWhy(code);
      expect(why.match(/[.!?](?=\s|$)/gu), `${code}: ${why}`).toHaveLength(2);
      expect(source.length).toBeGreaterThan(8);
    }
  },
);

test.each([
  ["log", "en", "light"],
  ["log", "de", "dark"],
  ["figures", "de", "light"],
  ["limits", "pt-BR", "dark"],
  ["words", "en", "dark"],
] as const)("%s has no fault that axe finds: %s, %s", async (place, language, theme) => {
  await openGuard(30);
  locale.choose(language);
  document.documentElement.dataset["theme"] = theme;
  await click(`guard-tab-${place}`);
  if (place === "log") await click("guard-row");
  if (place === "words") await click("guard-list-edit");
  vi.useRealTimers();
  const { violations } = await axe.run(screen.getByTestId("guard-screen"), {
    rules: { "color-contrast": { enabled: false } },
  });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  delete document.documentElement.dataset["theme"];
});

test("an empty log has no fault that axe finds", async () => {
  await openGuard();
  vi.useRealTimers();
  const { violations } = await axe.run(screen.getByTestId("guard-screen"), {
    rules: { "color-contrast": { enabled: false } },
  });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
});
