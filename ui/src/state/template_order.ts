// Which templates are shown, in which order, and which of them need a look.

import type { TemplateDraft } from "../backend/generated/TemplateDraft";
import type { TemplateView } from "../backend/generated/TemplateView";
import { fold } from "../text/fuzzy";

export type Filter = "all" | "look" | "drafts" | "rejected" | "paused";
export const FILTERS: readonly Filter[] = ["all", "look", "drafts", "rejected", "paused"];
export type SortBy = "name" | "used" | "answers" | "check";
export const SORTS: readonly SortBy[] = ["name", "used", "answers", "check"];

const DAY = 86_400_000;
/** A template that nobody looked at for half a year may well be out of date. */
const STALE = 183 * DAY;

export type Concern = "rejected" | "paused" | "disabled" | "move" | "quality" | "stale";

/** When somebody last made sure that it is right. */
export function lastCheck(template: TemplateView): number {
  return template.checked_at ?? template.known_since;
}

/** What somebody should see to, gravest first. */
export function concerns(template: TemplateView, now: number): Concern[] {
  const found: Concern[] = [];
  if (template.status === "REJECTED") found.push("rejected");
  if (template.status === "PAUSED") found.push("paused");
  if (template.status === "DISABLED") found.push("disabled");
  if (template.moves_to) found.push("move");
  if (template.quality === "RED" || template.quality === "YELLOW") found.push("quality");
  if (template.status === "APPROVED" && now - lastCheck(template) > STALE) found.push("stale");
  return found;
}

export function belongs(template: TemplateView, filter: Filter, now: number): boolean {
  if (filter === "all") return true;
  if (filter === "look") return concerns(template, now).length > 0;
  return filter === "drafts" ? false : template.status === filter.toUpperCase();
}

export function countsOf(
  templates: readonly TemplateView[],
  drafts: readonly TemplateDraft[],
  now: number,
): Record<Filter, number> {
  const count = (filter: Filter) => templates.filter((one) => belongs(one, filter, now)).length;
  return {
    all: templates.length,
    look: count("look"),
    drafts: drafts.length,
    rejected: count("rejected"),
    paused: count("paused"),
  };
}

export interface Group {
  name: string;
  rows: TemplateView[];
}

export interface Searchable {
  template: TemplateView;
  hay: string;
}

/** Folded and put in order once, so that a key press only looks. */
export function searchable(templates: readonly TemplateView[]): Searchable[] {
  return templates.toSorted(byName).map((template) => ({
    template,
    hay: fold(
      [
        template.name,
        template.name.replaceAll("_", " "),
        template.language,
        template.category,
        template.parts.header?.text ?? "",
        template.parts.body,
        template.parts.footer ?? "",
      ].join(" "),
    ),
  }));
}

/** All languages of a name stand together, at the place of the first one. */
export function groupsOf(
  all: readonly Searchable[],
  { typed, filter, sort, now }: { typed: string; filter: Filter; sort: SortBy; now: number },
): Group[] {
  const words = fold(typed).split(/\s+/u).filter(Boolean);
  const found = all
    .filter(
      ({ template, hay }) => words.every((word) => hay.includes(word)) && belongs(template, filter, now),
    )
    .map(({ template }) => template);
  // By name they stand already, and those that are alike stay so.
  if (sort !== "name") found.sort(ORDER[sort]);
  const groups = new Map<string, TemplateView[]>();
  for (const template of found) {
    const rows = groups.get(template.name);
    if (rows) rows.push(template);
    else groups.set(template.name, [template]);
  }
  return [...groups].map(([name, rows]) => ({ name, rows }));
}

/** One template in the list: the first of a name bears its heading. */
export interface Line {
  key: string;
  template: TemplateView;
  first: boolean;
  last: boolean;
  /** How many languages of its name are shown. */
  count: number;
}

export function linesOf(groups: readonly Group[]): Line[] {
  return groups.flatMap(({ name, rows }) =>
    rows.map((template, at) => ({
      key: `${name} ${template.language}`,
      template,
      first: at === 0,
      last: at === rows.length - 1,
      count: rows.length,
    })),
  );
}

/** Names are small letters, digits and underscores: nothing that a language would order otherwise. */
const byName = (a: TemplateView, b: TemplateView) =>
  compare(a.name, b.name) || compare(a.language, b.language);
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Few sends say little: without them the order would be that of luck. */
function answerRate({ figures }: TemplateView): number {
  return (figures.answered + 1) / (figures.sent + 6);
}

const ORDER: Record<SortBy, (a: TemplateView, b: TemplateView) => number> = {
  name: () => 0,
  used: (a, b) => (b.last_used_at ?? 0) - (a.last_used_at ?? 0),
  answers: (a, b) => answerRate(b) - answerRate(a),
  check: (a, b) => lastCheck(a) - lastCheck(b),
};
