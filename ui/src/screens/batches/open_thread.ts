// From a person of a batch to the conversation, or to the page in the ledger where there is none yet. What was
// prepared stays as it is.

import type { BatchPerson } from "../../backend/generated/BatchPerson";
import type { Session } from "../../state/session.svelte";

type Somebody = Pick<BatchPerson, "thread_id" | "customer_id">;

export function openThread(session: Session, { thread_id, customer_id }: Somebody): void {
  if (thread_id === null) {
    session.personPage(customer_id);
    return;
  }
  session.goBack();
  void session.guard(session.opening.open(thread_id));
}
