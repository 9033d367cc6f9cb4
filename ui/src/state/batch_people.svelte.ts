// The people of a batch, or of one that is being prepared, page by page: there may be a hundred thousand.

import type { BatchFilter } from "../backend/generated/BatchFilter";
import type { BatchPeople as Page } from "../backend/generated/BatchPeople";
import type { BatchPerson } from "../backend/generated/BatchPerson";
import type { SkipReason } from "../backend/generated/SkipReason";
import { Pages } from "./pages.svelte";

export type AskPeople = (filter: BatchFilter, after: number | null, limit: number) => Promise<Page>;

const SIZE = { page: 100, ahead: 40 };
/** Where only some of a page are wanted, it is a larger one. */
const WIDE = 5000;

/** A long list that moves is read anew no oftener than this. */
const LONG = 500;
const CALM = 10_000;

export class BatchPeople extends Pages<BatchPerson, number> {
  filter = $state<BatchFilter>("all");
  #readAt = -CALM;

  /** `why`: only those who are skipped for this reason. */
  constructor(
    private ask: AskPeople,
    filter: BatchFilter,
    private why: SkipReason | null = null,
  ) {
    super((after, limit) => this.#read(after, limit), SIZE);
    this.filter = filter;
  }

  async show(filter: BatchFilter): Promise<void> {
    this.filter = filter;
    await this.anew();
  }

  /** Something moved: anew, but a long list only now and then. */
  async follow(): Promise<void> {
    const late = performance.now() - this.#readAt >= CALM;
    if (this.rows.length < LONG || late) await this.reload();
  }

  async #read(from: number | null, wanted: number) {
    if (from === null) this.#readAt = performance.now();
    const rows: BatchPerson[] = [];
    let next = from;
    do {
      const page = await this.ask(this.filter, next, this.why === null ? wanted : WIDE);
      rows.push(...page.people.filter(({ skipped }) => this.why === null || skipped === this.why));
      next = page.next;
    } while (next !== null && rows.length < wanted);
    return { rows, next };
  }
}
