// The note about a customer while somebody types it: saved by itself a moment after the last letter, and at once
// when the field is left. What another laptop wrote meanwhile is taken over only where nobody is typing.

/** Quiet for this long, and it is saved. */
const QUIET = 700;

export type RemarkState = "calm" | "typing" | "saved" | "failed";

export class Remark {
  text = $state("");
  state = $state<RemarkState>("calm");
  #kept: string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #saving = Promise.resolve();

  constructor(
    kept: string,
    private save: (text: string) => Promise<void>,
  ) {
    this.text = this.#kept = kept;
  }

  type(text: string): void {
    this.text = text;
    this.state = "typing";
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), QUIET);
  }

  /** The core says what it holds. */
  adopt(kept: string): void {
    if (kept === this.#kept) return;
    const untouched = this.text.trimEnd() === this.#kept.trimEnd();
    this.#kept = kept;
    if (untouched) this.text = kept;
  }

  /** One save after the other, so that the last one typed is the last one stored. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    return (this.#saving = this.#saving.then(() => this.#store()));
  }

  async #store(): Promise<void> {
    const text = this.text;
    // The core keeps no blanks at the end.
    if (text.trimEnd() === this.#kept.trimEnd()) {
      if (this.state === "typing") this.state = "saved";
      return;
    }
    try {
      await this.save(text);
      this.#kept = text;
      if (this.text === text) this.state = "saved";
    } catch {
      this.state = "failed";
    }
  }
}
