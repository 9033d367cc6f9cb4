// The loaded part of a conversation: an unbroken run of messages, and where it goes on at either end. A page is
// the truth about its own run; what lies beside it stays as it was loaded.

import type { MessageCursor } from "../backend/generated/MessageCursor";
import type { MessagePage } from "../backend/generated/MessagePage";
import type { MessageRow } from "../backend/generated/MessageRow";

/** More than this is let go of at the far end, however far somebody scrolls. */
export const MOST = 480;

export interface Stretch {
  rows: MessageRow[];
  /** `null` at the very beginning. */
  older: MessageCursor | null;
  /** `null` at the newest. */
  newer: MessageCursor | null;
}

export const EMPTY: Stretch = { rows: [], older: null, newer: null };

export function stretchOf(page: MessagePage): Stretch {
  return { rows: page.rows, older: page.before, newer: page.after };
}

/** The page was asked for by the cursor at this end. */
export function joined(stretch: Stretch, page: MessagePage, end: "older" | "newer"): Stretch {
  const known = new Set(page.rows.map((row) => row.id));
  const rest = stretch.rows.filter((row) => !known.has(row.id));
  return end === "older"
    ? { ...stretch, rows: [...page.rows, ...rest], older: page.before }
    : { ...stretch, rows: [...rest, ...page.rows], newer: page.after };
}

/** `null` where the page lies apart: something in between may never have been loaded. */
export function merged(stretch: Stretch, page: MessagePage): Stretch | null {
  const [head, tail] = [stretch.rows[0], stretch.rows.at(-1)];
  const [first, last] = [page.rows[0], page.rows.at(-1)];
  if (!head || !tail || !first || !last) return stretchOf(page);
  const whole = page.before === null && page.after === null;
  if (!whole && (inOrder(first, tail) > 0 || inOrder(last, head) < 0)) return null;
  const known = new Set(page.rows.map((row) => row.id));
  const beside = stretch.rows.filter((row) => !known.has(row.id));
  const before = page.before === null ? [] : beside.filter((row) => inOrder(row, first) < 0);
  const after = page.after === null ? [] : beside.filter((row) => inOrder(row, last) > 0);
  return {
    rows: [...before, ...page.rows, ...after],
    older: before.length > 0 ? stretch.older : page.before,
    newer: after.length > 0 ? stretch.newer : page.after,
  };
}

/** What lies beyond `MOST`, counted from the end that is kept, goes. */
export function trimmed(stretch: Stretch, keep: "older" | "newer"): Stretch {
  if (stretch.rows.length <= MOST) return stretch;
  const rows = keep === "older" ? stretch.rows.slice(0, MOST) : stretch.rows.slice(-MOST);
  const [first, last] = [rows[0], rows.at(-1)];
  return {
    rows,
    older: keep === "newer" && first ? cursorOf(first) : stretch.older,
    newer: keep === "older" && last ? cursorOf(last) : stretch.newer,
  };
}

export function cursorOf({ at, arrived, id }: MessageRow): MessageCursor {
  return { at, arrived, id };
}

/** The core's order of messages. */
export function inOrder(a: MessageCursor, b: MessageCursor): number {
  return a.at - b.at || a.arrived - b.arrived || a.id - b.id;
}
