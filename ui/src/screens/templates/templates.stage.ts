// The whole app with its templates open, for the tests of these screens.

import { fireEvent, render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, beforeEach, vi } from "vitest";
import App from "../../App.svelte";
import { FakeBackend, type FakeOptions } from "../../backend/fake/fake";
import { livedIn } from "../../backend/fake/template_shelf";
import { Session } from "../../state/session.svelte";

export const NOW = new Date(2026, 10, 20, 14, 0, 0).getTime();
/** What is on the screen. */
export const live: { session: Session; app: ReturnType<typeof render> } = {} as never;
// The whole app is on the screen in each of these; a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

export async function settle(ms = 30) {
  await vi.advanceTimersByTimeAsync(ms);
  await tick();
}

export async function openTemplates(
  prepare: (backend: FakeBackend) => void = () => undefined,
  options: FakeOptions = {},
) {
  const backend = new FakeBackend({ now: NOW, ...options });
  backend.templateStore.all = livedIn(NOW);
  prepare(backend);
  live.session = new Session(backend);
  live.app = render(App, { session: live.session });
  await settle(50);
  await press("t", { ctrlKey: true });
  await settle(50);
  return backend;
}

export async function press(key: string, more: KeyboardEventInit = {}) {
  await fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more });
  await settle();
}
export async function click(testid: string, at = 0) {
  await fireEvent.click(screen.getAllByTestId(testid)[at] as HTMLElement);
  await settle();
}
export async function type(testid: string, value: string, at = 0) {
  await fireEvent.input(screen.getAllByTestId(testid)[at] as HTMLElement, { target: { value } });
  await settle(500);
}
export const field = (testid: string) => screen.getByTestId<HTMLTextAreaElement>(testid);
export const row = (name: string, language: string) =>
  screen
    .getAllByTestId("review-row")
    .find((one) => one.dataset.name === name && one.dataset.language === language) as HTMLElement;
export const rules = () => screen.queryAllByTestId("finding").map((one) => one.dataset.rule);
export const toasts = () => screen.queryAllByTestId("toast").map((one) => one.textContent);

export async function write(body = "Hello {{first_name}}, your cake is ready and waits for you here.") {
  await click("review-new");
  await type("editor-name", "Cake ready");
  await type("editor-body", body);
  for (const [at, sample] of screen.queryAllByTestId("editor-sample").entries())
    if (!(sample as HTMLInputElement).value) await type("editor-sample", "Mara", at);
}

/** Around every test of a file that plays here. */
export function playHere(): void {
  beforeEach(() => {
    localStorage.clear();
    vi.useFakeTimers({
      now: NOW,
      toFake: [
        "setTimeout",
        "clearTimeout",
        "Date",
        "performance",
        "requestAnimationFrame",
        "cancelAnimationFrame",
      ],
    });
    // The page is as high as a screen, its lines as they are there.
    vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockImplementation(function (this: HTMLElement) {
      return this.dataset.key === undefined ? 700 : 90;
    });
  });
  afterEach(() => {
    live.session.stop();
    vi.useRealTimers();
  });
}
