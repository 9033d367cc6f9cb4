// What a draft of a template holds, as the preview and the list of samples want it.

import type { DraftButton } from "../backend/generated/DraftButton";
import type { TemplateDraft } from "../backend/generated/TemplateDraft";
import type { TemplateParts } from "../backend/generated/TemplateParts";
import type { TemplateView } from "../backend/generated/TemplateView";
import { labels, variables } from "./template_text";

/** Meta, "Template components". */
export const LIMITS = {
  header: 60,
  body: 1024,
  footer: 60,
  button: 25,
  url: 2000,
  phone: 20,
  code: 20,
  buttons: 10,
} as const;

/** How many buttons of a kind there may be. */
export const BUTTON_KINDS: Readonly<Record<string, number>> = {
  quick_reply: 10,
  url: 2,
  phone_number: 1,
  copy_code: 1,
};

export const HEADER_KINDS = ["text", "image", "video", "document", "location"] as const;
export const MEDIA_KINDS: readonly string[] = ["image", "video", "document"];

/** What Meta takes as a sample (Meta, "Media"). */
export const SAMPLE_FILES: Readonly<
  Record<string, { accept: string; types: readonly string[]; limit: number }>
> = {
  image: { accept: "image/jpeg,image/png", types: ["image/jpeg", "image/png"], limit: 5 << 20 },
  video: { accept: "video/mp4", types: ["video/mp4"], limit: 16 << 20 },
  document: { accept: "application/pdf", types: ["application/pdf"], limit: 100 << 20 },
};

export function emptyDraft(language: string): TemplateDraft {
  return {
    id: "",
    name: "",
    language,
    category: "UTILITY",
    header: null,
    body: "",
    footer: "",
    buttons: [],
    samples: [],
    edits: null,
    changed_at: 0,
  };
}

export function isEmpty(draft: TemplateDraft): boolean {
  const text = draft.name + draft.body + draft.footer + (draft.header?.text ?? "");
  return text.trim() === "" && draft.header === null && draft.buttons.length === 0;
}

export function partsOf(draft: TemplateDraft): TemplateParts {
  const header = draft.header;
  return {
    header: header && { kind: header.kind, text: header.kind === "text" ? header.text : null },
    body: draft.body,
    footer: draft.footer || null,
    buttons: draft.buttons.map((button) => ({
      kind: button.kind,
      text: button.text,
      url: button.kind === "url" ? button.value : null,
      phone: button.kind === "phone_number" ? button.value : null,
    })),
    cards: [],
    offer: null,
    unknown: [],
  };
}

export interface SampleSlot {
  key: string;
  label: string;
  /** `header`, `body` or `button:N`. */
  part: string;
}

/** Everything that reviewers want to see a sample of, in the order of the message; files apart. */
export function sampleSlots(draft: TemplateDraft): SampleSlot[] {
  const of = (part: string, text: string) =>
    labels(text).map((label) => ({ key: `${part}:${label}`, label, part }));
  const header = draft.header?.kind === "text" ? of("header", draft.header.text) : [];
  const buttons = draft.buttons.flatMap((button, at) =>
    button.kind === "url" && variables(button.value).length > 0
      ? [{ key: `button:${at}`, label: variables(button.value)[0]?.label ?? "", part: `button:${at}` }]
      : [],
  );
  return [...header, ...of("body", draft.body), ...buttons];
}

export function sampleOf(draft: TemplateDraft, key: string): string {
  return draft.samples.find((sample) => sample.key === key)?.text ?? "";
}

/** What the preview fills in. */
export function valuesOf(draft: TemplateDraft): Record<string, string> {
  return Object.fromEntries(
    draft.samples.filter(({ text }) => text.trim()).map(({ key, text }) => [key, text]),
  );
}

export function withSample(draft: TemplateDraft, key: string, text: string): TemplateDraft["samples"] {
  return [...draft.samples.filter((sample) => sample.key !== key), { key, text }];
}

