import { fireEvent, render, screen, within } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import App from "../../App.svelte";
import { FakeBackend, type FakeOptions } from "../../backend/fake/fake";
import { Session } from "../../state/session.svelte";
import { HOUR, MINUTE } from "../../text/countdown";

const NOW = new Date(2026, 10, 20, 14, 0, 0).getTime();
let session: Session;

async function settle(ms = 20) {
  await vi.advanceTimersByTimeAsync(ms);
  await tick();
}

async function openApp(options: FakeOptions = {}, prepare: (backend: FakeBackend) => void = () => undefined) {
  const backend = new FakeBackend({ now: NOW, ...options });
  prepare(backend);
  session = new Session(backend);
  render(App, { session });
  await settle(50);
  return backend;
}

/** Presses a key where the keyboard is, as a person does. */
async function press(key: string, more: KeyboardEventInit = {}) {
  await fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more });
  await settle(30);
}

const rows = () => screen.getAllByTestId("thread-row");
const names = () => rows().map((row) => row.querySelector(".name")?.textContent?.trim());
const focusedThread = () => Number((document.activeElement as HTMLElement).dataset.threadId);
const openId = () => session.conversation.threadId;
const rail = (view: string) =>
  screen.getAllByTestId("rail-item").find((item) => item.dataset.view === view) as HTMLElement;

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
  session.stop();
  vi.useRealTimers();
});

describe("by keyboard alone", () => {
  test("from the start to a thread that is answered and done, and on to the next", async () => {
    const backend = await openApp({ settings: { undo_ms: 0 } });
    const [first, second] = rows().map((row) => Number(row.dataset.threadId));
    await press("ArrowDown");
    expect(focusedThread()).toBe(first);
    await press("Enter");
    expect(openId()).toBe(first);
    const composer = screen.getByTestId("composer");
    expect(document.activeElement).toBe(composer);
    await fireEvent.input(composer, { target: { value: "Gern" } });
    await press("Enter");
    await settle(5000);
    expect(backend.thread(first as number).messages.at(-1)?.body).toMatchObject({ text: "Gern" });
    await press("e");
    expect(backend.thread(first as number).done).toBe(false);
    await press("e", { ctrlKey: true });
    expect(backend.thread(first as number).done).toBe(true);
    expect(openId()).toBe(second);
    expect(focusedThread()).toBe(second);
    await press("e");
    expect(backend.thread(second as number).done).toBe(true);
    expect(screen.getAllByTestId("toast").length).toBe(2);
  });

  test("an answer does not pull the open thread away; moving on does", async () => {
    await openApp({ settings: { undo_ms: 0 } });
    const before = names();
    const third = Number(rows()[2]?.dataset.threadId);
    await fireEvent.click(rows()[2] as HTMLElement);
    await settle();
    await fireEvent.input(screen.getByTestId("composer"), { target: { value: "Ja" } });
    await fireEvent.click(screen.getByTestId("send"));
    await settle(5000);
    expect(names()).toEqual(before);
    await fireEvent.click(rows()[3] as HTMLElement);
    await settle(100);
    expect(rows()[0]?.dataset.threadId).toBe(String(third));
  });

  test("Z brings back what was put away, and where one was", async () => {
    const backend = await openApp();
    await press("j");
    const first = focusedThread();
    await press("Enter");
    await press("Escape");
    await press("e");
    expect(backend.thread(first).done).toBe(true);
    await press("z");
    expect(backend.thread(first).done).toBe(false);
    expect(openId()).toBe(first);
    expect(screen.queryByTestId("toast")).toBeNull();
    expect(names()[0]).toContain(backend.thread(first).name.text);
  });

  test("a toast goes by itself", async () => {
    await openApp();
    await press("j");
    await press("e");
    expect(screen.queryByTestId("toast")).not.toBeNull();
    await settle(8100);
    expect(screen.queryByTestId("toast")).toBeNull();
  });

  test("with a thread open J goes to the next one, and of many presses only the last is opened", async () => {
    const backend = await openApp();
    await press("j");
    await press("Enter");
    await press("Escape");
    const asked = vi.spyOn(backend, "threadHead");
    for (let at = 0; at < 5; at++) await fireEvent.keyDown(document.activeElement as Element, { key: "j" });
    await settle(100);
    const sixth = Number(rows()[5]?.dataset.threadId);
    expect(openId()).toBe(sixth);
    expect(focusedThread()).toBe(sixth);
    const opened = new Set(asked.mock.calls.map(([id]) => id));
    expect(opened.size).toBeLessThanOrEqual(3);
  });

  test("P pins, U marks unread and leaves, a digit shows a section", async () => {
    const backend = await openApp();
    await press("j");
    await press("j");
    const second = focusedThread();
    await press("p");
    expect(backend.thread(second).pinned).toBe(true);
    expect(rows()[0]?.dataset.threadId).toBe(String(second));
    await press("Enter");
    await press("Escape");
    await press("u");
    expect(backend.thread(second).unread).toBe(1);
    expect(openId()).toBeNull();
    await press("5");
    expect(session.sections.view.kind).toBe("closed");
    for (const chip of screen.getAllByTestId("countdown"))
      expect(["closed", "never"]).toContain(chip.dataset.state);
  });

  test("in the done section E brings back", async () => {
    const backend = await openApp({}, (made) => (made.thread(3).done = true));
    await press("7");
    await press("j");
    expect(focusedThread()).toBe(3);
    await press("e");
    expect(backend.thread(3).done).toBe(false);
    expect(screen.getByTestId("list-empty").textContent).toContain("Nothing done yet");
  });

  test("on other keyboards it is the letter that counts, and with Alt it is none of ours", async () => {
    const backend = await openApp();
    await press("j");
    await press("E", { code: "KeyQ" });
    expect(backend.threads.filter((thread) => thread.done).length).toBe(1);
    await press("e", { altKey: true });
    expect(backend.threads.filter((thread) => thread.done).length).toBe(1);
  });
});

