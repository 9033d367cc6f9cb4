// The one clock of the window. It follows the platform's time (ClockView), not the laptop's: from the moment a
// view arrives it counts on with the monotonic clock, so that a changed laptop clock moves nothing. Where the
// two clocks of the laptop drift apart (sleep, a jump, another time zone set by hand), the core is asked again.

import type { Backend } from "../backend/backend";
import type { ClockView } from "../backend/generated/ClockView";

/** The laptop's two clocks, replaceable in tests. */
export interface LaptopClocks {
  wall(): number;
  monotonic(): number;
}

const laptop: LaptopClocks = { wall: () => Date.now(), monotonic: () => performance.now() };

/** More than this between the two clocks from one tick to the next, and the count is no longer trusted. */
const DRIFT = 1500;
/** Ticks come no faster than this, however fast practice time runs. */
const FASTEST = 200;

export class Ticker {
  /** Platform time at the last tick; `null` until the core told it. */
  now = $state<number | null>(null);
  speed = $state(1);
  laptopAheadBy = $state<number | null>(null);

  #anchor = { platform: 0, monotonic: 0, speed: 1 };
  #last = { wall: 0, monotonic: 0 };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running = false;

  constructor(
    private backend: Pick<Backend, "clock" | "onClock">,
    private clocks: LaptopClocks = laptop,
  ) {}

  start(): () => void {
    this.#running = true;
    const unlisten = this.backend.onClock((view) => this.#adopt(view));
    const onVisibility = () => {
      if (document.hidden) clearTimeout(this.#timer);
      else void this.ask();
    };
    document.addEventListener("visibilitychange", onVisibility);
    void this.ask();
    return () => {
      this.#running = false;
      clearTimeout(this.#timer);
      unlisten();
      document.removeEventListener("visibilitychange", onVisibility);
    };
  }

  async ask(): Promise<void> {
    this.#mark();
    try {
      this.#adopt(await this.backend.clock());
    } catch {
      // The store may not be open yet: keep counting with what is known, if anything is.
      this.#schedule();
    }
  }

  /** Platform time at this instant, finer than the last tick. */
  read(): number | null {
    if (this.now === null) return null;
    return this.#anchor.platform + (this.clocks.monotonic() - this.#anchor.monotonic) * this.#anchor.speed;
  }

  #adopt(view: ClockView): void {
    this.#anchor = { platform: view.now, monotonic: this.clocks.monotonic(), speed: view.speed };
    this.#mark();
    this.speed = view.speed;
    this.laptopAheadBy = view.laptop_ahead_by;
    this.now = view.now;
    this.#schedule();
  }

  #mark(): void {
    this.#last = { wall: this.clocks.wall(), monotonic: this.clocks.monotonic() };
  }

  #tick(): void {
    const drift = this.clocks.wall() - this.#last.wall - (this.clocks.monotonic() - this.#last.monotonic);
    this.#mark();
    this.now = this.read();
    if (Math.abs(drift) > DRIFT) void this.ask();
    else this.#schedule();
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    if (!this.#running || document.hidden) return;
    const now = this.read();
    if (now === null) return;
    // On the full second of the platform's time, so that "closed" shows in that very second.
    const toSecond = (1000 - (Math.floor(now) % 1000)) / this.#anchor.speed;
    this.#timer = setTimeout(() => this.#tick(), Math.max(toSecond, this.#anchor.speed > 1 ? FASTEST : 1));
  }
}
