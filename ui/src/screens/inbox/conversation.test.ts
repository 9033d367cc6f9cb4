import { fireEvent, render, screen, within } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import App from "../../App.svelte";
import { FakeBackend } from "../../backend/fake/fake";
import { hostileTexts } from "../../backend/fake/hostile";
import { everyKind } from "../../backend/fake/kinds";
import { message } from "../../backend/fake/world";
import type { MessageRow } from "../../backend/generated/MessageRow";
import { Session } from "../../state/session.svelte";

// Whole screens, and a thread of 100,000: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 60_000 });

const NOW = new Date(2026, 10, 20, 14, 0, 0).getTime();
const MINUTE = 60_000;
let session: Session;

async function settle(ms = 0) {
  await vi.advanceTimersByTimeAsync(ms);
  await tick();
}

/** The first thread is open and holds these messages. */
async function openWith(messages: MessageRow[], unread = 0): Promise<FakeBackend> {
  const backend = new FakeBackend({
    now: NOW,
    settings: { me: "Anna Berg", staff: ["Anna Berg", "Murat Yildiz"] },
  });
  Object.assign(backend.thread(1), { messages, unread, lastInbound: NOW - 3_600_000 });
  session = new Session(backend);
  render(App, { session });
  await settle(50);
  await session.opening.open(1);
  await settle(100);
  return backend;
}

const text = (at: number, words: string, more: Partial<MessageRow> = {}) =>
  message(at, "in", { kind: "text", text: words }, more);
const shown = () => screen.getAllByTestId("message");
const bubble = (words: string) => shown().find((one) => one.textContent?.includes(words)) as HTMLElement;
/** One message a minute, the newest now. */
const many = (count: number) =>
  Array.from({ length: count }, (_, at) => text(NOW - (count - at) * MINUTE, `message ${at + 1}`));

beforeEach(() => {
  // A viewport of ten rows, and scrolling that a test can see.
  vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockImplementation(function (this: HTMLElement) {
    return this.dataset.index === undefined ? 700 : 70;
  });
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(700);
  vi.spyOn(HTMLElement.prototype, "scrollHeight", "get").mockImplementation(function (this: HTMLElement) {
    const lines = this.querySelector<HTMLElement>(".lines");
    return lines ? Math.max(700, Number.parseFloat(lines.style.height)) : 700;
  });
  HTMLElement.prototype.scrollTo = function (this: HTMLElement, to?: ScrollToOptions | number) {
    if (typeof to !== "object") return;
    this.scrollTop = to.top ?? 0;
    this.dispatchEvent(new Event("scroll"));
  } as typeof HTMLElement.prototype.scrollTo;
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
  HTMLElement.prototype.scrollTo = () => undefined;
});

