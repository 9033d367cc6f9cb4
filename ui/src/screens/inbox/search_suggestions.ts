// What a chip that is being typed may become.

import type { ThreadRow } from "../../backend/generated/ThreadRow";
import { m } from "../../paraglide/messages.js";
import { chipOf, dayOf, hasLike, HAS, type Chip, type ChipContext, type Pending } from "../../text/chips";
import { fold, fuzzyFind } from "../../text/fuzzy";
import { dateText } from "../../text/moments";
import { phoneText } from "../../text/phone";
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

/** `rows`: whoever stands in the list; people are looked for among them. */
export function suggest(pending: Pending, context: ChipContext, rows: readonly ThreadRow[]): Suggestion[] {
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
      return people(typed, context, rows);
    default:
      return days(kind, typed, context);
  }
}

function people(typed: string, { words }: ChipContext, rows: readonly ThreadRow[]): Suggestion[] {
  const found: Suggestion[] = [];
  if (fold(words.me()).startsWith(fold(typed)))
    found.push({
      title: words.me(),
      detail: m.search_me_detail(),
      chip: { kind: "from", value: "me", text: words.me() },
    });
  const names = new Map(rows.map((row) => [row.name.text, row.name]));
  for (const [text, name] of fuzzyFind(typed, [...names], ([text]) => text).slice(0, MOST - 2))
    found.push({
      title: text,
      detail: name.phone && name.phone !== text ? phoneText(name.phone) : undefined,
      chip: { kind: "from", value: text, text },
    });
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