/** Buttons in another order; `order` names the old places. Their samples go with them. */
export function reorder(
  draft: TemplateDraft,
  order: readonly number[],
): Pick<TemplateDraft, "buttons" | "samples"> {
  const buttons = order.flatMap((at) => draft.buttons[at] ?? []);
  const others = draft.samples.filter(({ key }) => !key.startsWith("button:"));
  const moved = order.flatMap((at, to) => {
    const text = sampleOf(draft, `button:${at}`);
    return text ? [{ key: `button:${to}`, text }] : [];
  });
  return { buttons, samples: [...others, ...moved] };
}

/** Quick replies stand together: a new button goes to its like. */
export function placeFor(buttons: readonly DraftButton[], kind: string): number {
  const quick = (button: DraftButton) => button.kind === "quick_reply";
  if (kind === "quick_reply") {
    const last = buttons.findLastIndex(quick);
    return last < 0 ? buttons.length : last + 1;
  }
  const first = buttons.findIndex(quick);
  // After the quick replies where they come first, before them where they come last.
  return first > 0 ? first : buttons.length;
}

export function insertButton(draft: TemplateDraft, kind: string): Pick<TemplateDraft, "buttons" | "samples"> {
  const at = placeFor(draft.buttons, kind);
  const grown = { ...draft, buttons: [...draft.buttons, { kind, text: "", value: "" }] };
  const order = draft.buttons.map((_, place) => place);
  order.splice(at, 0, draft.buttons.length);
  return reorder(grown, order);
}

const WRITABLE = Object.keys(BUTTON_KINDS);

/** Parts that can be sent but not written here, each in one word; none: all of it can be written. */
export function fixedParts(parts: TemplateParts): string[] {
  const kind = parts.header?.kind ?? "text";
  const found = [
    parts.cards.length > 0 ? "carousel" : "",
    parts.offer ? "limited_time_offer" : "",
    (HEADER_KINDS as readonly string[]).includes(kind) ? "" : kind,
    ...parts.buttons.map((button) => (WRITABLE.includes(button.kind) ? "" : button.kind)),
    ...parts.unknown,
  ];
  return [...new Set(found.filter(Boolean))];
}

/** The same template, to be written in another language. Its sample file has to be given anew. */
export function draftFrom(view: TemplateView, language: string): TemplateDraft {
  const { header, body, footer, buttons } = view.parts;
  const example = (key: string) => view.slots.find((slot) => slot.key === key)?.example ?? "";
  return {
    ...emptyDraft(language),
    name: view.name,
    category: view.category === "MARKETING" ? "MARKETING" : "UTILITY",
    header: header && { kind: header.kind, text: header.text ?? "", file: null },
    body,
    footer: footer ?? "",
    buttons: buttons.map((button, at) => ({
      kind: button.kind,
      text: button.kind === "copy_code" ? "" : button.text,
      value: button.url ?? button.phone ?? (button.kind === "copy_code" ? example(`button:${at}`) : ""),
    })),
    samples: view.slots.flatMap(({ key, example }) =>
      example && !key.startsWith("card:") ? [{ key, text: example }] : [],
    ),
  };
}

/** The languages Meta knows for templates (Meta, "Supported languages"). */
export const TEMPLATE_LANGUAGES = [
  "af", "sq", "ar", "az", "bn", "bg", "ca", "zh_CN", "zh_HK", "zh_TW", "hr", "cs", "da", "nl", "en", "en_GB",
  "en_US", "et", "fil", "fi", "fr", "ka", "de", "el", "gu", "ha", "he", "hi", "hu", "id", "ga", "it", "ja", "kn",
  "kk", "rw_RW", "ko", "ky_KG", "lo", "lv", "lt", "mk", "ms", "ml", "mr", "nb", "fa", "pl", "pt_BR", "pt_PT", "pa",
  "ro", "ru", "sr", "sk", "sl", "es", "es_AR", "es_ES", "es_MX", "sw", "sv", "ta", "te", "th", "tr", "uk", "ur",
  "uz", "vi", "zu",
]; // prettier-ignore