describe("going through a conversation", () => {
  test("a thread of 100,000 messages draws a few screens of them, wherever one is, and keeps a part in memory", async () => {
    await openWith(many(100_000));
    expect(shown().length).toBeLessThan(40);
    expect(shown().at(-1)?.textContent).toContain("message 100000");
    await session.conversation.jumpToDate(NOW - 50_000 * MINUTE);
    await settle(300);
    expect(bubble("message 50001")).toBeDefined();
    for (let page = 0; page < 30; page++) await session.conversation.loadOlder();
    await settle(300);
    expect(shown().length).toBeLessThan(40);
    expect(session.conversation.rows.length).toBeLessThanOrEqual(480);
    expect(session.conversation.hasNewer).toBe(true);
    await fireEvent.click(screen.getByTestId("to-newest"));
    await settle(300);
    expect(shown().at(-1)?.textContent).toContain("message 100000");
  });

  test("it opens at the first unread, with a line above it that stays", async () => {
    const backend = await openWith(many(400), 150);
    const entries = [
      ...screen.getByTestId("messages").querySelectorAll("[data-testid=new-line], [data-testid=message]"),
    ];
    const line = entries.findIndex((one) => one.getAttribute("data-testid") === "new-line");
    expect(entries[line + 1]?.textContent).toContain("message 251");
    expect(backend.thread(1).unread).toBe(150);
    await session.conversation.toNewest();
    await settle(300);
    expect(backend.thread(1).unread).toBe(0);
    expect(session.conversation.newFrom).not.toBeNull();
    await session.opening.open(2);
    await settle(50);
    await session.opening.open(1);
    await settle(50);
    expect(screen.queryByTestId("new-line")).toBeNull();
  });

  test("what arrives while one reads further up is counted on the way down, and moves nothing", async () => {
    const backend = await openWith(many(300));
    const list = screen.getByTestId("messages");
    await fireEvent.wheel(list);
    list.scrollTop = 1000;
    await fireEvent.scroll(list);
    await settle(300);
    const at = list.scrollTop;
    const before = shown().map((one) => one.dataset.messageId);
    backend.receive(1, "are you there?");
    backend.receive(1, "hello?");
    await settle(300);
    expect(list.scrollTop).toBe(at);
    expect(shown().map((one) => one.dataset.messageId)).toEqual(before);
    expect(screen.getByTestId("to-newest").textContent).toContain("2");
  });

  test("a quote leads to what it quotes, however far back, and marks it", async () => {
    const rows = many(500);
    const first = rows[0] as MessageRow;
    rows.push(
      text(NOW, "about that", { quote: { message_id: first.id, text: "message *1*", outgoing: false } }),
    );
    await openWith(rows);
    expect(screen.getByTestId("quote").textContent).toContain("message 1");
    await fireEvent.click(screen.getByTestId("quote"));
    await settle(300);
    expect(bubble("message 1").className).toContain("marked");
    await settle(3000);
    expect(bubble("message 1").className).not.toContain("marked");
  });

  test("D asks for a day and goes there; Esc puts the calendar away and does nothing else", async () => {
    await openWith(many(5000));
    await fireEvent.keyDown(document.body, { key: "d" });
    await settle(20);
    await fireEvent.keyDown(screen.getByTestId("jump-to-date"), { key: "Escape" });
    await settle(20);
    expect(screen.queryByTestId("jump-to-date")).toBeNull();
    expect(session.conversation.threadId).toBe(1);
    await fireEvent.keyDown(document.body, { key: "d" });
    await settle(20);
    await fireEvent.click(screen.getByTestId("jump-beginning"));
    await settle(300);
    expect(bubble("message 1")).toBeDefined();
  });

  test("an own message brings its writer to the newest", async () => {
    await openWith(many(500));
    await session.conversation.jumpToDate(0);
    await settle(300);
    session.conversation.writing.type("here it is");
    await session.conversation.writing.send();
    await settle(300);
    expect(shown().at(-1)?.textContent).toContain("here it is");
  });

  test("one is led back to the very place one left", async () => {
    await openWith(many(2000));
    await session.conversation.jumpToDate(NOW - 1000 * MINUTE);
    await settle(300);
    const list = screen.getByTestId("messages");
    list.dispatchEvent(new Event("wheel"));
    list.scrollTop += 30;
    list.dispatchEvent(new Event("scroll"));
    await settle(50);
    const [standing, place] = [session.conversation.standing, list.scrollTop];
    expect(standing?.messageId).not.toBeNull();
    await session.conversation.toNewest();
    await settle(300);
    expect(shown().at(-1)?.textContent).toContain("message 2000");
    if (standing) await session.conversation.goBack(standing);
    await settle(300);
    const row = shown().find((one) => Number(one.dataset.messageId) === standing?.messageId);
    expect(row).toBeDefined();
    expect(session.conversation.standing).toEqual(standing);
    expect(place).toBeGreaterThan(0);
  });

  test("who goes on to another thread while being led back stays where the other one begins", async () => {
    const backend = await openWith(many(2000));
    Object.assign(backend.thread(2), { messages: many(500), unread: 0, lastInbound: NOW - 3_600_000 });
    const standing = { threadId: 1, messageId: backend.thread(1).messages[5]?.id ?? 0, offset: 0 };
    const newest = vi.spyOn(session.conversation, "toNewest");
    const back = session.conversation.goBack(standing);
    await session.opening.open(2);
    await back;
    await settle(300);
    expect(session.conversation.threadId).toBe(2);
    expect(newest).not.toHaveBeenCalled();
  });

  test("its window is closing soon from when the shop says so", async () => {
    await openWith(many(3));
    expect(session.conversation.window?.state).toBe("open");
    if (session.settings) await session.saveSettings({ ...session.settings, soon_ms: 24 * 60 * MINUTE });
    expect(session.conversation.window?.state).toBe("soon");
  });

  test("arrows go from message to message, Enter opens the menu", async () => {
    await openWith(many(20));
    const last = shown().at(-1) as HTMLElement;
    expect(last.tabIndex).toBe(0);
    last.focus();
    await fireEvent.keyDown(last, { key: "ArrowUp" });
    await settle(20);
    expect(document.activeElement?.textContent).toContain("message 19");
    await fireEvent.keyDown(document.activeElement as Element, { key: "Enter" });
    await settle(20);
    expect(screen.queryByTestId("message-menu-open")).not.toBeNull();
  });
});

