// Batches of the made-up core: the preflight, and how far each one is, by the core's own clock.

import type { BatchFilter } from "../generated/BatchFilter";
import type { BatchGo } from "../generated/BatchGo";
import type { BatchHalt } from "../generated/BatchHalt";
import type { BatchPeople } from "../generated/BatchPeople";
import type { BatchPerson } from "../generated/BatchPerson";
import type { BatchPlan } from "../generated/BatchPlan";
import type { BatchRow } from "../generated/BatchRow";
import type { BatchStart } from "../generated/BatchStart";
import type { BatchState } from "../generated/BatchState";
import type { DeliveryState } from "../generated/DeliveryState";
import type { Failure } from "../generated/Failure";
import type { FrequencyCap } from "../generated/FrequencyCap";
import type { GuardReason } from "../generated/GuardReason";
import type { GuardVerdict } from "../generated/GuardVerdict";
import type { Preflight } from "../generated/Preflight";
import type { Refusal } from "../generated/Refusal";
import type { SkipCount } from "../generated/SkipCount";
import type { SkipReason } from "../generated/SkipReason";
import type { TemplateView } from "../generated/TemplateView";
import {
  checksOf,
  claims,
  emptySlots,
  everybody,
  judge,
  previewFor,
  within,
  type BatchCore,
  type Judged,
} from "./batch_rules";

/** From one message to the next. */
const PACE = 2000;
const TICK = 1000;
const BOUNDS = { day: 3, week: 7, month: 20 } as const;

export interface Ending {
  /** After so many. */
  after: number;
  why: BatchHalt;
}

interface Kept {
  id: string;
  plan: BatchPlan;
  staff: string;
  madeAt: number;
  view: TemplateView;
  people: Judged[];
  state: BatchState;
  halt: BatchHalt | null;
  since: number;
  /** Time spent sending before `since`. */
  spent: number;
  /** Where it will stop by itself. */
  ending: Ending | null;
}

export class FakeBatches {
  /** What only a core with a past knows about these people. */
  readonly marks = new Map<number, SkipReason>();
  /** The guard warns of the whole with these, or blocks it. */
  warnWith: GuardReason[] = [];
  blockWith: GuardReason[] = [];
  limit: number | null = 2000;
  limitUsed = 37;
  cap: FrequencyCap = { day: 1, week: 2, month: 4 };
  /** The next batch that is started stops by itself there. */
  ending: Ending | null = null;

  #all: Kept[] = [];
  #next = 1;
  #ticking: ReturnType<typeof setTimeout> | undefined;

  constructor(private core: BatchCore) {}

