// What narrows a search: `from:`, `has:`, `before:`, `after:`, `label:`, `in:`, typed as text in the words of any
// of the product's languages. Pure: what is known of labels, people and the clock is an argument.

import type { SearchQuery } from "../backend/generated/SearchQuery";
import { fold } from "./fuzzy";

export const CHIP_KINDS = ["from", "has", "before", "after", "label", "in"] as const;
export type ChipKind = (typeof CHIP_KINDS)[number];

export type Chip =
  | { kind: "from" | "has" | "label"; value: string; text: string }
  | { kind: "before" | "after" | "in"; value: number; text: string };

const KINDS: Record<string, ChipKind> = {
  from: "from", von: "from", de: "from",
  has: "has", hat: "has", tem: "has",
  before: "before", vor: "before", antes: "before",
  after: "after", nach: "after", ab: "after", depois: "after",
  label: "label", etikett: "label", etiqueta: "label",
  in: "in", em: "in",
}; // prettier-ignore

export const HAS = [
  "image", "video", "audio", "document", "location", "contact", "sticker", "link", "note",
] as const; // prettier-ignore
export type Has = (typeof HAS)[number];

/** Folded, as they may be typed. */
const HAS_WORDS: Record<Has, string[]> = {
  image: ["image", "photo", "picture", "bild", "foto", "imagem"],
  video: ["video", "film"],
  audio: ["audio", "voice", "sprachnachricht", "ton", "voz"],
  document: ["document", "file", "pdf", "dokument", "datei", "documento", "arquivo"],
  location: ["location", "place", "standort", "ort", "localizacao", "lugar"],
  contact: ["contact", "kontakt", "contato"],
  sticker: ["sticker", "figurinha"],
  link: ["link"],
  note: ["note", "notiz", "nota"],
};
const ME = ["me", "us", "ich", "wir", "mir", "eu", "nos"];
const DAYS: Record<string, number> = { today: 0, heute: 0, hoje: 0, yesterday: 1, gestern: 1, ontem: 1 };

/** The word of the reader's language for a value. */
export interface ChipWords {
  has(kind: Has): string;
  me(): string;
  date(at: number): string;
}

export interface ChipContext {
  now: number;
  labels: readonly string[];
  /** The open thread. */
  open: { threadId: number; name: string } | null;
  words: ChipWords;
}

/** What is being typed at the end of the text: `has:im`. */
export interface Pending {
  kind: ChipKind;
  typed: string;
  /** Where it begins in the text. */
  start: number;
}

const PENDING = /(?:^|\s)(?<word>\p{L}+):(?<typed>"[^"]*"?|[^\s"]*)$/u;
const WHOLE = /(?:^|\s)(?<word>\p{L}+):(?<typed>"[^"]+"|[^\s"]*)(?=\s)/gu;

export function pendingOf(text: string): Pending | null {
  const found = PENDING.exec(text);
  const kind = KINDS[fold(found?.groups?.word ?? "")];
  if (!found || !kind) return null;
  const start = found.index + (/^\s/u.test(found[0]) ? 1 : 0);
  return { kind, typed: (found.groups?.typed ?? "").replaceAll('"', ""), start };
}

/** `null` where the value says nothing: `has:xyz`, `before:soon`. */
export function chipOf(kind: ChipKind, typed: string, context: ChipContext): Chip | null {
  const { words } = context;
  const text = typed.trim();
  switch (kind) {
    case "in":
      return context.open && { kind, value: context.open.threadId, text: context.open.name };
    case "before":
    case "after": {
      const at = dayOf(text, context.now);
      return at === null ? null : { kind, value: at, text: words.date(at) };
    }
    case "has": {
      const has = hasOf(text);
      return has && { kind, value: has, text: words.has(has) };
    }
    case "label": {
      const known = context.labels.find((label) => fold(label) === fold(text));
      return known === undefined ? null : { kind, value: known, text: known };
    }
    default:
      if (text === "") return null;
      return ME.includes(fold(text)) ? { kind, value: "me", text: words.me() } : { kind, value: text, text };
  }
}

/** Takes the chips out of a text that are typed to their end, with a blank behind. */
export function takeChips(text: string, context: ChipContext): { chips: Chip[]; text: string } {
  const chips: Chip[] = [];
  const rest = text.replace(WHOLE, (whole, word: string, typed: string) => {
    const kind = KINDS[fold(word)];
    const value = typed.replaceAll('"', "");
    if (!kind || (kind === "label" && !typed.startsWith('"') && goesOn(value, context))) return whole;
    const chip = chipOf(kind, value, context);
    if (!chip) return whole;
    chips.push(chip);
    return "";
  });
  return { chips, text: chips.length > 0 ? rest.trimStart() : text };
}

/** A label of several words begins like this: the blank is part of it. */
function goesOn(typed: string, { labels }: ChipContext): boolean {
  return labels.some((label) => fold(label).startsWith(`${fold(typed)} `));
}

/** One of a kind is enough; the newer one holds. */
export function withChip(chips: readonly Chip[], chip: Chip): Chip[] {
  return [...chips.filter(({ kind }) => kind !== chip.kind), chip];
}

export function queryOf(chips: readonly Chip[], text: string): SearchQuery {
  const query: SearchQuery = {
    text: text.trim(),
    from: null,
    has: null,
    label: null,
    before: null,
    after: null,
    thread_id: null,
  };
  for (const chip of chips) {
    if (typeof chip.value === "string") Object.assign(query, { [chip.kind]: chip.value });
    else Object.assign(query, { [chip.kind === "in" ? "thread_id" : chip.kind]: chip.value });
  }
  return query;
}

export function hasOf(typed: string): Has | null {
  const word = fold(typed);
  return HAS.find((has) => HAS_WORDS[has].includes(word)) ?? null;
}

/** Those that begin like what is typed. */
export function hasLike(typed: string): Has[] {
  const word = fold(typed);
  return HAS.filter((has) => HAS_WORDS[has].some((one) => one.startsWith(word)));
}

/** The beginning of the day that is meant; without a year the last one. */
export function dayOf(typed: string, now: number): number | null {
  const today = new Date(now);
  const ago = DAYS[fold(typed)];
  if (ago !== undefined)
    return new Date(today.getFullYear(), today.getMonth(), today.getDate() - ago).getTime();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/u.exec(typed);
  if (iso) return dayAt(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const short = /^(\d{1,2})[./](\d{1,2})(?:[./](\d{2}|\d{4})?)?$/u.exec(typed);
  if (!short) return null;
  const [day, month] = [Number(short[1]), Number(short[2])];
  if (short[3]) return dayAt(Number(short[3]) + (short[3].length === 2 ? 2000 : 0), month, day);
  const here = dayAt(today.getFullYear(), month, day);
  return here !== null && here > now ? dayAt(today.getFullYear() - 1, month, day) : here;
}

/** `null` for a day that the calendar has not. */
function dayAt(year: number, month: number, day: number): number | null {
  const at = new Date(year, month - 1, day);
  return at.getMonth() === month - 1 && at.getDate() === day ? at.getTime() : null;
}