describe("several at once", () => {
  test("X and Shift+↓ pick, E puts all away, Z brings all back", async () => {
    const backend = await openApp();
    await press("j");
    await press("x");
    await press("ArrowDown", { shiftKey: true });
    await press("ArrowDown", { shiftKey: true });
    expect(screen.getByTestId("picked").textContent).toBe("3 selected");
    await press("e");
    expect(backend.threads.filter((thread) => thread.done).length).toBe(3);
    expect(screen.queryByTestId("picked")).toBeNull();
    expect(screen.getByTestId("toast").textContent).toContain("3 conversations");
    await press("z");
    expect(backend.threads.filter((thread) => thread.done).length).toBe(0);
  });

  test("Ctrl+A picks all, Esc picks none", async () => {
    await openApp();
    await press("a", { ctrlKey: true });
    expect(session.selection.picked.size).toBe(session.inbox.rows.length);
    await press("Escape");
    expect(session.selection.picked.size).toBe(0);
  });
});

describe("snoozing", () => {
  test("half an hour before it closes, and back when the customer writes", async () => {
    const backend = await openApp();
    await fireEvent.click(rows()[0] as HTMLElement);
    await settle();
    const id = openId() as number;
    await press("s");
    await fireEvent.click(screen.getByTestId("snooze-before_close"));
    await settle();
    const closes = (backend.thread(id).lastInbound as number) + 24 * HOUR;
    expect(backend.thread(id).snoozedUntil).toBe(closes - 30 * MINUTE);
    expect(names().join()).not.toContain(backend.thread(id).name.text);
    await settle(600);
    expect(rail("snoozed").textContent).toContain("1");
    backend.receive(id, "Noch etwas");
    await settle(100);
    expect(names()[0]).toContain(backend.thread(id).name.text);
  });

  test("warns in words when it would be too late or the shop is shut", async () => {
    const backend = await openApp(
      { settings: { hours: { days: [1, 2, 3, 4, 5].map((day) => ({ day, from: 540, to: 1080 })) } } },
      (backend) => (backend.thread(1).lastInbound = NOW - 22 * HOUR),
    );
    await fireEvent.click(rows().find((row) => row.dataset.threadId === "1") as HTMLElement);
    await settle();
    await press("s");
    const warned = (name: string) =>
      within(screen.getByTestId(`snooze-${name}`)).queryByTestId("snooze-warning")?.dataset.warning;
    expect(warned("hour")).toBeUndefined();
    expect(warned("tomorrow")).toBe("after_close");
    const write = async (testid: string, value: string) => {
      await fireEvent.change(screen.getByTestId(testid), { target: { value } });
      await settle();
    };
    const own = () => screen.getByTestId<HTMLInputElement>("snooze-own");
    const able = () => !screen.getByTestId<HTMLButtonElement>("snooze-own-do").disabled;
    expect(own().value).toBe("20 Nov 2026");
    await write("snooze-own-time", "15:30");
    expect(screen.getAllByTestId("snooze-warning").length).toBe(2);
    await write("snooze-own-time", "13:30");
    expect(able()).toBe(false);
    await write("snooze-own", "tomorrow");
    expect(own().value).toBe("21 Nov 2026");
    expect(able()).toBe(true);
    await write("snooze-own", "someday");
    expect(able()).toBe(false);
    expect(screen.getByRole("alert").textContent).toBe("This is no date. Write it like 20 Nov 2026.");
    own().focus();
    await fireEvent.keyDown(own(), { key: "ArrowUp" });
    await settle();
    expect(own().value).toBe("20 Nov 2026");
    await fireEvent.keyDown(own(), { key: "ArrowUp" });
    await settle();
    expect(own().value).toBe("21 Nov 2026");
    await write("snooze-own-time", "later");
    expect(screen.getByRole("alert").textContent).toBe("Write a time such as 9:30.");
    expect(able()).toBe(false);
    await write("snooze-own-time", "9");
    await fireEvent.click(screen.getByTestId("snooze-own-calendar"));
    await settle();
    await fireEvent.click(screen.getByRole("button", { name: /24 November 2026/u }));
    await settle();
    expect(own().value).toBe("24 Nov 2026");
    expect(document.activeElement).toBe(own());
    await fireEvent.click(screen.getByTestId("snooze-own-do"));
    await settle();
    expect(backend.thread(1).snoozedUntil).toBe(new Date(2026, 10, 24, 9).getTime());
  });

  test("a thread wakes by the clock", async () => {
    const backend = await openApp({}, (made) => (made.thread(3).snoozedUntil = NOW + 2 * MINUTE));
    await press("6");
    expect(rows().length).toBe(1);
    await settle(2 * MINUTE + 2000);
    expect(screen.queryAllByTestId("thread-row").length).toBe(0);
    await press("1");
    expect(names().join()).toContain(backend.thread(3).name.text);
  });
});

