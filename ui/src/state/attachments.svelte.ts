// The files beside the draft of the open thread. The core holds them, in its encrypted store; here stand only
// those that are still being handed over, and those too large to be handed over at all.

import type { Backend } from "../backend/backend";
import type { AttachmentView } from "../backend/generated/AttachmentView";
import type { OpenThread } from "./writing.svelte";

/** Meta's limit for the largest kind of file, a document ("Media", supported types and sizes). */
const LARGEST = 100 * 1024 * 1024;

export interface ShelvedFile extends AttachmentView {
  /** Not in the core's hands yet. */
  arriving: boolean;
}

/** Words can stand under these; beside others they are a message of their own. */
const CAPTIONED = ["image", "video", "document"];

export class Attachments {
  #own = $state.raw<(ShelvedFile & { threadId: number })[]>([]);
  #removed = $state.raw<string[]>([]);
  /** They are leaving: what an earlier head says of them is out of date. */
  away = $state(false);
  #next = 1;

  list = $derived.by<ShelvedFile[]>(() => {
    const told = this.away ? [] : (this.open.head?.attachments ?? []);
    return [
      ...told.filter(({ id }) => !this.#removed.includes(id)).map((file) => ({ ...file, arriving: false })),
      ...this.#own.filter(({ threadId }) => threadId === this.open.threadId),
    ];
  });

  /** Those in the core's hands: the same for the same files, in any order. */
  kept = $derived(
    this.list
      .filter(({ arriving, refused }) => !arriving && !refused)
      .map(({ id }) => id)
      .toSorted()
      .join(" "),
  );
  /** All are there, and Meta would take each. */
  sendable = $derived(this.list.every((file) => !file.arriving && !file.refused));
  /** The text would stand under one of them. */
  captioned = $derived(this.list.some((file) => CAPTIONED.includes(file.kind)));

  constructor(
    private backend: Pick<Backend, "attach" | "detach" | "orderAttachments">,
    private open: OpenThread,
  ) {}

  /** One after the other, so that they stand in the order they were given. */
  async add(files: readonly File[]): Promise<void> {
    const threadId = this.open.threadId;
    if (threadId === null) return;
    const waiting = files.map((file) => ({ file, shelved: this.#shelve(file, threadId) }));
    let failed: unknown;
    for (const { file, shelved } of waiting) {
      if (shelved.refused) continue;
      try {
        const view = await this.backend.attach(threadId, file.name, file.type, await file.arrayBuffer());
        // The core keeps nothing that Meta would refuse: it stands here with the reason, until it is taken away.
        if (view.refused) {
          this.#own = this.#own.map((one) =>
            one.id === shelved.id ? { ...one, ...view, id: one.id, arriving: false } : one,
          );
          continue;
        }
        if (this.open.threadId === threadId) await this.open.reload();
      } catch (error) {
        failed ??= error;
      }
      this.#own = this.#own.filter(({ id }) => id !== shelved.id);
    }
    if (failed !== undefined) throw failed;
  }

  async remove(id: string): Promise<void> {
    if (this.#own.some((file) => file.id === id)) {
      this.#own = this.#own.filter((file) => file.id !== id);
      return;
    }
    this.#removed = [...this.#removed, id];
    try {
      await this.backend.detach(id);
      await this.open.reload();
    } finally {
      this.#removed = this.#removed.filter((one) => one !== id);
    }
  }

  /** Moves a file to the place of another: from left to right in the order they are sent. */
  async move(id: string, to: number): Promise<void> {
    const threadId = this.open.threadId;
    const ids = (this.open.head?.attachments ?? []).map((file) => file.id);
    const at = ids.indexOf(id);
    if (threadId === null || at < 0 || to < 0 || to >= ids.length || to === at) return;
    ids.splice(to, 0, ...ids.splice(at, 1));
    await this.backend.orderAttachments(threadId, ids);
    if (this.open.threadId === threadId) await this.open.reload();
  }

  #shelve(file: File, threadId: number): ShelvedFile & { threadId: number } {
    const kind = /^(image|video|audio)\//u.exec(file.type)?.[1] ?? "document";
    const tooLarge = file.size > LARGEST;
    const shelved = {
      id: `own-${this.#next++}`,
      kind,
      filename: file.name,
      mime_type: file.type,
      size: file.size,
      refused: tooLarge ? ({ reason: "too_large", limit: LARGEST } as const) : null,
      arriving: !tooLarge,
      threadId,
    };
    this.#own = [...this.#own, shelved];
    return shelved;
  }
}
