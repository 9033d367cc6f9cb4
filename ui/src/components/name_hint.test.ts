import { fireEvent, render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import App from "../App.svelte";
import type { ContentFinding } from "../backend/generated/ContentFinding";
import type { ContentKind } from "../backend/generated/ContentKind";
import { FakeBackend } from "../backend/fake/fake";
import { Session } from "../state/session.svelte";
import { contentText, wordKindName } from "../wording/guard";

const live: { session: Session; backend: FakeBackend } = {} as never;
vi.setConfig({ testTimeout: 60_000 });

async function settle(ms = 60) {
  await vi.advanceTimersByTimeAsync(ms);
  await tick();
}
async function press(key: string, more: KeyboardEventInit = {}) {
  await fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more });
  await settle();
}
async function write(testid: string, value: string) {
  await fireEvent.input(screen.getByTestId(testid), { target: { value } });
  await settle(10);
}
const hints = () => screen.queryAllByTestId("name-hint").map(({ textContent }) => textContent?.trim());
const marks = () => [...document.querySelectorAll("[data-testid=name-hint] mark")].map((m) => m.textContent);

async function open() {
  live.backend = new FakeBackend();
  live.session = new Session(live.backend);
  render(App, { session: live.session });
  await settle();
}
async function nameTemplate() {
  await open();
  await press("t", { ctrlKey: true });
  await fireEvent.click(screen.getByTestId("review-new"));
  await settle();
}

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"] });
});
afterEach(() => {
  live.session.stop();
  vi.useRealTimers();
});

test("a template's name is looked at in the pauses, its passage marked, and nothing is refused or changed", async () => {
  await nameTemplate();
  const asked = vi.spyOn(live.backend, "checkName");
  await write("editor-name", "no_receipt");
  await write("editor-name", "no_receipt_moron");
  expect(asked).not.toHaveBeenCalled();
  await settle(400);
  expect(asked.mock.calls).toEqual([["template_name", "no_receipt_moron"]]);
  expect(marks()).toEqual(["no_receipt", "moron"]);
  expect(hints()[0]).toContain("“no_receipt” (may be unlawful), “moron” (insulting)");
  expect(hints()[0]).toContain("reviewers");
  const field = screen.getByTestId<HTMLInputElement>("editor-name");
  expect(field.value).toBe("no_receipt_moron");
  expect(field.getAttribute("aria-invalid")).toBe("false");
  await write("editor-name", "order_ready_moron");
  expect(marks(), "what is gone is not marked until the next look").toEqual([]);
  await write("editor-name", "order_ready");
  await settle(400);
  expect(hints()).toEqual([""]);
});

test("an answer about a name that was changed meanwhile is dropped", async () => {
  await nameTemplate();
  const late: ((found: ContentFinding[]) => void)[] = [];
  vi.spyOn(live.backend, "checkName").mockImplementation(() => new Promise((answer) => late.push(answer)));
  await write("editor-name", "moron");
  await settle(400);
  await write("editor-name", "moron_2");
  await settle(400);
  late[1]?.([]);
  await settle();
  late[0]?.([{ kind: "insulting", start: 0, end: 5 }]);
  await settle();
  expect(marks()).toEqual([]);
});

test("a look that fails says nothing", async () => {
  await nameTemplate();
  vi.spyOn(live.backend, "checkName").mockRejectedValue(new Error("gone"));
  await write("editor-name", "moron");
  await settle(400);
  expect(hints()).toEqual([""]);
  expect(live.session.problem).toBeNull();
});

test("a new label is looked at, also when it is made in one go; one that exists is not", async () => {
  await open();
  await fireEvent.click(screen.getAllByTestId("thread-row")[0] as HTMLElement);
  await settle();
  await press("l");
  const asked = vi.spyOn(live.backend, "checkName");
  const known = (await live.backend.labels())[0]?.label ?? "";
  await write("labels-input", known);
  await settle(400);
  expect(asked).not.toHaveBeenCalled();
  await write("labels-input", "Moron");
  await fireEvent.keyDown(screen.getByTestId("labels-input"), { key: "Enter" });
  await settle(400);
  expect(asked.mock.calls).toEqual([["label", "Moron"]]);
  expect(hints()[0]).toContain("Only your team sees labels");
  expect(live.session.labels.list.map(({ label }) => label)).toContain("Moron");
});

test("a kind that this window does not know has words all the same", () => {
  expect(contentText("libellous" as ContentKind)).toBe("worth a second look");
  expect(wordKindName("libellous" as ContentKind)).toBe("Other words");
});
