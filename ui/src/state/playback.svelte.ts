// What is being listened to: one voice note at a time, and on when its bubble is scrolled out of sight.

export const SPEEDS = [1, 1.5, 2] as const;
/** A player without the right decoder may say nothing at all. */
const PATIENCE = 6000;

export class Playback {
  messageId = $state<number | null>(null);
  playing = $state(false);
  /** Seconds. */
  position = $state(0);
  /** Seconds; 0 while it is not known. */
  duration = $state(0);
  speed = $state<number>(1);
  /** Messages that this machine cannot play. */
  broken = $state.raw<ReadonlySet<number>>(new Set());
  #audio: HTMLAudioElement | null = null;
  #waiting: ReturnType<typeof setTimeout> | undefined;

  /** Plays or pauses. `from`: seconds from the beginning. */
  toggle(messageId: number, url: string, from = 0): void {
    if (this.messageId === messageId && this.#audio) {
      if (this.playing) this.#audio.pause();
      else this.#play(this.#audio, messageId);
      return;
    }
    this.stop();
    this.messageId = messageId;
    const audio = new Audio();
    this.#audio = audio;
    this.#listen(audio, messageId);
    audio.src = url;
    audio.playbackRate = this.speed;
    if (from > 0) audio.addEventListener("loadedmetadata", () => (audio.currentTime = from), { once: true });
    this.#play(audio, messageId);
  }

  seek(messageId: number, seconds: number): void {
    if (this.messageId !== messageId || !this.#audio) return;
    this.#audio.currentTime = this.position = seconds;
  }

  faster(): void {
    const next = SPEEDS.findIndex((one) => one === this.speed) + 1;
    this.speed = SPEEDS[next % SPEEDS.length] ?? 1;
    if (this.#audio) this.#audio.playbackRate = this.speed;
  }

  stop(): void {
    clearTimeout(this.#waiting);
    this.#audio?.pause();
    this.#audio?.removeAttribute("src");
    this.#audio = this.messageId = null;
    this.playing = false;
    this.position = this.duration = 0;
  }

  #listen(audio: HTMLAudioElement, messageId: number): void {
    const mine = (react: () => void) => () => void (this.#audio === audio && react());
    audio.addEventListener(
      "timeupdate",
      mine(() => (this.position = audio.currentTime)),
    );
    audio.addEventListener(
      "durationchange",
      mine(() => (this.duration = finite(audio.duration))),
    );
    audio.addEventListener(
      "playing",
      mine(() => this.#started()),
    );
    audio.addEventListener(
      "pause",
      mine(() => (this.playing = false)),
    );
    audio.addEventListener(
      "error",
      mine(() => this.#fail(messageId)),
    );
    audio.addEventListener(
      "ended",
      mine(() => {
        this.playing = false;
        this.position = audio.currentTime = 0;
      }),
    );
  }

  #play(audio: HTMLAudioElement, messageId: number): void {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.#audio === audio && this.#fail(messageId), PATIENCE);
    const started = audio.play() as Promise<void> | undefined;
    started?.catch((error: unknown) => {
      // Paused or replaced before it began is no failure.
      const given = error instanceof DOMException && error.name === "AbortError";
      if (this.#audio === audio && !given) this.#fail(messageId);
    });
  }

  #started(): void {
    clearTimeout(this.#waiting);
    this.playing = true;
  }

  #fail(messageId: number): void {
    this.broken = new Set([...this.broken, messageId]);
    this.stop();
  }
}

function finite(seconds: number): number {
  return Number.isFinite(seconds) ? seconds : 0;
}
