import { fireEvent, render, screen, within } from "@testing-library/svelte";
import axe from "axe-core";
import { tick } from "svelte";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import App from "../../App.svelte";
import { crowd, liveIn } from "../../backend/fake/consent_seed";
import { FakeBackend } from "../../backend/fake/fake";
import { Session } from "../../state/session.svelte";

const NOW = new Date(2026, 10, 20, 14, 0, 0).getTime();
const live: { session: Session } = {} as never;
// The whole app is on the screen in each of these; a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

async function settle(ms = 30) {
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
async function type(testid: string, value: string) {
  await fireEvent.input(screen.getByTestId(testid), { target: { value } });
  await settle(400);
}
const rows = () => screen.queryAllByTestId("consents-row");
const text = (testid: string) => screen.getByTestId(testid).textContent ?? "";

async function openConsents(people = 0, prepare: (backend: FakeBackend) => void = () => undefined) {
  const backend = new FakeBackend({ now: NOW });
  liveIn(backend.ledger, "en");
  crowd(backend.ledger, people);
  prepare(backend);
  live.session = new Session(backend);
  render(App, { session: live.session });
  await settle(50);
  await press("l", { ctrlKey: true });
  await settle(50);
  return backend;
}

async function openPerson(name: string) {
  await type("consents-search", name);
  await click("consents-row");
}

beforeEach(() => {
  localStorage.clear();
  Object.defineProperty(HTMLElement.prototype, "offsetHeight", { configurable: true, value: 600 });
  URL.createObjectURL = () => "blob:made-up";
  URL.revokeObjectURL = () => undefined;
  vi.useFakeTimers({ now: NOW, toFake: ["setTimeout", "clearTimeout", "Date", "performance"] });
});
afterEach(() => {
  live.session.stop();
  Reflect.deleteProperty(HTMLElement.prototype, "offsetHeight");
  vi.useRealTimers();
});

describe("the lists", () => {
  test("a key leads there and Esc back", async () => {
    await openConsents();
    expect(screen.getByTestId("rail-consents").getAttribute("aria-current")).toBe("page");
    await press("Escape");
    expect(screen.queryByTestId("consents-screen")).toBeNull();
  });

  test("each list says how many people it holds, and shows them", async () => {
    await openConsents();
    await click("consents-list-never_contact");
    expect(rows().length).toBeGreaterThan(0);
    expect(rows().every((row) => /Stopped|Wants no more/u.test(row.textContent ?? ""))).toBe(true);
  });

  test("of a long list only the rows on the screen are drawn, and the next page comes as one nears it", async () => {
    const backend = await openConsents(1000);
    const ask = vi.spyOn(backend, "consents");
    expect(rows().length).toBeLessThan(60);
    expect(live.session.consents.list.rows.length).toBe(200);
    await live.session.consents.list.seen(190);
    expect(live.session.consents.list.rows.length).toBe(400);
    expect(ask).toHaveBeenCalledTimes(1);
  });

  test("search and filters narrow together and are taken back together", async () => {
    await openConsents();
    const all = rows().length;
    await type("consents-search", "Marta");
    await fireEvent.change(screen.getByTestId("consents-filter-state"), { target: { value: "out" } });
    await settle(60);
    expect(rows()).toHaveLength(1);
    await click("consents-filter-clear");
    expect(rows()).toHaveLength(all);
    await type("consents-search", "nobody at all");
    expect(screen.getByTestId("consents-empty")).toBeTruthy();
    await click("consents-widen");
    expect(rows()).toHaveLength(all);
  });

  test("arrows walk from the search into the rows, Enter's click opens, Esc returns to the same row", async () => {
    await openConsents();
    expect(document.activeElement).toBe(screen.getByTestId("consents-search"));
    await press("ArrowDown");
    await press("ArrowDown");
    expect((document.activeElement as HTMLElement).dataset.index).toBe("1");
    await fireEvent.click(document.activeElement as HTMLElement);
    await settle(60);
    expect(screen.getByTestId("consents-person")).toBeTruthy();
    await press("Escape");
    expect((document.activeElement as HTMLElement).dataset.index).toBe("1");
    await press("ArrowUp");
    await fireEvent.click(document.activeElement as HTMLElement);
    await settle(60);
    await press("Escape");
    expect((document.activeElement as HTMLElement).dataset.index).toBe("0");
  });
});

describe("a person", () => {
  test("has every act with its wording, its place in the chain and its evidence", async () => {
    await openConsents();
    await openPerson("Iris Falke");
    await fireEvent.click(screen.getAllByTestId("timeline-details")[0]?.querySelector("summary") as Element);
    const details = screen.getAllByTestId("timeline-details")[0] as HTMLDetailsElement;
    details.open = true;
    await fireEvent(details, new Event("toggle"));
    await settle(60);
    expect(details.textContent).toContain("Backstube am Markt");
    expect(details.textContent).toMatch(/7f3a90c2\/\d+/u);
    await click("evidence-open");
    expect(screen.getByTestId("evidence-large").querySelector("img")).toBeTruthy();
  });

  test("can be stopped by hand, which shows at once", async () => {
    await openConsents();
    await openPerson("Iris Falke");
    await click("person-withdraw");
    await type("withdraw-reason", "On the phone");
    await click("withdraw-do");
    await settle(400);
    expect(text("person-standing")).toContain("Stopped");
    expect(screen.getAllByTestId("timeline-line")[0]?.dataset.event).toBe("withdrawn");
  });

  test("an act recorded wrongly stays, and no longer counts", async () => {
    await openConsents();
    await openPerson("Iris Falke");
    await click("timeline-correct");
    await type("correct-reason", "Wrong person");
    await click("correct-do");
    await settle(400);
    expect(screen.getAllByTestId("timeline-line").map((line) => line.dataset.event)).toEqual([
      "corrected",
      "granted",
    ]);
    expect(text("person-standing")).not.toContain("Agreed");
  });

  test("has no way round a stop, but for one that the shop itself typed in a moment ago", async () => {
    await openConsents();
    await openPerson("Marta");
    const stop = screen
      .getAllByTestId("timeline-line")
      .find(({ dataset }) => dataset.event === "withdrawn") as HTMLElement;
    expect(within(stop).queryByTestId("timeline-correct")).toBeNull();
    expect(stop.textContent).toContain("A stop stands");

    await click("person-withdraw");
    await fireEvent.click(screen.getByTestId("withdraw-updates"));
    await type("withdraw-reason", "On the phone");
    await click("withdraw-do");
    await settle(400);
    const own = () => screen.getAllByTestId("timeline-line")[0] as HTMLElement;
    expect(own().dataset.event).toBe("withdrawn");
    expect(within(own()).queryByTestId("timeline-correct")).not.toBeNull();
    await settle(11 * 60_000);
    expect(within(own()).queryByTestId("timeline-correct")).toBeNull();
  });

  test("is erased only after the name is typed and a reason given", async () => {
    const backend = await openConsents();
    const erase = vi.spyOn(backend, "erase");
    await openPerson("Iris Falke");
    await click("person-erase");
    const button = screen.getByTestId<HTMLButtonElement>("erase-do");
    expect(text("erase-stays")).toContain("import");
    await type("erase-reason", "Asked for it");
    expect(button.disabled).toBe(true);
    await type("erase-confirm", "iris  falke");
    expect(button.disabled).toBe(false);
    await click("erase-do");
    expect(erase).toHaveBeenCalledWith(expect.any(Number), "Asked for it");
    expect(screen.queryByTestId("consents-person")).toBeNull();
    expect(rows()).toHaveLength(0);
  });
});

describe("an export", () => {
  test("says how far it is, can be cancelled, and leaves nothing behind", async () => {
    await openConsents();
    await click("consents-export");
    await click("export-do");
    await settle(250);
    expect(text("progress")).toMatch(/of \d+ rows/u);
    await click("progress-cancel");
    await settle(300);
    expect(text("export-cancelled")).toContain("Nothing was left behind");
  });

  test("of a narrowed list takes out that list; the chain always goes out whole", async () => {
    const backend = await openConsents();
    const asked = vi.spyOn(backend, "exportConsents");
    await click("consents-list-never_contact");
    await click("consents-export");
    await click("export-do");
    await settle(2000);
    expect(asked.mock.calls[0]?.[0].filter.list).toBe("never_contact");
    expect(text("export-head")).toMatch(/^[0-9a-f]{64}$/u);
    await click("export-json_lines");
    await click("export-do");
    await settle(2000);
    expect(asked.mock.calls[1]?.[0]).toMatchObject({ format: "json_lines", filter: { list: "" } });
  });

  test("onto a full disk says so in plain words", async () => {
    await openConsents(0, (backend) => {
      backend.takeout.answerWith = { kind: "failed", message: "ENOSPC", disk_full: true };
    });
    await click("consents-export");
    await click("export-do");
    expect(text("export-failed")).toMatch(/disk is full\. Nothing was left behind/u);
  });
});

describe("a list too long for paper", () => {
  test("is told with its length, and what to do instead", async () => {
    await openConsents(0, (backend) => {
      backend.takeout.answerWith = { kind: "too_long", rows: 31_204, limit: 20_000 };
    });
    await click("consents-export");
    await click("export-pdf");
    await click("export-do");
    expect(text("export-too-long")).toMatch(/31,204 lines.*20,000.*XLSX/u);
  });
});

describe("the ledger", () => {
  test("is checked when one looks at it, and its head and key can be copied", async () => {
    await openConsents();
    await click("consents-tab-ledger");
    expect(text("ledger-verdict")).toContain("the chain is whole");
    expect(text("ledger-key")).toMatch(/^[0-9a-f]{64}$/u);
  });

  test("that another program changed names the entry and says that nothing is recorded now", async () => {
    await openConsents(0, (backend) => void (backend.ledger.broken = "7f3a90c2/7"));
    await click("consents-tab-ledger");
    expect(text("ledger-broken")).toContain("7f3a90c2/7");
    expect(text("ledger-panel")).toContain("read-only");
    await click("consents-tab-list");
    expect(text("consents-broken")).toContain("7f3a90c2/7");
  });
});

describe("a list from elsewhere", () => {
  test("without proof becomes not proven; bad rows are named by line, good ones go in", async () => {
    const backend = await openConsents();
    const taken = vi.spyOn(backend, "importConsents");
    await click("consents-import");
    await click("import-choose");
    expect(document.activeElement).toBe(screen.getByTestId("import-map-phone"));
    expect(screen.getAllByTestId("import-bad-row").map((row) => row.textContent)).toEqual([
      expect.stringContaining("kein Anschluss"),
      expect.stringContaining("Some digits are missing"),
    ]);
    await click("import-next");
    expect(screen.getByTestId<HTMLButtonElement>("import-do").disabled).toBe(true);
    await type("import-source", "Summer party");
    await fireEvent.click(screen.getAllByTestId("import-purpose")[2] as HTMLElement);
    expect(text("import-then")).toContain("not proven");
    await fireEvent.submit(screen.getByTestId("import-questions"));
    await settle(2000);
    expect(taken.mock.calls[0]?.[0]).toMatchObject({ source: "Summer party", purposes: ["offers"] });
    expect(text("import-count-good")).toContain("4");
    expect(document.activeElement).toBe(screen.getByTestId("import-show"));
    await click("import-show");
    await settle(100);
    expect(rows().length).toBeGreaterThan(0);
    expect(rows().every((row) => row.textContent?.includes("Not proven"))).toBe(true);
  });

  test("another column makes other counts, at once", async () => {
    await openConsents();
    await click("consents-import");
    await click("import-choose");
    await fireEvent.change(screen.getByTestId("import-map-phone"), { target: { value: "0" } });
    await settle(60);
    expect(text("import-count-good")).toContain("0");
    expect(screen.getByTestId<HTMLButtonElement>("import-next").disabled).toBe(true);
  });
});

describe("what is due", () => {
  test("goes by a press that is meant, never by itself", async () => {
    const backend = await openConsents();
    const forget = vi.spyOn(backend, "forgetEvidence");
    await click("consents-tab-due");
    expect(screen.getAllByTestId("due-row")).toHaveLength(1);
    await click("due-forget");
    expect(forget).not.toHaveBeenCalled();
    await press("Escape");
    expect(document.activeElement).toBe(screen.getByTestId("due-forget"));
    await click("due-forget");
    await click("due-yes");
    expect(forget).toHaveBeenCalledOnce();
    expect(screen.getByTestId("due-empty")).toBeTruthy();
  });

  test("the country proposes a figure, which is taken over by a press", async () => {
    const backend = await openConsents(0, (core) => void (core.ledger.retention.years = 3));
    await click("consents-tab-retention");
    expect(text("retention-preset")).toContain("5 years");
    await click("retention-take");
    expect((await backend.retention()).years).toBe(5);
    expect(screen.queryByTestId("retention-take")).toBeNull();
  });
});

test("the panel of a customer leads to the whole history", async () => {
  await openConsents();
  live.session.personPage(1);
  await settle(60);
  expect(within(screen.getByTestId("consents-person")).getByText("Marta Oliveira")).toBeTruthy();
});

test.each(["list", "due", "ledger", "retention", "import"] as const)("%s is accessible", async (place) => {
  await openConsents();
  live.session.consents.go(place);
  await settle(100);
  vi.useRealTimers();
  const { violations } = await axe.run(screen.getByTestId("consents-screen"), {
    rules: { "color-contrast": { enabled: false } },
  });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
});
