// Search in the made-up core, by the rules of the real one: parts of words, case and accents folded, all words in
// one message; people only on the first page and without chips; a page looks at a bounded number of messages.

import type { PersonHit } from "../generated/PersonHit";
import type { SearchHit } from "../generated/SearchHit";
import type { SearchPage } from "../generated/SearchPage";
import type { SearchQuery } from "../generated/SearchQuery";
import type { FakeCore } from "./parts";
import type { Thread } from "./world";
import { addressesIn } from "../../text/addresses";

const holdsLink = (text: string) => [...addressesIn(text).values()].some(({ kind }) => kind === "link");

type Row = Thread["messages"][number];

const PEOPLE = 8;
/** So many messages are looked at for one page. */
const LOOKS = 600;

/** Folded, and for every letter where it stands in the text. */
function folded(text: string): { text: string; at: number[] } {
  const at: number[] = [];
  let out = "";
  for (let index = 0; index < text.length; index++) {
    const sign = (text[index] ?? "")
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace("ß", "ss");
    for (const one of sign) {
      out += one;
      at.push(index);
    }
  }
  return { text: out, at };
}

/** The text around the first word found, marked; `null` where one of the words is missing. */
function around(text: string, words: string[], whole = false): string | null {
  const hay = folded(text);
  const found = words.map((word) => hay.text.indexOf(word));
  if (found.some((at) => at < 0)) return null;
  const spans = words
    .map((word, index) => [
      hay.at[found[index] ?? 0] ?? 0,
      (hay.at[(found[index] ?? 0) + word.length - 1] ?? 0) + 1,
    ])
    .sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0)) as [number, number][];
  const first = spans[0]?.[0] ?? 0;
  const start = whole || first < 40 ? 0 : first - 30;
  const end = whole ? text.length : Math.min(text.length, start + 160);
  let out = start > 0 ? "…" : "";
  let at = start;
  for (const [from, to] of spans) {
    if (from < at || to > end) continue;
    out += `${text.slice(at, from)}\u0002${text.slice(from, to)}\u0003`;
    at = to;
  }
  return `${out}${text.slice(at, end)}${end < text.length ? "…" : ""}`;
}

function textOf({ body }: Row): string {
  if (body.kind === "media") return [body.media.caption, body.media.filename].filter(Boolean).join(" ");
  return "text" in body ? body.text : "";
}

const kindOf = ({ body }: Row) => (body.kind === "media" ? body.media.kind : body.kind);

export function find(core: FakeCore, query: SearchQuery, from: number | null, limit: number): SearchPage {
  const words = folded(query.text).text.split(/\s+/u).filter(Boolean);
  const plain = Object.entries(query).every(([name, value]) => name === "text" || value === null);
  if (plain && words.length === 0) return { people: [], hits: [], next: null };
  const all = core.threads
    .filter((thread) => fits(thread, query))
    .flatMap((thread) => thread.messages.map((row) => ({ thread, row })))
    .sort((a, b) => b.row.at - a.row.at || b.row.id - a.row.id);
  const start = from === null ? 0 : all.findIndex(({ row }) => row.id === from) + 1;
  const hits: SearchHit[] = [];
  let at = start;
  for (; at < all.length && at < start + LOOKS && hits.length < limit; at++) {
    const one = all[at];
    const hit = one && hitOf(one.thread, one.row, query, words);
    if (hit) hits.push(hit);
  }
  const last = all[at - 1];
  return {
    people: plain && from === null ? people(core, words) : [],
    hits,
    next: at < all.length && last ? last.row.id : null,
  };
}

function fits(thread: Thread, { label, thread_id, from }: SearchQuery): boolean {
  if (label !== null && !thread.labels.includes(label)) return false;
  if (from !== null && from !== "me" && named(thread, folded(from).text.split(/\s+/u)) === null) return false;
  return thread_id === null || thread.id === thread_id;
}

function hitOf(thread: Thread, row: Row, query: SearchQuery, words: string[]): SearchHit | null {
  const outgoing = row.direction === "out";
  const text = textOf(row);
  const kind = kindOf(row);
  if (row.direction === "line") return null;
  if (query.from !== null && (query.from === "me") !== outgoing) return null;
  if (query.before !== null && row.at >= query.before) return null;
  if (query.after !== null && row.at < query.after) return null;
  if (query.has === "link" ? !holdsLink(text) : query.has !== null && !isKind(kind, query.has)) return null;
  const snippet = around(text, words);
  if (snippet === null) return null;
  return {
    thread_id: thread.id,
    message_id: row.id,
    at: row.at,
    name: thread.name.text,
    outgoing,
    kind,
    snippet,
  };
}

const isKind = (kind: string, has: string) => kind === (has === "contact" ? "contacts" : has);

function named(thread: Thread, words: string[]): string | null {
  const { text, phone, username } = thread.name;
  const digits = words.join("").replace(/\D/gu, "");
  const number = digits.length > 2 && phone?.includes(digits) ? around(phone, [digits], true) : null;
  return around(text, words, true) ?? (username ? around(`@${username}`, words, true) : null) ?? number;
}

function people(core: FakeCore, words: string[]): PersonHit[] {
  return core.threads
    .flatMap((thread) => {
      const matched = named(thread, words);
      const last_at = thread.messages.at(-1)?.at ?? 0;
      return matched === null
        ? []
        : [{ thread_id: thread.id, name: thread.name, matched, window: core.windowOf(thread), last_at }];
    })
    .sort((a, b) => b.last_at - a.last_at)
    .slice(0, PEOPLE);
}
