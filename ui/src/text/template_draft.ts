// What a draft of a template holds, as the preview and the list of samples want it.

import type { DraftButton } from "../backend/generated/DraftButton";
import type { DraftFile } from "../backend/generated/DraftFile";
import type { DraftHeader } from "../backend/generated/DraftHeader";
import type { TemplateDraft } from "../backend/generated/TemplateDraft";
import type { TemplateButtonView } from "../backend/generated/TemplateButtonView";
import type { TemplateParts } from "../backend/generated/TemplateParts";
import type { TemplateView } from "../backend/generated/TemplateView";
import { labels, variables } from "./template_text";

/** Meta, "Template components". */
export const LIMITS = {
  header: 60,
  body: 1024,
  /** Beside a limited-time offer. */
  offerBody: 600,
  offer: 16,
  cardBody: 160,
  cards: 10,
  cardsLeast: 2,
  cardButtons: 2,
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
  flow: 1,
  request_contact_info: 1,
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
    cards: [],
    offer: null,
    samples: [],
    edits: null,
    changed_at: 0,
  };
}

export function isEmpty(draft: TemplateDraft): boolean {
  const text = draft.name + draft.body + draft.footer + (draft.header?.text ?? "");
  const parts = draft.buttons.length + draft.cards.length;
  return text.trim() === "" && draft.header === null && parts === 0 && draft.offer === null;
}

export function partsOf(draft: TemplateDraft): TemplateParts {
  const heading = ({ kind, text }: DraftHeader) => ({ kind, text: kind === "text" ? text : null });
  const button = ({ kind, text, value }: DraftButton) => ({
    kind,
    text,
    url: kind === "url" ? value : null,
    phone: kind === "phone_number" ? value : null,
  });
  return {
    header: draft.header && heading(draft.header),
    body: draft.body,
    footer: draft.footer || null,
    buttons: draft.buttons.map(button),
    cards: draft.cards.map(({ header, body, buttons }) => ({
      header: heading(header),
      body,
      buttons: buttons.map(button),
    })),
    offer: draft.offer,
    unknown: [],
  };
}

/** Where a heading stands: `header`, or `card:0:header`. */
export type Place = string;

/** Every heading of the draft, by its place. */
function headings(draft: TemplateDraft): { place: Place; header: DraftHeader }[] {
  const cards = draft.cards.map(({ header }, at) => ({ place: `card:${at}:header`, header }));
  return [...(draft.header ? [{ place: "header", header: draft.header }] : []), ...cards];
}

export function headingAt(draft: TemplateDraft, place: Place): DraftHeader | null {
  return headings(draft).find((one) => one.place === place)?.header ?? null;
}

/** Every sample file of the draft, by its place. */
export function filesOf(draft: TemplateDraft): { place: Place; kind: string; file: DraftFile }[] {
  return headings(draft).flatMap(({ place, header }) =>
    header.file ? [{ place, kind: header.kind, file: header.file }] : [],
  );
}

export function withFile(draft: TemplateDraft, place: Place, file: DraftFile | null): Partial<TemplateDraft> {
  if (place === "header") return { header: draft.header && { ...draft.header, file } };
  const cards = draft.cards.map((card, at) =>
    place === `card:${at}:header` ? { ...card, header: { ...card.header, file } } : card,
  );
  return { cards };
}

export interface SampleSlot {
  key: string;
  label: string;
  /** `header`, `body`, `button:N`, `card:I:body` or `card:I:button:N`. */
  part: string;
}

