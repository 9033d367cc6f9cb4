// Which threads the list shows and in which order, and how many stand where.

import type { Backend } from "../backend/backend";
import type { OwnNumber } from "../backend/generated/OwnNumber";
import type { Section } from "../backend/generated/Section";
import type { SectionCounts } from "../backend/generated/SectionCounts";
import type { Settings } from "../backend/generated/Settings";
import type { ThreadQuery } from "../backend/generated/ThreadQuery";
import type { ThreadSort } from "../backend/generated/ThreadSort";
import { remember, remembered } from "./remembered";
import { runner } from "./runner";
import { throttled } from "./throttle";

export type ViewKind = Section | "all" | "mine" | "unread";
export type View =
  { kind: ViewKind } | { kind: "label"; label: string } | { kind: "number"; number: OwnNumber };

export const ALL: View = { kind: "all" };
const EVERYTHING: ThreadQuery = {
  section: null,
  sort: "newest",
  unread: false,
  assignee: null,
  label: null,
  number_id: null,
};
/** The counts follow a storm of changes no faster than this. */
const COUNT_EVERY = 500;

export function viewKey(view: View): string {
  if (view.kind === "label") return `label ${view.label}`;
  return view.kind === "number" ? `number ${view.number.number_id}` : view.kind;
}

export function queryOf(view: View, sort: ThreadSort, me: string): ThreadQuery {
  const query = { ...EVERYTHING, sort };
  switch (view.kind) {
    case "all":
      return query;
    case "mine":
      return { ...query, assignee: me };
    case "unread":
      return { ...query, unread: true };
    case "label":
      return { ...query, label: view.label };
    case "number":
      return { ...query, number_id: view.number.number_id };
    default:
      return { ...query, section: view.kind };
  }
}

export class Sections {
  view = $state.raw<View>(ALL);
  counts = $state.raw<SectionCounts | null>(null);
  numbers = $state.raw<OwnNumber[]>([]);
  #sorts = $state.raw(remembered<Record<string, ThreadSort>>("sorts", {}));

  constructor(
    private backend: Backend,
    private settings: () => Settings | null,
    private report: (error: unknown) => void,
  ) {}

  get me(): string {
    return this.settings()?.me ?? "";
  }

  sort = $derived.by<ThreadSort>(() => {
    const chosen = this.#sorts[viewKey(this.view)];
    // Where the time to answer is the point, whose time ends first comes first.
    const urgent = this.view.kind === "closing_soon" || this.view.kind === "waiting_for_us";
    return chosen ?? (urgent ? "closing" : "newest");
  });

  query = $derived.by(() => queryOf(this.view, this.sort, this.me));

  /** `null` where no count is told. */
  countOf(view: View): number | null {
    if (!this.counts || view.kind === "label" || view.kind === "number") return null;
    return this.counts[view.kind];
  }

  /** The fixed views of the rail, in its order; those that make no sense now are left out. */
  views = $derived.by<View[]>(() => [
    ALL,
    { kind: "closing_soon" },
    { kind: "waiting_for_us" },
    { kind: "waiting_for_them" },
    { kind: "closed" },
    ...(this.counts?.snoozed || this.view.kind === "snoozed" ? [{ kind: "snoozed" } as const] : []),
    { kind: "done" },
  ]);
  personal = $derived.by<View[]>(() => [...(this.me ? [{ kind: "mine" } as const] : []), { kind: "unread" }]);

  show(view: View): void {
    this.view = view;
  }

  order(sort: ThreadSort): void {
    this.#sorts = { ...this.#sorts, [viewKey(this.view)]: sort };
    // Of labels only the order of this session is kept: their names stay in the encrypted store.
    remember(
      "sorts",
      Object.fromEntries(Object.entries(this.#sorts).filter(([key]) => !key.startsWith("label "))),
    );
  }

  /** Soon, and not more often than twice a second. */
  changed(): void {
    this.#recount.call();
  }

  count = runner(async () => {
    this.counts = await this.backend.sectionCounts(EVERYTHING);
  });

  async reload(): Promise<void> {
    const [numbers] = await Promise.all([this.backend.ownNumbers(), this.count()]);
    this.numbers = numbers;
  }

  stop(): void {
    this.#recount.stop();
  }

  #recount = throttled(() => void this.count().catch(this.report), COUNT_EVERY);
}
