// How the customer of the open thread stands, beside what is written: read after the thread, so that opening one
// waits for nothing more.

import type { Backend } from "../backend/backend";
import type { ConsentSummary } from "../backend/generated/ConsentSummary";

type Core = Pick<Backend, "customer" | "onChange">;

export class Consent {
  summary = $state.raw<ConsentSummary | null>(null);
  #threadId: number | null = null;
  #asked = 0;

  constructor(private backend: Core) {}

  /** Follows what the core says of this thread's customer, until the function that comes back is called. */
  follow(threadId: number): () => void {
    this.#threadId = threadId;
    this.summary = null;
    const first = setTimeout(() => void this.reload());
    const stop = this.backend.onChange((change) => {
      // Not with every message of the thread: what bears on a consent is told by itself.
      if (change.consents || change.all_threads) void this.reload();
    });
    return () => {
      clearTimeout(first);
      stop();
      if (this.#threadId === threadId) this.#threadId = this.summary = null;
    };
  }

  async reload(): Promise<void> {
    const threadId = this.#threadId;
    if (threadId === null) return;
    const turn = ++this.#asked;
    try {
      const { consent } = await this.backend.customer(threadId);
      if (turn === this.#asked && this.#threadId === threadId) this.summary = consent;
    } catch {
      // Whatever stands in the way is said where something is sent.
    }
  }
}
