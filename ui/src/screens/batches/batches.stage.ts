// The whole app with its batches open, for the tests of this screen.

import { fireEvent, render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, beforeEach, vi } from "vitest";
import App from "../../App.svelte";
import { batchTemplates, customers, plan, sentBefore } from "../../backend/fake/batch_seed";
import { FakeBackend, type FakeOptions } from "../../backend/fake/fake";
import { Session } from "../../state/session.svelte";

export const NOW = new Date(2026, 10, 20, 14, 0, 0).getTime();
export const live: { session: Session } = {} as never;
// The whole app is on the screen in each of these; a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

export async function settle(ms = 30) {
  await vi.advanceTimersByTimeAsync(ms);
  await tick();
}
export async function press(key: string, more: KeyboardEventInit = {}) {
  await fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more });
  await settle(60);
}
export async function click(testid: string, at = 0) {
  await fireEvent.click(screen.getAllByTestId(testid)[at] as HTMLElement);
  await settle(60);
}
export async function type(testid: string, value: string, at = 0) {
  await fireEvent.input(screen.getAllByTestId(testid)[at] as HTMLElement, { target: { value } });
  await settle(400);
}
export async function choose(testid: string, value: string) {
  await fireEvent.change(screen.getByTestId(testid), { target: { value } });
  await settle(400);
}
export const text = (testid: string) => screen.getByTestId(testid).textContent ?? "";
export const step = () => screen.getByTestId("step-place").dataset.step;
export const draft = () => live.session.batches.draft;

/** `people`: so many customers beside those with a thread. */
export async function openBatches(
  prepare: (backend: FakeBackend) => void = () => undefined,
  { people = 60, ...options }: FakeOptions & { people?: number } = {},
) {
  const settings = { me: "Anna Berg", staff: ["Anna Berg", "Murat Yildiz"], ...options.settings };
  const backend = new FakeBackend({ now: NOW, ...options, settings });
  backend.templateStore.all = [...batchTemplates(), ...backend.templateStore.all];
  customers(backend, people);
  prepare(backend);
  live.session = new Session(backend);
  render(App, { session: live.session });
  await settle(50);
  await press("b", { ctrlKey: true });
  await settle(50);
  return backend;
}

export const withPast = (backend: FakeBackend) => sentBefore(backend, "en", null);
export { plan };

/** The first step done, as somebody would. */
export async function pickTemplate(price = "12,50 €") {
  await click(screen.queryByTestId("batches-first") ? "batches-first" : "batches-new");
  await type("batch-template-search", "stollen english");
  await click("batch-template-row");
  await click("batch-insert");
  await type("slot", price, 1);
}

export async function toCheck(price?: string) {
  await pickTemplate(price);
  await click("step-next");
  await settle(400);
  await click("step-next");
}

export async function toGo(price?: string) {
  await toCheck(price);
  await click("step-next");
}

/** Around every test of a file that plays here. */
export function playHere(): void {
  beforeEach(() => {
    localStorage.clear();
    Object.defineProperty(HTMLElement.prototype, "offsetHeight", { configurable: true, value: 600 });
    vi.useFakeTimers({ now: NOW, toFake: ["setTimeout", "clearTimeout", "Date", "performance"] });
  });
  afterEach(() => {
    live.session.stop();
    Reflect.deleteProperty(HTMLElement.prototype, "offsetHeight");
    vi.useRealTimers();
  });
}