describe("what can be done with a message", () => {
  test("reply, react, copy, look at its times", async () => {
    const backend = await openWith([text(NOW - MINUTE, "one"), text(NOW, "two")]);
    const copied = vi.fn(async () => undefined);
    vi.stubGlobal("navigator", { languages: ["en"], clipboard: { writeText: copied } });
    await fireEvent.contextMenu(within(bubble("two")).getByText("two"));
    await settle(20);
    await fireEvent.click(screen.getAllByTestId("react-with")[1] as HTMLElement);
    await settle(50);
    expect(backend.thread(1).messages.at(-1)?.reactions).toEqual([{ emoji: "❤️", outgoing: true }]);
    await fireEvent.click(within(screen.getByTestId("reactions")).getByRole("button"));
    await settle(50);
    expect(backend.thread(1).messages.at(-1)?.reactions).toEqual([]);

    await fireEvent.contextMenu(within(bubble("two")).getByText("two"));
    await settle(20);
    await fireEvent.click(screen.getByTestId("message-copy"));
    expect(copied).toHaveBeenCalledWith("two");
    await fireEvent.contextMenu(within(bubble("two")).getByText("two"));
    await settle(20);
    await fireEvent.click(screen.getByTestId("message-details"));
    expect(screen.getByTestId("details").textContent).toContain("2026");
    await fireEvent.keyDown(screen.getByTestId("message-menu-open"), { key: "Escape" });
    await settle(20);

    expect(within(bubble("one")).queryByTestId("reply"), "only where the pointer is").toBeNull();
    await fireEvent.pointerEnter(bubble("one"));
    await fireEvent.click(within(bubble("one")).getByTestId("reply"));
    expect(session.conversation.writing.replyTo?.body).toMatchObject({ text: "one" });
    vi.unstubAllGlobals();
  });

  test("an internal note is changed and deleted by its author, and by nobody else", async () => {
    const note = (staff: string, id: string) =>
      message(NOW - MINUTE, "note", { kind: "note", text: `note of ${staff}` }, { staff, note_id: id });
    const backend = await openWith([note("Murat Yildiz", "m"), note("Anna Berg", "a")]);
    expect(within(bubble("note of Murat")).queryByTestId("note-edit")).toBeNull();
    await fireEvent.click(within(bubble("note of Anna")).getByTestId("note-edit"));
    await fireEvent.input(screen.getByTestId("note-text"), { target: { value: "changed" } });
    await fireEvent.click(screen.getByTestId("note-change"));
    await settle(50);
    expect(bubble("changed")).toBeDefined();
    await fireEvent.click(within(bubble("changed")).getByTestId("note-remove"));
    await fireEvent.click(screen.getByTestId("note-remove-sure"));
    await settle(50);
    expect(backend.thread(1).messages.length).toBe(1);
  });

  test("a failed text goes back to the composer, and where a template helps, it is one press away", async () => {
    const failed = message(
      NOW,
      "out",
      { kind: "text", text: "late answer" },
      {
        outbox_id: "f",
        delivery: {
          state: "failed",
          leaves_at: null,
          sent_at: null,
          delivered_at: null,
          read_at: null,
          failure: { code: 131047, name: "window_closed", details: null, drift: [], choice: null },
        },
      },
    );
    await openWith([text(NOW - MINUTE, "one"), failed]);
    expect(screen.getByTestId("failed").textContent).toContain("131047");
    await fireEvent.click(screen.getByTestId("failed-again"));
    expect(session.conversation.writing.text).toBe("late answer");
    await fireEvent.click(screen.getByTestId("failed-template"));
    expect(session.conversation.writing.picking).toBe(true);
  });
});

