// The people of a batch, or of one that is being prepared, page by page: there may be a hundred thousand.

import type { BatchFilter } from "../backend/generated/BatchFilter";
import type { BatchPeople as Page } from "../backend/generated/BatchPeople";
import type { BatchPerson } from "../backend/generated/BatchPerson";
import type { SkipReason } from "../backend/generated/SkipReason";

export type AskPeople = (filter: BatchFilter, after: number | null, limit: number) => Promise<Page>;

const PAGE = 100;
/** Where only some of a page are wanted, it is a larger one. */
const WIDE = 5000;
/** Rows ahead of what is seen when the next page is asked for. */
const AHEAD = 40;

/** A long list that moves is read anew no oftener than this. */
const LONG = 500;
const CALM = 10_000;

export class BatchPeople {
  rows = $state.raw<readonly BatchPerson[]>([]);
  loaded = $state(false);
  filter = $state<BatchFilter>("all");
  #next: number | null = null;
  #loading = false;
  #turn = 0;
  #readAt = -CALM;

  /** `why`: only those who are skipped for this reason. */
  constructor(
    private ask: AskPeople,
    filter: BatchFilter,
    private why: SkipReason | null = null,
  ) {
    this.filter = filter;
  }

  get more(): boolean {
    return this.#next !== null;
  }

  async show(filter: BatchFilter): Promise<void> {
    this.filter = filter;
    this.rows = [];
    this.loaded = false;
    await this.reload();
  }

  /** Something moved: anew, but a long list only now and then. */
  async follow(): Promise<void> {
    const late = performance.now() - this.#readAt >= CALM;
    if (this.rows.length < LONG || late) await this.reload();
  }

  /** As many rows as stood there before, anew. */
  async reload(): Promise<void> {
    const turn = ++this.#turn;
    this.#readAt = performance.now();
    const wanted = Math.max(PAGE, Math.ceil(this.rows.length / PAGE) * PAGE);
    const [rows, next] = await this.#read(null, wanted);
    if (turn !== this.#turn) return;
    this.rows = rows;
    this.#next = next;
    this.loaded = true;
  }

  /** The screen shows rows up to this one. */
  async seen(upTo: number): Promise<void> {
    const after = this.#next;
    if (after === null || this.#loading || upTo < this.rows.length - AHEAD) return;
    const turn = this.#turn;
    this.#loading = true;
    try {
      const [rows, next] = await this.#read(after, PAGE);
      if (turn !== this.#turn) return;
      this.rows = [...this.rows, ...rows];
      this.#next = next;
    } finally {
      this.#loading = false;
    }
  }

  async #read(from: number | null, wanted: number): Promise<[BatchPerson[], number | null]> {
    const found: BatchPerson[] = [];
    let after = from;
    do {
      const page = await this.ask(this.filter, after, this.why === null ? wanted : WIDE);
      found.push(...page.people.filter(({ skipped }) => this.why === null || skipped === this.why));
      after = page.next;
    } while (after !== null && found.length < wanted);
    return [found, after];
  }
}
