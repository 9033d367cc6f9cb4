import { fireEvent, render, screen, within } from "@testing-library/svelte";
import axe from "axe-core";
import { tick } from "svelte";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import App from "../../App.svelte";
import { FakeBackend, type FakeOptions } from "../../backend/fake/fake";
import { TWO } from "../../backend/fake/numbers";
import { Session } from "../../state/session.svelte";

const NOW = new Date(2026, 10, 20, 14, 0, 0).getTime();
let session: Session;
// The whole app is on the screen in each of these; a busy machine takes its time.
vi.setConfig({ testTimeout: 30_000 });

async function settle(ms = 0) {
  await vi.advanceTimersByTimeAsync(ms);
  await tick();
}

async function openSettings(options: FakeOptions = {}): Promise<FakeBackend> {
  const backend = new FakeBackend({ now: NOW, ...options });
  session = new Session(backend);
  render(App, { session });
  await settle(50);
  await fireEvent.click(screen.getByTestId("settings"));
  await settle(50);
  return backend;
}

const field = (label: string) => screen.getByLabelText<HTMLInputElement>(label);
async function change(element: HTMLElement, value: string) {
  await fireEvent.change(element, { target: { value } });
  await settle();
}
const days = () => screen.getAllByTestId("settings-day");
const status = () => screen.getByTestId("settings-saved").textContent.trim();

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers({
    now: NOW,
    toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date", "performance"],
  });
});
afterEach(() => {
  session.stop();
  vi.useRealTimers();
  delete document.documentElement.dataset.contrast;
  delete document.documentElement.dataset.theme;
});

describe("what is changed", () => {
  test("is saved at once and said quietly", async () => {
    const backend = await openSettings();
    expect(status()).toBe("");
    await change(screen.getByTestId("settings-theme"), "dark");
    expect(backend.settingsView.theme).toBe("dark");
    expect(document.documentElement.dataset.theme).toBe("dark");
    expect(status()).toBe("Saved");
  });

  test("shows at once in language, density and contrast", async () => {
    await openSettings();
    await change(screen.getByTestId("settings-language"), "de");
    expect(screen.getByText("Benachrichtigungen", { selector: "h3" })).toBeTruthy();
    await change(screen.getByTestId("settings-density"), "compact");
    await fireEvent.click(screen.getByTestId("settings-contrast"));
    expect(document.documentElement.dataset).toMatchObject({ density: "compact", contrast: "more" });
  });

  test("keeps a value that is none of the usual ones", async () => {
    await openSettings({ settings: { undo_ms: 7000 } });
    const undo = screen.getByTestId<HTMLSelectElement>("settings-undo");
    expect([...undo.options].map(({ value }) => value)).toEqual([
      "0",
      "5000",
      "7000",
      "10000",
      "20000",
      "30000",
    ]);
    expect(undo.value).toBe("7000");
  });
});