/** Everything that reviewers want to see a sample of, in the order of the message; files apart. */
export function sampleSlots(draft: TemplateDraft): SampleSlot[] {
  const of = (part: string, text: string) =>
    labels(text).map((label) => ({ key: `${part}:${label}`, label, part }));
  const header = draft.header?.kind === "text" ? of("header", draft.header.text) : [];
  const ends = (place: string, buttons: readonly DraftButton[]) =>
    buttons.flatMap((button, at) => {
      const key = `${place}button:${at}`;
      const [end] = button.kind === "url" ? variables(button.value) : [];
      return end ? [{ key, label: end.label, part: key }] : [];
    });
  const cards = draft.cards.flatMap(({ body, buttons }, at) => [
    ...of(`card:${at}:body`, body),
    ...ends(`card:${at}:`, buttons),
  ]);
  return [...header, ...of("body", draft.body), ...ends("", draft.buttons), ...cards];
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

/** Parts in another order; `order` names the old places. Samples under `prefix` go with their part, or with it away. */
export function moveSamples(
  samples: TemplateDraft["samples"],
  prefix: string,
  order: readonly number[],
): TemplateDraft["samples"] {
  return samples.flatMap((sample) => {
    if (!sample.key.startsWith(prefix)) return [sample];
    const [at, ...rest] = sample.key.slice(prefix.length).split(":");
    const to = order.indexOf(Number(at));
    return to < 0 ? [] : [{ ...sample, key: [`${prefix}${to}`, ...rest].join(":") }];
  });
}

/** Buttons in another order; `order` names the old places. Their samples go with them. */
export function reorder(
  draft: TemplateDraft,
  order: readonly number[],
): Pick<TemplateDraft, "buttons" | "samples"> {
  const buttons = order.flatMap((at) => draft.buttons[at] ?? []);
  return { buttons, samples: moveSamples(draft.samples, "button:", order) };
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

export const newButton = (kind: string, text = ""): DraftButton => ({ kind, text, value: "", rest: "" });

export function insertButton(draft: TemplateDraft, kind: string): Pick<TemplateDraft, "buttons" | "samples"> {
  const at = placeFor(draft.buttons, kind);
  const grown = { ...draft, buttons: [...draft.buttons, newButton(kind)] };
  const order = draft.buttons.map((_, place) => place);
  order.splice(at, 0, draft.buttons.length);
  return reorder(grown, order);
}

/** Those of an existing template that stay as they are; a new one gets none of them here. */
const KEPT_KINDS = ["voice_call", "catalog"];
const WRITABLE = [...Object.keys(BUTTON_KINDS), ...KEPT_KINDS];

/** Parts that can be sent but not written here, each in one word; none: all of it can be written. */
export function fixedParts(parts: TemplateParts): string[] {
  const kind = parts.header?.kind ?? "text";
  const buttons = [...parts.buttons, ...parts.cards.flatMap((card) => card.buttons)];
  const odd = parts.cards.some(({ header }) => !["image", "video"].includes(header?.kind ?? ""));
  const found = [
    odd ? "carousel" : "",
    (HEADER_KINDS as readonly string[]).includes(kind) ? "" : kind,
    ...buttons.map((button) => (WRITABLE.includes(button.kind) ? "" : button.kind)),
    ...parts.unknown,
  ];
  return [...new Set(found.filter(Boolean))];
}

/** The same template, to be written in another language. Its sample files and flows have to be given anew. */
export function draftFrom(view: TemplateView, language: string): TemplateDraft {
  const { header, body, footer, buttons, cards, offer } = view.parts;
  const example = (key: string) => view.slots.find((slot) => slot.key === key)?.example ?? "";
  const written = (place: string) => (button: TemplateButtonView, at: number) => {
    const code = button.kind === "copy_code";
    const worded = code || button.kind === "request_contact_info";
    return {
      ...newButton(button.kind),
      text: worded ? "" : button.text,
      value: button.url ?? button.phone ?? (code ? example(`${place}button:${at}`) : ""),
    };
  };
  return {
    ...emptyDraft(language),
    name: view.name,
    category: view.category === "MARKETING" ? "MARKETING" : "UTILITY",
    header: header && { kind: header.kind, text: header.text ?? "", file: null },
    body,
    footer: footer ?? "",
    buttons: buttons.map(written("")),
    cards: cards.map((card, at) => ({
      header: { kind: card.header?.kind ?? "image", text: "", file: null },
      body: card.body,
      buttons: card.buttons.map(written(`card:${at}:`)),
    })),
    offer,
    samples: view.slots.flatMap(({ key, example }) => (example ? [{ key, text: example }] : [])),
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
