import { fireEvent, render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import App from "../../App.svelte";
import { FakeBackend } from "../../backend/fake/fake";
import { Session } from "../../state/session.svelte";

const NOW = new Date(2026, 10, 20, 14, 0, 0).getTime();
let session: Session;
let backend: FakeBackend;

async function settle(ms = 120) {
  await vi.advanceTimersByTimeAsync(ms);
  await tick();
}
const field = () => screen.getByTestId<HTMLInputElement>("search");
const chips = () => screen.queryAllByTestId("search-chip").map((chip) => chip.textContent?.trim());
const found = () => screen.queryAllByTestId("search-hit");

async function type(text: string) {
  field().focus();
  await fireEvent.input(field(), { target: { value: text } });
  await settle();
}
async function press(key: string, more: KeyboardEventInit = {}) {
  await fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more });
  await settle();
}

beforeEach(async () => {
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
  backend = new FakeBackend({ now: NOW });
  backend.thread(1).labels = ["Regular"];
  session = new Session(backend);
  render(App, { session });
  await settle();
});
afterEach(() => {
  session.stop();
  vi.useRealTimers();
});

describe("search", () => {
  test("finds people and messages; Enter goes to the place, Esc back to the results and to where one was", async () => {
    await session.opening.open(5);
    const jump = vi.spyOn(session.conversation, "jumpTo");
    await press("/");
    await type("saturday");
    const [first] = found();
    expect(first?.textContent).toContain("Marta Oliveira");
    await press("ArrowDown");
    expect(first?.getAttribute("aria-selected")).toBe("true");
    await press("Enter");
    expect(session.conversation.threadId).toBe(1);
    expect(jump).toHaveBeenCalledWith(backend.thread(1).messages.at(-1)?.id);
    await press("Escape");
    expect(document.activeElement).toBe(field());
    await press("Escape");
    expect(session.conversation.threadId).toBe(5);
    expect(screen.queryByTestId("search-hit")).toBeNull();
  });

  test("Esc leads back to the very place where one stood", async () => {
    await session.opening.open(1);
    await settle();
    const place = backend.thread(1).messages[2]?.id ?? 0;
    session.conversation.reading({ top: place, offset: -12, atEnd: false });
    await type(backend.thread(5).name.text);
    await press("Enter");
    expect(session.conversation.threadId).not.toBe(1);
    await press("Escape");
    await press("Escape");
    expect(session.conversation.threadId).toBe(1);
    expect(session.conversation.goal).toEqual({ messageId: place, mark: false, offset: -12 });
  });

  test("what comes in while one searches is found, and the cursor stays where it is", async () => {
    await type("saturday");
    await press("ArrowDown");
    const [first] = found();
    const before = found().length;
    backend.receive(2, "Is Saturday fine?");
    await settle(600);
    expect(found().length).toBe(before + 1);
    expect(found()[0]?.textContent).toContain("Is Saturday fine?");
    expect(first?.getAttribute("aria-selected")).toBe("true");
    expect(found()[0]).not.toBe(first);
  });

  test("from: suggests whoever the core finds, by number too", async () => {
    await type("from:5511");
    const names = screen.getAllByTestId("search-suggestion").map((one) => one.textContent ?? "");
    expect(names.some((name) => name.includes("Marta Oliveira") && name.includes("+55 11"))).toBe(true);
    await press("Enter");
    expect(chips()[0]).toMatch(/^from: /u);
  });

  test("people stand first, with their window", async () => {
    await type("marta");
    const person = screen.getByTestId("search-person");
    expect(person.querySelector("mark")?.textContent).toBe("Marta");
    expect(person.querySelector("[data-testid=countdown]")).not.toBeNull();
  });

  test("chips are typed as text, suggested, and taken out with Backspace", async () => {
    await type("has:ph");
    expect(screen.getAllByTestId("search-suggestion").map((one) => one.textContent?.trim())).toEqual([
      "photo",
    ]);
    await press("Enter");
    expect(chips()).toEqual(["has: photo"]);
    expect(field().value).toBe("");
    expect(found().length).toBe(2);
    await type("label:regular ");
    expect(chips()).toEqual(["has: photo", "label: Regular"]);
    expect(found().length).toBe(1);
    await press("Backspace");
    expect(chips()).toEqual(["has: photo"]);
    await press("Escape");
    expect(chips()).toEqual([]);
  });

  test("Ctrl+F searches in the open conversation", async () => {
    await session.opening.open(1);
    await settle();
    await press("f", { ctrlKey: true });
    expect(document.activeElement).toBe(field());
    expect(chips()).toEqual(["in: Marta Oliveira"]);
    await type("deliver");
    expect(found().length).toBe(1);
  });

  test("nothing found gives advice", async () => {
    await type("zzzz");
    expect(screen.getByText(/Nothing found/u)).not.toBeNull();
  });
});
