// How far the files on their way to Meta have come, by the message that carries them.

import { SvelteMap } from "svelte/reactivity";
import type { Backend } from "../backend/backend";

export class Uploads {
  #parts = new SvelteMap<string, number>();

  constructor(private backend: Pick<Backend, "onUpload">) {}

  start(): () => void {
    return this.backend.onUpload(({ outbox_id, sent, total }) => {
      if (total > 0 && sent < total) this.#parts.set(outbox_id, sent / total);
      else this.#parts.delete(outbox_id);
    });
  }

  /** From 0 to 1; `null` while nothing of it is on its way. */
  of(outboxId: string | null): number | null {
    return outboxId === null ? null : (this.#parts.get(outboxId) ?? null);
  }
}
