// The open thread: its head, the part of its messages that is loaded, and what may be done with it right now.
// What is being written to it stands in `writing`.

import type { Backend } from "../backend/backend";
import type { MessageRow } from "../backend/generated/MessageRow";
import type { Place } from "../backend/generated/Place";
import type { ThreadHead } from "../backend/generated/ThreadHead";
import { SOON, textAllowed, windowAt } from "../text/countdown";
import { Ahead, PAGE, readThread } from "./ahead";
import type { Drafts } from "./drafts";
import { runner } from "./runner";
import { cursorOf, EMPTY, inOrder, joined, merged, stretchOf, trimmed, type Stretch } from "./stretch";
import type { Ticker } from "./ticker.svelte";
import { Writing } from "./writing.svelte";

/** What stands at the foot of the thread. */
export type Foot = "composer" | "ending" | "picker";

/** Where the screen is to go: to a message, or to the newest where there is none. */
export interface Goal {
  messageId: number | null;
  /** Shown as what was looked for, in the middle; else it stands at the top. */
  mark: boolean;
  /** So many pixels below the upper edge (above it, where negative): a place somebody is led back to. */
  offset?: number;
}

/** What the screen says of itself: the message at its top, how far below the upper edge it begins, and whether the
 * newest is in view. */
export interface Reading {
  top: number | null;
  offset: number;
  atEnd: boolean;
}

/** Where somebody stood, to be led back there. */
export interface Standing {
  threadId: number;
  /** `null`: at the newest. */
  messageId: number | null;
  offset: number;
}

export class Conversation {
  threadId = $state<number | null>(null);
  head = $state.raw<ThreadHead | null>(null);
  #stretch = $state.raw<Stretch>(EMPTY);
  /** The oldest message that was unread on opening: the line above it stays until the thread is left. */
  newFrom = $state<number | null>(null);
  /** Set anew for every journey, so that going to the same message twice moves twice. */
  goal = $state.raw<Goal>({ messageId: null, mark: false });
  readonly writing: Writing;
  readonly ahead: Ahead;
  #reading: Reading = { top: null, offset: 0, atEnd: true };
  /** Another part of the conversation was loaded: what was asked for the old one is no longer wanted. */
  #part = 0;

  window = $derived.by(() => {
    const now = this.ticker.now;
    return this.head && now !== null ? windowAt(this.head.window, now, this.soon()) : null;
  });

  foot = $derived.by<Foot>(() => {
    if (!this.window) return "composer";
    if (this.window.state === "closed" || this.window.state === "never" || this.writing.picking)
      return "picker";
    return textAllowed(this.window) ? "composer" : "ending";
  });

  /** The newest message that can still be taken back. */
  undoable = $derived.by(() => {
    const now = this.ticker.now ?? 0;
    return this.rows.findLast((row) => {
      const delivery = row.delivery;
      return delivery?.state === "queued" && delivery.leaves_at !== null && delivery.leaves_at > now;
    });
  });

  constructor(
    private backend: Backend,
    private ticker: Ticker,
    drafts: Drafts,
    private soon: () => number = () => SOON,
  ) {
    this.writing = new Writing(backend, drafts, this);
    this.ahead = new Ahead(backend);
  }

  get rows(): MessageRow[] {
    return this.#stretch.rows;
  }

  get hasOlder(): boolean {
    return this.#stretch.older !== null;
  }

  get hasNewer(): boolean {
    return this.#stretch.newer !== null;
  }

  /** New messages that nobody has scrolled to. */
  get unreadBelow(): number {
    return this.head?.unread ?? 0;
  }

  async open(threadId: number): Promise<void> {
    if (this.threadId === threadId) return;
    await this.leave();
    this.threadId = threadId;
    // Not before: news of it while a draft was being saved would have been for no open thread.
    const { head, page } = await (this.ahead.take(threadId) ?? readThread(this.backend, threadId));
    if (this.threadId !== threadId) return;
    const unread = head.first_unread;
    this.#stretch = stretchOf(page);
    this.newFrom = unread;
    this.goal = { messageId: unread, mark: false };
    this.#reading = { top: null, offset: 0, atEnd: unread === null };
    this.head = head;
    this.writing.enter(threadId, head.draft);
    this.seen();
  }

  async leave(): Promise<void> {
    const saved = this.writing.leave();
    this.threadId = this.head = this.newFrom = null;
    this.#stretch = EMPTY;
    this.#part++;
    await saved;
  }

