// The thread list: loaded page by page, and kept right by asking only for what changed.

import type { Backend } from "../backend/backend";
import type { Change } from "../backend/generated/Change";
import type { ThreadCursor } from "../backend/generated/ThreadCursor";
import type { ThreadQuery } from "../backend/generated/ThreadQuery";
import type { ThreadRow } from "../backend/generated/ThreadRow";
import { runner } from "./runner";

const EVERYTHING: ThreadQuery = {
  section: null,
  sort: "newest",
  unread: false,
  assignee: null,
  label: null,
  number_id: null,
};
const PAGE = 50;
/** More named changes than this below the first page, and the list is read anew. */
const NAMED = 20;

export class Inbox {
  rows = $state.raw<ThreadRow[]>([]);
  loaded = $state(false);
  #next: ThreadCursor | null = null;
  #changed = new Set<number>();
  #all = false;

  constructor(private backend: Backend) {}

  changed(change: Change): Promise<void> {
    for (const id of change.threads) this.#changed.add(id);
    this.#all ||= change.all_threads;
    return this.#refresh();
  }

  reload(): Promise<void> {
    this.#all = true;
    return this.#refresh();
  }

  loadMore = runner(async () => {
    if (!this.#next) return;
    const page = await this.backend.listThreads(EVERYTHING, this.#next, PAGE);
    this.rows = merge(this.rows, page.rows);
    this.#next = page.next;
  });

  indexOf(threadId: number): number {
    return this.rows.findIndex((row) => row.thread_id === threadId);
  }

  #refresh = runner(async () => {
    const changed = this.#changed;
    const all = this.#all || changed.size > NAMED;
    this.#changed = new Set();
    this.#all = false;

    const first = await this.backend.listThreads(EVERYTHING, null, PAGE);
    if (all || !this.loaded) {
      this.rows = first.rows;
      this.#next = first.next;
      this.loaded = true;
      return;
    }
    const fresh = new Map(first.rows.map((row) => [row.thread_id, row]));
    // A row further down that changed without moving (a draft, a tick): it stands just before this cursor.
    const below = this.rows.filter((row) => changed.has(row.thread_id) && !fresh.has(row.thread_id));
    for (const row of below) {
      const cursor = { pinned: false, key: row.last_at, thread_id: row.thread_id + 1 };
      for (const found of (await this.backend.listThreads(EVERYTHING, cursor, 1)).rows)
        fresh.set(found.thread_id, found);
    }
    this.rows = merge(this.rows, [...fresh.values()]);
    if (!first.next) this.#next = null;
  });
}

/** Newest activity first, as the core orders it; a row of `fresh` replaces the older one of the same thread. */
function merge(old: ThreadRow[], fresh: ThreadRow[]): ThreadRow[] {
  const known = new Set(fresh.map((row) => row.thread_id));
  return [...fresh, ...old.filter((row) => !known.has(row.thread_id))].sort(
    (a, b) => b.last_at - a.last_at || b.thread_id - a.thread_id,
  );
}
