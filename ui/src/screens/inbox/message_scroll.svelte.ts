// Where the list of messages stands: it goes to what is asked for and holds it until everything there has found its
// height, keeps to the newest for as long as nobody scrolls away, and says what is on the screen. What is drawn, and
// how high it is, the virtualizer knows.

import { tick } from "svelte";
import type { Conversation, Goal } from "../../state/conversation.svelte";
import type { Entry } from "./entries";

/** What is asked of the virtualizer. */
export interface View {
  readonly range: { startIndex: number } | null;
  readonly scrollOffset: number | null;
  readonly measurementsCache: readonly { start: number }[];
  isAtEnd(threshold: number): boolean;
  scrollToEnd(): void;
  scrollToIndex(index: number, options: { align: "start" | "center" }): void;
  scrollToOffset(offset: number): void;
}

/** So near to its end counts as being there, in pixels. */
export const AT_END = 80;
/** So many frames without a move, and the place is reached. */
const STILL = 3;
const SCROLLS = new Set(["ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", " "]);

export class MessageScroll {
  /** Nothing is on its way: what lies at either end may be loaded. */
  ready = $state(false);

  /** Where the view is going, until it stands still there: a page that comes in meanwhile moves the place. */
  #heading: Goal | null = null;
  /** On the way there the end has come into sight, too. */
  #sawEnd = false;
  /** Nobody scrolled away: while rows still find their height, or grow, the newest stays in view. */
  #pinned = false;
  /** The last scrolling was a person's, who may hold the bar still. */
  #byHand = false;
  #held = false;
  #scroller: HTMLElement | null = null;

  constructor(
    private view: () => View,
    private entries: () => readonly Entry[],
    private conversation: Pick<Conversation, "hasNewer" | "reading">,
  ) {}

  async go(goal: Goal): Promise<void> {
    this.#heading = goal;
    this.ready = false;
    await tick();
    if (this.#heading !== goal) return;
    this.#byHand = this.#sawEnd = false;
    this.#aim(goal);
    this.#settle(goal, NaN, 0);
  }

  /** Other messages are listed now. */
  listed(): void {
    const goal = this.#going();
    if (goal) this.#aim(goal);
  }

  /** The list has another height now. */
  grown(): void {
    if (this.#pinned) void tick().then(() => this.#pinned && this.view().scrollToEnd());
  }

  stop(): void {
    this.#heading = null;
    this.#pinned = false;
  }

  /**
   * For `{@attach}`, on what scrolls. Only a person's own scrolling unpins, not the scrolling that keeps the place:
   * at once, before a row that finds its height pulls back to the end.
   */
  watch = (element: HTMLElement) => {
    this.#scroller = element;
    const stop = new AbortController();
    const listen = { passive: true, signal: stop.signal };
    const hand = (hold: boolean) => {
      this.#pinned = false;
      this.#byHand = true;
      this.#held = hold;
      requestAnimationFrame(() => this.#tell());
    };
    element.addEventListener("wheel", () => hand(false), listen);
    element.addEventListener("touchmove", () => hand(true), listen);
    element.addEventListener("keydown", ({ key }) => SCROLLS.has(key) && hand(false), listen);
    element.addEventListener("pointerdown", ({ target }) => target === element && hand(true), listen);
    for (const end of ["pointerup", "touchend"])
      window.addEventListener(end, () => this.#held && hand(false), listen);
    let told = false;
    element.addEventListener(
      "scroll",
      () => {
        if (told) return;
        told = true;
        requestAnimationFrame(() => {
          told = false;
          this.#tell();
        });
      },
      listen,
    );
    // What stands below it may grow, a question about the newest message for one, and that must stay in view.
    let height = element.clientHeight;
    const room = new ResizeObserver(() => {
      const before = height;
      height = element.clientHeight;
      this.#resized(element.scrollHeight - element.scrollTop - before);
    });
    room.observe(element);
    return () => {
      room.disconnect();
      stop.abort();
      this.#scroller = null;
    };
  };

  /**
   * The frame has another height now, and so much stood below its old one. Whoever saw the end goes on seeing it,
   * however they came there: a thread that was opened at its first unread message is not pinned.
   */
  #resized(below: number): void {
    if (this.#held) return;
    const goal = this.#going();
    if (goal) this.#aim(goal);
    else if (this.#pinned) this.grown();
    else if (below <= AT_END) {
      // The message that this is about may be listed only after it: that is the end then.
      this.#pinned = !this.conversation.hasNewer;
      this.view().scrollToEnd();
    }
  }

  /** Where the view is going. Where all of it can be seen, nothing is left to go to: what comes in is followed. */
  #going(): Goal | null {
    const goal = this.#heading;
    if (goal && this.#sawEnd && goal.messageId !== null && !goal.mark && goal.offset === undefined)
      this.#arrive();
    return this.#heading;
  }

  #arrive(): void {
    this.#heading = null;
    this.ready = true;
    this.#tell();
  }

  #settle(goal: Goal, before: number, still: number): void {
    requestAnimationFrame(() => {
      if (this.#heading !== goal || !this.#scroller) return;
      // Rows above find their height, and the place is counted from the one it was told by.
      if (goal.offset !== undefined && !this.#byHand) this.#aim(goal);
      const top = this.#scroller.scrollTop;
      const frames = top === before ? still + 1 : 0;
      // In the first frame no row has its height yet.
      this.#sawEnd = !Number.isNaN(before) && this.view().isAtEnd(AT_END);
      if (frames < STILL && !this.#byHand) return this.#settle(goal, top, frames);
      this.#arrive();
    });
  }

  #aim({ messageId, mark, offset }: Goal): void {
    const view = this.view();
    const entries = this.entries();
    const at = entries.findIndex((entry) => entry.key === `message ${messageId}`);
    this.#pinned = messageId === null || at < 0;
    const place = view.measurementsCache[at];
    if (this.#pinned) view.scrollToEnd();
    else if (offset !== undefined && place) view.scrollToOffset(place.start - offset);
    else {
      const above = !mark && entries[at - 1]?.kind !== "message" ? at - 1 : at;
      view.scrollToIndex(Math.max(0, above), { align: mark ? "center" : "start" });
    }
  }

  /** What is on the screen, for what counts as read and what is to be kept fresh. */
  #tell(): void {
    const view = this.view();
    const atEnd = view.isAtEnd(AT_END);
    if (this.#byHand && !this.#held) this.#pinned = !this.conversation.hasNewer && atEnd;
    const from = view.range?.startIndex ?? 0;
    const shown = firstMessage(this.entries(), from);
    const start = shown && view.measurementsCache[shown.at]?.start;
    this.conversation.reading({
      top: shown?.row.id ?? null,
      offset: (start ?? 0) - (view.scrollOffset ?? 0),
      atEnd,
    });
  }
}

/** The first message from here on; days and lines stand between messages, never many in a row. */
export function firstMessage(entries: readonly Entry[], from: number) {
  for (let at = from; at < from + 4; at++) {
    const entry = entries[at];
    if (entry?.kind === "message") return { at, row: entry.row };
  }
  return null;
}
