// Characters that nobody sees and that change what is read: they turn text around, split a word, hide another
// message within this one; and marks piled up on one letter until they lie over the lines around it. Where they are
// part of proper writing (an emoji's parts, Persian, Hindi) they stay.

export type Seen =
  | { kind: "text"; text: string }
  /** `count` hidden characters in a row, called by the first of them. */
  | { kind: "hidden"; code: string; why: "turns" | "unseen" | "piled"; count: number };

export type HiddenPiece = Extract<Seen, { kind: "hidden" }>;

/** What goes between the brackets of a character class. */
export const HIDDEN = String.raw`\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e0fff}`;
// eslint-disable-next-line no-misleading-character-class -- each stands for itself here
const SUSPECT = new RegExp(`[${HIDDEN}]`, "u");
const TURNS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
/** Scripts that join their letters by the zero-width joiner and non-joiner. */
const JOINING =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const PICTURE = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f]/u;
/** More marks on one letter no writing needs. */
const PILE = 8;
const MARK = /\p{M}/u;
const PILED = new RegExp(`\\p{M}{${PILE + 1}}`, "u");
/** A flag made of tags has no more than these. */
const TAGS = 7;
/** Beyond this many boxes in one text, further hidden characters are one plain sign each. */
const MOST_BOXES = 200;
const SIGN = "▯";

export function reveal(text: string, boxes = { left: MOST_BOXES }): Seen[] {
  if (!SUSPECT.test(text) && !PILED.test(text)) return text === "" ? [] : [{ kind: "text", text }];
  const out: Seen[] = [];
  let plain = "";
  let at = 0;
  let pile = 0;
  for (const char of text) {
    const last = out.at(-1);
    pile = MARK.test(char) ? pile + 1 : 0;
    const hidden = SUSPECT.test(char) && !belongs(text, at, char);
    if (!hidden && pile <= PILE) plain += char;
    else if (plain === "" && last?.kind === "hidden") last.count++;
    else if (boxes.left > 0) {
      boxes.left--;
      if (plain !== "") out.push({ kind: "text", text: plain });
      plain = "";
      out.push({ kind: "hidden", code: codeOf(char), why: hidden ? why(char) : "piled", count: 1 });
    } else plain += SIGN;
    at += char.length;
  }
  if (plain !== "") out.push({ kind: "text", text: plain });
  return out;
}

function why(char: string): "turns" | "unseen" {
  return TURNS.test(char) ? "turns" : "unseen";
}

function codeOf(char: string): string {
  return `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** Whether the character is a part of what stands before it, as its script or an emoji needs it. */
function belongs(text: string, at: number, char: string): boolean {
  const before = charBefore(text, at);
  if (before === "") return false;
  const code = char.codePointAt(0) ?? 0;
  if (code === 0x200c) return JOINING.test(before);
  if (code === 0x200d) {
    const after = String.fromCodePoint(text.codePointAt(at + 1) ?? 0);
    return JOINING.test(before) || (PICTURE.test(before) && /\p{Extended_Pictographic}/u.test(after));
  }
  if (code === 0xfe0e || code === 0xfe0f) return /\p{Emoji}/u.test(before);
  if (code >= 0xe0100 && code <= 0xe01ef) return /\p{Ideographic}/u.test(before);
  if (code >= 0xe0020 && code <= 0xe007f) return inFlag(text, at);
  return false;
}

function charBefore(text: string, at: number): string {
  const low = text.charCodeAt(at - 1);
  if (low >= 0xdc00 && low <= 0xdfff && at > 1) return text.slice(at - 2, at);
  return text.charAt(at - 1);
}

function inFlag(text: string, at: number): boolean {
  for (let back = 0; back < TAGS; back++) {
    const before = charBefore(text, at);
    if (before === "\u{1f3f4}") return true;
    const code = before.codePointAt(0) ?? 0;
    if (code < 0xe0020 || code > 0xe007e) return false;
    at -= before.length;
  }
  return false;
}
