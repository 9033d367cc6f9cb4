// The thread list: loaded ahead page by page, and kept right by asking only for what changed. The thread that is
// open keeps its place until one moves on, so that an answer does not pull the list away under the hand.

import type { Backend } from "../backend/backend";
import type { Change } from "../backend/generated/Change";
import type { ThreadCursor } from "../backend/generated/ThreadCursor";
import type { ThreadQuery } from "../backend/generated/ThreadQuery";
import type { ThreadRow } from "../backend/generated/ThreadRow";
import { runner } from "./runner";
import { belongs, compare, nextTurn, standingOf, type Standing } from "./thread_order";

const PAGE = 100;
/** Rows that are loaded beyond the last one on screen. */
const AHEAD = 300;
/** More named changes than this, and the list is read anew. */
const NAMED = 200;
/** A list read anew is read this far at most; further down it loads again when it is scrolled there. */
const READ_ANEW = 1000;

/** The core's clock may be this much behind the window's. */
const GRACE = 500;

export interface ListContext {
  query(): ThreadQuery;
  /** The display form of the business number that the query names. */
  number(): string | null;
  now(): number | null;
  soon(): number;
}

export class Inbox {
  rows = $state.raw<ThreadRow[]>([]);
  loaded = $state(false);
  #byId = new Map<number, ThreadRow>();
  #standing = new Map<number, Standing>();
  #query: ThreadQuery | null = null;
  #next: ThreadCursor | null = null;
  /** How far the core was read, while there is more. */
  #end: Standing | null = null;
  #changed = new Set<number>();
  #all = false;
  #seen = 0;
  #held: number | null = null;
  #turn = Infinity;

  constructor(
    private backend: Backend,
    private context: ListContext,
  ) {}

  get(threadId: number): ThreadRow | undefined {
    return this.#byId.get(threadId);
  }

  indexOf(threadId: number): number {
    return this.#byId.has(threadId) ? this.rows.findIndex((row) => row.thread_id === threadId) : -1;
  }

  changed(change: Pick<Change, "threads" | "all_threads">): Promise<void> {
    for (const id of change.threads) this.#changed.add(id);
    this.#all ||= change.all_threads;
    return this.refresh();
  }

  reload(): Promise<void> {
    this.#all = true;
    return this.refresh();
  }

  /** The last row on screen: what comes after it is loaded before it is seen. */
  seen(index: number): Promise<void> {
    this.#seen = index;
    return this.#next && this.rows.length - index < AHEAD ? this.#loadMore() : Promise.resolve();
  }

