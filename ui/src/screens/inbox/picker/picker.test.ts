import { cleanup, fireEvent, render, screen, within } from "@testing-library/svelte";
import axe from "axe-core";
import { tick } from "svelte";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import App from "../../../App.svelte";
import { FakeBackend } from "../../../backend/fake/fake";
import { manyTemplates } from "../../../backend/fake/template_catalogue";
import { Session } from "../../../state/session.svelte";
import { bodyOf, delivery, message } from "../../../backend/fake/world";

const NOW = new Date(2026, 10, 20, 14, 0, 0).getTime();
/** Rafael Nunes: closed since noon. */
const CLOSED = 9;
const FAKED: NonNullable<Parameters<typeof vi.useFakeTimers>[0]>["toFake"] = [
  "setTimeout",
  "clearTimeout",
  "Date",
  "performance",
  "requestAnimationFrame",
  "cancelAnimationFrame",
];
async function settle(ms = 30) {
  await vi.advanceTimersByTimeAsync(ms);
  await tick();
}

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: FAKED });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function openPicker(prepare: (backend: FakeBackend) => void = () => undefined, threadId = CLOSED) {
  const backend = new FakeBackend({ now: NOW });
  prepare(backend);
  render(App, { session: new Session(backend) });
  await settle(50);
  await fireEvent.click(
    screen
      .getAllByTestId("thread-row")
      .find((row) => row.dataset.threadId === String(threadId)) as HTMLElement,
  );
  await settle(60);
  return backend;
}

const search = () => screen.getByTestId<HTMLInputElement>("picker-search");
const rows = () => screen.queryAllByTestId("template-row");
const names = () => rows().map((row) => row.dataset.name);
const slots = () => screen.queryAllByTestId<HTMLTextAreaElement>("slot");
const send = () => screen.getByTestId<HTMLButtonElement>("picker-send");
const key = async (name: string, more: object = {}) => {
  await fireEvent.keyDown(document.activeElement ?? document.body, { key: name, ...more });
  await settle();
};
async function type(text: string) {
  search().focus();
  await fireEvent.input(search(), { target: { value: text } });
  await settle();
}
async function choose(text: string) {
  await type(text);
  await key("Enter");
}
const lastSent = (backend: FakeBackend) => backend.thread(CLOSED).messages.at(-1)?.body;

describe("the list", () => {
  test("puts the proposal first, filled and with its reason", async () => {
    await openPicker();
    expect(names()[0]).toBe("reopen_question");
    expect(screen.getByTestId("template-why").textContent).toContain("7 of 12 were answered");
    expect(screen.getByTestId("template-preview").textContent).toContain("Hello Rafael");
  });

  test("shows what cannot be sent, why and until when, and does not choose it", async () => {
    await openPicker();
    await type("spring");
    expect(rows()[0]?.getAttribute("aria-disabled")).toBe("true");
    expect(rows()[0]?.textContent).toMatch(
      /Paused by Meta until .*, 2 hours left|Rejected by Meta: wrong category/u,
    );
    await key("Enter");
    expect(screen.queryByTestId("picker-send")).toBeNull();
  });

  test("says so where there is none in the customer's language", async () => {
    await openPicker((backend) => (backend.thread(CLOSED).language = "pt-BR"));
    await type("invoice");
    expect(screen.getByTestId("template-fallback").textContent).toContain(
      "There is none in Brazilian Portuguese; English is shown.",
    );
  });

  test("turns the language by arrow, and the star by key", async () => {
    const backend = await openPicker();
    await type("order ready");
    await key("ArrowDown");
    expect(rows()[0]?.dataset.language).toBe("en");
    await key("ArrowRight");
    expect(rows()[0]?.dataset.language).toBe("de");
    await key("d", { ctrlKey: true });
    expect(
      backend.templateStore.all.find((one) => one.name === "order_ready" && one.language === "de")?.favourite,
    ).toBe(false);
  });

  test("draws only what is on screen of three thousand", async () => {
    await openPicker((backend) => (backend.templateStore.all = manyTemplates(1000)));
    expect(rows().length).toBeLessThan(25);
    await type("sofa payment thanks");
    expect(names()[0]).toBe("sofa_payment_thanks");
  });

  test("typing while a row has the keyboard goes on in the search", async () => {
    await openPicker();
    search().focus();
    await key("ArrowDown");
    expect(document.activeElement?.getAttribute("data-testid")).toBe("template-row");
    await key("o");
    expect(document.activeElement).toBe(search());
  });

  test("has nothing against it from a screen reader's side", async () => {
    await openPicker();
    vi.useRealTimers();
    const found = await axe.run(screen.getByTestId("picker"), {
      rules: { "color-contrast": { enabled: false } },
    });
    expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  });
});

