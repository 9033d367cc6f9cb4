import { fireEvent, render, screen, within } from "@testing-library/svelte";
import { describe, expect, test, vi } from "vitest";
import App from "../../App.svelte";
import { Session } from "../../state/session.svelte";
import {
  click,
  field,
  live,
  openTemplates,
  playHere,
  press,
  row,
  rules,
  settle,
  toasts,
  type,
  write,
} from "./templates.stage";

playHere();

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

  test("a valid one is fetched as Meta has it as soon as it is handed in", async () => {
    const backend = await openTemplates();
    const sync = vi.spyOn(backend, "syncTemplates");
    await write();
    await click("editor-hand-in");
    await settle(100);
    expect(sync).toHaveBeenCalledOnce();
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

  test("a changed one is heard of though no list has shown it waiting", async () => {
    const backend = await openTemplates();
    const submit = backend.submitTemplate;
    vi.spyOn(backend, "submitTemplate").mockImplementation(async (id) => {
      const result = await submit(id);
      backend.drafting.settle("order_ready", "en", "APPROVED");
      return result;
    });
    await fireEvent.click(within(row("order_ready", "en")).getByTestId("review-edit"));
    await settle(50);
    await type("editor-body", "Hello {{1}}, your order {{2}} is ready. You can collect it until 7 pm.");
    await click("editor-hand-in");
    await settle(1500);
    expect(toasts().join()).toContain("Approved, can be sent now: order_ready (English)");
    expect(screen.getByTestId("handed-in").textContent).toContain("is approved");
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

  test("says how much of the sample Meta has", async () => {
    const backend = await openTemplates();
    await write();
    let answer: () => void = () => undefined;
    vi.spyOn(backend, "submitTemplate").mockImplementation(
      () => new Promise((done) => (answer = () => done({ outcome: "not_reached" }))),
    );
    await click("editor-hand-in");
    await settle(50);
    const bar = screen.getByRole("progressbar");
    expect(bar.getAttribute("aria-valuenow")).toBeNull();
    backend.uploading({ outbox_id: backend.drafting.drafts[0]?.id ?? "", sent: 2, total: 8 });
    await settle();
    expect(bar.getAttribute("aria-valuenow")).toBe("25");
    answer();
    await settle(50);
    expect(screen.queryByRole("progressbar")).toBeNull();
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
    live.session.stop();
    live.app.unmount();
    live.session = new Session(backend);
    live.app = render(App, { session: live.session });
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
