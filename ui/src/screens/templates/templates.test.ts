import { fireEvent, render, screen, within } from "@testing-library/svelte";
import axe from "axe-core";
import { tick } from "svelte";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import App from "../../App.svelte";
import { FakeBackend, type FakeOptions } from "../../backend/fake/fake";
import { livedIn } from "../../backend/fake/template_shelf";
import { Session } from "../../state/session.svelte";

const NOW = new Date(2026, 10, 20, 14, 0, 0).getTime();
let session: Session;
let app: ReturnType<typeof render>;
// The whole app is on the screen in each of these; a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

async function settle(ms = 30) {
  await vi.advanceTimersByTimeAsync(ms);
  await tick();
}

async function openTemplates(
  prepare: (backend: FakeBackend) => void = () => undefined,
  options: FakeOptions = {},
) {
  const backend = new FakeBackend({ now: NOW, ...options });
  backend.templateStore.all = livedIn(NOW);
  prepare(backend);
  session = new Session(backend);
  app = render(App, { session });
  await settle(50);
  await press("t", { ctrlKey: true });
  await settle(50);
  return backend;
}

async function press(key: string, more: KeyboardEventInit = {}) {
  await fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more });
  await settle();
}
async function click(testid: string, at = 0) {
  await fireEvent.click(screen.getAllByTestId(testid)[at] as HTMLElement);
  await settle();
}
async function type(testid: string, value: string, at = 0) {
  await fireEvent.input(screen.getAllByTestId(testid)[at] as HTMLElement, { target: { value } });
  await settle(500);
}
const field = (testid: string) => screen.getByTestId<HTMLTextAreaElement>(testid);
const row = (name: string, language: string) =>
  screen
    .getAllByTestId("review-row")
    .find((one) => one.dataset.name === name && one.dataset.language === language) as HTMLElement;
const rules = () => screen.queryAllByTestId("finding").map((one) => one.dataset.rule);
const toasts = () => screen.queryAllByTestId("toast").map((one) => one.textContent);

async function write(body = "Hello {{first_name}}, your cake is ready and waits for you here.") {
  await click("review-new");
  await type("editor-name", "Cake ready");
  await type("editor-body", body);
  for (const [at, sample] of screen.queryAllByTestId("editor-sample").entries())
    if (!(sample as HTMLInputElement).value) await type("editor-sample", "Mara", at);
}

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

describe("beside the inbox", () => {
  test("a key leads there and Esc back; the inbox waits as it was left", async () => {
    await openTemplates();
    expect(screen.getByTestId("template-review")).toBeTruthy();
    expect(screen.getByTestId("rail-templates").getAttribute("aria-current")).toBe("page");
    await press("Escape");
    expect(screen.queryByTestId("templates-screen")).toBeNull();
    await fireEvent.click(screen.getAllByTestId("thread-row")[0] as HTMLElement);
    await settle(50);
    await fireEvent.input(screen.getByTestId("composer"), { target: { value: "half a sentence" } });
    await press("t", { ctrlKey: true });
    expect(screen.getByTestId("templates-screen")).toBeTruthy();
    expect(screen.getByTestId("composer").closest<HTMLElement>(".inbox")?.inert).toBe(true);
    await press("Escape");
    expect(screen.getByTestId<HTMLTextAreaElement>("composer").value).toBe("half a sentence");
  });

  test("keys of the inbox do nothing to threads that are out of sight", async () => {
    const backend = await openTemplates();
    (document.activeElement as HTMLElement).blur();
    const mark = vi.spyOn(backend, "markThreads");
    for (const key of ["e", "u", "p", "j"]) await press(key);
    expect(mark).not.toHaveBeenCalled();
    expect(screen.getByTestId("templates-screen")).toBeTruthy();
  });

  test("a section of the rail leads back to the inbox", async () => {
    await openTemplates();
    await click("rail-item", 1);
    expect(screen.queryByTestId("templates-screen")).toBeNull();
  });

  test("what is being written is there again after a look at the inbox", async () => {
    await openTemplates();
    await click("review-new");
    await type("editor-body", "Half a template");
    await press("t", { ctrlKey: true });
    expect(screen.queryByTestId("templates-screen")).toBeNull();
    await press("t", { ctrlKey: true });
    expect(field("editor-body").value).toBe("Half a template");
  });
});

