// New messages as notices name them, in the made-up core.

import type { Arrival } from "../generated/Arrival";
import type { FakeCore } from "./parts";

export function arrivalsOf(core: FakeCore, messageIds: number[]): Arrival[] {
  return messageIds.flatMap((id) => {
    for (const thread of core.threads) {
      const row = thread.messages.find((one) => one.id === id && one.direction === "in");
      if (!row) continue;
      const { body } = row;
      const text = "text" in body ? body.text : body.kind === "media" ? (body.media.caption ?? "") : "";
      const kind = body.kind === "media" ? body.media.kind : body.kind;
      return [{ thread_id: thread.id, message_id: id, name: thread.name.text, kind, text }];
    }
    return [];
  });
}
