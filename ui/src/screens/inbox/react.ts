// A reaction of ours. The same emoji once more takes it away; another one takes its place.

import type { MessageRow } from "../../backend/generated/MessageRow";
import type { Session } from "../../state/session.svelte";

export async function react(session: Session, row: MessageRow, emoji: string): Promise<void> {
  const { backend, conversation } = session;
  if (conversation.threadId === null) return;
  const mine = row.reactions.find((reaction) => reaction.outgoing)?.emoji;
  const result = await backend.sendReaction(conversation.threadId, row.id, mine === emoji ? "" : emoji);
  if (result.kind === "refused") conversation.writing.refusals = result.reasons;
}