  preflight(plan: BatchPlan): Preflight {
    const view = this.#view(plan);
    const people = this.#judged(plan, view);
    const going = people.filter(({ skipped }) => skipped === null);
    const outside = going.filter(({ inWindow }) => !inWindow).length;
    return {
      people: people.length,
      going: going.length,
      skipped: countSkips(people),
      refusals: this.#refusals(view),
      slots: view ? emptySlots(view, plan) : [],
      guard: this.#verdict(plan, view, going.length),
      guard_people: this.warnWith
        .filter(({ number }) => number > 1)
        .map(({ code, number }) => ({
          code,
          people: Math.min(number, going.length),
        })),
      checks: view ? checksOf(this.core, plan, view, going, this.#lastWentBadly()) : [],
      limit: this.limit,
      limit_used: this.limitUsed,
      limit_needed: outside,
      category: view?.category ?? "",
      in_window: going.length - outside,
      takes: Math.max(0, going.length - 1) * PACE,
    };
  }

  candidates(plan: BatchPlan, filter: BatchFilter, after: number | null, limit: number): BatchPeople {
    const view = this.#view(plan);
    const all = this.#judged(plan, view).map((person, n) => personOf(person, n, view, plan, null));
    return paged(
      all.filter(({ skipped }) =>
        filter === "going" ? skipped === null : filter === "skipped" ? skipped !== null : true,
      ),
      after,
      limit,
    );
  }

  start({ plan, checked_by, insisted, going }: BatchGo): BatchStart {
    const view = this.#view(plan);
    const now = this.preflight(plan);
    if (!view || now.refusals.length > 0) return { kind: "refused", reasons: now.refusals };
    if (now.slots.length > 0)
      return { kind: "refused", reasons: [{ reason: "template_values", slots: now.slots }] };
    if (now.going !== going) return { kind: "changed", going: now.going };
    if (now.guard.findings.length > 0 && checked_by.trim() === "") return { kind: "not_checked" };
    if (now.guard.level === "block")
      return { kind: "refused", reasons: [{ reason: "guard", reasons: now.guard.reasons }] };
    if (now.guard.level === "warn" && insisted?.id !== "batch-warning")
      return { kind: "warned", verdict: { ...now.guard, id: "batch-warning" } };
    const batch_id = this.make(plan, this.core.now());
    return { kind: "started", batch_id };
  }

  /** As if it had been started then; `state` is what became of it. */
  make(plan: BatchPlan, at: number, state: BatchState = "running", ending = this.ending): string {
    const view = this.#view(plan);
    if (!view) throw { code: "not_found", message: "no such template" };
    const id = `batch-${this.#next++}`;
    const { me, staff } = this.core.settingsView;
    const people = this.#judged(plan, view);
    this.#all.unshift({
      id,
      plan,
      staff: me || (staff[0] ?? ""),
      madeAt: at,
      view,
      people,
      state,
      halt: null,
      since: at,
      spent: 0,
      ending,
    });
    this.#go();
    return id;
  }

  turn(id: string, state: BatchState): void {
    const batch = this.#of(id);
    const over = batch.state === "stopped" || batch.state === "done";
    if (over || batch.state === state) return;
    this.#set(batch, state, state === "running" ? null : "staff");
    if (state === "running") batch.ending = null;
    this.#go();
  }

  rows(): BatchRow[] {
    for (const batch of this.#all) this.#settle(batch);
    return this.#all.map((batch) => this.#row(batch));
  }

  people(id: string, filter: BatchFilter, after: number | null, limit: number): BatchPeople {
    const batch = this.#of(id);
    this.#settle(batch);
    let place = 0;
    const all = batch.people.map((person, n) => {
      const at = person.skipped === null ? this.#sentAt(batch, place++) : null;
      return personOf(
        person,
        n,
        batch.view,
        batch.plan,
        at === null ? null : became(n, this.core.now() - at),
      );
    });
    const fits: Record<BatchFilter, (one: BatchPerson) => boolean> = {
      all: () => true,
      going: ({ skipped }) => skipped === null,
      skipped: ({ skipped }) => skipped !== null,
      waiting: ({ skipped, state }) => skipped === null && state === null,
      sent: ({ state }) => state !== null && !["failed", "doubtful"].includes(state),
      failed: ({ state }) => state === "failed",
      doubtful: ({ state }) => state === "doubtful",
    };
    return paged(all.filter(fits[filter]), after, limit);
  }

  setCap({ day, week, month }: FrequencyCap): FrequencyCap {
    const held = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most);
    const days = held(day, 1, BOUNDS.day);
    const weeks = held(week, days, BOUNDS.week);
    return (this.cap = { day: days, week: weeks, month: held(month, weeks, BOUNDS.month) });
  }

  #view({ choice }: BatchPlan): TemplateView | null {
    const all = this.core.templateStore.all;
    return all.find(({ name, language }) => name === choice.name && language === choice.language) ?? null;
  }

  #judged(plan: BatchPlan, view: TemplateView | null): Judged[] {
    return everybody(this.core)
      .filter((person) => within(this.core, person, plan.segment))
      .map((person) => ({
        ...person,
        skipped: view ? judge(this.core, plan, view, person, this.marks) : null,
      }));
  }

  #refusals(view: TemplateView | null): Refusal[] {
    if (!view) return [{ reason: "template_unknown" }];
    const { hold } = this.core.connectionView;
    if (hold) return [{ reason: "on_hold", ...hold }];
    return view.obstacle ? [{ reason: "template_obstacle", obstacle: view.obstacle }] : [];
  }

  #verdict(plan: BatchPlan, view: TemplateView | null, people: number): GuardVerdict {
    const poor = view?.quality === "YELLOW" && people >= 10;
    const reasons = this.blockWith.length > 0 ? this.blockWith : [...this.warnWith];
    const said = reasons.some(({ code }) => code === "quality");
    if (poor && !said && this.blockWith.length === 0) reasons.push({ code: "quality", number: people });
    return {
      id: "",
      level: this.blockWith.length > 0 ? "block" : reasons.length > 0 ? "warn" : "allow",
      reasons,
      interrupt: reasons.length > 0,
      people,
      weight: reasons.length > 0 ? people : 0,
      threshold: 5,
      findings: view ? claims(view, plan) : [],
    };
  }

  #lastWentBadly(): boolean {
    const last = this.#all[0];
    if (!last) return false;
    const { sent, failed, opt_outs } = this.#row(last);
    return (failed + opt_outs) * 10 > sent + failed;
  }

  #of(id: string): Kept {
    const found = this.#all.find((batch) => batch.id === id);
    if (!found) throw { code: "not_found", message: "no such batch" };
    return found;
  }

  #going = (batch: Kept) => batch.people.filter(({ skipped }) => skipped === null).length;

  #elapsed(batch: Kept): number {
    return batch.spent + (batch.state === "running" ? this.core.now() - batch.since : 0);
  }

  /** How many have left. */
  #left(batch: Kept): number {
    if (batch.state === "done") return this.#going(batch);
    const most = batch.ending?.after ?? Infinity;
    return Math.min(this.#going(batch), Math.floor(this.#elapsed(batch) / PACE), most);
  }

  /** When the one at this place left; `null`: it waits. Time in which it stood still is not counted. */
  #sentAt(batch: Kept, place: number): number | null {
    if (place >= this.#left(batch)) return null;
    return Math.min(this.core.now(), batch.madeAt + (place + 1) * PACE);
  }

  #set(batch: Kept, state: BatchState, halt: BatchHalt | null): void {
    batch.spent = this.#left(batch) * PACE;
    batch.state = state;
    batch.halt = halt;
    batch.since = this.core.now();
  }

  #settle(batch: Kept): void {
    if (batch.state !== "running") return;
    const left = this.#left(batch);
    if (batch.ending && left >= batch.ending.after) this.#set(batch, "paused", batch.ending.why);
    else if (left >= this.#going(batch)) this.#set(batch, "done", null);
  }

  #row(batch: Kept): BatchRow {
    const going = this.#going(batch);
    const left = this.#left(batch);
    const states = batch.people
      .map((person, n) => ({ person, n }))
      .filter(({ person }) => person.skipped === null)
      .flatMap(({ n }, place) => {
        const at = this.#sentAt(batch, place);
        return at === null ? [] : [{ n, ...became(n, this.core.now() - at) }];
      });
    const count = (...wanted: DeliveryState[]) => states.filter(({ state }) => wanted.includes(state)).length;
    return {
      id: batch.id,
      name: batch.plan.name,
      template: batch.plan.choice.name,
      language: batch.plan.choice.language,
      staff: batch.staff,
      made_at: batch.madeAt,
      state: batch.state,
      halt: batch.halt,
      since: batch.since,
      going,
      skipped: batch.people.length - going,
      sent: count("sent", "delivered", "read"),
      delivered: count("delivered", "read"),
      read: count("read"),
      answered: states.filter(({ n, state }) => state === "read" && n % 7 === 0).length,
      failed: count("failed"),
      doubtful: count("doubtful"),
      opt_outs: states.filter(({ n, state }) => state === "read" && n % 61 === 5).length,
      ends_at: batch.state === "running" ? this.core.now() + (going - left) * PACE : null,
      skips: countSkips(batch.people),
    };
  }

  /** While one is under way, whoever looks hears of it once a second. */
  #go(): void {
    this.core.emit({ batches: true });
    if (this.#ticking !== undefined || !this.#all.some(({ state }) => state === "running")) return;
    this.#ticking = setTimeout(() => {
      this.#ticking = undefined;
      for (const batch of this.#all) this.#settle(batch);
      this.#go();
    }, TICK);
  }
}

