// The customer of the open thread. What is shown always belongs to the thread that is asked for: of the previous
// one nothing stays, and an answer that comes late is dropped.

import type { Backend } from "../backend/backend";
import type { BlockResult } from "../backend/generated/BlockResult";
import type { Change } from "../backend/generated/Change";
import type { CustomerChange } from "../backend/generated/CustomerChange";
import type { CustomerView } from "../backend/generated/CustomerView";

type Core = Pick<
  Backend,
  "customer" | "describeCustomer" | "blockCustomer" | "mergeCustomers" | "undoMerge" | "onChange"
>;

export class Customer {
  view = $state.raw<CustomerView | null>(null);
  failed = $state(false);
  #threadId: number | null = null;
  #asked = 0;
  #shown = 0;

  constructor(private backend: Core) {}

  /** Follows what the core says of this customer, until the function that comes back is called. */
  follow(threadId: number): () => void {
    this.#threadId = threadId;
    this.view = null;
    this.failed = false;
    void this.reload();
    const stop = this.backend.onChange((change) => {
      if (concerns(change, threadId)) void this.reload();
    });
    return () => {
      stop();
      if (this.#threadId !== threadId) return;
      this.#threadId = this.view = null;
    };
  }

  async reload(): Promise<void> {
    const threadId = this.#threadId;
    if (threadId === null) return;
    const turn = ++this.#asked;
    try {
      const view = await this.backend.customer(threadId);
      if (this.#threadId !== threadId || turn < this.#shown) return;
      this.#shown = turn;
      this.view = view;
      this.failed = false;
    } catch {
      if (this.#threadId === threadId && turn === this.#asked) this.failed = this.view === null;
    }
  }

  async describe(threadId: number, change: CustomerChange): Promise<void> {
    await this.backend.describeCustomer(threadId, change);
    await this.reload();
  }

  async block(threadId: number, on: boolean): Promise<BlockResult> {
    const result = await this.backend.blockCustomer(threadId, on);
    await this.reload();
    return result;
  }

  /** Resolves to what takes it back. */
  async merge(threadId: number, otherThreadId: number): Promise<() => Promise<void>> {
    const id = await this.backend.mergeCustomers(threadId, otherThreadId);
    await this.reload();
    return () => this.unmerge(id);
  }

  async unmerge(mergeId: string): Promise<void> {
    await this.backend.undoMerge(mergeId);
    await this.reload();
  }
}

function concerns(change: Change, threadId: number): boolean {
  return change.consents || change.all_threads || change.threads.includes(threadId);
}
