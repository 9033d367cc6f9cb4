// What staff does with threads: done, later, whose, unread. Shown at once, told to the core, and taken back with
// one key where it took something out of sight.

import type { Backend } from "../backend/backend";
import type { MarkChange } from "../backend/generated/MarkChange";
import type { ThreadRow } from "../backend/generated/ThreadRow";
import { m } from "../paraglide/messages.js";
import { timeOrDay } from "../text/moments";
import { nameText } from "../text/phone";
import { spoken } from "../text/spoken";
import type { Inbox } from "./inbox.svelte";
import { locale } from "./locale.svelte";
import type { Opening } from "./opening.svelte";
import type { Selection } from "./selection.svelte";
import type { Ticker } from "./ticker.svelte";
import type { Toasts } from "./toasts.svelte";

export class Triage {
  constructor(
    private backend: Backend,
    private inbox: Inbox,
    private opening: Opening,
    private selection: Selection,
    private toasts: Toasts,
    private ticker: Ticker,
  ) {}

  /** The threads that a key means now: those picked, else the one stood on, else the open one. */
  get targets(): number[] {
    if (this.selection.picked.size > 0) return [...this.selection.picked];
    const one = this.selection.cursor ?? this.opening.selected;
    return one === null ? [] : [one];
  }

  done(ids: number[]): Promise<void> {
    return this.#putAway(ids, { kind: "done" }, { section: "done", snoozed_until: null }, (who) =>
      m.list_said_done({ who }),
    );
  }

  snooze(ids: number[], until: number): Promise<void> {
    const when = timeOrDay(until, this.ticker.now ?? until, locale.formats);
    const part = { section: "snoozed", snoozed_until: until } as const;
    return this.#putAway(ids, { kind: "snooze", until }, part, (who) => m.list_said_snoozed({ who, when }));
  }

  async reopen(ids: number[]): Promise<void> {
    const before = await this.#rows(ids);
    this.toasts.say(m.list_said_reopened({ who: this.#who(before) }), () => this.#restore(before, null));
    await this.#mark(ids, { kind: "reopen" });
  }

  async pin(ids: number[]): Promise<void> {
    const rows = await this.#rows(ids);
    const on = rows.some((row) => !row.pinned);
    this.inbox.patch(ids, { pinned: on });
    await this.#mark(ids, { kind: "pin", on });
  }

  async assign(ids: number[], staff: string): Promise<void> {
    const before = await this.#rows(ids);
    const who = this.#who(before);
    this.inbox.patch(ids, { assignee: staff || null });
    const said = staff ? m.list_said_assigned({ who, staff }) : m.list_said_unassigned({ who });
    this.toasts.say(said, async () => {
      for (const row of before)
        await this.#mark([row.thread_id], { kind: "assign", staff: row.assignee ?? "" });
    });
    await this.#mark(ids, { kind: "assign", staff });
  }

  /** An open thread is left first: looking at it would mark it read again. */
  async unread(ids: number[]): Promise<void> {
    if (this.opening.selected !== null && ids.includes(this.opening.selected)) await this.opening.close();
    await this.#mark(ids, { kind: "unread" });
  }

  async label(ids: number[], label: string, on: boolean): Promise<void> {
    for (const id of ids) await this.backend.describeCustomer(id, { kind: "label", label, on });
  }

  /** Takes threads out of sight, and goes on to the next one. */
  async #putAway(
    ids: number[],
    change: MarkChange,
    part: Partial<ThreadRow>,
    said: (who: string) => string,
  ): Promise<void> {
    // Known rows go at once, within the press of the key.
    const before = this.#known(ids) ?? (await this.backend.threadRows(ids));
    const open = this.opening.selected;
    const leaving = open !== null && ids.includes(open) ? open : null;
    const next = this.inbox.neighbour(ids);
    this.inbox.patch(ids, part);
    this.selection.clear();
    this.selection.cursor = next;
    const going =
      leaving === null ? undefined : next === null ? this.opening.close() : this.opening.open(next);
    if (leaving !== null) this.inbox.hold(next);
    this.toasts.say(said(this.#who(before)), () => this.#restore(before, leaving));
    await Promise.all([going, this.#mark(ids, change)]);
  }

  /** As it was before, and where one was. */
  async #restore(before: ThreadRow[], open: number | null): Promise<void> {
    for (const row of before) {
      const { thread_id, section, snoozed_until } = row;
      if (section === "done") await this.#mark([thread_id], { kind: "done" });
      else if (section === "snoozed" && snoozed_until !== null)
        await this.#mark([thread_id], { kind: "snooze", until: snoozed_until });
      else await this.#mark([thread_id], { kind: "reopen" });
    }
    this.selection.cursor = open ?? before[0]?.thread_id ?? null;
    if (open !== null) await this.opening.open(open);
  }

  async #mark(ids: number[], change: MarkChange): Promise<void> {
    try {
      await this.backend.markThreads(ids, change);
    } catch (error) {
      // What was shown ahead is not so.
      await this.inbox.changed({ threads: ids, all_threads: false });
      throw error;
    }
  }

  /** As they stand now; a thread opened from a search need not be in the list. */
  async #rows(ids: number[]): Promise<ThreadRow[]> {
    return this.#known(ids) ?? this.backend.threadRows(ids);
  }

  #known(ids: number[]): ThreadRow[] | null {
    const known = ids.flatMap((id) => this.inbox.get(id) ?? []);
    return known.length === ids.length ? known : null;
  }

  #who(rows: ThreadRow[]): string {
    const [first] = rows;
    return rows.length === 1 && first
      ? spoken(nameText(first.name.text))
      : m.list_some({ count: rows.length });
  }
}
