import { fireEvent, render, screen, within } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import App from "../../App.svelte";
import { FakeBackend, type FakeOptions } from "../../backend/fake/fake";
import { Session } from "../../state/session.svelte";
import { HOUR, MINUTE } from "../../text/countdown";

const NOW = new Date(2026, 10, 20, 14, 0, 0).getTime();
let session: Session;

async function settle(ms = 0) {
  await vi.advanceTimersByTimeAsync(ms);
  await tick();
}

async function openApp(options: FakeOptions = {}): Promise<FakeBackend> {
  const backend = new FakeBackend({ now: NOW, ...options });
  session = new Session(backend);
  render(App, { session });
  await settle(50);
  return backend;
}

async function openThread(id: number) {
  const row = screen.getAllByTestId("thread-row").find((one) => one.dataset.threadId === String(id));
  await fireEvent.click(row as HTMLElement);
  await settle(50);
}

/** Leaves `left` to the first thread's window. */
function windowLeft(backend: FakeBackend, left: number) {
  backend.thread(1).lastInbound = Math.floor(backend.now() / 1000) * 1000 - 24 * HOUR + left;
}

const composer = () => screen.getByTestId<HTMLTextAreaElement>("composer");

beforeEach(() => {
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
  session.stop();
  vi.useRealTimers();
});

describe("the window runs out while a text is being written", () => {
  test("the composer gives way to the picker in that second, and the text stays as a draft", async () => {
    const backend = await openApp();
    windowLeft(backend, 2 * MINUTE);
    await openThread(1);
    await fireEvent.input(composer(), { target: { value: "Saturday at 9 is" } });
    await settle(59_000);
    expect(screen.queryByTestId("send")).not.toBeNull();
    await settle(2000);
    expect(screen.queryByTestId("send")).toBeNull();
    expect(screen.queryByTestId("choose-template")).not.toBeNull();
    expect(composer().value).toBe("Saturday at 9 is");
    await settle(57_000);
    expect(screen.queryByTestId("picker")).toBeNull();
    await settle(2500);
    expect(screen.queryByTestId("composer")).toBeNull();
    expect(screen.getByTestId("picker").textContent).toContain("Closed since");
    expect(screen.queryByTestId("draft-kept")).not.toBeNull();
    expect(backend.thread(1).draft).toBe("Saturday at 9 is");
    expect(screen.getByTestId("announcement").textContent).toContain("has closed");
  });

  test("the customer's next message brings the composer back, with the draft", async () => {
    const backend = await openApp();
    windowLeft(backend, MINUTE + 5000);
    await openThread(1);
    await fireEvent.input(composer(), { target: { value: "half a" } });
    await settle(70_000);
    expect(screen.queryByTestId("composer")).toBeNull();
    backend.receive(1, "Hello again");
    await settle(100);
    expect(composer().value).toBe("half a");
    expect(screen.queryByTestId("picker")).toBeNull();
  });

  test("practice time that jumps closes it at once", async () => {
    const backend = await openApp();
    await openThread(1);
    await backend.practiceJump(3 * HOUR);
    await settle(50);
    expect(screen.queryByTestId("picker")).not.toBeNull();
  });
});

test("Esc closes the dialog of the practice banner, and it opens where one writes", async () => {
  await openApp();
  await openThread(1);
  await fireEvent.click(screen.getByTestId("practice-write"));
  await settle(20);
  expect(document.activeElement).toBe(screen.getByTestId("practice-text"));
  expect(await fireEvent.keyDown(screen.getByTestId("practice-text"), { key: "Escape" })).toBe(true);
});

