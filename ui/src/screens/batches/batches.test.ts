import { fireEvent, screen } from "@testing-library/svelte";
import axe from "axe-core";
import { describe, expect, test, vi } from "vitest";
import type { BatchHalt } from "../../backend/generated/BatchHalt";
import type { FakeBackend } from "../../backend/fake/fake";
import { haltText } from "../../wording/batch";
import { click, live, openBatches, plan, playHere, press, settle, text, withPast } from "./batches.stage";

playHere();

const lines = () => screen.queryAllByTestId("batch-line");
const people = () => screen.queryAllByTestId("batch-person");
const page = () => screen.getByTestId("batch-page");
const running = (backend: FakeBackend) => void backend.batchStore.make(plan("en", "Stollen"), backend.now());
const halted = (why: BatchHalt) => (backend: FakeBackend) => {
  backend.batchStore.make(plan("en", "Stollen"), backend.now() - 60_000, "running", { after: 10, why });
};

async function openFirst(prepare: (backend: FakeBackend) => void) {
  const backend = await openBatches(prepare);
  await click("batch-open");
  await settle(60);
  return backend;
}

describe("the list", () => {
  test("a key and the rail lead there, Esc back", async () => {
    await openBatches();
    expect(screen.getByTestId("rail-batches").getAttribute("aria-current")).toBe("page");
    await press("Escape");
    expect(screen.queryByTestId("batches-screen")).toBeNull();
    await click("rail-batches");
    expect(screen.getByTestId("batches-screen")).toBeTruthy();
  });

  test("the palette and the sheet of shortcuts know it", async () => {
    await openBatches();
    await press("Escape");
    await press("k", { ctrlKey: true });
    const input = screen.getByTestId("palette-input");
    await fireEvent.input(input, { target: { value: "batch" } });
    await settle();
    expect(
      screen
        .getAllByTestId("palette-option")
        .map(({ dataset }) => dataset.option)
        .join(),
    ).toContain("batches");
  });

  test("where nothing was sent yet it teaches what a batch is for", async () => {
    await openBatches();
    expect(text("batches-empty")).toContain("No batch of free text exists");
  });

  test("each says how it stands, how far it is, and why it stands still", async () => {
    await openBatches(withPast, { people: 140 });
    expect(lines().map(({ dataset }) => dataset.state)).toEqual([
      "running",
      "paused",
      "done",
      "stopped",
      "done",
    ]);
    expect(lines()[0]?.textContent).toContain("Ends at about");
    expect(lines()[1]?.textContent).toContain("Slowing down does not help");
    expect(screen.getAllByTestId("batch-figure-failed").length).toBeGreaterThan(0);
  });

  test("one under way moves by itself", async () => {
    await openBatches(running);
    const sent = () => Number(screen.getByTestId("batch-figure-sent").querySelector("dd")?.textContent);
    await settle(10_500);
    const before = sent();
    expect(before).toBeGreaterThan(0);
    await settle(10_500);
    expect(sent()).toBeGreaterThan(before);
  });
});