describe("the form", () => {
  test("is filled and sent by the keyboard alone", async () => {
    const backend = await openPicker();
    await choose("order ready");
    expect(document.activeElement).toBe(slots()[1]);
    await key("Enter");
    expect(lastSent(backend)).not.toMatchObject({ kind: "template", name: "order_ready" });
    await fireEvent.input(slots()[1] as HTMLElement, { target: { value: "4711" } });
    await key("Enter");
    await settle(50);
    expect(lastSent(backend)).toMatchObject({
      kind: "template",
      text: "Hello Rafael, your order 4711 is ready. You can collect it today until 6 pm.",
    });
    expect(document.activeElement).toBe(search());
  });

  test("Enter goes to the next field that is empty", async () => {
    await openPicker();
    await choose("new hours");
    expect(document.activeElement).toBe(slots()[0]);
    await fireEvent.input(slots()[0] as HTMLElement, { target: { value: "Monday" } });
    await key("Enter");
    expect(document.activeElement).toBe(slots()[1]);
  });

  test("the file of a heading is checked, shown and sent", async () => {
    const backend = await openPicker();
    await choose("order photo");
    const input = screen.getByTestId<HTMLInputElement>("slot-file-input");
    const put = async (file: File) => {
      // The test page's own files read themselves on a clock that stands still here.
      file.arrayBuffer = async () => new ArrayBuffer(file.size);
      await fireEvent.change(input, { target: { files: [file] } });
      await settle();
    };
    await put(new File(["%PDF"], "cake.pdf", { type: "application/pdf" }));
    expect(screen.getByText("A picture is needed: JPEG or PNG")).not.toBeNull();
    await put(new File(["jpeg"], "cake.jpg", { type: "image/jpeg" }));
    expect(within(screen.getByTestId("template-preview")).getByAltText("cake.jpg")).not.toBeNull();
    const [, order, suffix] = slots();
    expect(screen.getByTitle("https://backstube.example/order/")).not.toBeNull();
    await fireEvent.input(order as HTMLElement, { target: { value: "4711" } });
    await fireEvent.input(suffix as HTMLElement, { target: { value: "47 11" } });
    expect(screen.getByText("No spaces in an address")).not.toBeNull();
    await fireEvent.input(suffix as HTMLElement, { target: { value: "4711" } });
    expect(send().disabled).toBe(false);
    await fireEvent.click(send());
    await settle(60);
    expect(lastSent(backend)).toMatchObject({ kind: "template", name: "order_photo", header_kind: "image" });
  });

  test("a file that was the last thing missing leads to the button, and sends nothing", async () => {
    const backend = await openPicker();
    await choose("order photo");
    const before = lastSent(backend);
    const [, order, suffix] = slots();
    for (const field of [order, suffix])
      await fireEvent.input(field as HTMLElement, { target: { value: "4711" } });
    const cake = new File(["jpeg"], "cake.jpg", { type: "image/jpeg" });
    cake.arrayBuffer = async () => new ArrayBuffer(cake.size);
    (document.activeElement as HTMLElement).blur();
    await fireEvent.change(screen.getByTestId("slot-file-input"), { target: { files: [cake] } });
    await settle(60);
    expect(document.activeElement).toBe(send());
    expect(send().disabled).toBe(false);
    expect(lastSent(backend)).toBe(before);
  });

  test("a file that arrives late moves nobody's keyboard", async () => {
    const backend = await openPicker();
    await choose("order photo");
    const attach = backend.attachForTemplate;
    backend.attachForTemplate = async (...all) => {
      await new Promise((done) => setTimeout(done, 500));
      return attach(...all);
    };
    const cake = new File(["jpeg"], "cake.jpg", { type: "image/jpeg" });
    cake.arrayBuffer = async () => new ArrayBuffer(cake.size);
    await fireEvent.change(screen.getByTestId("slot-file-input"), { target: { files: [cake] } });
    slots()[0]?.focus();
    await settle(600);
    expect(document.activeElement).toBe(slots()[0]);
  });

  test("the picture of last time is there without choosing it again", async () => {
    const backend = await openPicker((one) => {
      one.files.bytes.set("old-cake", new ArrayBuffer(8));
      one.templateStore.all = one.templateStore.all.map((view) =>
        view.name === "order_photo"
          ? {
              ...view,
              slots: view.slots.map((slot) =>
                slot.key === "header:media"
                  ? { ...slot, proposed: "old-cake", source: "last_time" as const }
                  : slot,
              ),
            }
          : view,
      );
    });
    await choose("order photo");
    expect(screen.getByText("as last time")).not.toBeNull();
    expect(within(screen.getByTestId("template-preview")).getByAltText("Picture")).not.toBeNull();
    for (const slot of slots().slice(1)) await fireEvent.input(slot, { target: { value: "4711" } });
    await fireEvent.click(send());
    await settle(60);
    expect(lastSent(backend)).toMatchObject({ name: "order_photo" });
  });

  test("a pair of coordinates fills both fields", async () => {
    await openPicker();
    await choose("where");
    const paste = new Event("paste", { bubbles: true, cancelable: true });
    Object.assign(paste, { clipboardData: { getData: () => "52.52, 13.40" } });
    slots()[0]?.dispatchEvent(paste);
    await settle();
    expect(
      slots()
        .slice(0, 2)
        .map((slot) => slot.value),
    ).toEqual(["52.52", "13.40"]);
  });

  test.each([
    ["4711\nand 4712", "Line breaks are not allowed here", "4711 and 4712"],
    ["47\t11", "Tabs are not allowed here", "47 11"],
    ["47     11", "No more than four spaces in a row", "47 11"],
  ])("%j is explained where it stands, and mended by one press", async (typed, sentence, whole) => {
    await openPicker();
    await choose("order ready");
    await fireEvent.input(slots()[1] as HTMLElement, { target: { value: typed } });
    expect(screen.getByText(sentence)).not.toBeNull();
    expect(send().disabled).toBe(true);
    await fireEvent.click(screen.getByTestId("slot-mend"));
    expect(slots()[1]?.value).toBe(whole);
    expect(document.activeElement).toBe(slots()[1]);
    expect(send().disabled).toBe(false);
  });

  test("counts what is left once it is little", async () => {
    await openPicker();
    await choose("order ready");
    const room = 1024 - "Hello , your order  is ready. You can collect it today until 6 pm.".length;
    const put = (length: number) =>
      fireEvent.input(slots()[1] as HTMLElement, { target: { value: "x".repeat(length) } });
    await put(100);
    expect(screen.queryByText(/characters left/u)).toBeNull();
    // Rafael stands in the other field.
    await put(room - 6 - 5);
    expect(screen.getAllByText("5 characters left")).toHaveLength(2);
    await put(room - 6 + 1);
    expect(screen.getByText("1 character too many")).not.toBeNull();
  });

  test("a file that is too large, or gone since last time, is said at its field", async () => {
    await openPicker((one) => {
      one.templateStore.all = one.templateStore.all.map((view) => ({
        ...view,
        slots: view.slots.map((slot) =>
          slot.key === "header:media" ? { ...slot, proposed: "lost", source: "last_time" as const } : slot,
        ),
      }));
    });
    await choose("order photo");
    expect(screen.getByText("The file is no longer there; choose it again")).not.toBeNull();
    expect(screen.getByTestId("slot-file").textContent).toBe("Choose or drop a picture");
    const large = new File(["jpeg"], "cake.jpg", { type: "image/jpeg" });
    Object.defineProperty(large, "size", { value: 6 * 1024 * 1024 });
    await fireEvent.change(screen.getByTestId("slot-file-input"), { target: { files: [large] } });
    await settle();
    expect(screen.getByText(/Too large: WhatsApp takes up to 5 MB here/u)).not.toBeNull();
    expect(send().disabled).toBe(true);
  });

  test("what the core refuses stands at its field until that is changed", async () => {
    const backend = await openPicker();
    await choose("order ready");
    await fireEvent.input(slots()[1] as HTMLElement, { target: { value: "4711" } });
    const slot = { key: "body:2", why: { fault: "too_long" as const, length: 4, limit: 3 } };
    const reasons = [{ reason: "template_values" as const, slots: [slot] }];
    vi.spyOn(backend, "sendTemplate").mockResolvedValueOnce({ kind: "refused", reasons });
    await fireEvent.click(send());
    await settle(60);
    expect(screen.getByText("1 character too many")).not.toBeNull();
    expect(screen.queryByTestId("refusal")).toBeNull();
    expect(document.activeElement).toBe(slots()[1]);
    await fireEvent.input(slots()[1] as HTMLElement, { target: { value: "471" } });
    expect(send().disabled).toBe(false);
  });

  test("begins with what the core has kept", async () => {
    await openPicker((backend) => {
      backend.templateStore.all = backend.templateStore.all.map((view) =>
        view.name === "order_ready" ? { ...view, kept: [{ key: "body:2", text: "4711" }] } : view,
      );
    });
    await choose("order ready");
    expect(slots().map(({ value }) => value)).toEqual(["Rafael", "4711"]);
    expect(document.activeElement).toBe(send());
  });

  test("an offer ends on a usual evening by one press", async () => {
    await openPicker();
    await choose("weekend");
    const [today, tomorrow] = screen.getAllByTestId("slot-moment-usual");
    expect(today?.textContent).toBe("18:00");
    await fireEvent.click(tomorrow as HTMLElement);
    expect(screen.getByTestId<HTMLInputElement>("slot-moment").value).toBe("21 Nov 2026");
    expect(screen.getByTestId<HTMLInputElement>("slot-moment-time").value).toBe("18:00");
    expect(tomorrow?.getAttribute("aria-pressed")).toBe("true");
    expect(screen.getByTestId("template-preview").textContent).toContain("Ends in 28 hours");
  });

  test("slots of one part share what Meta allows it", async () => {
    await openPicker();
    await choose("order ready");
    await fireEvent.input(slots()[1] as HTMLElement, { target: { value: "x".repeat(1000) } });
    expect(screen.getByText(/characters too many/u)).not.toBeNull();
    expect(send().disabled).toBe(true);
  });

  test("keeps what was typed while one looks elsewhere", async () => {
    await openPicker();
    await choose("order ready");
    await fireEvent.input(slots()[1] as HTMLElement, { target: { value: "4711" } });
    await key("Escape");
    await choose("new hours");
    await key("Escape");
    await choose("order ready");
    expect(slots()[1]?.value).toBe("4711");
  });

  test("what is taken back stands in the form again", async () => {
    const backend = await openPicker();
    await choose("order ready");
    await fireEvent.input(slots()[1] as HTMLElement, { target: { value: "4711" } });
    await fireEvent.click(send());
    await settle(60);
    await fireEvent.click(screen.getByTestId("undo"));
    await settle(60);
    expect(lastSent(backend)).not.toMatchObject({ name: "order_ready" });
    expect(slots()[1]?.value).toBe("4711");
  });

  test("has nothing against it from a screen reader's side", async () => {
    await openPicker();
    await choose("weekend");
    vi.useRealTimers();
    const found = await axe.run(screen.getByTestId("picker"), {
      rules: { "color-contrast": { enabled: false } },
    });
    expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  });
});

