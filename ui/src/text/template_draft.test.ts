import { describe, expect, test } from "vitest";
import { livedIn } from "../backend/fake/template_shelf";
import type { TemplateDraft } from "../backend/generated/TemplateDraft";
import type { TemplateView } from "../backend/generated/TemplateView";
import {
  draftFrom,
  emptyDraft,
  fixedParts,
  insertButton,
  isEmpty,
  partsOf,
  reorder,
  sampleOf,
  sampleSlots,
} from "./template_draft";

const button = (kind: string, text = kind, value = "") => ({ kind, text, value, rest: "" });
const draft = (part: Partial<TemplateDraft>): TemplateDraft => ({ ...emptyDraft("de"), ...part });

test("samples are asked for in the order of the message", () => {
  const slots = sampleSlots(
    draft({
      header: { kind: "text", text: "Order {{number}}", file: null },
      body: "Hello {{name}}, {{number}} and {{name}}",
      buttons: [button("quick_reply"), button("url", "Track", "https://a.example/{{1}}")],
    }),
  );
  expect(slots.map(({ key }) => key)).toEqual(["header:number", "body:name", "body:number", "button:1"]);
});

test("the sample of a button moves with it", () => {
  const before = draft({
    buttons: [button("url", "A", "https://a.example/{{1}}"), button("url", "B", "https://b.example/{{1}}")],
    samples: [
      { key: "button:0", text: "a" },
      { key: "body:1", text: "x" },
    ],
  });
  const after = { ...before, ...reorder(before, [1, 0]) };
  expect(after.buttons.map(({ text }) => text)).toEqual(["B", "A"]);
  expect(sampleOf(after, "button:1")).toBe("a");
  expect(sampleOf(after, "button:0")).toBe("");
  expect(sampleOf(after, "body:1")).toBe("x");
  const alone = { ...after, ...reorder(after, [1]) };
  expect(sampleOf(alone, "button:0")).toBe("a");
});

describe("a new button goes to its like", () => {
  test.each([
    [[], "url", ["url"]],
    [["quick_reply", "url"], "quick_reply", ["quick_reply", "quick_reply", "url"]],
    [["quick_reply"], "url", ["quick_reply", "url"]],
    [["url", "quick_reply"], "phone_number", ["url", "phone_number", "quick_reply"]],
    [["url"], "quick_reply", ["url", "quick_reply"]],
  ])("%j and %s", (before, kind, after) => {
    const { buttons } = insertButton(draft({ buttons: before.map((one) => button(one)) }), kind);
    expect(buttons.map((one) => one.kind)).toEqual(after);
  });
});

describe("a template in another language", () => {
  const german = livedIn(0).find(
    (one) => one.name === "order_ready" && one.language === "de",
  ) as TemplateView;

  test("keeps name, category and parts, and edits nothing", () => {
    const made = draftFrom(german, "pt_BR");
    expect(made).toMatchObject({
      name: "order_ready",
      language: "pt_BR",
      category: "UTILITY",
      edits: null,
      id: "",
    });
    expect(made.buttons.map(({ text }) => text)).toEqual(german.parts.buttons.map(({ text }) => text));
    expect(partsOf(made)).toEqual(german.parts);
  });

  test("what cannot be written here is not offered", () => {
    expect(fixedParts(german.parts)).toEqual([]);
    const button = (kind: string) => ({ kind, text: "Form", url: null, phone: null });
    const strange = {
      ...german.parts,
      header: { kind: "gif", text: null },
      buttons: ["flow", "mpm", "mpm", "voice_call"].map(button),
      cards: [{ header: null, body: "", buttons: [] }],
      offer: { text: "Sale", has_expiration: false },
      unknown: ["poll"],
    };
    const written = { ...strange, header: null, buttons: [button("flow")], cards: [], unknown: [] };
    expect(fixedParts(written)).toEqual([]);
    expect(fixedParts(strange)).toEqual(["carousel", "gif", "mpm", "poll"]);
  });
});

test("a draft is empty until something is in it", () => {
  expect(isEmpty(emptyDraft("de"))).toBe(true);
  expect(isEmpty(draft({ body: "a" }))).toBe(false);
  expect(isEmpty(draft({ header: { kind: "image", text: "", file: null } }))).toBe(false);
});
