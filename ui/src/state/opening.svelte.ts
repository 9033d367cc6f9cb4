// Opens threads one at a time, the last wish winning: with the key held down, those passed over are never asked
// for, and no more than one opening is under way.

import type { Conversation } from "./conversation.svelte";
import { runner } from "./runner";

export class Opening {
  #wanted = $state<number | null>(null);

  constructor(private conversation: Conversation) {}

  /** The thread that is open, or about to be. */
  get selected(): number | null {
    return this.#wanted ?? this.conversation.threadId;
  }

  open(threadId: number): Promise<void> {
    this.#wanted = threadId;
    return this.#run();
  }

  async close(): Promise<void> {
    this.#wanted = null;
    await this.conversation.leave();
  }

  #run = runner(async () => {
    while (this.#wanted !== null) {
      const threadId = this.#wanted;
      try {
        await this.conversation.open(threadId);
      } finally {
        if (this.#wanted === threadId) this.#wanted = null;
      }
    }
  });
}