  /** This thread stays where it is, whatever changes in it; the one before finds its place. */
  hold(threadId: number | null): void {
    if (this.#held === threadId) return;
    const before = this.#held === null ? undefined : this.#byId.get(this.#held);
    this.#held = threadId;
    if (before && this.#query) this.#place([before], []);
  }

  /** What was just done to threads, shown before the core has said so. */
  patch(threadIds: number[], part: Partial<ThreadRow>): void {
    const rows = threadIds.flatMap((id) => this.#byId.get(id) ?? []);
    if (this.#query)
      this.#place(
        rows.map((row) => ({ ...row, ...part })),
        [],
      );
  }

  /** Where one goes on from a thread that is done with: the next one, at the end the one before. */
  neighbour(threadIds: number[]): number | null {
    const leaving = new Set(threadIds);
    const last = Math.max(...threadIds.map((id) => this.indexOf(id)));
    if (last < 0) return null;
    const after = this.rows.slice(last + 1).find((row) => !leaving.has(row.thread_id));
    const before = this.rows.slice(0, last).findLast((row) => !leaving.has(row.thread_id));
    return (after ?? before)?.thread_id ?? null;
  }

  /** The threads below and above this one. */
  beside(threadId: number): number[] {
    const at = this.indexOf(threadId);
    if (at < 0) return [];
    return [this.rows[at + 1], this.rows[at - 1]].flatMap((row) => row?.thread_id ?? []);
  }

  /** Time alone moves rows: called on every tick, and costs nothing until a row's moment has come. */
  tick(now: number): Promise<void> {
    if (now < this.#turn + GRACE) return Promise.resolve();
    const soon = this.context.soon();
    const due = this.rows.filter((row) => nextTurn(row, this.#turn - 1, soon) <= now);
    this.#turn = Infinity;
    return this.changed({ threads: due.map((row) => row.thread_id), all_threads: false });
  }

  /** Reads what is known to have changed, or all when another list is asked for. */
  refresh = runner(async () => {
    const query = this.#wanted();
    const changed = [...this.#changed];
    const all = this.#all || query !== this.#query || changed.length > NAMED;
    this.#changed.clear();
    this.#all = false;
    if (all) await this.#readAnew(query);
    else if (changed.length > 0) await this.#ask(changed);
  });

  /** The same object for the same question. */
  #wanted(): ThreadQuery {
    const query = this.context.query();
    return this.#query && JSON.stringify(query) === JSON.stringify(this.#query) ? this.#query : query;
  }

  async #readAnew(query: ThreadQuery): Promise<void> {
    const same = query === this.#query;
    const wanted = same ? Math.min(this.#seen + PAGE, READ_ANEW) : PAGE;
    const rows: ThreadRow[] = [];
    let next: ThreadCursor | null = null;
    do {
      const page = await this.backend.listThreads(query, next, PAGE);
      rows.push(...page.rows);
      next = page.next;
    } while (next && rows.length < wanted);
    if (!same) this.#seen = 0;
    this.#query = query;
    this.#next = next;
    const last = rows.at(-1);
    this.#end = next && last ? standingOf(last, query.sort) : null;
    const held = same && this.#held !== null ? this.#keepHeld(rows) : rows;
    this.#byId = new Map(held.map((row) => [row.thread_id, row]));
    const kept = this.#held === null || !same ? undefined : this.#standing.get(this.#held);
    this.#standing = new Map(held.map((row) => [row.thread_id, standingOf(row, query.sort)]));
    if (kept && this.#held !== null && this.#byId.has(this.#held)) this.#standing.set(this.#held, kept);
    this.#publish([...this.#byId.values()].sort((a, b) => this.#order(a, b)));
    this.loaded = true;
  }

  /** The open thread stays in the list although the core lists it elsewhere now. */
  #keepHeld(rows: ThreadRow[]): ThreadRow[] {
    const held = this.#held === null ? undefined : this.#byId.get(this.#held);
    if (!held || rows.some((row) => row.thread_id === held.thread_id)) return rows;
    this.#changed.add(held.thread_id);
    return [...rows, held];
  }

  async #ask(threadIds: number[]): Promise<void> {
    const query = this.#query;
    const rows = await this.backend.threadRows(threadIds);
    if (query !== this.#query) return;
    const found = new Set(rows.map((row) => row.thread_id));
    this.#place(
      rows,
      threadIds.filter((id) => !found.has(id)),
    );
  }

  #loadMore = runner(async () => {
    const query = this.#query;
    while (query && query === this.#query && this.#next && this.rows.length - this.#seen < AHEAD) {
      const page = await this.backend.listThreads(query, this.#next, PAGE);
      if (query !== this.#query) return;
      this.#next = page.next;
      const last = page.rows.at(-1);
      this.#end = page.next && last ? standingOf(last, query.sort) : null;
      this.#place(page.rows, []);
    }
  });

  /** Puts rows where they belong and takes out those that are gone: one pass over the list. */
  #place(fresh: ThreadRow[], gone: number[]): void {
    const query = this.#query;
    if (!query) return;
    const number = this.context.number();
    const out = new Set(gone);
    const moved: ThreadRow[] = [];
    for (const row of fresh) {
      const id = row.thread_id;
      const known = this.#byId.has(id);
      const standing = standingOf(row, query.sort);
      if (id === this.#held && known) {
        this.#byId.set(id, row);
        continue;
      }
      out.add(id);
      const beyond = this.#end !== null && compare(standing, this.#end) > 0;
      if (!belongs(row, query, number) || beyond) continue;
      this.#standing.set(id, standing);
      moved.push(row);
    }
    const stay = this.rows
      .filter((row) => !out.has(row.thread_id))
      .map((row) => this.#byId.get(row.thread_id) ?? row);
    for (const id of out) this.#byId.delete(id);
    for (const row of moved) this.#byId.set(row.thread_id, row);
    for (const id of out) if (!this.#byId.has(id)) this.#standing.delete(id);
    moved.sort((a, b) => this.#order(a, b));
    this.#publish(this.#merge(stay, moved));
  }

  #merge(stay: ThreadRow[], moved: ThreadRow[]): ThreadRow[] {
    if (moved.length === 0) return stay;
    const rows: ThreadRow[] = [];
    let at = 0;
    for (const row of stay) {
      for (let next = moved[at]; next && this.#order(next, row) < 0; next = moved[++at]) rows.push(next);
      rows.push(row);
    }
    return rows.concat(moved.slice(at));
  }

  #order(a: ThreadRow, b: ThreadRow): number {
    const [left, right] = [this.#standing.get(a.thread_id), this.#standing.get(b.thread_id)];
    return left && right ? compare(left, right) : 0;
  }

  #publish(rows: ThreadRow[]): void {
    this.rows = rows;
    const now = this.context.now();
    if (now === null) return;
    const soon = this.context.soon();
    let turn = Infinity;
    for (const row of rows) turn = Math.min(turn, nextTurn(row, now, soon));
    this.#turn = turn;
  }
}