describe("one under way", () => {
  test("is paused at once, resumed, and nobody was sent to meanwhile", async () => {
    await openFirst(running);
    await settle(8500);
    await click("batch-pause");
    expect(page().dataset.state).toBe("paused");
    const far = text("batch-far");
    await settle(20_000);
    expect(text("batch-far")).toBe(far);
    expect(screen.getByTestId("batch-halt").dataset.halt).toBe("staff");
    await click("batch-resume");
    expect(page().dataset.state).toBe("running");
    await settle(8500);
    expect(text("batch-far")).not.toBe(far);
  });

  test("is stopped for good only after one question", async () => {
    const backend = await openFirst(running);
    const stop = vi.spyOn(backend, "stopBatch");
    await click("batch-stop");
    await click("stop-keep");
    expect(stop).not.toHaveBeenCalled();
    await click("batch-stop");
    await click("stop-do");
    expect(stop).toHaveBeenCalledTimes(1);
    expect(page().dataset.state).toBe("stopped");
    expect(screen.queryByTestId("batch-resume")).toBeNull();
    expect(screen.queryByTestId("batch-pause")).toBeNull();
  });

  test("keeps the keyboard while it is paused, goes on, and is stopped", async () => {
    await openFirst(running);
    const at = () => (document.activeElement as HTMLElement).dataset.testid;
    expect(document.activeElement?.tagName).toBe("H1");
    screen.getByTestId("batch-pause").focus();
    await click("batch-pause");
    expect(at()).toBe("batch-resume");
    await click("batch-resume");
    expect(at()).toBe("batch-pause");
    screen.getByTestId("batch-stop").focus();
    await click("batch-stop");
    await click("stop-do");
    expect(at()).toBe("batches-back");
  });

  test("comes to its end", async () => {
    await openFirst(running);
    await settle(10 * 60_000);
    expect(page().dataset.state).toBe("done");
    expect(screen.queryByTestId("batch-stop")).toBeNull();
    expect(screen.queryByTestId("batch-filter-waiting")).toBeNull();
  });

  test("its people are shown by what became of them, with the reason", async () => {
    await openFirst(running);
    await settle(60_500);
    await click("batch-filter-failed");
    expect(people().length).toBeGreaterThan(0);
    expect(people().every(({ dataset }) => dataset.state === "failed")).toBe(true);
    await click("batch-filter-skipped");
    expect(
      people().every(
        ({ dataset }) => !["sent", "read", "delivered", "waiting"].includes(dataset.state ?? ""),
      ),
    ).toBe(true);
    expect(screen.getByTestId("batch-people").textContent).toMatch(/No consent|Wants no more/u);
    await click("batch-filter-waiting");
    expect(people().every(({ dataset }) => dataset.state === "waiting")).toBe(true);
  });

  test("leads from a person to the conversation, and back to where one was", async () => {
    await openFirst(running);
    await settle(20_500);
    await click("batch-person");
    expect(screen.queryByTestId("batches-screen")).toBeNull();
    expect(live.session.opening.selected).toBe(1);
    await press("b", { ctrlKey: true });
    expect(page()).toBeTruthy();
  });

  test("a person without a conversation leads to what is known of the consents", async () => {
    await openFirst(running);
    const none = people().findIndex(({ title }) => title.startsWith("No conversation"));
    await click("batch-person", none);
    await settle(60);
    expect(screen.getByTestId("consents-person")).toBeTruthy();
  });

  test("is heard of wherever one is when it stops by itself", async () => {
    const backend = await openBatches((fake) => {
      fake.batchStore.ending = { after: 5, why: "spam_rate" };
    });
    await press("Escape");
    backend.batchStore.make(plan("en", "Stollen"), backend.now());
    await settle(2500);
    expect(text("rail-batch")).toMatch(/%/u);
    await settle(12_000);
    expect(
      screen
        .getAllByTestId("toast")
        .map((one) => one.textContent)
        .join(),
    ).toContain("has stopped itself");
    expect(text("rail-batch")).toContain("One stands still");
  });

  test("arrow keys walk through the people", async () => {
    await openFirst(running);
    people()[0]?.focus();
    await press("ArrowDown");
    expect((document.activeElement as HTMLElement).dataset.index).toBe("1");
    await press("End");
    expect(Number((document.activeElement as HTMLElement).dataset.index)).toBeGreaterThan(10);
  });
});

describe("one that stopped itself", () => {
  test("after spam says to stop for today and does not invite to go on", async () => {
    await openFirst(halted("spam_rate"));
    expect(text("batch-halt")).toContain("Stop sending advertising for today");
    expect(text("batch-resume")).toBe("Resume all the same");
    expect(screen.getByTestId("batch-resume").classList.contains("primary")).toBe(false);
  });

  test("for a limit can simply be resumed later", async () => {
    await openFirst(halted("limit"));
    expect(text("batch-halt")).toContain("tomorrow");
    expect(screen.getByTestId("batch-resume").classList.contains("primary")).toBe(true);
  });

  const ALL: BatchHalt[] = [
    "staff",
    "spam_rate",
    "account_locked",
    "quality",
    "opt_outs",
    "failures",
    "template",
    "limit",
  ];
  test("has a sentence and a next step for every reason, and none while it goes on", () => {
    const told = ALL.map((why) => haltText("paused", why));
    expect(new Set(told.map((one) => one?.sentence)).size).toBe(ALL.length);
    expect(told.every((one) => one && one.next !== "")).toBe(true);
    expect(haltText("running", "staff")).toBeNull();
    expect(haltText("done", null)).toBeNull();
  });
});

describe("the frequency cap", () => {
  test("is kept within what the core allows, and what it holds stands in the field", async () => {
    const backend = await openBatches();
    await click("batches-tab-cap");
    expect(text("cap-page")).toContain("South Korea");
    const field = screen.getByTestId<HTMLInputElement>("cap-week-value");
    await fireEvent.input(field, { target: { value: "99" } });
    await fireEvent.blur(field);
    await settle(60);
    expect(backend.batchStore.cap).toEqual({ day: 1, week: 7, month: 7 });
    expect(field.value).toBe("7");
    const day = screen.getByTestId<HTMLInputElement>("cap-day-value");
    await fireEvent.input(day, { target: { value: "no" } });
    await fireEvent.blur(day);
    await settle(60);
    expect(day.value).toBe("1");
    await click("cap-reset");
    expect(backend.batchStore.cap).toEqual({ day: 1, week: 2, month: 4 });
  });
});

test.each(["light", "dark"])("list, page, cap and empty list can be read by machines, %s", async (theme) => {
  const backend = await openBatches(withPast, { settings: { theme } });
  vi.useRealTimers();
  const look = async () => {
    const { violations } = await axe.run(screen.getByTestId("batches-screen"), {
      rules: { "color-contrast": { enabled: false } },
    });
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  };
  const { batches } = live.session;
  await look();
  batches.go("cap");
  await vi.waitFor(() => expect(screen.getByTestId("cap-day-value")).toBeTruthy());
  await look();
  await batches.look((await backend.batches())[1]?.id ?? "");
  await vi.waitFor(() => expect(people().length).toBeGreaterThan(0));
  await look();
});
