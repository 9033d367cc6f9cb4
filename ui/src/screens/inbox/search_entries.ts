// The lines of what a search found: people first, then messages by day, the newest first; and where each line
// stands, so that only those on screen are drawn.

import type { PersonHit } from "../../backend/generated/PersonHit";
import type { SearchHit } from "../../backend/generated/SearchHit";
import { sameDay } from "../../text/moments";

export type Entry =
  | { key: string; kind: "people" }
  | { key: string; kind: "day"; at: number }
  | { key: string; kind: "person"; hit: PersonHit }
  | { key: string; kind: "message"; hit: SearchHit };

export type Line = Entry & { top: number; height: number };

const HEIGHTS: Record<Entry["kind"], number> = { people: 32, day: 32, person: 64, message: 80 };

export function linesOf(people: readonly PersonHit[], hits: readonly SearchHit[]): Line[] {
  const lines: Line[] = [];
  let top = 0;
  const add = (entry: Entry) => {
    const height = HEIGHTS[entry.kind];
    lines.push({ ...entry, top, height });
    top += height;
  };
  if (people.length > 0) add({ key: "people", kind: "people" });
  for (const hit of people) add({ key: `person ${hit.thread_id}`, kind: "person", hit });
  let before: SearchHit | null = null;
  // They were found in the order they came in; a relay that was out of reach delivers an older day after a newer one.
  for (const hit of [...hits].sort((a, b) => b.at - a.at)) {
    if (!before || !sameDay(before.at, hit.at))
      add({ key: `day ${new Date(hit.at).toDateString()} ${hit.message_id}`, kind: "day", at: hit.at });
    add({ key: `message ${hit.message_id}`, kind: "message", hit });
    before = hit;
  }
  return lines;
}

export function heightOf(lines: readonly Line[]): number {
  const last = lines.at(-1);
  return last ? last.top + last.height : 0;
}

/** Those that can be stood on. */
export function canStand(line: Line | undefined): boolean {
  return line?.kind === "person" || line?.kind === "message";
}

/** The next line to stand on from `from` (-1 before the first), or `from` where there is none. */
export function stepFrom(lines: readonly Line[], from: number, by: number): number {
  for (let at = from + by; at >= 0 && at < lines.length; at += by) if (canStand(lines[at])) return at;
  return from;
}

/** From the first to behind the last line that shows between two heights. */
export function between(lines: readonly Line[], top: number, bottom: number): [number, number] {
  const at = (y: number) => {
    let [low, high] = [0, lines.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const line = lines[middle];
      if (line && line.top + line.height <= y) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return [at(top), Math.min(lines.length, at(bottom) + 1)];
}