describe("every kind of message", () => {
  test("has a bubble with its words, and none is left blank", async () => {
    const rows = everyKind("en", NOW, "Anna Berg");
    await openWith(rows.slice(0, 1));
    for (const row of rows) {
      session.conversation.leave();
      const backend = session.backend as FakeBackend;
      backend.thread(1).messages = [row];
      await session.opening.open(1);
      await settle(50);
      const [one] = shown();
      const words = one
        ?.querySelector(".bubble, .note, .text")
        ?.textContent?.replace(/\d\d:\d\d/u, "")
        .trim();
      const drawn = one?.querySelector(
        "[data-testid=picture], img, video, .sticker, [data-testid=voice], svg",
      );
      expect(words || drawn, JSON.stringify(row.body)).toBeTruthy();
    }
  });

  test("what can be opened is asked about first, what can be copied is shown for what it is", async () => {
    const backend = await openWith([
      text(NOW, "Pay at bank.example/pay or write to anna@bakery.example, 030 2312501"),
    ]);
    await fireEvent.click(screen.getByTestId("link"));
    expect(screen.getByTestId("link-address").textContent?.trim()).toBe("https://bank.example/pay");
    await fireEvent.click(screen.getByTestId("link-open"));
    expect(backend.opened).toEqual(["https://bank.example/pay"]);
    const [mail, phone] = screen.getAllByTestId("contact");
    expect(phone?.textContent).toBe("030 2312501");
    if (mail) await fireEvent.click(mail);
    expect(screen.getByTestId("contact-check").textContent).toContain("anna@bakery.example");
  });

  test("order lines are summed, a place asks before its map opens", async () => {
    const items = [{ product: "cake", quantity: 2, price: 24, currency: "EUR" }];
    const backend = await openWith([
      message(NOW - 2, "in", { kind: "order", items, text: "please" }),
      message(NOW - 1, "in", { kind: "location", latitude: 1, longitude: 2, name: "Square", address: null }),
      message(NOW, "in", { kind: "unsupported", what: "poll_creation" }),
    ]);
    expect(screen.getByTestId("order-total").textContent).toContain("€48.00");
    expect(bubble("a poll").textContent).toContain("ask for it to be sent another way");
    await fireEvent.click(within(bubble("Square")).getByTestId("link"));
    expect(backend.opened).toEqual([]);
    await fireEvent.click(screen.getByTestId("link-open"));
    expect(backend.opened[0]).toContain("https://www.openstreetmap.org/?mlat=1");
  });

  test("a file is saved by asking where to", async () => {
    const media = {
      ...picture(),
      kind: "document",
      filename: "a.pdf",
      mime_type: "application/pdf",
      size: 2048,
    };
    const backend = await openWith([message(NOW, "in", { kind: "media", media })]);
    const saved = vi.spyOn(backend, "saveMedia");
    expect(screen.getByTestId("file").textContent).toContain("PDF · 2 kB");
    await fireEvent.click(screen.getByTestId("save-file"));
    await settle(20);
    expect(saved).toHaveBeenCalledWith(backend.thread(1).messages[0]?.id);
  });

  test("a picture is shown large; arrows go to the others, Esc goes back", async () => {
    const photo = (at: number, caption: string) =>
      message(NOW + at, "in", { kind: "media", media: { ...picture(), caption } });
    await openWith([photo(-3, "first"), text(NOW - 2, "between"), photo(-1, "second")]);
    await fireEvent.click(screen.getAllByTestId("picture")[0] as HTMLElement);
    await settle(20);
    const viewer = screen.getByTestId("viewer");
    expect(viewer.textContent).toContain("first");
    await fireEvent.keyDown(viewer, { key: "ArrowRight" });
    await settle(20);
    expect(viewer.textContent).toContain("second");
    expect(screen.queryByTestId("viewer-after")).toBeNull();
    await fireEvent.keyDown(viewer, { key: "Escape" });
    await settle(20);
    expect(screen.queryByTestId("viewer")).toBeNull();
    expect(session.conversation.threadId).toBe(1);
  });

  test("what this machine cannot play can still be saved", async () => {
    vi.spyOn(HTMLMediaElement.prototype, "play").mockReturnValue(new Promise(() => undefined));
    vi.spyOn(HTMLMediaElement.prototype, "pause").mockReturnValue();
    const media = { ...picture(), kind: "audio", voice: true, mime_type: "audio/amr" };
    await openWith([message(NOW, "in", { kind: "media", media })]);
    await fireEvent.click(screen.getByTestId("voice-play"));
    await settle(7000);
    expect(screen.queryByTestId("voice")).toBeNull();
    expect(screen.getByTestId("file").textContent).toContain("Once saved");
  });
});