describe("people", () => {
  const team = { settings: { staff: ["Anna", "Murat"], me: "Anna" } };

  test("are added, and nobody twice", async () => {
    const backend = await openSettings(team);
    const input = screen.getByTestId<HTMLInputElement>("settings-person-new");
    await fireEvent.input(input, { target: { value: " anna " } });
    await fireEvent.submit(input.form as HTMLFormElement);
    expect(screen.getByText("This name is already there.")).toBeTruthy();
    await fireEvent.input(input, { target: { value: " Clara Lopes " } });
    await fireEvent.submit(input.form as HTMLFormElement);
    await settle();
    expect(backend.settingsView.staff).toEqual(["Anna", "Murat", "Clara Lopes"]);
    expect(input.value).toBe("");
  });

  test("keep their place at this computer, and their threads, when they are renamed", async () => {
    const backend = await openSettings(team);
    for (const thread of backend.threads.slice(0, 2)) thread.assignee = "Anna";
    const given = backend.threads.map((thread) => thread.assignee);
    const [first] = screen.getAllByLabelText("Name of a person");
    await change(first as HTMLElement, "Anna Berg");
    expect(backend.settingsView).toMatchObject({ staff: ["Anna Berg", "Murat"], me: "Anna Berg" });
    expect(backend.threads.map((thread) => thread.assignee)).toEqual(
      given.map((name) => (name === "Anna" ? "Anna Berg" : name)),
    );
    const [, second] = screen.getAllByLabelText<HTMLInputElement>("Name of a person");
    await change(second as HTMLElement, "anna berg");
    expect(backend.settingsView.staff).toEqual(["Anna Berg", "Murat"]);
    expect(second?.value).toBe("Murat");
  });

  test("are removed and taken back, with who works here", async () => {
    const backend = await openSettings(team);
    await fireEvent.click(screen.getByTitle("Remove Anna"));
    await settle();
    expect(backend.settingsView).toMatchObject({ staff: ["Murat"], me: "" });
    await fireEvent.click(screen.getByTestId("settings-person-undo"));
    await settle();
    expect(backend.settingsView).toMatchObject({ staff: ["Anna", "Murat"], me: "Anna" });
  });
});

describe("opening hours", () => {
  test("begin with a usual week, and Monday goes to all weekdays", async () => {
    const backend = await openSettings();
    await fireEvent.click(screen.getByTestId("settings-hours-begin"));
    await change(field("Monday, until"), "19.30");
    await fireEvent.click(screen.getByTestId("settings-hours-copy"));
    await settle();
    expect(backend.settingsView.hours.days).toEqual(
      [1, 2, 3, 4, 5].map((day) => ({ day, from: 540, to: 1170 })),
    );
    expect(within(days()[6] as HTMLElement).getByText("Closed")).toBeTruthy();
  });

  test("that make no sense are told and not saved until they do", async () => {
    const backend = await openSettings({ settings: { hours: { days: [{ day: 1, from: 540, to: 1080 }] } } });
    await change(field("Monday, until"), "8:00");
    expect(screen.getByRole("alert").textContent).toContain("Ends before it begins");
    expect(field("Monday, until").getAttribute("aria-invalid")).toBe("true");
    expect(backend.settingsView.hours.days).toEqual([{ day: 1, from: 540, to: 1080 }]);
    expect(status()).toBe("");
    await change(field("Monday, from"), "7");
    expect(status()).toBe("Saved");
    expect(backend.settingsView.hours.days).toEqual([{ day: 1, from: 420, to: 480 }]);
    await change(field("Monday, from"), "noonish");
    expect(field("Monday, from").getAttribute("aria-invalid")).toBe("true");
    expect(backend.settingsView.hours.days).toEqual([{ day: 1, from: 420, to: 480 }]);
  });

  test("move by a quarter of an hour with the arrows", async () => {
    const backend = await openSettings({ settings: { hours: { days: [{ day: 2, from: 550, to: 1080 }] } } });
    await fireEvent.keyDown(field("Tuesday, from"), { key: "ArrowUp" });
    await fireEvent.keyDown(field("Tuesday, until"), { key: "ArrowDown" });
    await settle();
    expect(backend.settingsView.hours.days).toEqual([{ day: 2, from: 555, to: 1065 }]);
  });
});

describe("alerts", () => {
  test("have quiet hours that begin with the night", async () => {
    const backend = await openSettings();
    await fireEvent.click(screen.getByTestId("settings-alert-quiet"));
    await change(screen.getByTestId("settings-quiet-from"), "21");
    expect(backend.settingsView.alerts).toMatchObject({ quiet_from: 1260, quiet_to: 480 });
    await fireEvent.click(screen.getByTestId("settings-alert-quiet"));
    await settle();
    expect(backend.settingsView.alerts).toMatchObject({ quiet_from: 0, quiet_to: 0 });
  });

  test("can be tried, and are told apart from their text", async () => {
    const backend = await openSettings({ settings: {} });
    await fireEvent.click(screen.getByTestId("settings-alert-sound"));
    await fireEvent.click(screen.getByTestId("settings-alert-test"));
    await settle();
    expect(backend.notices).toMatchObject([{ title: "Guichet", sound: false }]);
    await fireEvent.click(screen.getByTestId("settings-alert-messages"));
    await settle();
    expect(screen.getByTestId<HTMLInputElement>("settings-alert-show_text").disabled).toBe(true);
  });
});