describe("sending", () => {
  test("a text that leaves while its saved draft is still being read does not come back", async () => {
    const backend = await openApp();
    await openThread(3);
    await fireEvent.input(composer(), { target: { value: "On its way" } });
    const read = backend.threadHead.bind(backend);
    const slow = vi.spyOn(backend, "threadHead").mockImplementationOnce(async (threadId) => {
      const head = await read(threadId);
      await new Promise((resolve) => setTimeout(resolve, 100));
      return head;
    });
    await fireEvent.blur(composer());
    await settle(10);
    expect(slow).toHaveBeenCalledTimes(1);
    await fireEvent.click(screen.getByTestId("send"));
    await settle(300);
    expect(screen.getAllByTestId("message").at(-1)?.textContent).toContain("On its way");
    expect(composer().value).toBe("");
    expect(backend.thread(3).draft).toBe("");
  });

  test("Enter sends, the bubble stands at once, the ticks climb", async () => {
    await openApp();
    await openThread(3);
    await fireEvent.input(composer(), { target: { value: "On its way" } });
    await fireEvent.keyDown(composer(), { key: "Enter" });
    await settle(20);
    const bubble = () => screen.getAllByTestId("message").at(-1) as HTMLElement;
    expect(bubble().dataset).toMatchObject({ direction: "out", state: "queued" });
    expect(bubble().textContent).toContain("On its way");
    expect(composer().value).toBe("");
    await settle(20_000);
    expect(bubble().dataset.state).toBe("read");
  });

  test.each([
    ["Shift+Enter", { key: "Enter", shiftKey: true }],
    ["Enter within a composition", { key: "Enter", isComposing: true }],
    ["Enter that ends a composition", { key: "Enter", keyCode: 229 }],
  ])("%s does not send", async (_, key) => {
    const backend = await openApp();
    await openThread(3);
    const before = backend.thread(3).messages.length;
    await fireEvent.input(composer(), { target: { value: "こんにちは" } });
    await fireEvent.keyDown(composer(), key);
    await settle(20);
    expect(backend.thread(3).messages.length).toBe(before);
  });

  test.each([
    ["Esc in the composer", () => fireEvent.keyDown(composer(), { key: "Escape" })],
    ["Z elsewhere", () => fireEvent.keyDown(document.body, { key: "z" })],
    ["the button", () => fireEvent.click(screen.getByTestId("undo"))],
  ])("%s takes the message back into the composer", async (_, undo) => {
    await openApp();
    await openThread(3);
    await fireEvent.input(composer(), { target: { value: "too soon" } });
    await fireEvent.click(screen.getByTestId("send"));
    await settle(1000);
    await undo();
    await settle(500);
    expect(composer().value).toBe("too soon");
    expect(screen.queryByText("too soon", { selector: ".rich" })).toBeNull();
  });

  test("a refusal of the core is shown with its next step, and the text comes back", async () => {
    const backend = await openApp();
    await openThread(3);
    backend.refuseWith = [{ reason: "clock_unknown" }, { reason: "no_recipient" }];
    await fireEvent.input(composer(), { target: { value: "hello" } });
    await fireEvent.click(screen.getByTestId("send"));
    await settle(20);
    const shown = within(screen.getByTestId("refusal")).getAllByRole("listitem");
    expect(shown.map((item) => item.dataset.reason)).toEqual(["clock_unknown", "no_recipient"]);
    expect(shown[0]?.textContent).toContain("Check the internet connection");
    expect(composer().value).toBe("hello");
  });

  test("a standing hold is told before anyone writes", async () => {
    await openApp({ connection: { hold: { code: 190, name: "token_expired", since: NOW - HOUR } } });
    await openThread(3);
    expect(screen.getByTestId("refusal").textContent).toContain("access token has expired");
    expect(screen.getByTestId("strip-hold").textContent).toContain("renew the access token");
  });

  test("a doubtful message is explained and left to a person", async () => {
    const backend = await openApp();
    await openThread(8);
    expect(screen.getByTestId("doubtful").textContent).toContain("may or may not have arrived");
    await fireEvent.click(screen.getByTestId("doubtful-leave"));
    await settle(50);
    expect(backend.thread(8).messages.at(-1)?.delivery?.state).toBe("left_doubtful");
    expect(screen.queryByTestId("doubtful")).toBeNull();
  });

  test("a text too long cannot be sent and says by how much", async () => {
    await openApp();
    await openThread(3);
    await fireEvent.input(composer(), { target: { value: "x".repeat(4100) } });
    expect(screen.getByTestId<HTMLButtonElement>("send").disabled).toBe(true);
    expect(screen.getByText("4 characters too many")).not.toBeNull();
  });
});

