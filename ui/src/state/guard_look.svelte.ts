// What the guard would say to what is being written: asked for in the pauses of somebody who types, and dropped when
// something else stands there by then.

import type { GuardVerdict } from "../backend/generated/GuardVerdict";

const PAUSE = 300;
/** A crowd is worth a word from so many people on. */
export const WORTH_A_WORD = 3;

export class GuardLook {
  verdict = $state.raw<GuardVerdict | null>(null);
  /** The text that was looked at: its findings are places in this one. */
  text = $state("");
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;

  /** So much is being said: nothing, that the crowd grows, a warning, that it cannot be sent. */
  get loudness(): 0 | 1 | 2 | 3 {
    const { verdict } = this;
    if (verdict === null) return 0;
    if (verdict.level === "block") return 3;
    if (verdict.level === "warn") return 2;
    return verdict.people >= WORTH_A_WORD ? 1 : 0;
  }

  /** `null`: nothing is there to be looked at. */
  about(text: string, ask: (() => Promise<GuardVerdict>) | null): void {
    clearTimeout(this.#timer);
    const turn = ++this.#turn;
    if (ask === null) {
      this.verdict = null;
      return;
    }
    this.#timer = setTimeout(() => void this.#ask(turn, text, ask), PAUSE);
  }

  stop(): void {
    this.about("", null);
  }

  async #ask(turn: number, text: string, ask: () => Promise<GuardVerdict>): Promise<void> {
    // A look is a courtesy: where it fails, the send itself says what is the matter.
    const verdict = await ask().catch(() => null);
    if (turn !== this.#turn) return;
    this.verdict = verdict;
    this.text = text;
  }
}
