// What is to be said about what somebody is typing: asked for in the pauses, and dropped when something else stands there
// by then.

const PAUSE = 300;

export class PausedLook<Answer> {
  answer = $state.raw<Answer | null>(null);
  /** The text that was looked at: places in the answer are places in this one. */
  text = $state("");
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;

  /** `null`: nothing is there to be looked at. */
  about(text: string, ask: (() => Promise<Answer>) | null): void {
    clearTimeout(this.#timer);
    const turn = ++this.#turn;
    if (ask === null) {
      this.answer = null;
      return;
    }
    this.#timer = setTimeout(() => void this.#ask(turn, text, ask), PAUSE);
  }

  stop(): void {
    this.about("", null);
  }

  async #ask(turn: number, text: string, ask: () => Promise<Answer>): Promise<void> {
    // A look is a courtesy: what must not be is refused elsewhere, and says so.
    const answer = await ask().catch(() => null);
    if (turn !== this.#turn) return;
    this.answer = answer;
    this.text = text;
  }
}
