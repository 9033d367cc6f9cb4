// The whole app with the counter open, for the tests of these screens.

import { fireEvent, render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, beforeEach, vi } from "vitest";
import App from "../../App.svelte";
import { FakeBackend, type FakeOptions } from "../../backend/fake/fake";
import { Session } from "../../state/session.svelte";

export const NOW = new Date(2026, 10, 20, 14, 0, 0).getTime();
export const live: { session: Session; backend: FakeBackend } = {} as never;
vi.setConfig({ testTimeout: 60_000 });

export async function settle(ms = 30) {
  await vi.advanceTimersByTimeAsync(ms);
  await tick();
}

export async function start(
  prepare: (backend: FakeBackend) => void = () => undefined,
  options: FakeOptions = {},
) {
  const backend = new FakeBackend({ now: NOW, ...options });
  prepare(backend);
  live.backend = backend;
  live.session = new Session(backend);
  render(App, { session: live.session });
  await settle(50);
  return backend;
}

export async function openCounter(prepare?: (backend: FakeBackend) => void, options?: FakeOptions) {
  const backend = await start(prepare, options);
  await press("O", { ctrlKey: true, shiftKey: true });
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
export async function type(testid: string, value: string) {
  await fireEvent.input(screen.getByTestId(testid), { target: { value } });
  await settle(400);
}
export const seen = (testid: string) => screen.queryAllByTestId(testid)[0] ?? null;
export const toasts = () => screen.queryAllByTestId("toast").map((one) => one.textContent);
export const boxes = () => screen.getAllByTestId<HTMLInputElement>("counter-purpose");
export const tickPurpose = (purpose: string) =>
  click(
    "counter-purpose",
    boxes().findIndex((box) => box.dataset.purpose === purpose),
  );

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
  });
  afterEach(() => {
    live.session.stop();
    vi.useRealTimers();
  });
}