describe("the review", () => {
  test("shows numbers, not only bars", async () => {
    await openTemplates();
    const text = row("order_ready", "en").textContent ?? "";
    expect(text).toContain("39 of 40");
    expect(text).toContain("12 of 40");
  });

  test("says what is wrong and what to do", async () => {
    await openTemplates();
    await click("review-filter-look");
    expect(row("spring_offer", "en").textContent).toContain("the places are marked");
    expect(row("spring_offer", "en").textContent).toContain("Variables can't be at the start");
    expect(row("spring_offer", "de").textContent).toContain("Paused by Meta until");
    expect(row("appointment_reminder", "de").textContent).toContain("advertising rate");
    expect(row("reopen_question", "de")).toBeUndefined();
  });

  test("“still right” settles what nobody has checked", async () => {
    const backend = await openTemplates();
    const old = row("order_ready", "en");
    await fireEvent.click(within(old).getByTestId("review-right"));
    await settle(1500);
    expect(within(row("order_ready", "en")).queryByTestId("review-note")).toBeNull();
    expect(
      backend.templateStore.all.find(({ id }) => id === "order_ready-en")?.checked_at,
    ).toBeGreaterThanOrEqual(NOW);
  });

  test("finds by words of the text", async () => {
    await openTemplates();
    await type("review-search", "kuchen mitnehmen");
    expect(screen.getAllByTestId("review-row").map((one) => one.dataset.name)).toEqual(["spring_offer"]);
    await type("review-search", "xyz");
    expect(screen.getByTestId("review-none").textContent).toContain("xyz");
  });

  test("deletes only after it said what that means, and says when Meta said no", async () => {
    const backend = await openTemplates();
    await fireEvent.click(within(row("order_ready", "en")).getByTestId("review-more"));
    await settle();
    await click("review-more-delete");
    const dialog = screen.getByTestId("delete-dialog");
    expect(dialog.textContent).toContain("30 days");
    backend.drafting.actWith = { outcome: "not_reached" };
    await click("delete-do");
    expect(within(dialog).getByRole("alert").textContent).toContain("not reached");
    backend.drafting.actWith = { outcome: "done" };
    await click("delete-do");
    await settle(50);
    expect(row("order_ready", "en")).toBeUndefined();
    expect(row("order_ready", "de")).toBeTruthy();
  });

  test("lets a paused one go on", async () => {
    await openTemplates();
    await fireEvent.click(within(row("spring_offer", "de")).getByTestId("review-unpause"));
    await settle(1500);
    expect(row("spring_offer", "de").textContent).toContain("Approved");
  });

  test("makes a new language from an existing one", async () => {
    const backend = await openTemplates();
    await fireEvent.click(within(row("new_hours", "en")).getByTestId("review-more"));
    await settle();
    await click("review-more-translate");
    await fireEvent.change(screen.getByTestId("translate-language"), { target: { value: "fr" } });
    await click("translate-do");
    expect(field("editor-name").value).toBe("new_hours");
    expect(screen.getByTestId<HTMLSelectElement>("editor-language").value).toBe("fr");
    await type("editor-body", "À partir du {{1}} nous ouvrons à {{2}} heures, à bientôt.");
    expect(backend.drafting.drafts).toMatchObject([{ name: "new_hours", language: "fr", edits: null }]);
  });

  test("a thousand templates are not drawn at once", async () => {
    await openTemplates((backend) => {
      const [one] = backend.templateStore.all;
      if (one)
        backend.templateStore.all = Array.from({ length: 1000 }, (_, at) => ({
          ...one,
          name: `many_${at}`,
          id: `${at}`,
        }));
    });
    expect(screen.getAllByTestId("review-row").length).toBeLessThan(100);
    await type("review-search", "many 999");
    expect(screen.getAllByTestId("review-row")).toHaveLength(1);
  });
});