test("the quick replies open in their own dialog", async () => {
  await openSettings();
  await fireEvent.click(screen.getByTestId("settings-replies"));
  await settle(50);
  expect(screen.queryByTestId("settings-replies")).toBeNull();
  expect(screen.getByTestId("replies-dialog")).toBeTruthy();
});

test.each(["practice", "shop"] as const)(
  "from the numbers of %s one gets to the assistant and back",
  async (profile) => {
    await openSettings({ start: { kind: "ready", profile, needs_number: false } });
    expect(screen.getByTestId("settings-number").textContent).toContain("+49 30 231 250");
    await fireEvent.click(screen.getByTestId("settings-connect"));
    await settle(50);
    await fireEvent.click(screen.getByText("Back"));
    await settle(50);
    expect(screen.getByTestId("settings")).toBeTruthy();
  },
);

describe("a number", () => {
  const shop = { start: { kind: "ready", profile: "shop", needs_number: false } } as const;
  const removers = () => screen.queryAllByTestId("settings-number-remove");
  const rows = () => screen.getAllByTestId("settings-number").map((row) => row.textContent);

  test("is taken away after a question that names it, and can be connected again", async () => {
    const backend = await openSettings({ ...shop, numbers: TWO });
    expect(removers().map((button) => button.ariaLabel)).toEqual([
      "Remove +49 30 231 250",
      "Remove +49 30 231 251",
    ]);
    await fireEvent.click(removers()[0] as HTMLElement);
    await settle(50);
    expect(screen.getByText("Remove +49 30 231 250?")).toBeTruthy();
    expect(backend.numbers.every((number) => number.connected)).toBe(true);
    await fireEvent.click(screen.getByTestId("settings-number-remove-do"));
    await settle(50);
    expect(screen.queryByTestId("settings-number-remove-do")).toBeNull();
    expect(rows()[0]).toContain("Not connected");
    expect(screen.getByTestId("settings-number-removed").textContent).toContain("+49 30 231 250 was removed");
    expect(document.activeElement?.textContent).toBe("Numbers");
    expect(removers()).toEqual([]);
    await fireEvent.click(screen.getByTestId("settings-number-again"));
    await settle(50);
    expect(session.connecting).toBe(true);
  });

  test("stays where it is the only one, and it is said why", async () => {
    const backend = await openSettings(shop);
    expect(removers()).toEqual([]);
    expect(screen.getByText(/The only number stays/)).toBeTruthy();
    expect(await backend.removeNumber("100")).toEqual({ kind: "last_one" });
  });
});

test("the names at the side lead to the parts", async () => {
  await openSettings();
  await fireEvent.click(screen.getByTestId("settings-go-alerts"));
  expect(document.activeElement?.textContent).toBe("Alerts");
  expect(screen.getByTestId("settings-go-alerts").getAttribute("aria-current")).toBe("true");
  expect(screen.getByTestId("settings-go-general").hasAttribute("aria-current")).toBe(false);
});

test("nothing in them is hard to use for a screen reader", async () => {
  await openSettings({
    settings: {
      staff: ["Anna"],
      hours: { days: [{ day: 1, from: 540, to: 1080 }] },
      alerts: {
        messages: true,
        show_text: true,
        sound: true,
        closing: true,
        quiet_from: 1200,
        quiet_to: 480,
      },
    },
  });
  vi.useRealTimers();
  const dialog = document.querySelector("dialog") as HTMLDialogElement;
  const { violations } = await axe.run(dialog, { rules: { "color-contrast": { enabled: false } } });
  expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
});
