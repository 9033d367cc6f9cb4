// A sign that opens a menu while one types: `/` for quick replies, `:` for emoji. Only at the start of a word, so
// that `and/or`, `10:30` and addresses stay what they are.

export interface Trigger {
  mark: "/" | ":";
  /** Where the sign stands. */
  from: number;
  query: string;
}

/** No shortcut is longer. */
const LONGEST = 32;
/** An emoji is looked for from here on; a smiley of signs is typed as it is. */
const LETTERS = 2;

export function triggerAt(text: string, caret: number): Trigger | null {
  const start = Math.max(0, caret - LONGEST);
  const found = /(^|\s)([/:])((?:[\p{L}\p{N}][\p{L}\p{N}_-]*)?)$/u.exec(text.slice(start, caret));
  if (!found || (start > 0 && found.index === 0 && found[1] === "")) return null;
  const query = found[3] ?? "";
  if (found[2] === ":" && query.length < LETTERS) return null;
  return { mark: found[2] as Trigger["mark"], from: caret - query.length - 1, query };
}
