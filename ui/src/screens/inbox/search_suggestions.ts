// What a chip that is being typed may become.

import type { PersonName } from "../../backend/generated/PersonName";
import { m } from "../../paraglide/messages.js";
import { chipOf, dayOf, hasLike, HAS, type Chip, type ChipContext, type Pending } from "../../text/chips";
import { fold, fuzzyFind } from "../../text/fuzzy";
import { dateText } from "../../text/moments";
import { nameText, numberBeside } from "../../text/phone";
import { locale } from "../../state/locale.svelte";

export interface Suggestion {
  title: string;
  detail?: string;
  chip: Chip | null;
  /** What is typed for it, where it is no chip yet. */
  insert?: string;
}

const MOST = 7;
const DAY = 86_400_000;

/** Whom `from:` may mean. */
export interface Acquainted {
  /** Those whose threads stand in the list: at hand at once, and looked through here. */
  listed: readonly PersonName[];
  /** Those whom the core found, among everybody. */
  found: readonly PersonName[];
}

export function suggest(pending: Pending, context: ChipContext, people: Acquainted): Suggestion[] {
  const { kind, typed } = pending;
  const { words } = context;
  switch (kind) {
    case "has": {
      const kinds = typed ? hasLike(typed) : HAS;
      return kinds.map((has) => ({
        title: words.has(has),
        chip: { kind, value: has, text: words.has(has) },
      }));
    }
    case "label":
      return fuzzyFind(typed, context.labels, (label) => label)
        .slice(0, MOST)
        .map((label) => ({ title: label, chip: { kind, value: label, text: label } }));
    case "in": {
      const chip = chipOf(kind, "", context);
      return chip ? [{ title: m.search_in_here(), detail: chip.text, chip }] : [];
    }
    case "from":
      return persons(typed, context, people);
    default:
      return days(kind, typed, context);
  }
}

function persons(typed: string, { words }: ChipContext, people: Acquainted): Suggestion[] {
  const found: Suggestion[] = [];
  if (fold(words.me()).startsWith(fold(typed)))
    found.push({
      title: words.me(),
      detail: m.search_me_detail(),
      chip: { kind: "from", value: "me", text: words.me() },
    });
  // No guesses among the few at hand, which would stand before whoever is really called so.
  const parts = fold(typed).split(/\s+/u);
  const called = (name: PersonName) => parts.every((word) => fold(name.text).includes(word));
  const near = fuzzyFind(typed, people.listed.filter(called), (name) => name.text);
  // Whoever the core found for another reason than the name (number, username) stands behind.
  const names = new Map([...near, ...people.found].map((name) => [name.text, name]));
  for (const name of [...names.values()].slice(0, MOST - 2)) {
    const text = nameText(name.text);
    found.push({ title: text, detail: numberBeside(name), chip: { kind: "from", value: name.text, text } });
  }
  if (typed && !names.has(typed))
    found.push({
      title: m.search_from_anyone({ text: typed }),
      chip: { kind: "from", value: typed, text: typed },
    });
  return found;
}

function days(kind: "before" | "after", typed: string, { now }: ChipContext): Suggestion[] {
  const midnight = (ago: number) => dayOf("today", now - ago * DAY) ?? now;
  const said = dayOf(typed, now);
  if (said !== null) return [day(kind, dateText(said, locale.formats), said)];
  const named = [
    day(kind, m.search_today(), midnight(0)),
    day(kind, m.search_yesterday(), midnight(1)),
    day(kind, m.search_week(), midnight(7)),
    day(kind, m.search_month(), midnight(30)),
  ];
  const fitting = named.filter(({ title }) => fold(title).startsWith(fold(typed)));
  return fitting.length > 0 ? fitting : [];
}

function day(kind: "before" | "after", title: string, at: number): Suggestion {
  const text = dateText(at, locale.formats);
  return { title, detail: title === text ? undefined : text, chip: { kind, value: at, text } };
}