describe("drafts", () => {
  test("what is typed is saved soon, and at once when the thread changes", async () => {
    const backend = await openApp();
    await openThread(3);
    await fireEvent.input(composer(), { target: { value: "one" } });
    await settle(300);
    expect(backend.thread(3).draft).toBe("one");
    await fireEvent.input(composer(), { target: { value: "one two" } });
    await openThread(4);
    expect(backend.thread(3).draft).toBe("one two");
    await openThread(3);
    expect(composer().value).toBe("one two");
  });

  test("stand in the list in place of what was said last, as they begin", async () => {
    await openApp();
    const shown = () =>
      screen
        .getAllByTestId("thread-row")
        .find((one) => one.dataset.threadId === "3")
        ?.querySelector(".preview");
    const before = shown()?.textContent?.trim() ?? "";
    expect(before).not.toContain("Draft");
    await openThread(3);
    await fireEvent.input(composer(), { target: { value: "\nGladly,\nat nine" } });
    await settle(300);
    expect(shown()?.textContent?.replaceAll(/\s+/gu, " ").trim()).toBe("Draft Gladly,");
    await fireEvent.input(composer(), { target: { value: "" } });
    await settle(300);
    expect(shown()?.textContent?.trim()).toBe(before);
  });

  test("typing and deleting fast is never undone by an echo of an earlier save", async () => {
    await openApp();
    await openThread(3);
    await fireEvent.input(composer(), { target: { value: "Hello" } });
    await settle(251);
    await fireEvent.input(composer(), { target: { value: "Hel" } });
    await settle(1000);
    expect(composer().value).toBe("Hel");
  });

  test("a text that the core gives back joins what is being written", async () => {
    const backend = await openApp();
    await openThread(3);
    await fireEvent.input(composer(), { target: { value: "new" } });
    backend.thread(3).draft = "came back";
    backend.emit({ threads: [3] });
    await settle(20);
    expect(composer().value).toBe("came back\nnew");
  });
});

describe("templates", () => {
  test("every slot is required, and what Meta refuses is refused here", async () => {
    const backend = await openApp();
    await openThread(9);
    const rows = screen.getAllByTestId("template-row");
    await fireEvent.click(rows.find((row) => row.dataset.name === "order_ready") as HTMLElement);
    const [first, second] = screen.getAllByTestId<HTMLTextAreaElement>("slot");
    const send = screen.getByTestId<HTMLButtonElement>("picker-send");
    expect(first?.value).toBe("Rafael");
    expect(send.disabled).toBe(true);
    await fireEvent.input(second as HTMLElement, { target: { value: "47\n11" } });
    expect(send.disabled).toBe(true);
    expect(screen.getByText("Line breaks are not allowed here")).not.toBeNull();
    await fireEvent.input(second as HTMLElement, { target: { value: "4711" } });
    expect(screen.getByTestId("template-preview").textContent).toContain(
      "Hello Rafael, your order 4711 is ready",
    );
    await fireEvent.click(send);
    await settle(50);
    expect(backend.thread(9).messages.at(-1)?.body).toMatchObject({ kind: "template", name: "order_ready" });
  });

  test("T opens the picker in an open window, Esc goes back to writing", async () => {
    await openApp();
    await openThread(3);
    await fireEvent.keyDown(document.body, { key: "t" });
    await settle(20);
    expect(document.activeElement).toBe(screen.getByTestId("picker-search"));
    await fireEvent.keyDown(document.activeElement as Element, { key: "Escape" });
    await settle(20);
    expect(document.activeElement).toBe(composer());
  });
});

describe("keys", () => {
  test("J, K and Enter go through the list, R writes, slash searches, ? shows the sheet", async () => {
    await openApp();
    const rows = () => screen.getAllByTestId("thread-row");
    await fireEvent.keyDown(document.body, { key: "j" });
    await settle(20);
    expect(document.activeElement).toBe(rows()[0]);
    await fireEvent.keyDown(document.activeElement as Element, { key: "j" });
    await settle(20);
    expect(document.activeElement).toBe(rows()[1]);
    await fireEvent.keyDown(document.activeElement as Element, { key: "k" });
    await settle(20);
    expect(document.activeElement).toBe(rows()[0]);
    await fireEvent.click(document.activeElement as Element);
    await settle(20);
    await fireEvent.keyDown(document.activeElement as Element, { key: "r" });
    expect(document.activeElement).toBe(composer());
    await fireEvent.keyDown(composer(), { key: "j" });
    expect(document.activeElement).toBe(composer());
    await fireEvent.keyDown(composer(), { key: "Escape" });
    await settle(20);
    await fireEvent.keyDown(document.activeElement as Element, { key: "/" });
    expect(document.activeElement).toBe(screen.getByTestId("search"));
    await fireEvent.keyDown(document.body, { key: "?", shiftKey: true });
    await settle(20);
    expect(screen.getByRole("dialog").textContent).toContain("Keyboard shortcuts");
  });

  test("with Ctrl the keys belong to the system", async () => {
    await openApp();
    await fireEvent.keyDown(document.body, { key: "j", ctrlKey: true });
    await settle(20);
    expect(document.activeElement).toBe(document.body);
  });
});