describe("the editor", () => {
  test("takes a name as it is typed and shows what it will be", async () => {
    await openTemplates();
    await click("review-new");
    await type("editor-name", "Größe & Preis");
    expect(field("editor-name").value).toBe("Größe & Preis");
    expect(screen.getByTestId("editor-name-as").textContent).toContain("groesse_preis");
  });

  test("explains what Meta refuses beside the part, and leads there instead of handing in", async () => {
    const backend = await openTemplates();
    const submit = vi.spyOn(backend, "submitTemplate");
    await write("{{first_name}}, your cake is ready and waits for you here.");
    expect(rules()).toContain("variable_at_start");
    const marked = field("editor-body").parentElement?.querySelector(".under .refused");
    expect(marked?.textContent).toBe("{{first_name}}");
    await click("editor-hand-in");
    await settle(50);
    expect(submit).not.toHaveBeenCalled();
    expect(screen.getByTestId("editor-result").textContent).toContain("Not handed in");
    expect(document.activeElement).toBe(field("editor-body"));
    expect([field("editor-body").selectionStart, field("editor-body").selectionEnd]).toEqual([0, 14]);
  });

  test("a valid one is handed in, approved without a restart, and heard of", async () => {
    await openTemplates();
    await write();
    expect(rules()).toEqual([]);
    await click("editor-hand-in");
    await settle(100);
    expect(screen.getByTestId("handed-in").textContent).toContain("cake_ready");
    expect(row("cake_ready", "en").textContent).toContain("In review");
    await press("Escape");
    await settle(10_000);
    expect(toasts().join()).toContain("Approved, can be sent now: cake_ready (English)");
  });

  test("asks once about what is risky", async () => {
    const backend = await openTemplates();
    const submit = vi.spyOn(backend, "submitTemplate");
    backend.drafting.answerWith = { outcome: "not_reached" };
    await write("Hello {{first_name}}, there is a discount on cakes for you today.");
    await click("editor-hand-in");
    await settle(50);
    expect(screen.getByTestId("risk-dialog").textContent).toContain("promotes");
    expect(submit).not.toHaveBeenCalled();
    await click("risk-do");
    await settle(100);
    expect(submit).toHaveBeenCalledTimes(1);
    expect(screen.getByTestId("editor-result").textContent).toContain("Meta was not reached");
    await click("editor-hand-in");
    await settle(100);
    expect(screen.queryByTestId("risk-dialog")).toBeNull();
    expect(submit).toHaveBeenCalledTimes(2);
  });

  test("puts variables where the caret is, and asks for their samples", async () => {
    await openTemplates();
    await click("review-new");
    await type("editor-body", "Hello , welcome");
    field("editor-body").setSelectionRange(6, 6);
    await click("editor-variable");
    await type("variable-name", "First name");
    await click("variable-insert");
    await settle(500);
    expect(field("editor-body").value).toBe("Hello {{first_name}}, welcome");
    expect(screen.getAllByTestId("editor-sample").map((one) => one.dataset.key)).toEqual(["body:first_name"]);
  });

  test("marks, undo and redo by keys", async () => {
    await openTemplates();
    await click("review-new");
    await type("editor-body", "very good");
    field("editor-body").focus();
    field("editor-body").setSelectionRange(0, 4);
    await press("b", { ctrlKey: true });
    expect(field("editor-body").value).toBe("*very* good");
    await press("z", { ctrlKey: true });
    await press("z", { ctrlKey: true });
    expect(field("editor-body").value).toBe("");
    await press("y", { ctrlKey: true });
    await press("z", { ctrlKey: true, shiftKey: true });
    expect(field("editor-body").value).toBe("*very* good");
  });

  test("keeps line breaks out of what is one line", async () => {
    await openTemplates();
    await click("review-new");
    await type("editor-footer", "one\ntwo");
    expect(field("editor-footer").value).toBe("one two");
  });

  test("buttons have limits, and keep the keyboard when they move", async () => {
    await openTemplates();
    await click("review-new");
    await click("editor-add-phone_number");
    expect(screen.getByTestId<HTMLButtonElement>("editor-add-phone_number").disabled).toBe(true);
    await click("editor-add-quick_reply");
    await type("editor-button-text", "Call us", 0);
    await type("editor-button-text", "Yes", 1);
    const up = screen.getAllByTestId("editor-button")[1]?.querySelector<HTMLElement>('[data-move="-1"]');
    up?.focus();
    await fireEvent.click(up as HTMLElement);
    await settle(500);
    expect(
      screen.getAllByTestId<HTMLTextAreaElement>("editor-button-text").map(({ value }) => value),
    ).toEqual(["Yes", "Call us"]);
    expect(screen.getAllByTestId("editor-button")[0]?.contains(document.activeElement)).toBe(true);
  });

  test("refuses a sample of another kind before anything is uploaded", async () => {
    const backend = await openTemplates();
    const attach = vi.spyOn(backend, "attachSample");
    await click("review-new");
    await click("editor-header-image");
    const put = async (name: string, type: string) => {
      const file = new File([new Uint8Array([1, 2])], name, { type });
      // The one of the test browser waits for real time.
      const files = [Object.assign(file, { arrayBuffer: async () => new Uint8Array([1, 2]).buffer })];
      await fireEvent.change(screen.getByTestId("sample-input"), { target: { files } });
      await settle(50);
    };
    await put("film.mp4", "video/mp4");
    expect(screen.getByTestId("sample-fault").textContent).toContain("JPEG or PNG");
    expect(attach).not.toHaveBeenCalled();
    await put("cake.png", "image/png");
    await settle(100);
    expect(screen.queryByTestId("sample-fault")).toBeNull();
    expect(screen.getByTestId("sample-file").textContent).toContain("cake.png");
  });

  test("name and language of an existing one stay, and the limits of changes are said", async () => {
    await openTemplates();
    await fireEvent.click(within(row("order_ready", "de")).getByTestId("review-edit"));
    await settle(50);
    expect(field("editor-name").readOnly).toBe(true);
    expect(screen.getByTestId("editor-limits").textContent).toContain("ten within 30 days");
    expect(screen.getByTestId<HTMLInputElement>("editor-category-MARKETING").disabled).toBe(true);
  });

  test("what is lacking is no mistake while one writes, and stands against it once it is to be handed in", async () => {
    await openTemplates();
    await click("review-new");
    await settle(500);
    expect(rules()).toEqual([]);
    await type("editor-body", "Hello {{first_name}}, your cake is ready and waits here.");
    expect(rules()).toEqual([]);
    expect(screen.getByTestId("editor-lacking").textContent).toContain("2 things are still missing");
    await click("editor-hand-in");
    await settle(50);
    expect(rules()).toEqual(["missing", "sample_missing"]);
    expect(document.activeElement).toBe(field("editor-name"));
  });

  test("a look at a template leaves no draft behind", async () => {
    const backend = await openTemplates();
    await fireEvent.click(within(row("order_ready", "de")).getByTestId("review-edit"));
    await settle(50);
    await press("Escape");
    await settle(50);
    expect(backend.drafting.drafts).toEqual([]);
    await fireEvent.click(within(row("order_ready", "de")).getByTestId("review-edit"));
    await settle(50);
    await type("editor-footer", "Changed");
    await press("Escape");
    await settle(50);
    expect(backend.drafting.drafts).toMatchObject([{ footer: "Changed", edits: "order_ready-de" }]);
  });

  test("a draft is there after a restart", async () => {
    const backend = await openTemplates();
    await click("review-new");
    await type("editor-body", "Half a template");
    session.stop();
    app.unmount();
    session = new Session(backend);
    render(App, { session });
    await settle(50);
    await press("t", { ctrlKey: true });
    await settle(50);
    await click("review-draft-open");
    expect(field("editor-body").value).toBe("Half a template");
  });

  test("a doubtful one goes by itself once the list has it", async () => {
    const backend = await openTemplates((one) => (one.drafting.answerWith = { outcome: "doubtful" }));
    await write();
    await click("editor-hand-in");
    await settle(100);
    expect(screen.getByTestId("editor-result").textContent).toContain("Do not hand it in twice");
    backend.drafting.discard(backend.drafting.drafts[0]?.id ?? "");
    await settle(2000);
    expect(screen.getByTestId("handed-in").textContent).toContain("cake_ready");
  });

  test("a draft thrown away in the list comes back", async () => {
    const backend = await openTemplates();
    await click("review-new");
    await type("editor-body", "Half a template");
    await press("Escape");
    await settle(50);
    await click("review-draft-discard");
    await settle(1500);
    expect(screen.queryByTestId("review-draft")).toBeNull();
    await click("toast-undo");
    await settle(1500);
    expect(backend.drafting.drafts).toMatchObject([{ body: "Half a template" }]);
    expect(screen.getByTestId("review-draft")).toBeTruthy();
  });
});

