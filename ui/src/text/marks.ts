// A line of message text to a small tree: WhatsApp's marks, links, and characters that nobody would see.
// The tree is drawn as text nodes; no HTML is ever built from what a customer wrote.

import { addressesIn, type Address } from "./addresses";
import { reveal, type Seen } from "./hidden";

export type Mark = "bold" | "italic" | "strike" | "mono";

export type Piece = Seen | { kind: "mark"; mark: Mark; pieces: Piece[] } | Address;

const MARKS: Record<string, Mark> = { "*": "bold", _: "italic", "~": "strike" };
/** Deeper nesting is text: no message needs it, and a hostile one must not exhaust the stack. */
const DEEPEST = 4;
/** A mark's end is sought no further than this. */
const REACH = 4096;

/** What may still be drawn of one text, shared by its lines: beyond that it is plain, because each is an element. */
export interface Room {
  /** Boxes for hidden characters. */
  left: number;
  links: number;
  marks: number;
}

export const roomFor = (): Room => ({ left: 200, links: 100, marks: 400 });

export function parseMarks(text: string, room: Room = roomFor()): Piece[] {
  const addresses = addressesIn(text, room.links);
  room.links -= addresses.size;
  return stretch(new Reader(text, addresses, room), 0, text.length, 0);
}

/** The words alone, for where there is no room for marks: a quote, a name for a screen reader. */
export function plainText(text: string): string {
  const flat = (pieces: Piece[]): string =>
    pieces
      .map((piece) => {
        if (piece.kind === "mark") return flat(piece.pieces);
        return piece.kind === "hidden" ? `[${piece.code}]` : piece.text;
      })
      .join("");
  return flat(parseMarks(text));
}

/** One text and what is known of it. Remembers where no end was found, so that a wall of asterisks costs one walk. */
class Reader {
  #barren = new Map<string, { from: number; to: number }>();

  constructor(
    readonly text: string,
    readonly addresses: ReadonlyMap<number, Address>,
    readonly room: Room,
  ) {}

  /** Where the mark that begins before `from` ends, or -1. */
  closing(fence: string, from: number, to: number): number {
    const last = Math.min(to, from + REACH);
    const barren = this.#barren.get(fence);
    let at = barren && from >= barren.from && from < barren.to ? barren.to : from;
    for (; at < last; at++) {
      const address = this.addresses.get(at);
      if (address) at += address.text.length;
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
  const { text, addresses, room } = reader;
  const out: Piece[] = [];
  let plain = from;
  const flush = (end: number, next: number) => {
    out.push(...reveal(text.slice(plain, end), room));
    plain = next;
  };
  for (let at = from; at < to; at++) {
    const address = addresses.get(at);
    if (address) {
      flush(at, at + address.text.length);
      out.push(address);
      at = plain - 1;
      continue;
    }
    const sign = text.charAt(at);
    const mono = sign === "`";
    if ((!mono && !MARKS[sign]) || depth >= DEEPEST || room.marks === 0 || !reader.opensAt(at)) continue;
    const fence = mono && text.startsWith("```", at) ? "```" : sign;
    const start = at + fence.length;
    const end = reader.closing(fence, start, to);
    if (end < 0) continue;
    room.marks--;
    flush(at, end + fence.length);
    const pieces = mono ? reveal(text.slice(start, end), room) : stretch(reader, start, end, depth + 1);
    out.push({ kind: "mark", mark: MARKS[sign] ?? "mono", pieces });
    at = plain - 1;
  }
  flush(to, to);
  return out;
}
