// The emoji of the standard with their names in the reader's language. Part of the app and read only when
// somebody looks for one: nothing is fetched.

import { remember, remembered } from "../state/remembered";
import { fold } from "../text/fuzzy";

export interface Emoji {
  emoji: string;
  name: string;
  /** Folded: the name first, then the words it is found by. */
  words: string[];
  group: number;
}

/** Groups of the standard in its order; 2 holds parts of others (skin, hair) and is left out. */
export const GROUPS = [0, 1, 3, 4, 5, 6, 7, 8, 9] as const;
/** Newer ones are empty boxes on systems that people use today. */
const NEWEST = 15;
const RECENT = 24;

const FILES = {
  en: () => import("emoji-picker-element-data/en/cldr/data.json"),
  de: () => import("emoji-picker-element-data/de/cldr/data.json"),
  "pt-BR": () => import("emoji-picker-element-data/pt/cldr/data.json"),
};

const loaded = new Map<keyof typeof FILES, Promise<Emoji[]>>();

export function loadEmoji(language: keyof typeof FILES): Promise<Emoji[]> {
  let found = loaded.get(language);
  if (!found) loaded.set(language, (found = read(language)));
  return found;
}

async function read(language: keyof typeof FILES): Promise<Emoji[]> {
  const { default: data } = await FILES[language]();
  return data
    .filter(({ version, group }) => version <= NEWEST && (GROUPS as readonly number[]).includes(group))
    .map(({ emoji, annotation, tags, group }) => ({
      emoji,
      name: annotation,
      words: [fold(annotation), ...(tags ?? []).map(fold)],
      group,
    }));
}

/** Best first: the name begins so, then a word of the name, then another word. */
export function findEmoji(all: readonly Emoji[], typed: string, limit: number): Emoji[] {
  const wanted = fold(typed.replaceAll("_", " ").trim());
  if (wanted === "") return [];
  const rank = ({ words }: Emoji): number => {
    const name = words[0] ?? "";
    if (name === wanted) return 0;
    if (name.startsWith(wanted)) return 1;
    if (name.includes(` ${wanted}`)) return 2;
    if (words.includes(wanted)) return 3;
    return words.some((word) => word.startsWith(wanted)) ? 4 : -1;
  };
  return all
    .map((emoji) => ({ emoji, rank: rank(emoji) }))
    .filter((one) => one.rank >= 0)
    .sort((a, b) => a.rank - b.rank || a.emoji.name.length - b.emoji.name.length)
    .slice(0, limit)
    .map((one) => one.emoji);
}

const FIRST = ["👍", "🙏", "😊", "❤️", "👋", "✅", "🎉", "😀", "👌", "🙂", "📦", "📅"];

/** Those used last; before any was used, those a shop needs most. */
export function recentEmoji(): string[] {
  const used = remembered<string[]>("emoji", []);
  return [...used, ...FIRST.filter((one) => !used.includes(one))].slice(0, RECENT);
}

export function rememberEmoji(emoji: string): void {
  const used = remembered<string[]>("emoji", []).filter((one) => one !== emoji);
  remember("emoji", [emoji, ...used].slice(0, RECENT));
}
