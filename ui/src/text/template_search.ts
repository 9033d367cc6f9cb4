// Finding a template while one types: everything that can be folded beforehand is, so that a key press only scans.

import type { TemplateView } from "../backend/generated/TemplateView";
import { fold } from "./fuzzy";

/** One name in all its languages. */
export interface Family {
  name: string;
  /** `order_ready` as people would write it. */
  title: string;
  views: readonly TemplateView[];
}

interface Folded {
  family: Family;
  name: string;
  /** Text, category and language of each view. */
  texts: readonly string[];
}

const EXACT = 8;
const START = 4;
const WORD = 3;
const INSIDE = 2;
const TEXT = 1;
const SCATTERED = 0.5;

export function titleOf(name: string): string {
  const words = name.replaceAll("_", " ").trim();
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}

/** In the order of their names. */
export function familiesOf(templates: readonly TemplateView[]): Family[] {
  const byName = new Map<string, TemplateView[]>();
  for (const view of templates) {
    const views = byName.get(view.name);
    if (views) views.push(view);
    else byName.set(view.name, [view]);
  }
  return [...byName]
    .map(([name, views]) => ({ name, title: titleOf(name), views }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

export class TemplateIndex {
  readonly families: readonly Family[];
  #folded: readonly Folded[];

  /** `words`: what else a template answers to, in the reader's language: its category, the name of its language. */
  constructor(templates: readonly TemplateView[], words: (view: TemplateView) => string) {
    this.families = familiesOf(templates);
    this.#folded = this.families.map((family) => ({
      family,
      name: fold(family.title),
      texts: family.views.map((view) => fold(`${textOf(view)} ${words(view)}`)),
    }));
  }

  /** Those that answer to every typed word, best first. */
  find(typed: string): Family[] {
    const words = fold(typed)
      .split(/[\s_]+/u)
      .filter(Boolean);
    if (words.length === 0) return [...this.families];
    const found: { family: Family; score: number }[] = [];
    for (const one of this.#folded) {
      const score = scoreOf(one, words);
      if (score > 0) found.push({ family: one.family, score });
    }
    // Sorting is stable: of two that answer equally well the names decide.
    return found.sort((a, b) => b.score - a.score).map(({ family }) => family);
  }
}

function textOf({ parts }: TemplateView): string {
  const cards = parts.cards.map((card) => card.body).join(" ");
  const buttons = parts.buttons.map((button) => button.text).join(" ");
  return `${parts.header?.text ?? ""} ${parts.body} ${parts.footer ?? ""} ${parts.offer?.text ?? ""} ${cards} ${buttons}`;
}

function scoreOf({ name, texts }: Folded, words: readonly string[]): number {
  let sum = 0;
  for (const word of words) {
    let score = inName(word, name);
    if (score < TEXT && texts.some((text) => text.includes(word))) score = TEXT;
    if (score === 0) return 0;
    sum += score;
  }
  // Of two that answer equally well the shorter name is meant.
  return sum - name.length / 10_000;
}

function inName(word: string, name: string): number {
  const at = name.indexOf(word);
  if (at === 0) return name.length === word.length ? EXACT : START;
  if (at > 0) return name.includes(` ${word}`) ? WORD : INSIDE;
  // Letters here and there are a guess; with two of them nearly everything would answer.
  return word.length >= 3 && scattered(word, name) ? SCATTERED : 0;
}

function scattered(word: string, name: string): boolean {
  let from = 0;
  for (const letter of word) {
    const found = name.indexOf(letter, from);
    if (found < 0) return false;
    from = found + 1;
  }
  return true;
}
