// The customer panel of the made-up core.

import type { CustomerChange } from "../generated/CustomerChange";
import type { CustomerView } from "../generated/CustomerView";
import type { FakeCore } from "./parts";

export function customerOf(core: FakeCore, threadId: number): CustomerView {
  const thread = core.thread(threadId);
  const { phone, username } = thread.name;
  return {
    name: thread.name,
    given_name: "",
    profile_name: thread.name.text,
    identities: [
      ...(phone
        ? [{ kind: "phone", value: phone.slice(1), first_at: null, last_at: null, current: true }]
        : []),
      ...(username
        ? [{ kind: "username", value: username, first_at: null, last_at: null, current: true }]
        : []),
    ],
    language: thread.language,
    labels: thread.labels,
    note: thread.note,
    blocked: thread.blocked,
    first_contact_at: thread.messages[0]?.at ?? null,
    windows: [],
    merges: [],
    lookalikes: [],
    marketing: null,
  };
}

export function describe(core: FakeCore, threadId: number, change: CustomerChange): void {
  const thread = core.thread(threadId);
  if (change.kind === "name") thread.name = { ...thread.name, text: change.text };
  else if (change.kind === "language") thread.language = change.tag;
  else if (change.kind === "note") thread.note = change.text;
  else
    thread.labels = [
      ...thread.labels.filter((one) => one !== change.label),
      ...(change.on ? [change.label] : []),
    ];
  core.emit({ threads: [threadId] });
}