function countSkips(people: readonly Judged[]): SkipCount[] {
  const counts = new Map<SkipReason, number>();
  for (const { skipped } of people) if (skipped) counts.set(skipped, (counts.get(skipped) ?? 0) + 1);
  return [...counts].map(([why, count]) => ({ why, people: count })).sort((a, b) => b.people - a.people);
}

function paged(all: readonly BatchPerson[], after: number | null, limit: number): BatchPeople {
  const rest = after === null ? all : all.filter(({ n }) => n > after);
  const people = rest.slice(0, limit);
  return { people, next: rest.length > limit ? (people.at(-1)?.n ?? null) : null };
}

const FAILED: Failure = { code: 131026, name: "undeliverable", details: null, drift: [], choice: null };
const SECOND = 1000;

/** What became of the one at this place so long after it left. */
function became(n: number, age: number): { state: DeliveryState; failure: Failure | null } {
  if (n % 23 === 9) return { state: "failed", failure: FAILED };
  if (n % 97 === 31) return { state: "doubtful", failure: null };
  if (age < 3 * SECOND) return { state: "sent", failure: null };
  return { state: n % 3 === 1 || age < 12 * SECOND ? "delivered" : "read", failure: null };
}

function personOf(
  person: Judged,
  n: number,
  view: TemplateView | null,
  plan: BatchPlan,
  told: { state: DeliveryState; failure: Failure | null } | null,
): BatchPerson {
  return {
    n,
    customer_id: person.customerId,
    thread_id: person.threadId,
    name: person.name.text,
    address: person.name.phone ?? (person.name.username ? `@${person.name.username}` : ""),
    language: person.language,
    skipped: person.skipped,
    preview: view ? previewFor(view, plan, person) : null,
    outbox_id: told ? `batch-${n}` : null,
    state: told?.state ?? null,
    failure: told?.failure ?? null,
  };
}
