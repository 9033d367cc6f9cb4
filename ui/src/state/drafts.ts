// Saves what is typed, soon after it is typed, and at once when the person turns away. A half-written answer
// survives a switch of threads, a crash and a restart.

import type { Backend } from "../backend/backend";

const DELAY = 250;
/** How many saves back the core's echo of one may come. */
const ECHOES = 20;

export class Drafts {
  #waiting = new Map<number, string>();
  #saved = new Map<number, string[]>();
  #inFlight: Promise<void> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private backend: Pick<Backend, "saveDraft">) {}

  set(threadId: number, text: string): void {
    this.#waiting.set(threadId, text);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), DELAY);
  }

  /** What is typed but not yet saved. */
  pending(threadId: number): string | undefined {
    return this.#waiting.get(threadId);
  }

  /** Was this draft saved from here: then the core tells nothing new with it. */
  isEcho(threadId: number, draft: string): boolean {
    return this.#saved.get(threadId)?.includes(draft) ?? false;
  }

  /** The text leaves as a message: nothing of it may be saved any more, nor after the message is queued. */
  async forget(threadId: number): Promise<void> {
    this.#waiting.delete(threadId);
    this.#saved.delete(threadId);
    await this.#inFlight;
    this.#saved.delete(threadId);
  }

  flush(): Promise<void> {
    clearTimeout(this.#timer);
    const batch = [...this.#waiting];
    this.#waiting.clear();
    this.#inFlight = this.#inFlight.then(async () => {
      for (const [threadId, text] of batch) await this.#save(threadId, text);
    });
    return this.#inFlight;
  }

  async #save(threadId: number, text: string): Promise<void> {
    this.#saved.set(threadId, [...(this.#saved.get(threadId) ?? []), text].slice(-ECHOES));
    try {
      await this.backend.saveDraft(threadId, text);
    } catch {
      // Keep it for the next flush, unless something newer was typed meanwhile.
      if (!this.#waiting.has(threadId)) this.#waiting.set(threadId, text);
    }
  }
}
