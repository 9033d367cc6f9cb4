import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { FakeBackend } from "../backend/fake/fake";
import type { TemplateDraft } from "../backend/generated/TemplateDraft";
import { emptyDraft } from "../text/template_draft";
import { TemplateEditor } from "./template_editor.svelte";

const NOW = new Date(2026, 10, 20, 14, 0, 0).getTime();
let backend: FakeBackend;
const reports: unknown[] = [];

const GOOD: Partial<TemplateDraft> = {
  name: "cake_is_ready",
  body: "Hello {{first_name}}, your cake is ready and waits for you here.",
  samples: [{ key: "body:first_name", text: "Mara" }],
};

function open(part: Partial<TemplateDraft> = {}): TemplateEditor {
  return new TemplateEditor(backend, { ...emptyDraft("en"), ...part }, (error) => reports.push(error));
}
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const file = (name: string, type = "image/png") => ({
  name,
  type,
  size: 3,
  arrayBuffer: async () => new Uint8Array([1, 2, 3]).buffer,
});

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ["setTimeout", "clearTimeout", "performance", "Date"] });
  backend = new FakeBackend({ now: NOW });
  reports.length = 0;
});
afterEach(() => vi.useRealTimers());

describe("a draft", () => {
  test("is kept a moment after it was typed, once and not per letter", async () => {
    const save = vi.spyOn(backend, "saveTemplateDraft");
    const editor = open();
    for (const body of ["H", "He", "Hel"]) editor.change("body", { body });
    expect(editor.saved).toBe("changed");
    await pass(500);
    expect(save).toHaveBeenCalledTimes(1);
    expect(editor.saved).toBe("saved");
    expect(backend.drafting.drafts).toMatchObject([{ body: "Hel" }]);
  });

  test("that is new stays one draft, however fast one goes on typing", async () => {
    let answer: (id: string) => void = () => undefined;
    const save = vi.spyOn(backend, "saveTemplateDraft");
    save.mockImplementationOnce(async (draft) => {
      const id = backend.drafting.save(draft);
      return new Promise((resolve) => (answer = () => resolve(id)));
    });
    const editor = open();
    editor.change("body", { body: "A" });
    await pass(500);
    editor.change("body", { body: "AB" });
    await pass(500);
    answer("");
    await pass(10);
    expect(backend.drafting.drafts).toMatchObject([{ body: "AB" }]);
    expect(editor.saved).toBe("saved");
  });

  test("is kept at once when one leaves", async () => {
    const editor = open();
    editor.change("name", { name: "x" });
    await editor.flush();
    expect(backend.drafting.drafts).toMatchObject([{ name: "x" }]);
  });

  test("that was only looked at is not kept", async () => {
    await open().flush();
    expect(backend.drafting.drafts).toEqual([]);
  });

  test("that could not be kept says so, and is kept with the next change", async () => {
    const save = vi.spyOn(backend, "saveTemplateDraft");
    save.mockRejectedValueOnce({ code: "disk_full", message: "full" });
    const editor = open();
    editor.change("body", { body: "A" });
    await pass(500);
    expect(editor.saved).toBe("failed");
    expect(reports).toMatchObject([{ code: "disk_full" }]);
    editor.change("body", { body: "AB" });
    await pass(500);
    expect(editor.saved).toBe("saved");
    expect(backend.drafting.drafts).toMatchObject([{ body: "AB" }]);
  });
});

describe("taking back", () => {
  test("letters of one part are one step, a pause and another part begin a new one", async () => {
    const editor = open();
    for (const body of ["a", "ab"]) editor.change("body", { body });
    await pass(2000);
    editor.change("body", { body: "abc" });
    editor.change("footer", { footer: "f" });
    editor.undo();
    expect(editor.draft).toMatchObject({ body: "abc", footer: "" });
    editor.undo();
    expect(editor.draft.body).toBe("ab");
    editor.undo();
    expect(editor.draft.body).toBe("");
    expect(editor.canUndo).toBe(false);
    editor.redo();
    editor.redo();
    editor.redo();
    expect(editor.draft).toMatchObject({ body: "abc", footer: "f" });
    expect(editor.canRedo).toBe(false);
  });

  test("keeps the draft that it is", async () => {
    const editor = open();
    editor.change("body", { body: "a" });
    await pass(500);
    const { id } = editor.draft;
    editor.undo();
    await pass(500);
    expect(editor.draft.id).toBe(id);
    expect(backend.drafting.drafts).toHaveLength(1);
  });

  test("brings back a sample that was thrown away, with its bytes", async () => {
    const editor = open({ header: { kind: "image", text: "", file: null } });
    await editor.attach(file("cake.png"));
    const first = editor.draft.header?.file?.id ?? "";
    editor.removeFile();
    await pass(500);
    editor.undo();
    await pass(500);
    const again = editor.draft.header?.file;
    expect(again).toMatchObject({ filename: "cake.png", size: 3 });
    expect(again?.id).not.toBe(first);
    expect(backend.drafting.bytes(again?.id ?? "").byteLength).toBe(3);
  });
});