describe("reopening", () => {
  const ask = (backend: FakeBackend, hours: number) => {
    const at = NOW - hours * 3_600_000;
    const row = message(at, "out", bodyOf("template", "?"), {
      outbox_id: `a${hours}`,
      delivery: delivery("read", at),
    });
    backend.thread(CLOSED).messages = [...backend.thread(CLOSED).messages, row];
  };

  test("a customer who was asked without an answer is not asked again unread", async () => {
    const backend = await openPicker((one) => {
      ask(one, 1.5);
      ask(one, 1);
    });
    await choose("reopen");
    await key("Enter", { ctrlKey: true });
    expect(document.activeElement).toBe(screen.getByTestId("unanswered"));
    expect(document.activeElement?.textContent).toContain(
      "2 templates in the last 7 days are still unanswered",
    );
    expect(lastSent(backend)).toMatchObject({ text: "?" });
    await key("Enter", { ctrlKey: true });
    await settle(50);
    expect(lastSent(backend)).toMatchObject({ name: "reopen_question" });
  });
});

describe("the sync", () => {
  test("an old list is asked for anew when the picker opens", async () => {
    const backend = await openPicker((one) => (one.templateStore.syncedAt = NOW - 11 * 60_000));
    expect(backend.templateStore.syncs).toBe(1);
    expect(screen.getByTestId("template-sync").textContent).toContain("Syncing with Meta");
    await settle(1000);
    expect(screen.getByTestId("template-sync").textContent).toMatch(/26 of 26/u);
  });

  test("a fresh one is not", async () => expect((await openPicker()).templateStore.syncs).toBe(0));

  test("a failure says what to do", async () => {
    await openPicker((one) => (one.templateStore.failed = { at: NOW - 1000, code: null, details: "" }));
    expect(screen.getByTestId("sync-failed").textContent).toContain("check the internet connection");
  });
});

