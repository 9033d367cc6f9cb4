// What somebody else wrote, within a sentence of ours: a hint, a name for a screen reader, a notice. There is no room
// for boxes, so what nobody would see is called by its code.

import { shortened } from "./fold";
import { reveal } from "./hidden";

const MOST = 80;
/** Beyond these, one plain sign each. */
const CODES = 3;
/** Letters written from right to left (Unicode, blocks of Hebrew to Arabic Extended, presentation forms, old scripts). */
const LEFTWARD = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** One line; words written from right to left leave the sentence around them as it is (UAX 9, FSI and PDI). */
export function spoken(text: string, most = MOST): string {
  const line = reveal(shortened(text, most), { left: CODES })
    .map((piece) => (piece.kind === "text" ? piece.text : `[${piece.code}]`))
    .join("")
    .replace(/\s+/gu, " ")
    .trim();
  return LEFTWARD.test(line) ? `\u2068${line}\u2069` : line;
}