function picture() {
  return {
    kind: "image",
    caption: null as string | null,
    filename: null as string | null,
    mime_type: "image/png",
    state: "stored" as const,
    size: null as number | null,
    voice: false,
    animated: false,
    width: null as number | null,
    height: null as number | null,
  };
}

test("500 hostile texts show as text, create no element of their own and ask nothing of the network", async () => {
  const known = new Set(["SPAN", "BUTTON", "STRONG", "EM", "S", "CODE", "UL", "LI", "BLOCKQUOTE"]);
  const texts = hostileTexts();
  expect(texts.length).toBe(500);
  const asked = vi.fn();
  vi.stubGlobal("fetch", asked);
  vi.stubGlobal("XMLHttpRequest", asked);
  vi.stubGlobal("alert", asked);
  const backend = await openWith([text(NOW, "first")]);
  for (let from = 0; from < texts.length; from += 10) {
    backend.thread(1).messages = texts
      .slice(from, from + 10)
      .map((words, at) => text(NOW - MINUTE + from + at, words));
    backend.emit({ threads: [1] });
    await settle(30);
    const bodies = [...document.querySelectorAll<HTMLElement>("[data-testid=message] .rich")];
    expect(bodies.length).toBe(10);
    for (const body of bodies) {
      for (const element of body.querySelectorAll("*")) expect(known).toContain(element.tagName);
      expect(body.querySelectorAll("*").length).toBeLessThan(2500);
      expect(body.textContent?.length ?? 0).toBeLessThan(8000);
    }
  }
  expect(asked).not.toHaveBeenCalled();
  vi.unstubAllGlobals();
});

test("news of a thread that was read ahead is there, though a draft was being saved when it came", async () => {
  const backend = await openWith(many(3));
  const { conversation, opening } = session;
  Object.assign(backend.thread(2), { messages: many(3), unread: 0 });
  conversation.ahead.look([2]);
  await settle(10);
  let saved = () => {};
  vi.spyOn(backend, "saveDraft").mockReturnValue(new Promise((done) => (saved = done)));
  conversation.writing.type("half a sentence");
  const opened = opening.open(2);
  await settle();
  const thread = backend.thread(2);
  thread.messages = [...thread.messages, text(NOW, "came meanwhile")];
  conversation.ahead.changed({ threads: [2], all_threads: false, connection: false });
  // Whatever else would have it read anew.
  vi.spyOn(conversation, "reload").mockResolvedValue();
  saved();
  await opened;
  expect(conversation.rows.at(-1)?.body).toEqual({ kind: "text", text: "came meanwhile" });
});
