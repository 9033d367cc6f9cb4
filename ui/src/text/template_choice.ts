// Which language of a template is shown, and in which group it stands.

import type { TemplateList } from "../backend/generated/TemplateList";
import type { TemplateView } from "../backend/generated/TemplateView";
import type { Family } from "./template_search";

const base = (code: string) => code.split(/[_-]/u)[0]?.toLowerCase() ?? code;
const same = (a: string, b: string) =>
  a.replace("-", "_").toLowerCase() === b.replace("-", "_").toLowerCase();

export interface Shown {
  view: TemplateView;
  /** Another language than the wanted one: there is none in it, or none that can be sent. */
  fallback: { wanted: string; blocked: TemplateView | null } | null;
}

/**
 * The language that was chosen by hand, else the wanted one, else the staff's own, else the first that can be sent.
 * `pt_BR` is wanted by `pt` as well.
 */
export function shownIn(family: Family, wanted: string, own: string, picked?: string): Shown {
  const { views } = family;
  const byHand = views.find((view) => view.language === picked);
  if (byHand) return { view: byHand, fallback: null };
  const inLanguage = (code: string, from: readonly TemplateView[]) =>
    from.find((view) => same(view.language, code)) ?? from.find((view) => base(view.language) === base(code));
  const sendable = views.filter((view) => view.obstacle === null);
  const right = inLanguage(wanted, sendable);
  if (right) return { view: right, fallback: null };
  const blocked = inLanguage(wanted, views) ?? null;
  const other = inLanguage(own, sendable) ?? inLanguage("en", sendable) ?? sendable[0];
  if (other) return { view: other, fallback: { wanted, blocked } };
  return { view: blocked ?? (views[0] as TemplateView), fallback: null };
}

export const sendable = (family: Family) => family.views.some((view) => view.obstacle === null);

export type GroupName =
  "proposal" | "favourites" | "here" | "recent" | "all" | "others" | "blocked" | "found";

export interface Group {
  name: GroupName;
  families: readonly Family[];
}

/** More of what was used lately is no longer lately. */
const LATELY = 5;

const latest = (family: Family, at: (view: TemplateView) => number | null) =>
  Math.max(0, ...family.views.map((view) => at(view) ?? 0));

/** Each family once, in the first group that it belongs to. */
export function groupsOf(families: readonly Family[], proposal: TemplateList["proposal"]): Group[] {
  const placed = new Set<Family>();
  const take = (name: GroupName, some: readonly Family[]): Group => {
    const fresh = some.filter((family) => !placed.has(family));
    for (const family of fresh) placed.add(family);
    return { name, families: fresh };
  };
  const lately = (name: GroupName, at: (view: TemplateView) => number | null) => {
    const used = families.filter(
      (family) => !placed.has(family) && sendable(family) && latest(family, at) > 0,
    );
    return take(name, used.sort((a, b) => latest(b, at) - latest(a, at)).slice(0, LATELY));
  };
  const groups = [
    take("proposal", proposal ? families.filter(({ name }) => name === proposal.name).filter(sendable) : []),
    take(
      "favourites",
      families.filter(({ views }) => views.some((view) => view.favourite)),
    ),
    lately("here", (view) => view.used_here_at),
    lately("recent", (view) => view.last_used_at),
  ];
  groups.push(take(placed.size > 0 ? "others" : "all", families.filter(sendable)), take("blocked", families));
  return groups.filter((group) => group.families.length > 0);
}
