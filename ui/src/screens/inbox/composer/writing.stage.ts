// The app with one conversation open, for the tests of what is written in it.

import { fireEvent, render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { vi } from "vitest";
import App from "../../../App.svelte";
import { FakeBackend, type FakeOptions } from "../../../backend/fake/fake";
import { Session } from "../../../state/session.svelte";

export const NOW = new Date(2026, 10, 20, 14, 0, 0).getTime();
export let session: Session;
export let backend: FakeBackend;

export async function settle(ms = 20) {
  await vi.advanceTimersByTimeAsync(ms);
  await tick();
}

/** The app with a thread open in which text is allowed. */
export async function open(threadId = 3, options: FakeOptions = {}) {
  backend = new FakeBackend({ now: NOW, ...options });
  session = new Session(backend);
  render(App, { session });
  await settle(50);
  await turnTo(threadId);
}

export async function turnTo(threadId: number) {
  await session.conversation.open(threadId);
  await settle(50);
}

export const composer = () => screen.getByTestId<HTMLTextAreaElement>("composer");
export const send = () => screen.getByTestId<HTMLButtonElement>("send");
export const key = (name: string, more = {}) => fireEvent.keyDown(composer(), { key: name, ...more });
export const last = () => backend.thread(3).messages.at(-1);

/** Types as people do: at the end, with the caret behind it. */
export async function type(text: string) {
  const field = composer();
  field.value = text;
  field.setSelectionRange(text.length, text.length);
  await fireEvent.input(field);
  await settle();
}

/** The test page's own files read themselves on a clock that stands still here. */
export function file(size: number, name: string, type: string): File {
  const made = new File([new Uint8Array(size)], name, { type });
  made.arrayBuffer = async () => new ArrayBuffer(size);
  return made;
}
export const PICTURE = () => file(2000, "cake.png", "image/png");
export const SOUND = () => file(500, "hello.mp3", "audio/mpeg");
export const PDF = () => file(900, "offer.pdf", "application/pdf");
export const HEIC = () => file(500, "beach.heic", "image/heic");

export async function attach(...files: File[]) {
  const input = screen.getByTestId<HTMLInputElement>("attach-input");
  Object.defineProperty(input, "files", { configurable: true, value: files });
  Object.defineProperty(input, "value", { configurable: true, writable: true, value: "" });
  await fireEvent.change(input);
  await settle(50);
}

export const shelved = () => screen.queryAllByTestId("attachment").map((item) => item.textContent ?? "");

export function standStill(): void {
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
}

export function goOn(): void {
  session.stop();
  vi.useRealTimers();
}
