// What the guard would say to what is being written.

import type { GuardVerdict } from "../backend/generated/GuardVerdict";
import { PausedLook } from "./paused_look.svelte";

/** A crowd is worth a word from so many people on. */
export const WORTH_A_WORD = 3;

export class GuardLook extends PausedLook<GuardVerdict> {
  get verdict(): GuardVerdict | null {
    return this.answer;
  }

  /** So much is being said: nothing, that the crowd grows, a warning, that it cannot be sent. */
  get loudness(): 0 | 1 | 2 | 3 {
    const { verdict } = this;
    if (verdict === null) return 0;
    if (verdict.level === "block") return 3;
    if (verdict.level === "warn") return 2;
    return verdict.people >= WORTH_A_WORD ? 1 : 0;
  }
}
