// What may stand in a slot of a template. Meta refuses such values only at sending time; saying it while
// someone types is kinder.

export type SlotFault = "empty" | "line_break" | "tab" | "spaces";

export function slotFault(value: string): SlotFault | null {
  if (value.trim() === "") return "empty";
  if (/[\r\n]/u.test(value)) return "line_break";
  if (value.includes("\t")) return "tab";
  if (/ {5,}/u.test(value)) return "spaces";
  return null;
}

export interface FilledPart {
  text: string;
  /** A slot that has no value yet: `text` is its label. */
  open: boolean;
}

/** Body or heading with `{{1}}` or `{{first_name}}` replaced, where there is a value. */
export function fillText(
  text: string,
  part: "body" | "header",
  values: Record<string, string>,
): FilledPart[] {
  return text
    .split(/(\{\{\s*\w+\s*\}\})/gu)
    .filter(Boolean)
    .map((piece) => {
      const label = /^\{\{\s*(\w+)\s*\}\}$/u.exec(piece)?.[1];
      if (!label) return { text: piece, open: false };
      const value = values[`${part}:${label}`];
      return value ? { text: value, open: false } : { text: label.replaceAll("_", " "), open: true };
    });
}
