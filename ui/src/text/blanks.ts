// What a quick reply left open, `{{order_number}}`, has to be filled in before the text may leave.

const BLANK = /\{\{\s*([\p{L}\p{N}_ -]{1,40}?)\s*\}\}/gu;

export interface Blank {
  from: number;
  to: number;
  /** As people read it. */
  label: string;
}

export function blanks(text: string): Blank[] {
  return [...text.matchAll(BLANK)].map((found) => ({
    from: found.index,
    to: found.index + found[0].length,
    label: (found[1] ?? "").replaceAll("_", " "),
  }));
}

/** The next one from a place on; none is looked for before it. */
export function blankFrom(text: string, place: number): Blank | null {
  return blanks(text).find((blank) => blank.from >= place) ?? null;
}