describe("what customers write", () => {
  test("is text, whatever it looks like; a link opens only when asked", async () => {
    const backend = await openApp();
    await openThread(3);
    backend.receive(3, "<b id=evil>x</b> https://bank.example@evil.example/ \u202e");
    await settle(50);
    expect(document.getElementById("evil")).toBeNull();
    const bubble = screen.getAllByTestId("message").at(-1) as HTMLElement;
    expect(bubble.textContent).toContain("<b id=evil>x</b>");
    expect(bubble.textContent).toContain("U+202E");
    expect(backend.opened).toEqual([]);
    const link = within(bubble).getByText(/bank\.example/u);
    expect(link.title).toContain("evil.example");
    await fireEvent.click(link);
    expect(backend.opened).toEqual([]);
    const check = screen.getByTestId("link-check");
    expect(check.textContent).toContain("only a name");
    expect(screen.getByTestId("link-address").querySelector("strong")?.textContent).toBe("evil.example");
    await fireEvent.click(within(check).getByTestId("link-open"));
    expect(backend.opened).toEqual(["https://bank.example@evil.example/"]);
  });

  test("search finds it, and draws the hit as text", async () => {
    const backend = await openApp();
    backend.receive(5, "the <i>blue</i> bag");
    await fireEvent.input(screen.getByTestId("search"), { target: { value: "<i>blue" } });
    await settle(100);
    expect(screen.getByTestId("search-hit").querySelector("mark")?.textContent).toBe("<i>blue");
  });
});

describe("the strips above", () => {
  test("tell of silence, of a wrong clock and of practice", async () => {
    await openApp({ laptopAheadBy: 4 * MINUTE, connection: { unsure_since: NOW - 10 * MINUTE } });
    expect(screen.getByTestId("practice-banner").textContent).toContain(
      "Nothing here reaches a real customer",
    );
    expect(screen.getByTestId("strip-unsure").textContent).toContain("since 13:50");
    expect(screen.getByTestId("strip-clock").textContent).toContain("4 minutes ahead");
    for (const chip of screen.getAllByTestId("countdown")) expect(chip.dataset.unsure).toBe("true");
  });

  test("a command that fails outright is told in plain words", async () => {
    const backend = await openApp();
    vi.spyOn(backend, "sendText").mockRejectedValue({ code: "disk_full", message: "SQLITE_FULL" });
    await openThread(3);
    await fireEvent.input(composer(), { target: { value: "x" } });
    await fireEvent.click(screen.getByTestId("send"));
    await settle(50);
    expect(screen.getByTestId("problem").textContent).toContain("The disk is full");
    expect(composer().value).toBe("x");
  });
});

test("only rows on screen are drawn, and a tick writes only what reads differently", async () => {
  const backend = await openApp();
  // Half a minute from the next change of any minute shown.
  const one = { ...backend.thread(4), lastInbound: NOW - HOUR + 30_000 };
  backend.threads = Array.from({ length: 2000 }, (_, at) => ({ ...one, id: at + 1 }));
  backend.emit({ all_threads: true });
  await settle(100);
  expect(screen.getAllByTestId("thread-row").length).toBeLessThan(30);
  const seen: MutationRecord[] = [];
  const observer = new MutationObserver((records) => seen.push(...records));
  observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
  await settle(5000);
  await Promise.resolve();
  observer.disconnect();
  expect(seen.filter((record) => record.type === "characterData" || record.type === "childList").length).toBe(
    0,
  );
});
