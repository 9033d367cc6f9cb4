// What is being written to the open thread: the text, its quote, the files beside it, and its way out. A text
// that leaves is gone from the field at once, and comes back where it was written when it could not leave.

import type { Backend } from "../backend/backend";
import type { MessageRow } from "../backend/generated/MessageRow";
import type { Refusal } from "../backend/generated/Refusal";
import type { SendResult } from "../backend/generated/SendResult";
import type { TemplateChoice } from "../backend/generated/TemplateChoice";
import type { ThreadHead } from "../backend/generated/ThreadHead";
import { Attachments } from "./attachments.svelte";
import type { Drafts } from "./drafts";

/** The thread that is open, as far as writing has to know it. */
export interface OpenThread {
  readonly threadId: number | null;
  readonly head: ThreadHead | null;
  reload(): Promise<void>;
}

export class Writing {
  text = $state("");
  refusals = $state.raw<Refusal[]>([]);
  replyTo = $state.raw<MessageRow | null>(null);
  /** The picker was asked for although text is allowed. */
  picking = $state(false);
  sending = $state(false);
  readonly attachments: Attachments;
  /** A message did not leave after all: set by who keeps more of it than its text. */
  returned: (outboxId: string) => void = () => undefined;
  /** The draft that the core is known to hold. */
  #adopted = "";
  /** Messages that were sent with one press of the button are taken back with one, too. */
  #together: string[][] = [];

  constructor(
    private backend: Backend,
    private drafts: Drafts,
    private open: OpenThread,
  ) {
    this.attachments = new Attachments(backend, open);
  }

  /** A thread was opened. */
  enter(threadId: number, draft: string): void {
    this.text = this.#adopted = this.drafts.pending(threadId) ?? draft;
  }

  /** Resolves when what was typed is saved. */
  leave(): Promise<void> {
    const saved = this.drafts.flush();
    this.#empty();
    this.picking = false;
    return saved;
  }

  type(text: string): void {
    const threadId = this.open.threadId;
    if (threadId === null) return;
    this.text = text;
    this.refusals = [];
    this.drafts.set(threadId, text);
  }

  /** Sends the text, or the files with the text under the first of them. */
  async send(): Promise<void> {
    const threadId = this.open.threadId;
    const text = this.text;
    const files = this.attachments.list.length > 0;
    if (threadId === null || this.sending || !this.attachments.sendable) return;
    if (text.trim() === "" && !files) return;
    const replyTo = this.replyTo;
    this.#empty();
    this.attachments.away = files;
    let result: "queued" | Refusal[];
    try {
      result = await this.#leaves(async () => {
        await this.drafts.forget(threadId);
        const quote = replyTo?.id ?? null;
        return files
          ? this.backend.sendAttachments(threadId, text, quote)
          : [await this.backend.sendText(threadId, text, quote)];
      });
    } catch (error) {
      this.#notSent(threadId, text, replyTo, []);
      throw error;
    } finally {
      this.attachments.away = false;
    }
    if (result === "queued") {
      const head = this.open.head;
      if (this.open.threadId !== threadId || !head) return;
      if (head.draft === text) {
        // A save that was under way while the message was queued has left its text behind.
        this.#adopted = text;
        void this.backend.saveDraft(threadId, this.text).catch(() => undefined);
      } else this.adopt(head.draft);
    } else {
      this.#notSent(threadId, text, replyTo, result);
    }
  }

  /** Resolves to its outbox id once it was queued. */
  async sendTemplate(choice: TemplateChoice): Promise<string | null> {
    const threadId = this.open.threadId;
    if (threadId === null || this.sending) return null;
    let outboxId: string | null = null;
    const result = await this.#leaves(async () => {
      const sent = await this.backend.sendTemplate(threadId, choice);
      if (sent.kind === "queued") outboxId = sent.outbox_id;
      return [sent];
    });
    if (this.open.threadId !== threadId) return outboxId;
    this.refusals = result === "queued" ? [] : result;
    if (result === "queued") this.picking = false;
    if (this.open.head) this.adopt(this.open.head.draft);
    return outboxId;
  }

  /** Takes back a message that has not left yet, and those that were sent with it. */
  async undo(outboxId: string): Promise<void> {
    const threadId = this.open.threadId;
    const together = this.#together.find((ids) => ids.includes(outboxId)) ?? [outboxId];
    this.#together = this.#together.filter((ids) => ids !== together);
    for (const id of together) {
      const result = await this.backend.undoSend(id);
      if (result.kind !== "returned") continue;
      this.returned(id);
      if (this.open.threadId === threadId) this.#putBack(result.text);
    }
    await this.open.reload();
  }

  async settle(outboxId: string, again: boolean): Promise<void> {
    const result = await this.backend.settleDoubtful(outboxId, again);
    if (result?.kind === "refused") this.refusals = result.reasons;
    await this.open.reload();
  }

  /**
   * The core changed the draft (a text came back): take it over without losing what is being typed. Not while
   * something is leaving: a head that was asked for before still holds the very text that leaves.
   */
  adopt(draft: string): void {
    const threadId = this.open.threadId;
    if (threadId === null || this.sending || draft === this.#adopted) return;
    if (this.drafts.isEcho(threadId, draft)) return;
    const typing = this.drafts.pending(threadId) !== undefined;
    this.#adopted = draft;
    if (!typing) this.text = draft;
    else if (draft && !this.text.includes(draft)) this.#putBack(draft);
  }

  async #leaves(call: () => Promise<SendResult[]>): Promise<"queued" | Refusal[]> {
    this.sending = true;
    try {
      const results = await call();
      const reasons = results.flatMap((result) => (result.kind === "refused" ? result.reasons : []));
      if (reasons.length > 0) return reasons;
      this.#together.push(results.flatMap((result) => (result.kind === "queued" ? [result.outbox_id] : [])));
      this.#together = this.#together.slice(-20);
      await this.open.reload();
      return "queued";
    } finally {
      this.sending = false;
    }
  }

  /** The text goes back to where it was written, with the reasons. */
  #notSent(threadId: number, text: string, replyTo: MessageRow | null, reasons: Refusal[]): void {
    if (this.open.threadId !== threadId) {
      this.drafts.set(threadId, text);
      return;
    }
    this.type(this.text ? `${text}\n${this.text}` : text);
    this.refusals = reasons;
    this.replyTo = replyTo;
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
}