describe("whose it is and what it bears", () => {
  test("A gives it to a new colleague, who then stands in the team", async () => {
    const backend = await openApp({ settings: { staff: ["Anna"], me: "Anna" } });
    await press("j");
    const id = focusedThread();
    await press("a");
    await fireEvent.input(screen.getByTestId("assign-input"), { target: { value: "Murat" } });
    await settle();
    await press("Enter");
    expect(backend.thread(id).assignee).toBe("Murat");
    expect(backend.settingsView.staff).toEqual(["Anna", "Murat"]);
    expect(rows()[0]?.textContent).toContain("Assigned to Murat");
  });

  test("L creates a label, which then stands in the rail", async () => {
    const backend = await openApp({}, (made) => made.threads.forEach((thread) => (thread.labels = [])));
    await press("j");
    const id = focusedThread();
    await press("l");
    await fireEvent.input(screen.getByTestId("labels-input"), { target: { value: "Regular" } });
    await settle();
    await press("Enter");
    expect(backend.thread(id).labels).toEqual(["Regular"]);
    await fireEvent.click(screen.getByTestId("labels-finish"));
    await settle();
    await fireEvent.click(rail("label"));
    await settle(50);
    expect(rows().map((row) => Number(row.dataset.threadId))).toEqual([id]);
  });

  test("Mine shows only what is assigned to me", async () => {
    await openApp(
      { settings: { staff: ["Anna"], me: "Anna" } },
      (made) => (made.thread(4).assignee = "Anna"),
    );
    await fireEvent.click(rail("mine"));
    await settle(50);
    expect(rows().map((row) => row.dataset.threadId)).toEqual(["4"]);
  });
});

describe("the palette", () => {
  test("finds an action by some letters and does it", async () => {
    const backend = await openApp();
    await press("j");
    const id = focusedThread();
    await press("k", { ctrlKey: true });
    const input = screen.getByTestId("palette-input");
    expect(document.activeElement).toBe(input);
    await fireEvent.input(input, { target: { value: "done next" } });
    await settle(100);
    expect(screen.getAllByTestId("palette-option")[0]?.textContent).toContain("Done, and on to the next");
    expect(screen.getAllByTestId("palette-option")[0]?.textContent).toContain("E");
    await press("Enter");
    expect(backend.thread(id).done).toBe(true);
    expect(screen.queryByTestId("palette-input")).toBeNull();
  });

  test("shows a customer first, and opens the thread", async () => {
    const backend = await openApp();
    vi.spyOn(backend, "search").mockImplementation(async () => ({
      people: [
        {
          thread_id: 7,
          name: backend.thread(7).name,
          matched: "",
          window: backend.windowOf(backend.thread(7)),
          last_at: NOW,
        },
      ],
      hits: [],
      next: null,
    }));
    await press("p", { metaKey: true });
    await fireEvent.input(screen.getByTestId("palette-input"), { target: { value: "oka" } });
    await settle(100);
    await press("Enter");
    await settle();
    expect(openId()).toBe(7);
  });

  test("goes to a section, and says so when nothing answers", async () => {
    await openApp();
    await press("k", { ctrlKey: true });
    await fireEvent.input(screen.getByTestId("palette-input"), { target: { value: "waiting for them" } });
    await settle(100);
    await press("Enter");
    expect(session.sections.view.kind).toBe("waiting_for_them");
  });
});

