import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { catalogue } from "../backend/fake/template_catalogue";
import type { SlotValue } from "../backend/generated/SlotValue";
import type { TemplateView } from "../backend/generated/TemplateView";
import { TemplateForms } from "./template_form.svelte";

const THREAD = 7;
const found = (name: string, language: string) =>
  catalogue(0).find((view) => view.name === name && view.language === language) as TemplateView;
const ready = found("order_ready", "en");
const photo = found("order_photo", "en");
const kept = (view: TemplateView, values: Record<string, string>): TemplateView & { kept: SlotValue[] } => ({
  ...view,
  kept: Object.entries(values).map(([key, text]) => ({ key, text })),
});

function core() {
  const saved: { threadId: number; name: string; language: string; values: Record<string, string> }[] = [];
  const backend = {
    broken: false,
    files: new Map<string, ArrayBuffer>(),
    attachForTemplate: vi.fn(),
    attachment: async (id: string) => backend.files.get(id) ?? new ArrayBuffer(0),
    async saveTemplateValues(threadId: number, name: string, language: string, values: SlotValue[]) {
      if (backend.broken) throw { code: "internal", message: "disk full" };
      saved.push({
        threadId,
        name,
        language,
        values: Object.fromEntries(values.map(({ key, text }) => [key, text])),
      });
    },
  };
  return { backend, saved, forms: new TemplateForms(backend) };
}
const pause = () => vi.advanceTimersByTimeAsync(300);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("what is filled in", () => {
  test("is saved once one pauses, all of it at once", async () => {
    const { forms, saved } = core();
    const form = forms.of(THREAD, ready);
    form.type("body:1", "Ana");
    form.type("body:2", "47");
    form.type("body:2", "4711");
    expect(saved).toEqual([]);
    await pause();
    const values = { "body:1": "Ana", "body:2": "4711" };
    expect(saved).toEqual([{ threadId: THREAD, name: "order_ready", language: "en", values }]);
  });

  test("is saved at once when the window loses the person's attention", async () => {
    const { forms, saved } = core();
    forms.of(THREAD, ready).type("body:2", "4711");
    await forms.flush();
    expect(saved).toHaveLength(1);
    await pause();
    expect(saved).toHaveLength(1);
  });

  test("is tried again where it could not be saved", async () => {
    const { backend, forms, saved } = core();
    backend.broken = true;
    forms.of(THREAD, ready).type("body:2", "4711");
    await pause();
    backend.broken = false;
    await forms.flush();
    expect(saved.map(({ values }) => values)).toEqual([{ "body:2": "4711" }]);
  });

  test("stays in the window where the core keeps nothing", async () => {
    const { backend } = core();
    const { attachForTemplate, attachment } = backend;
    const forms = new TemplateForms({ attachForTemplate, attachment });
    forms.of(THREAD, ready).type("body:2", "4711");
    await pause();
    expect(forms.of(THREAD, ready).typed).toEqual({ "body:2": "4711" });
  });
});

describe("what was kept", () => {
  test("begins the form, before what is proposed", () => {
    const { forms } = core();
    const slots = ready.slots.map((slot) => ({ ...slot, proposed: "Ana" }));
    const view = kept({ ...ready, slots }, { "body:2": "4711" });
    expect(forms.of(THREAD, view).values(slots)).toEqual({ "body:1": "Ana", "body:2": "4711" });
    expect(forms.begun(THREAD, view)).toBe(true);
  });

  test("does not overrule what is being typed", () => {
    const { forms } = core();
    forms.of(THREAD, ready).type("body:2", "4712");
    expect(forms.of(THREAD, kept(ready, { "body:2": "4711" })).typed["body:2"]).toBe("4712");
  });

  test("is not saved after it has left, nor there again from an old list", async () => {
    const { forms, saved } = core();
    const view = kept(ready, { "body:2": "4711" });
    forms.of(THREAD, view).type("body:2", "4712");
    await forms.leaving(THREAD, view);
    const choice = { name: view.name, language: view.language, values: [{ key: "body:2", text: "4712" }] };
    forms.sent("outbox", THREAD, choice, view);
    await pause();
    expect(saved).toEqual([]);
    expect(forms.of(THREAD, view).typed).toEqual({});
  });

  test("is there and saved again when the message was taken back", async () => {
    const { forms, saved } = core();
    forms.of(THREAD, ready).type("body:2", "4711");
    await forms.leaving(THREAD, ready);
    const choice = { name: ready.name, language: ready.language, values: [{ key: "body:2", text: "4711" }] };
    forms.sent("outbox", THREAD, choice, ready);
    forms.bringBack("outbox");
    await pause();
    expect(forms.of(THREAD, ready).typed["body:2"]).toBe("4711");
    expect(saved.map(({ values }) => values)).toEqual([{ "body:2": "4711" }]);
  });

  test("a message that says itself what was filled in begins the form, too", () => {
    const { forms } = core();
    const choice = { name: ready.name, language: ready.language, values: [{ key: "body:2", text: "4711" }] };
    forms.fill(THREAD, choice);
    expect(forms.chosen(THREAD)).toBe("order_ready en");
    expect(forms.of(THREAD, ready).typed).toEqual({ "body:2": "4711" });
  });

  test("shows its file, and says where that is gone", async () => {
    const { backend, forms } = core();
    const slot = photo.slots.find(({ key }) => key === "header:media") as TemplateView["slots"][number];
    backend.files.set("cake", new ArrayBuffer(8));
    const there = forms.of(THREAD, kept(photo, { "header:media": "cake" }));
    await there.recall(slot);
    expect(there.files["header:media"]).toMatchObject({ size: 8, fault: null });
    const gone = forms.of(8, kept(photo, { "header:media": "lost" }));
    await gone.recall(slot);
    expect(gone.files["header:media"]?.fault).toEqual({ fault: "gone" });
    expect(gone.value(slot)).toBe("");
  });
});

test("what the core refused stands against the value that it refused, and no other", () => {
  const { forms } = core();
  const form = forms.of(THREAD, ready);
  form.refuse([{ key: "body:2", why: { fault: "spaces" } }], { "body:2": "47  11" });
  expect(form.refusal("body:2", "47  11")).toEqual({ fault: "spaces" });
  expect(form.refusal("body:2", "4711")).toBeNull();
});
