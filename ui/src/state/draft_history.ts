// What can be taken back while a template is written. Letters typed one after the other into the same part are one
// step, as everywhere.

import type { TemplateDraft } from "../backend/generated/TemplateDraft";

/** A pause this long ends a step. */
const PAUSE = 900;
const MOST = 200;

export class DraftHistory {
  #past: TemplateDraft[] = [];
  #future: TemplateDraft[] = [];
  #part = "";
  #at = -Infinity;

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  /** `before` is about to be changed in `part`, at a moment of the monotonic clock. */
  note(before: TemplateDraft, part: string, now: number): void {
    const goesOn = part !== "" && part === this.#part && now - this.#at < PAUSE && this.#past.length > 0;
    this.#part = part;
    this.#at = now;
    this.#future = [];
    if (!goesOn) this.#past = [...this.#past, before].slice(-MOST);
  }

  undo(current: TemplateDraft): TemplateDraft | null {
    const before = this.#past.pop();
    if (!before) return null;
    this.#future.push(current);
    this.#part = "";
    return before;
  }

  redo(current: TemplateDraft): TemplateDraft | null {
    const after = this.#future.pop();
    if (!after) return null;
    this.#past.push(current);
    this.#part = "";
    return after;
  }
}
