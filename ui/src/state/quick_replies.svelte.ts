// Texts for often: filled for the open thread, so that the menu shows what would be sent; and as they were
// written, for changing them.

import type { Backend } from "../backend/backend";
import type { FilledReply } from "../backend/generated/FilledReply";
import type { QuickReply } from "../backend/generated/QuickReply";
import { fold } from "../text/fuzzy";

export class QuickReplies {
  filled = $state.raw<FilledReply[]>([]);
  raw = $state.raw<QuickReply[] | null>(null);
  #filledFor: number | null = null;
  #asked = 0;

  constructor(private backend: Pick<Backend, "quickReplies" | "rawQuickReplies" | "saveQuickReply">) {}

  /** Fills them for a thread; what is shown until then belongs to nobody else. */
  async fill(threadId: number): Promise<void> {
    if (this.#filledFor !== threadId) this.filled = [];
    this.#filledFor = threadId;
    const asked = ++this.#asked;
    const filled = await this.backend.quickReplies(threadId);
    if (asked === this.#asked) this.filled = filled;
  }

  async list(): Promise<void> {
    this.raw = inOrder(await this.backend.rawQuickReplies());
  }

  /** Somebody changed them. */
  async changed(): Promise<void> {
    const work: Promise<void>[] = [];
    if (this.#filledFor !== null) work.push(this.fill(this.#filledFor));
    if (this.raw) work.push(this.list());
    await Promise.all(work);
  }

  async save(reply: QuickReply): Promise<string> {
    const id = await this.backend.saveQuickReply(reply);
    await this.changed();
    return id;
  }

  /** Resolves to how the deletion is taken back. */
  async remove(reply: QuickReply): Promise<() => Promise<void>> {
    await this.save({ ...reply, text: "" });
    return async () => void (await this.save(reply));
  }
}

function inOrder(replies: readonly QuickReply[]): QuickReply[] {
  return [...replies].sort((a, b) => a.shortcut.localeCompare(b.shortcut));
}

/** Those whose shortcut begins with what is typed, then those that hold it in order, then by their text. */
export function findReplies<R extends { shortcut: string; text: string }>(
  replies: readonly R[],
  typed: string,
): R[] {
  const wanted = fold(typed);
  const rank = (reply: R): number => {
    const shortcut = fold(reply.shortcut);
    if (shortcut.startsWith(wanted)) return 0;
    if (shortcut.includes(wanted)) return 1;
    if (wanted.length > 1 && holdsInOrder(shortcut, wanted)) return 2;
    return wanted.length > 2 && fold(reply.text).includes(wanted) ? 3 : -1;
  };
  return replies
    .map((reply) => ({ reply, rank: rank(reply) }))
    .filter((one) => one.rank >= 0)
    .sort((a, b) => a.rank - b.rank || a.reply.shortcut.localeCompare(b.reply.shortcut))
    .map((one) => one.reply);
}

function holdsInOrder(text: string, letters: string): boolean {
  let at = 0;
  for (const letter of letters) {
    at = text.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
