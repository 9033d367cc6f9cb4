// The customer panel of the made-up core: what is known beside a thread, merging and undoing that, blocking.

import type { BlockResult } from "../generated/BlockResult";
import type { CustomerChange } from "../generated/CustomerChange";
import type { CustomerView } from "../generated/CustomerView";
import type { IdentityView } from "../generated/IdentityView";
import type { Lookalike } from "../generated/Lookalike";
import type { MergeView } from "../generated/MergeView";
import type { WindowSpan } from "../generated/WindowSpan";
import type { FakeCore } from "./parts";
import { DAY, type Thread } from "./world";

/** What a thread alone does not say. */
export interface Known {
  given: string;
  profile: string | null;
  /** Before those that the name of the thread tells. */
  former: IdentityView[];
  bsuid: string | null;
  /** Before those that the loaded messages tell. */
  earlier: WindowSpan[];
  firstContact: number | null;
  marketing: string | null;
  merges: { view: MergeView; other: Thread; before: Thread }[];
}

const known = new WeakMap<Thread, Known>();

export function knownOf(thread: Thread): Known {
  const found = known.get(thread) ?? {
    given: "",
    profile: thread.name.text.startsWith("@") ? null : thread.name.text,
    former: [],
    bsuid: null,
    earlier: [],
    firstContact: null,
    marketing: null,
    merges: [],
  };
  known.set(thread, found);
  return found;
}

export function customerOf(core: FakeCore, threadId: number): CustomerView {
  const thread = core.thread(threadId);
  const more = knownOf(thread);
  return {
    name: thread.name,
    given_name: more.given,
    profile_name: more.profile,
    identities: identities(thread, more),
    language: thread.language,
    labels: thread.labels,
    note: thread.note,
    blocked: thread.blocked,
    first_contact_at: more.firstContact ?? thread.messages[0]?.at ?? null,
    windows: [...spans(thread), ...more.earlier],
    merges: more.merges.map(({ view }) => view).toReversed(),
    lookalikes: lookalikes(core, thread),
    marketing: more.marketing,
    consent: core.ledger.summary(threadId),
  };
}

function identities(thread: Thread, more: Known): IdentityView[] {
  const { phone, username } = thread.name;
  const first_at = more.firstContact ?? thread.messages[0]?.at ?? null;
  const since = more.former.length > 0 ? (more.former[0]?.last_at ?? first_at) : first_at;
  const now = { first_at: since, last_at: thread.messages.at(-1)?.at ?? null, current: true };
  return [
    ...(phone ? [{ kind: "phone", value: phone.slice(1), ...now }] : []),
    ...(username ? [{ kind: "username", value: username, ...now, current: !phone }] : []),
    ...(more.bsuid ? [{ kind: "bsuid", value: more.bsuid, ...now, first_at, current: false }] : []),
    ...more.former,
  ];
}

/** As the core counts them: each opened by an inbound message, prolonged by those within its 24 hours. */
function spans(thread: Thread): WindowSpan[] {
  const found: WindowSpan[] = [];
  for (const row of thread.messages) {
    const span = found.at(-1);
    const inside = span !== undefined && row.at < span.closed_at;
    if (row.direction === "out" && inside) span.answered = true;
    if (row.direction !== "in") continue;
    if (inside) Object.assign(span, { closed_at: row.at + DAY, messages: span.messages + 1 });
    else found.push({ opened_at: row.at, closed_at: row.at + DAY, messages: 1, answered: false });
  }
  return found.reverse();
}

export function describe(core: FakeCore, threadId: number, change: CustomerChange): void {
  const thread = core.thread(threadId);
  const more = knownOf(thread);
  if (change.kind === "name") {
    more.given = change.text.trim();
    const { phone, username } = thread.name;
    const text = more.given || more.profile || (username ? `@${username}` : (phone ?? ""));
    thread.name = { ...thread.name, text };
  } else if (change.kind === "language") thread.language = change.tag;
  else if (change.kind === "note") thread.note = change.text.trimEnd();
  else
    thread.labels = [
      ...thread.labels.filter((one) => one !== change.label),
      ...(change.on ? [change.label] : []),
    ].sort((a, b) => a.localeCompare(b));
  core.emit({ threads: [threadId], labels: change.kind === "label" });
}

/** Only people who wrote in the last 24 hours ("Block Users"). */
export function block(core: FakeCore, threadId: number, on: boolean): BlockResult {
  const thread = core.thread(threadId);
  if (on && core.windowOf(thread).state !== "open") return { kind: "not_recent" };
  thread.blocked = on;
  core.emit({ threads: [threadId] });
  return { kind: "done" };
}

/** Brazilian numbers with and without the ninth digit are the same one. */
function bare(phone: string | null): string | null {
  return phone && /^\+55\d{11}$/u.test(phone) ? phone.slice(0, 5) + phone.slice(6) : phone;
}

function lookalikes(core: FakeCore, thread: Thread): Lookalike[] {
  return core.threads.flatMap((other) => {
    if (other === thread) return [];
    const reason =
      thread.name.phone !== null && bare(other.name.phone) === bare(thread.name.phone)
        ? "number_variant"
        : other.name.text === thread.name.text
          ? "name"
          : null;
    return reason ? [{ thread_id: other.id, name: other.name, reason }] : [];
  });
}

export function candidates(core: FakeCore, threadId: number, text: string): Lookalike[] {
  const typed = text.trim().toLowerCase().replace(/^@/u, "");
  const digits = typed.replace(/\D/gu, "");
  if (typed === "") return [];
  return core.threads.flatMap((other) => {
    if (other.id === threadId) return [];
    const { name } = other;
    const reason = name.text.toLowerCase().includes(typed)
      ? "name"
      : name.username?.includes(typed)
        ? "username"
        : digits.length > 2 && name.phone?.includes(digits)
          ? "number"
          : null;
    return reason ? [{ thread_id: other.id, name, reason }] : [];
  });
}

let merges = 0;

/** The first thread stays the thread it is. */
export function merge(core: FakeCore, threadId: number, otherId: number): string {
  const thread = core.thread(threadId);
  const other = core.thread(otherId);
  const merge_id = `merge-${++merges}`;
  const names = [thread.name.text, other.name.text];
  const before = { ...thread };
  knownOf(thread).merges.push({ view: { merge_id, at: core.now(), names }, other, before });
  Object.assign(thread, {
    messages: [...thread.messages, ...other.messages].sort((a, b) => a.at - b.at),
    labels: [...new Set([...thread.labels, ...other.labels])],
    note: [thread.note, other.note].filter(Boolean).join("\n"),
    language: thread.language || other.language,
    unread: thread.unread + other.unread,
    lastInbound: Math.max(thread.lastInbound ?? 0, other.lastInbound ?? 0) || null,
  });
  core.threads = core.threads.filter((one) => one !== other);
  core.emit({ threads: [threadId, otherId], labels: true });
  return merge_id;
}

export function unmerge(core: FakeCore, mergeId: string): void {
  for (const thread of core.threads) {
    const more = knownOf(thread);
    const found = more.merges.find(({ view }) => view.merge_id === mergeId);
    if (!found) continue;
    const { messages, labels, note, language, lastInbound } = found.before;
    const theirs = new Set(found.other.messages.map((row) => row.id));
    const since = thread.messages.filter((row) => !theirs.has(row.id) && !messages.includes(row));
    Object.assign(thread, { messages: [...messages, ...since], labels, note, language, lastInbound });
    more.merges = more.merges.filter((one) => one !== found);
    core.threads = [...core.threads, found.other];
    core.emit({ threads: [thread.id, found.other.id], labels: true });
    return;
  }
}
