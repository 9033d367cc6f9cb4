// Finding by a few typed letters: words anywhere, accents and case folded, the letters of one word in order.

/** Without case and accents, so that `muller` finds Müller. */
export function fold(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ß", "ss");
}

const START = 4;
const WORD = 3;
const INSIDE = 2;
const SCATTERED = 1;

/** How well `text` answers what was typed; `null` when it does not. Higher is better. */
export function fuzzyScore(typed: string, text: string): number | null {
  const hay = fold(text);
  let sum = 0;
  for (const word of fold(typed).split(/\s+/u).filter(Boolean)) {
    const score = scoreWord(word, hay);
    if (score === null) return null;
    sum += score;
  }
  // Of two that answer equally well the shorter one is meant.
  return sum - hay.length / 1000;
}

function scoreWord(word: string, hay: string): number | null {
  const at = hay.indexOf(word);
  if (at === 0) return START;
  if (at > 0) return hay.includes(` ${word}`) || hay.includes(`-${word}`) ? WORD : INSIDE;
  // Letters here and there are a guess; with two of them nearly everything would answer.
  if (word.length < 3) return null;
  let from = 0;
  for (const letter of word) {
    const found = hay.indexOf(letter, from);
    if (found < 0) return null;
    from = found + 1;
  }
  return SCATTERED;
}

/** Those that answer, best first; without anything typed all of them as they stand. */
export function fuzzyFind<T>(typed: string, all: readonly T[], text: (one: T) => string): T[] {
  if (!typed.trim()) return [...all];
  return all
    .map((one, at) => ({ one, at, score: fuzzyScore(typed, text(one)) }))
    .filter((found) => found.score !== null)
    .sort((a, b) => (b.score ?? 0) - (a.score ?? 0) || a.at - b.at)
    .map((found) => found.one);
}
