// What is being written to the open thread: the text, its quote, the files beside it, and its way out. A text
// that leaves is gone from the field at once, and comes back where it was written when it could not leave.

import type { Backend } from "../backend/backend";
import type { GuardOverride } from "../backend/generated/GuardOverride";
import type { GuardVerdict } from "../backend/generated/GuardVerdict";
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

/** The guard speaks against a send. It belongs to its thread, whichever one is open by now. */
export interface Warning {
  threadId: number;
  /** The customer, as called when it was to be sent. */
  name: string;
  verdict: GuardVerdict;
  /** The very same once more. Resolves to its outbox id once it is queued. */
  again(insisted: GuardOverride): Promise<string | null>;
}

/** What becomes of a filled form when its message leaves, or does not. */
export interface Parting {
  leaving(): Promise<void>;
  left(outboxId: string): void;
  stays(why: "refused" | "warned" | "failed"): void;
}

interface Words {
  threadId: number;
  name: string;
  text: string;
  replyTo: MessageRow | null;
  files: boolean;
}

type Sent =
  | { kind: "queued"; outboxId: string | null }
  | { kind: "refused"; reasons: Refusal[] }
  | { kind: "warned"; verdict: GuardVerdict };

export class Writing {
  text = $state("");
  refusals = $state.raw<Refusal[]>([]);
  replyTo = $state.raw<MessageRow | null>(null);
  /** The picker was asked for although text is allowed. */
  picking = $state(false);
  sending = $state(false);
  /** Nothing of it has left; what was written stands where it stood. */
  warning = $state.raw<Warning | null>(null);
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
    await this.#sendWords({ threadId, name: this.#name, text, replyTo: this.replyTo, files }, null);
  }

  /** Staff sends what the guard warned of. Resolves to its outbox id once it is queued. */
  async insist(insisted: GuardOverride): Promise<string | null> {
    if (!this.warning || this.sending) return null;
    return this.warning.again(insisted);
  }

  async sendTemplate(choice: TemplateChoice, parting: Parting): Promise<void> {
    const threadId = this.open.threadId;
    if (threadId === null || this.sending) return;
    await this.#sendTemplate({ threadId, name: this.#name }, choice, parting, null);
  }

  async #sendWords(words: Words, insisted: GuardOverride | null): Promise<string | null> {
    const { threadId, name, text, replyTo, files } = words;
    const rest = this.open.threadId === threadId ? this.#takeOut(text) : "";
    this.attachments.away = files && this.open.threadId === threadId;
    let sent: Sent;
    try {
      sent = await this.#leaves(async () => {
        await this.drafts.forget(threadId);
        if (rest) this.drafts.set(threadId, rest);
        const quote = replyTo?.id ?? null;
        return files
          ? this.backend.sendAttachments(threadId, text, quote, insisted)
          : [await this.backend.sendText(threadId, text, quote, insisted)];
      });
    } catch (error) {
      this.warning = null;
      this.#notSent(threadId, text, replyTo, []);
      throw error;
    } finally {
      this.attachments.away = false;
    }
    if (sent.kind !== "queued")
      this.#notSent(threadId, text, replyTo, sent.kind === "refused" ? sent.reasons : []);
    this.warning =
      sent.kind === "warned"
        ? { threadId, name, verdict: sent.verdict, again: (override) => this.#sendWords(words, override) }
        : null;
    if (sent.kind !== "queued") return null;
    const head = this.open.head;
    if (this.open.threadId === threadId && head) {
      if (head.draft === text) {
        // A save that was under way while the message was queued has left its text behind.
        this.#adopted = text;
        void this.backend.saveDraft(threadId, this.text).catch(() => undefined);
      } else this.adopt(head.draft);
    }
    return sent.outboxId;
  }

  async #sendTemplate(
    whom: Pick<Words, "threadId" | "name">,
    choice: TemplateChoice,
    parting: Parting,
    insisted: GuardOverride | null,
  ): Promise<string | null> {
    const { threadId } = whom;
    let sent: Sent;
    try {
      sent = await this.#leaves(async () => {
        await parting.leaving();
        return [await this.backend.sendTemplate(threadId, choice, insisted)];
      });
    } catch (error) {
      this.warning = null;
      parting.stays("failed");
      throw error;
    }
    this.warning =
      sent.kind === "warned"
        ? {
            ...whom,
            verdict: sent.verdict,
            again: (override) => this.#sendTemplate(whom, choice, parting, override),
          }
        : null;
    if (this.open.threadId === threadId) {
      this.refusals = sent.kind === "refused" ? sent.reasons : [];
      if (sent.kind === "queued") this.picking = false;
      if (this.open.head) this.adopt(this.open.head.draft);
    }
    if (sent.kind !== "queued") parting.stays(sent.kind);
    else if (sent.outboxId !== null) parting.left(sent.outboxId);
    return sent.kind === "queued" ? sent.outboxId : null;
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

  async #leaves(call: () => Promise<SendResult[]>): Promise<Sent> {
    this.sending = true;
    try {
      const results = await call();
      const reasons = results.flatMap((result) => (result.kind === "refused" ? result.reasons : []));
      if (reasons.length > 0) return { kind: "refused", reasons };
      const warned = results.find((result) => result.kind === "warned");
      if (warned) return warned;
      const ids = results.flatMap((result) => (result.kind === "queued" ? [result.outbox_id] : []));
      this.#together.push(ids);
      this.#together = this.#together.slice(-20);
      await this.open.reload();
      return { kind: "queued", outboxId: ids[0] ?? null };
    } finally {
      this.sending = false;
    }
  }

  get #name(): string {
    return this.open.head?.name.text ?? "";
  }

  /** A text leaves the field, and nothing that was written after it. What that is. */
  #takeOut(text: string): string {
    const rest = this.text.startsWith(`${text}\n`) ? this.text.slice(text.length + 1) : "";
    this.#empty();
    this.text = rest;
    return rest;
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
