// The menu that opens while one types `/` or `:name`: what it offers, and which of it is chosen.

import type { FilledReply } from "../../../backend/generated/FilledReply";
import { findEmoji, loadEmoji, type Emoji } from "../../../emoji/emoji";
import { locale } from "../../../state/locale.svelte";
import { findReplies, type QuickReplies } from "../../../state/quick_replies.svelte";
import { triggerAt, type Trigger } from "../../../text/trigger";

export type Suggestion =
  { kind: "reply"; key: string; reply: FilledReply } | { kind: "emoji"; key: string; emoji: Emoji };

const MOST_EMOJI = 8;

export class Suggest {
  trigger = $state.raw<Trigger | null>(null);
  at = $state(0);
  #emoji = $state.raw<Emoji[]>([]);
  /** Esc closed it at this sign; it stays closed while the caret stays there. */
  #closedAt = -1;

  list = $derived.by<Suggestion[]>(() => {
    if (!this.trigger) return [];
    if (this.trigger.mark === ":")
      return findEmoji(this.#emoji, this.trigger.query, MOST_EMOJI).map((emoji) => ({
        kind: "emoji",
        key: emoji.emoji,
        emoji,
      }));
    return findReplies(this.replies.filled, this.trigger.query).map((reply) => ({
      kind: "reply",
      key: reply.id,
      reply,
    }));
  });

  /** Without any quick reply yet the bare `/` explains what they are. */
  teaches = $derived.by(() => {
    const bare = this.trigger?.mark === "/" && this.trigger.query === "";
    return bare && this.replies.filled.length === 0;
  });
  open = $derived(this.list.length > 0 || this.teaches);
  chosen = $derived(this.list[Math.min(this.at, this.list.length - 1)]);

  constructor(
    private replies: QuickReplies,
    private threadId: number,
  ) {}

  /** The text or the caret changed. */
  async look(text: string, caret: number): Promise<void> {
    const before = this.trigger;
    const found = triggerAt(text, caret);
    if (found?.from !== this.#closedAt) this.#closedAt = -1;
    this.trigger = found && this.#closedAt === -1 ? found : null;
    if (this.trigger?.query !== before?.query) this.at = 0;
    if (!this.trigger || before?.from === this.trigger.from) return;
    if (this.trigger.mark === "/") await this.replies.fill(this.threadId);
    else this.#emoji = await loadEmoji(locale.current);
  }

  step(by: number): void {
    const count = this.list.length;
    if (count > 0) this.at = (Math.min(this.at, count - 1) + by + count) % count;
  }

  close(): void {
    this.#closedAt = this.trigger?.from ?? -1;
    this.trigger = null;
  }
}
