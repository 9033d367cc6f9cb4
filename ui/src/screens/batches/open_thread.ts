// From a person of a batch to the conversation. What was prepared stays as it is.

import type { BatchPerson } from "../../backend/generated/BatchPerson";
import type { Session } from "../../state/session.svelte";

export function openThread(session: Session, { thread_id }: Pick<BatchPerson, "thread_id">): void {
  if (thread_id === null) return;
  session.goBack();
  void session.guard(session.opening.open(thread_id));
}
