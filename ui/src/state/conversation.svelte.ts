// The open thread: its head, its loaded messages, and what may be done with it right now.

import type { Backend } from "../backend/backend";
import type { MessageCursor } from "../backend/generated/MessageCursor";
import type { MessageRow } from "../backend/generated/MessageRow";
import type { Refusal } from "../backend/generated/Refusal";
import type { SendResult } from "../backend/generated/SendResult";
import type { TemplateChoice } from "../backend/generated/TemplateChoice";
import type { ThreadHead } from "../backend/generated/ThreadHead";
import { textAllowed, windowAt } from "../text/countdown";
import type { Drafts } from "./drafts";
import { runner } from "./runner";
import type { Ticker } from "./ticker.svelte";

const PAGE = 60;

/** What stands at the foot of the thread. */
export type Foot = "composer" | "ending" | "picker";

export class Conversation {
  threadId = $state<number | null>(null);
  head = $state.raw<ThreadHead | null>(null);
  rows = $state.raw<MessageRow[]>([]);
  text = $state("");
  refusals = $state.raw<Refusal[]>([]);
  replyTo = $state.raw<MessageRow | null>(null);
  /** The picker was asked for although text is allowed. */
  picking = $state(false);
  sending = $state(false);
  #older = $state.raw<MessageCursor | null>(null);
  #adopted = "";

  window = $derived.by(() => {
    const now = this.ticker.now;
    return this.head && now !== null ? windowAt(this.head.window, now) : null;
  });

