// How a person is drawn where there is no picture: initials on a colour that stays the same everywhere.

import { HIDDEN } from "./hidden";

const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** Nobody's initials stand further back. */
const LONGEST = 200;
/** A letter and the marks it may need; no pile of them. */
const SIGNS = 4;
const UNSEEN = new RegExp(`[${HIDDEN}]`, "gu");

export function initials(name: string): string {
  const words = name
    .slice(0, LONGEST)
    .replace(UNSEEN, "")
    .replace(/^@/u, "")
    .split(/[\s._-]+/u)
    .filter((word) => /[\p{L}]/u.test(word));
  const picked = words.length > 1 ? [words[0], words[words.length - 1]] : words.slice(0, 1);
  return picked
    .map((word) => beginning(word ?? ""))
    .join("")
    .toLocaleUpperCase();
}

/** The first sign of a word as one reads it. */
export function beginning(word: string): string {
  const first = segmenter.segment(word)[Symbol.iterator]().next();
  return first.done ? "" : [...first.value.segment].slice(0, SIGNS).join("");
}

export const HUES = 8;

/** One of `HUES` colours, from the name alone. */
export function hueOf(name: string): number {
  let sum = 2166136261;
  for (let at = 0; at < name.length; at++) sum = Math.imul(sum ^ name.charCodeAt(at), 16777619);
  return (sum >>> 0) % HUES;
}