  /** Something in the thread changed. What is on the screen and what is newest is read anew. */
  reload = runner(async () => {
    const threadId = this.threadId;
    if (threadId === null) return;
    const [head, page] = await Promise.all([
      this.backend.threadHead(threadId),
      this.backend.threadMessages(threadId, { kind: "newest" }, PAGE),
    ]);
    if (this.threadId !== threadId) return;
    this.head = head;
    this.writing.adopt(head.draft);
    const sent = page.rows.at(-1);
    const known = sent && this.rows.some((row) => row.id === sent.id);
    if (sent && !known && sent.delivery?.state === "queued") {
      // Whoever answers from further up wants to see the answer.
      this.#show(merged(this.#stretch, page) ?? stretchOf(page));
      this.goal = { messageId: null, mark: false };
    } else if (!this.hasNewer) {
      const whole = merged(this.#stretch, page);
      const last = this.rows.at(-1);
      if (whole) this.#stretch = this.#reading.atEnd ? trimmed(whole, "newer") : whole;
      else if (this.#reading.atEnd) this.#show(stretchOf(page));
      // More came in than one page holds, while somebody reads further up: it is loaded when they get there.
      else if (last) this.#stretch = { ...this.#stretch, newer: cursorOf(last) };
    }
    const first = page.rows[0];
    const top = this.rows.find((row) => row.id === this.#reading.top);
    if (top && first && inOrder(top, first) < 0) await this.#refresh(threadId, top.id);
    if (this.threadId === threadId) this.seen();
  });

  loadOlder = runner(() => this.#load("older"));
  loadNewer = runner(() => this.#load("newer"));

  /** Shows this message of the open thread and marks it. False: the thread has it no more. */
  async jumpTo(messageId: number): Promise<boolean> {
    if (!(await this.#reach(messageId))) return false;
    this.goal = { messageId, mark: true };
    return true;
  }

  /** Shows the first message of this time or later. */
  async jumpToDate(at: number): Promise<void> {
    if (!(await this.#fetch({ kind: "at", at }))) return;
    const found = this.rows.find((row) => row.at >= at);
    this.goal = { messageId: found?.id ?? null, mark: false };
  }

  async toNewest(): Promise<void> {
    if (this.hasNewer && !(await this.#fetch({ kind: "newest" }))) return;
    this.goal = { messageId: null, mark: false };
  }

  /** Where one stands now. */
  get standing(): Standing | null {
    const { threadId } = this;
    const { top, offset, atEnd } = this.#reading;
    if (threadId === null) return null;
    return { threadId, messageId: atEnd && !this.hasNewer ? null : top, offset };
  }

  /** To where one stood in the open thread; to the newest where that message is no more. */
  async goBack({ threadId, messageId, offset }: Standing): Promise<void> {
    if (this.threadId !== threadId) return;
    const there = messageId !== null && (await this.#reach(messageId));
    // Somebody may have gone on to another thread meanwhile.
    if (this.threadId !== threadId) return;
    if (!there) return this.toNewest();
    this.goal = { messageId, mark: false, offset };
  }

  /** The screen says what it shows. */
  reading(shown: Reading): void {
    const arrived = shown.atEnd && !this.#reading.atEnd;
    this.#reading = shown;
    if (arrived) this.seen();
  }

  /** Read is what somebody may have seen: the newest is on the screen, and the screen is. */
  seen(): void {
    const threadId = this.threadId;
    if (threadId === null || !this.head) return;
    if (this.#reading.atEnd && !this.hasNewer && !document.hidden) {
      void this.backend.markSeen(threadId).catch(() => undefined);
    } else this.newFrom ??= this.head.first_unread;
  }

  async #load(end: "older" | "newer"): Promise<void> {
    const { threadId } = this;
    const cursor = this.#stretch[end];
    const part = this.#part;
    if (threadId === null || cursor === null) return;
    const place: Place = { kind: end === "older" ? "before" : "after", cursor };
    const page = await this.backend.threadMessages(threadId, place, PAGE);
    if (this.threadId !== threadId || this.#part !== part) return;
    this.#stretch = trimmed(joined(this.#stretch, page, end), end);
  }

  async #refresh(threadId: number, messageId: number): Promise<void> {
    const part = this.#part;
    const page = await this.backend.threadMessages(threadId, { kind: "around", message_id: messageId }, PAGE);
    if (this.threadId !== threadId || this.#part !== part) return;
    this.#stretch = merged(this.#stretch, page) ?? this.#stretch;
  }

  /** Resolves to whether this message is among those loaded. */
  async #reach(messageId: number): Promise<boolean> {
    const loaded = () => this.rows.some((row) => row.id === messageId);
    return loaded() || ((await this.#fetch({ kind: "around", message_id: messageId })) && loaded());
  }

  /** Resolves to whether that part of the thread is what is shown now. */
  async #fetch(place: Place): Promise<boolean> {
    const { threadId } = this;
    if (threadId === null) return false;
    const part = ++this.#part;
    const page = await this.backend.threadMessages(threadId, place, PAGE);
    if (this.threadId !== threadId || this.#part !== part || page.rows.length === 0) return false;
    this.#stretch = merged(this.#stretch, page) ?? stretchOf(page);
    return true;
  }

  #show(stretch: Stretch): void {
    this.#part++;
    this.#stretch = stretch;
  }
}