describe("nothing yet", () => {
  test("teaches what a template is, and three examples lead to a draft", async () => {
    await openTemplates((backend) => (backend.templateStore.all = []));
    await settle(50);
    expect(screen.getByTestId("review-empty").textContent).toContain("approved beforehand");
    expect(screen.getAllByTestId("example")).toHaveLength(3);
    await click("example-use");
    await settle(500);
    expect(field("editor-name").value).toBe("order_ready_to_collect");
    expect(rules()).toEqual([]);
  });

  test("all examples stand by reason, in the language one chooses", async () => {
    await openTemplates();
    await click("review-example");
    await settle(50);
    expect(screen.getAllByTestId("example")).toHaveLength(6);
    await fireEvent.change(screen.getByTestId("examples-language"), { target: { value: "de" } });
    await settle(50);
    expect(screen.getAllByTestId("example")[0]?.textContent).toContain("Guten Tag");
  });
});

describe("to everybody", () => {
  async function faults(): Promise<string[]> {
    vi.useRealTimers();
    const found = await axe.run(screen.getByTestId("templates-screen"), {
      rules: { "color-contrast": { enabled: false } },
    });
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  }

  test("the review has no fault that axe finds", async () => {
    await openTemplates((backend) =>
      backend.drafting.save({ ...backend.drafting.edit("order_ready", "de") }),
    );
    expect(await faults()).toEqual([]);
  });

  test("the editor has none", async () => {
    await openTemplates();
    await write("{{first_name}}, a discount {{date}}");
    await click("editor-header-text");
    await click("editor-add-url");
    await click("editor-add-copy_code");
    expect(await faults()).toEqual([]);
  });

  test("the examples have none", async () => {
    await openTemplates();
    await click("review-example");
    expect(await faults()).toEqual([]);
  });
});
