// Internal notes that are being written, one per thread, kept while the app runs. This class can save a note and
// nothing else: no slip can make a message of one.

import type { Backend } from "../backend/backend";

export class Notes {
  #texts = $state<Record<number, string>>({});
  saving = $state(false);

  constructor(private backend: Pick<Backend, "saveNote">) {}

  of(threadId: number): string {
    return this.#texts[threadId] ?? "";
  }

  type(threadId: number, text: string): void {
    this.#texts[threadId] = text;
  }

  async save(threadId: number): Promise<void> {
    const text = this.of(threadId).trim();
    if (text === "" || this.saving) return;
    this.saving = true;
    this.type(threadId, "");
    try {
      await this.backend.saveNote(threadId, null, text);
    } catch (error) {
      const since = this.of(threadId);
      this.type(threadId, since ? `${text}\n${since}` : text);
      throw error;
    } finally {
      this.saving = false;
    }
  }
}
