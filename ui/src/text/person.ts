// How a person is drawn where there is no picture: initials on a colour that stays the same everywhere.

const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });

export function initials(name: string): string {
  const words = name
    .replace(/^@/u, "")
    .split(/[\s._-]+/u)
    .filter((word) => /[\p{L}]/u.test(word));
  const picked = words.length > 1 ? [words[0], words[words.length - 1]] : words.slice(0, 1);
  return picked
    .map((word) => [...segmenter.segment(word ?? "")][0]?.segment ?? "")
    .join("")
    .toLocaleUpperCase();
}

export const HUES = 8;

/** One of `HUES` colours, from the name alone. */
export function hueOf(name: string): number {
  let sum = 2166136261;
  for (let at = 0; at < name.length; at++) sum = Math.imul(sum ^ name.charCodeAt(at), 16777619);
  return (sum >>> 0) % HUES;
}