describe("the rail", () => {
  test("counts, and follows what is done", async () => {
    await openApp();
    const count = () => rail("all").querySelector(".count")?.textContent;
    expect(count()).toBe("13");
    await press("j");
    await press("e");
    await settle(600);
    expect(count()).toBe("12");
  });

  test("asks for counts at most twice a second, however much changes", async () => {
    const backend = await openApp();
    await settle(1000);
    const asked = vi.spyOn(backend, "sectionCounts");
    for (let at = 0; at < 100; at++) {
      backend.emit({ threads: [1] });
      await settle(10);
    }
    expect(asked.mock.calls.length).toBeLessThanOrEqual(4);
  });

  test("folds to icons and remembers it", async () => {
    await openApp();
    await fireEvent.click(screen.getByTestId("rail-fold"));
    await settle();
    expect(screen.getByTestId("rail").dataset.folded).toBe("true");
    expect(rail("closed").title).toContain("Closed");
    expect(localStorage.getItem("guichet.rail")).toBe("true");
  });

  test("no count stands where there is nothing", async () => {
    await openApp({}, (made) => made.threads.forEach((thread) => (thread.unread = 0)));
    expect(rail("unread").querySelector(".count")).toBeNull();
  });
});

test("the order is chosen per section and remembered", async () => {
  await openApp();
  expect(session.sections.sort).toBe("newest");
  await press("2");
  expect(session.sections.sort).toBe("closing");
  await press("1");
  await fireEvent.click(screen.getByTestId("sort"));
  await settle();
  await fireEvent.click(screen.getByTestId("sort-closing"));
  await settle(50);
  expect(names()[0]).toContain("Jonas Brandt");
  expect(JSON.parse(localStorage.getItem("guichet.sorts") ?? "{}")).toEqual({ all: "closing" });
});

test("a window that closes while the shop is shut says until when there is somebody to answer", async () => {
  await openApp({ settings: { hours: { days: [{ day: 5, from: 540, to: 1080 }] } } });
  const marks = screen.getAllByTestId("while-shut").map((mark) => mark.textContent?.trim());
  expect(marks).toContain("by 18:00");
});

describe("a long list", () => {
  function fill(backend: FakeBackend, count: number) {
    // Half a minute from the next change of any minute shown.
    const one = { ...backend.thread(4), lastInbound: NOW - HOUR + 30_000 };
    backend.threads = Array.from({ length: count }, (_, at) => ({ ...one, id: at + 1 }));
  }

  test("of 50,000 threads scrolls without a blank row and draws only what is seen", async () => {
    await openApp({}, (backend) => {
      // The made-up core would sort everything on each call: here the pages are counted off.
      fill(backend, 1);
      const row = backend.threadRows([1]);
      vi.spyOn(backend, "listThreads").mockImplementation(async (_, before, limit) => {
        const [like] = await row;
        const from = before ? before.thread_id : 0;
        const rows = Array.from({ length: Math.min(limit, 50_000 - from) }, (_, at) => ({
          ...(like as NonNullable<typeof like>),
          thread_id: from + at + 1,
          last_at: NOW - from - at,
        }));
        const last = rows.at(-1);
        const next =
          last && last.thread_id < 50_000
            ? { pinned: false, key: last.last_at, thread_id: last.thread_id }
            : null;
        return { rows, next };
      });
    });
    const scroller = rows()[0]?.closest(".scroller") as HTMLElement;
    for (let top = 0; top < 300 * 84; top += 4200) {
      scroller.scrollTop = top;
      await fireEvent.scroll(scroller);
      await settle(16);
      const drawn = new Set(rows().map((row) => Number(row.dataset.threadId)));
      const first = Math.floor(top / 84) + 1;
      for (let id = first; id <= first + 8; id++) expect(drawn.has(id), `row ${id}`).toBe(true);
      expect(drawn.size).toBeLessThan(40);
    }
    expect(session.inbox.rows.length).toBeLessThan(1000);
  }, 30_000);

  test("of 5,000 countdowns writes only what reads differently on screen", async () => {
    await openApp({}, (backend) => fill(backend, 5000));
    await settle(200);
    const writes = async (ms: number) => {
      const seen: MutationRecord[] = [];
      const observer = new MutationObserver((records) => seen.push(...records));
      observer.observe(document.body, {
        subtree: true,
        childList: true,
        characterData: true,
        attributes: true,
      });
      await settle(ms);
      await Promise.resolve();
      observer.disconnect();
      return seen.filter((record) => record.target.parentElement?.closest(".scroller"));
    };
    const shown = rows().length;
    expect(shown).toBeLessThan(40);
    expect(await writes(5000)).toEqual([]);
    // The minute turns over in every row on screen, once.
    expect((await writes(30_000)).length).toBeLessThanOrEqual(shown);
  });
});
