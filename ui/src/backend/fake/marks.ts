// Sections, counts and what staff does with threads, in the made-up core.

import type { MarkChange } from "../generated/MarkChange";
import type { Section } from "../generated/Section";
import type { SectionCounts } from "../generated/SectionCounts";
import type { ThreadQuery } from "../generated/ThreadQuery";
import type { FakeCore } from "./parts";
import type { Thread } from "./world";

export function sectionOf(core: FakeCore, thread: Thread): Section {
  if (thread.done) return "done";
  if (thread.snoozedUntil !== null && thread.snoozedUntil > core.now()) return "snoozed";
  const window = core.windowOf(thread);
  if (window.state !== "open") return "closed";
  const last = thread.messages.findLast((row) => row.direction === "in" || row.direction === "out");
  const ours = last?.direction === "out" && last.delivery?.state !== "failed";
  if (ours || thread.blocked) return "waiting_for_them";
  return window.closes_at - core.now() <= core.settingsView.soon_ms ? "closing_soon" : "waiting_for_us";
}

export function fits(core: FakeCore, thread: Thread, query: ThreadQuery): boolean {
  const section = sectionOf(core, thread);
  if (query.section === null ? section === "done" || section === "snoozed" : section !== query.section)
    return false;
  if (query.unread && thread.unread === 0) return false;
  if (query.number_id !== null && query.number_id !== 1) return false;
  if (query.assignee !== null && thread.assignee !== query.assignee) return false;
  return query.label === null || thread.labels.includes(query.label);
}

export function countsOf(core: FakeCore, query: ThreadQuery): SectionCounts {
  const count = (more: Partial<ThreadQuery>) =>
    core.threads.filter((thread) => fits(core, thread, { ...query, section: null, ...more })).length;
  return {
    all: count({}),
    closing_soon: count({ section: "closing_soon" }),
    waiting_for_us: count({ section: "waiting_for_us" }),
    waiting_for_them: count({ section: "waiting_for_them" }),
    closed: count({ section: "closed" }),
    snoozed: count({ section: "snoozed" }),
    done: count({ section: "done" }),
    unread: count({ unread: true }),
    mine: core.settingsView.me ? count({ assignee: core.settingsView.me }) : 0,
  };
}

export function mark(core: FakeCore, threadIds: number[], change: MarkChange): void {
  for (const id of threadIds) {
    const thread = core.thread(id);
    if (change.kind === "done") Object.assign(thread, { done: true, snoozedUntil: null });
    else if (change.kind === "reopen") Object.assign(thread, { done: false, snoozedUntil: null });
    else if (change.kind === "snooze") Object.assign(thread, { done: false, snoozedUntil: change.until });
    else if (change.kind === "pin") thread.pinned = change.on;
    else if (change.kind === "assign") thread.assignee = change.staff;
    else thread.unread = Math.max(1, thread.unread);
  }
  core.emit({ threads: threadIds });
}
