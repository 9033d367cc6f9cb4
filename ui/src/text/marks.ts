// Message text to a small tree: WhatsApp's marks, links, and characters that lie about direction.
// The tree is drawn as text nodes; no HTML is ever built from what a customer wrote.

export type Mark = "bold" | "italic" | "strike" | "mono";

export type Piece =
  | { kind: "text"; text: string }
  | { kind: "mark"; mark: Mark; pieces: Piece[] }
  | { kind: "link"; url: string; text: string; host: string }
  /** A character that would turn the text around, shown by its name instead. */
  | { kind: "hidden"; code: string };

const MARKS: Record<string, Mark> = { "*": "bold", _: "italic", "~": "strike" };
/** Deeper nesting is text: no message needs it, and a hostile one must not exhaust the stack. */
const DEEPEST = 4;
/** A mark's end is sought no further than this. */
const REACH = 4096;

const LINK = /https?:\/\/[^\s<>"'`{}|\\^\u0000-\u001f\u200b-\u200f\u202a-\u202e\u2066-\u2069]+/giu;
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

type Link = Extract<Piece, { kind: "link" }>;

export function parseMarks(text: string): Piece[] {
  const links = new Map<number, Link>();
  for (const found of text.matchAll(LINK)) {
    const link = asLink(found[0]);
    if (link) links.set(found.index, link);
  }
  return stretch(new Reader(text, links), 0, text.length, 0);
}

/** Only http and https, and only what the platform itself can parse; the host is what it really is. */
export function asLink(raw: string): Link | null {
  const text = raw.replace(/[.,;:!?)\]*_~]+$/u, "");
  try {
    const url = new URL(text);
    if ((url.protocol !== "http:" && url.protocol !== "https:") || !url.host) return null;
    return { kind: "link", url: url.href, text, host: url.host };
  } catch {
    return null;
  }
}

/** One text and what is known of it. Remembers where no end was found, so that a wall of asterisks costs one walk. */
class Reader {
  #barren = new Map<string, { from: number; to: number }>();

  constructor(
    readonly text: string,
    readonly links: ReadonlyMap<number, Link>,
  ) {}

  /** Where the mark that begins before `from` ends, or -1. */
  closing(fence: string, from: number, to: number): number {
    const last = Math.min(to, from + REACH);
    const barren = this.#barren.get(fence);
    let at = barren && from >= barren.from && from < barren.to ? barren.to : from;
    for (; at < last; at++) {
      const link = this.links.get(at);
      if (link) at += link.text.length;
      if (fence !== "```" && this.text.charAt(at) === "\n") break;
      if (at < last && at > from && this.#endsAt(fence, at)) return at;
    }
    this.#barren.set(fence, { from, to: Math.min(at, last) });
    return -1;
  }

  opensAt(at: number): boolean {
    const before = at > 0 ? this.text.charAt(at - 1) : "";
    const after = this.text.charAt(at + 1);
    return !(before && wordy(before)) && after !== "" && !/\s/u.test(after);
  }

  #endsAt(fence: string, at: number): boolean {
    if (!this.text.startsWith(fence, at) || /\s/u.test(this.text.charAt(at - 1))) return false;
    const after = this.text.charAt(at + fence.length);
    return !after || !(wordy(after) || after === fence);
  }
}

const wordy = (char: string) => /[\p{L}\p{N}]/u.test(char);

function stretch(reader: Reader, from: number, to: number, depth: number): Piece[] {
  const { text, links } = reader;
  const out: Piece[] = [];
  let plain = from;
  const flush = (end: number, next: number) => {
    plainText(text.slice(plain, end), out);
    plain = next;
  };
  for (let at = from; at < to; at++) {
    const link = links.get(at);
    if (link) {
      flush(at, at + link.text.length);
      out.push(link);
      at = plain - 1;
      continue;
    }
    const sign = text.charAt(at);
    const mono = sign === "`";
    if ((!mono && !MARKS[sign]) || depth >= DEEPEST || !reader.opensAt(at)) continue;
    const fence = mono && text.startsWith("```", at) ? "```" : sign;
    const start = at + fence.length;
    const end = reader.closing(fence, start, to);
    if (end < 0) continue;
    flush(at, end + fence.length);
    const pieces: Piece[] = [];
    if (mono) plainText(text.slice(start, end), pieces);
    else pieces.push(...stretch(reader, start, end, depth + 1));
    out.push({ kind: "mark", mark: MARKS[sign] ?? "mono", pieces });
    at = plain - 1;
  }
  flush(to, to);
  return out;
}

function plainText(text: string, out: Piece[]): void {
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    if (!BIDI.test(text.charAt(at))) continue;
    if (at > from) out.push({ kind: "text", text: text.slice(from, at) });
    const code = text.charCodeAt(at).toString(16).toUpperCase().padStart(4, "0");
    out.push({ kind: "hidden", code: `U+${code}` });
    from = at + 1;
  }
  if (from < text.length) out.push({ kind: "text", text: text.slice(from) });
}