test("a template that changed at Meta says what, and opens again with the old values", async () => {
  const backend = await openPicker();
  backend.climbs = [];
  await choose("order ready");
  await fireEvent.input(slots()[1] as HTMLElement, { target: { value: "4711" } });
  await fireEvent.click(send());
  await settle(60);
  const thread = backend.thread(CLOSED);
  const drift = [{ what: "slots" as const, now: 3, sent: 2 }];
  const failure = { code: 132000, name: "template_parameter_count", details: null, drift, choice: null };
  thread.messages = thread.messages.map((row, at) =>
    at === thread.messages.length - 1 ? { ...row, delivery: delivery("failed", NOW, { failure }) } : row,
  );
  backend.emit({ threads: [CLOSED] });
  await settle(60);
  expect(screen.getAllByTestId("failed").at(-1)?.textContent).toContain(
    "It has 3 fields now; 2 were filled.",
  );
  await fireEvent.click(screen.getByTestId("failed-drift"));
  await settle(60);
  expect(slots()[1]?.value).toBe("4711");
});

test("a failed one from before a restart opens with what it says was filled in", async () => {
  const values = [{ key: "body:2", text: "4711" }];
  const choice = { name: "order_ready", language: "de", values };
  const drift = [{ what: "text" as const }];
  const failure = { code: 132000, name: "template_parameter_count", details: null, drift, choice };
  await openPicker((backend) => {
    const row = message(NOW - 60_000, "out", bodyOf("template", "?"), {
      outbox_id: "earlier",
      delivery: delivery("failed", NOW - 60_000, { failure }),
    });
    backend.thread(CLOSED).messages = [...backend.thread(CLOSED).messages, row];
  });
  await fireEvent.click(screen.getByTestId("failed-drift"));
  await settle(60);
  expect(slots().map(({ value }) => value)).toEqual(["Rafael", "4711"]);
  expect(screen.getByTestId("template-preview").textContent).toContain("Guten Tag Rafael");
});
