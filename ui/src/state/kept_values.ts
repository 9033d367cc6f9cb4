// Saves what is filled into a template, soon after it is typed, as a half-written answer is (drafts.ts): it survives
// a switch of threads, a crash and a restart. A core that keeps no values is asked nothing.

import type { SlotValue } from "../backend/generated/SlotValue";
import type { TemplateChoice } from "../backend/generated/TemplateChoice";

const DELAY = 250;

export interface KeepsValues {
  saveTemplateValues?(threadId: number, name: string, language: string, values: SlotValue[]): Promise<void>;
}

interface Kept {
  threadId: number;
  choice: TemplateChoice;
}

const keyOf = (threadId: number, { name, language }: { name: string; language: string }) =>
  `${threadId} ${name} ${language}`;

export class KeptValues {
  #waiting = new Map<string, Kept>();
  #inFlight: Promise<void> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private backend: KeepsValues) {}

  set(threadId: number, choice: TemplateChoice): void {
    if (!this.backend.saveTemplateValues) return;
    this.#waiting.set(keyOf(threadId, choice), { threadId, choice });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), DELAY);
  }

  /** They leave as a message: nothing of them may be saved any more, nor after the message is queued. */
  async forget(threadId: number, template: { name: string; language: string }): Promise<void> {
    this.#waiting.delete(keyOf(threadId, template));
    await this.#inFlight;
    this.#waiting.delete(keyOf(threadId, template));
  }

  flush(): Promise<void> {
    clearTimeout(this.#timer);
    const batch = [...this.#waiting];
    this.#waiting.clear();
    this.#inFlight = this.#inFlight.then(async () => {
      for (const [key, kept] of batch) await this.#save(key, kept);
    });
    return this.#inFlight;
  }

  async #save(key: string, kept: Kept): Promise<void> {
    try {
      const { name, language, values } = kept.choice;
      await this.backend.saveTemplateValues?.(kept.threadId, name, language, values);
    } catch {
      // For the next flush, unless something newer was typed meanwhile.
      if (!this.#waiting.has(key)) this.#waiting.set(key, kept);
    }
  }
}