describe("a sample file", () => {
  test("belongs to a draft that is kept before and after", async () => {
    const editor = open({ header: { kind: "image", text: "", file: null } });
    const attaching = editor.attach(file("cake.png"));
    expect(editor.attaching?.filename).toBe("cake.png");
    await attaching;
    expect(editor.attaching).toBeNull();
    expect(backend.drafting.drafts).toMatchObject([{ header: { file: { filename: "cake.png" } } }]);
  });

  test("that takes its time is not thrown away by what is typed meanwhile", async () => {
    const editor = open({ header: { kind: "image", text: "", file: null } });
    const save = vi.spyOn(backend, "saveTemplateDraft");
    const attach = backend.attachSample;
    let go: () => void = () => undefined;
    vi.spyOn(backend, "attachSample").mockImplementation(async (...given) => {
      await new Promise<void>((resolve) => (go = resolve));
      return attach(...given);
    });
    const attaching = editor.attach(file("cake.png"));
    await pass(10);
    save.mockClear();
    editor.change("body", { body: "typed meanwhile" });
    await pass(2000);
    expect(save).not.toHaveBeenCalled();
    expect(await editor.handIn()).toBeNull();
    go();
    await attaching;
    expect(backend.drafting.drafts).toMatchObject([
      { body: "typed meanwhile", header: { file: { filename: "cake.png" } } },
    ]);
  });

  test("of another kind goes with the kind of the heading", async () => {
    const editor = open({ header: { kind: "image", text: "", file: null } });
    await editor.attach(file("cake.png"));
    editor.header("video");
    expect(editor.draft.header).toEqual({ kind: "video", text: "", file: null });
    editor.header("");
    expect(editor.draft.header).toBeNull();
  });
});

describe("handing in", () => {
  test("what Meta refuses is not even sent", async () => {
    const submit = vi.spyOn(backend, "submitTemplate");
    const editor = open({ ...GOOD, body: "{{first_name}}, your cake is ready and waits here." });
    const result = await editor.handIn();
    expect(result?.outcome).toBe("findings");
    expect(editor.refused.map(({ rule }) => rule)).toContain("variable_at_start");
    expect(submit).not.toHaveBeenCalled();
  });

  test("saves first, and is a draft no more", async () => {
    const editor = open();
    editor.change("", GOOD);
    expect((await editor.handIn())?.outcome).toBe("handed_in");
    await pass(1000);
    expect(backend.drafting.drafts).toEqual([]);
    expect(backend.templateStore.all.at(-1)).toMatchObject({ name: "cake_is_ready", status: "PENDING" });
  });

  test("an example that nobody has changed can be handed in", async () => {
    expect((await open(GOOD).handIn())?.outcome).toBe("handed_in");
  });

  test("no by Meta stays until something is changed, and the draft stays", async () => {
    backend.drafting.answerWith = { outcome: "refused", code: 2388040, title: "", details: "" };
    const editor = open(GOOD);
    await editor.handIn();
    expect(editor.result?.outcome).toBe("refused");
    expect(backend.drafting.drafts).toHaveLength(1);
    editor.change("body", { body: "Other words, which are better." });
    expect(editor.result).toBeNull();
  });

  test("pressed twice hands in once", async () => {
    const submit = vi.spyOn(backend, "submitTemplate");
    const editor = open(GOOD);
    await Promise.all([editor.handIn(), editor.handIn()]);
    expect(submit).toHaveBeenCalledTimes(1);
  });
});

test("what stands against it is asked for after a pause, and an old answer is dropped", async () => {
  const check = vi.spyOn(backend, "checkTemplate");
  const editor = open(GOOD);
  await pass(10);
  check.mockClear();
  editor.change("body", { body: "a" });
  editor.change("body", { body: "ab" });
  expect(editor.checked).toBe(false);
  await pass(400);
  expect(check).toHaveBeenCalledTimes(1);
  expect(editor.checked).toBe(true);
});