  foot = $derived.by<Foot>(() => {
    if (!this.window) return "composer";
    if (this.window.state === "closed" || this.window.state === "never" || this.picking) return "picker";
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
    private drafts: Drafts,
  ) {}

  get hasOlder(): boolean {
    return this.#older !== null;
  }

  async open(threadId: number): Promise<void> {
    if (this.threadId === threadId) return;
    await this.leave();
    this.threadId = threadId;
    const [head, page] = await Promise.all([
      this.backend.threadHead(threadId),
      this.backend.threadMessages(threadId, { kind: "newest" }, PAGE),
    ]);
    if (this.threadId !== threadId) return;
    this.head = head;
    this.rows = page.rows;
    this.#older = page.before;
    this.text = this.#adopted = this.drafts.pending(threadId) ?? head.draft;
    void this.backend.markSeen(threadId).catch(() => undefined);
  }

  async leave(): Promise<void> {
    const saved = this.drafts.flush();
    this.threadId = this.head = this.replyTo = this.#older = null;
    this.rows = [];
    this.refusals = [];
    this.text = this.#adopted = "";
    this.picking = false;
    await saved;
  }

  reload = runner(async () => {
    const threadId = this.threadId;
    if (threadId === null) return;
    const [head, page] = await Promise.all([
      this.backend.threadHead(threadId),
      this.backend.threadMessages(threadId, { kind: "newest" }, PAGE),
    ]);
    if (this.threadId !== threadId) return;
    this.head = head;
    this.#adoptDraft(head.draft);
    const known = new Set(page.rows.map((row) => row.id));
    const first = page.rows[0];
    if (first && page.before && this.rows.some((row) => known.has(row.id))) {
      // The page is the truth about its own stretch; what lies before it stays as it was loaded.
      this.rows = [...this.rows.filter((row) => inOrder(row, first) < 0 && !known.has(row.id)), ...page.rows];
    } else {
      // All there is, or more came in than one page holds: older ones are loaded again when asked for.
      this.rows = page.rows;
      this.#older = page.before;
    }
    if (!document.hidden) void this.backend.markSeen(threadId).catch(() => undefined);
  });

  loadOlder = runner(async () => {
    const threadId = this.threadId;
    if (threadId === null || !this.#older) return;
    const page = await this.backend.threadMessages(threadId, { kind: "before", cursor: this.#older }, PAGE);
    if (this.threadId !== threadId) return;
    const known = new Set(this.rows.map((row) => row.id));
    this.rows = [...page.rows.filter((row) => !known.has(row.id)), ...this.rows];
    this.#older = page.before;
  });

  type(text: string): void {
    if (this.threadId === null) return;
    this.text = text;
    this.refusals = [];
    this.drafts.set(this.threadId, text);
  }

  async sendText(): Promise<void> {
    const threadId = this.threadId;
    const text = this.text;
    if (threadId === null || this.sending || text.trim() === "") return;
    const replyTo = this.replyTo;
    this.#empty();
    let result: "queued" | Refusal[];
    try {
      result = await this.#send(async () => {
        await this.drafts.forget(threadId);
        return this.backend.sendText(threadId, text, replyTo?.id ?? null);
      });
    } catch (error) {
      this.#notSent(threadId, text, replyTo, []);
      throw error;
    }
    if (result === "queued") {
      if (this.threadId !== threadId || !this.head) return;
      if (this.head.draft === text) {
        // A save that was under way while the message was queued has left its text behind.
        this.#adopted = text;
        void this.backend.saveDraft(threadId, this.text).catch(() => undefined);
      } else this.#adoptDraft(this.head.draft);
    } else {
      this.#notSent(threadId, text, replyTo, result);
    }
  }

  /** The text goes back to where it was written, with the reasons. */
  #notSent(threadId: number, text: string, replyTo: MessageRow | null, reasons: Refusal[]): void {
    if (this.threadId !== threadId) {
      this.drafts.set(threadId, text);
      return;
    }
    this.type(this.text ? `${text}\n${this.text}` : text);
    this.refusals = reasons;
    this.replyTo = replyTo;
  }

  /** Resolves to whether it was queued. */
  async sendTemplate(choice: TemplateChoice): Promise<boolean> {
    const threadId = this.threadId;
    if (threadId === null || this.sending) return false;
    const result = await this.#send(() => this.backend.sendTemplate(threadId, choice));
    if (this.threadId !== threadId) return false;
    this.refusals = result === "queued" ? [] : result;
    if (result === "queued") this.picking = false;
    if (this.head) this.#adoptDraft(this.head.draft);
    return result === "queued";
  }

  async undo(outboxId: string): Promise<void> {
    const result = await this.backend.undoSend(outboxId);
    if (result.kind === "returned") this.#putBack(result.text);
    await this.reload();
  }

  async settle(outboxId: string, again: boolean): Promise<void> {
    const result = await this.backend.settleDoubtful(outboxId, again);
    if (result?.kind === "refused") this.refusals = result.reasons;
    await this.reload();
  }

  async #send(call: () => Promise<SendResult>): Promise<"queued" | Refusal[]> {
    this.sending = true;
    try {
      const result = await call();
      if (result.kind === "refused") return result.reasons;
      await this.reload();
      return "queued";
    } finally {
      this.sending = false;
    }
  }

  #empty(): void {
    this.text = this.#adopted = "";
    this.refusals = [];
    this.replyTo = null;
  }

  #putBack(text: string): void {
    if (!text || this.text.includes(text)) return;
    this.#adopted = text;
    // Alone it is what the core holds already; joined with what is being written it has to be saved.
    if (this.text) this.type(`${text}\n${this.text}`);
    else this.text = text;
  }

  /**
   * The core changed the draft (a text came back): take it over without losing what is being typed. Not while
   * something is leaving: a head that was asked for before still holds the very text that leaves.
   */
  #adoptDraft(draft: string): void {
    if (this.threadId === null || this.sending || draft === this.#adopted) return;
    if (this.drafts.isEcho(this.threadId, draft)) return;
    const typing = this.drafts.pending(this.threadId) !== undefined;
    this.#adopted = draft;
    if (!typing) this.text = draft;
    else if (draft && !this.text.includes(draft)) this.#putBack(draft);
  }
}

/** The core's order of messages. */
function inOrder(a: MessageRow, b: MessageRow): number {
  return a.at - b.at || a.arrived - b.arrived || a.id - b.id;
}
