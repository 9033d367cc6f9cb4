// Saving a file of a message: where to is asked by the system, and the person may think better of it.

import { m } from "../../../paraglide/messages.js";
import type { Session } from "../../../state/session.svelte";

export async function saveFile(session: Session, messageId: number): Promise<void> {
  if (await session.backend.saveMedia(messageId)) session.toasts.say(m.conversation_saved());
}
