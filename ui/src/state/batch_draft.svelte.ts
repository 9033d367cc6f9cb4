// A batch that is being prepared: which template, for whom, what the preflight says, and the sending. It outlives its
// screen, so that whoever looks something up finds everything as it was left.

import type { Backend } from "../backend/backend";
import type { BatchPerson } from "../backend/generated/BatchPerson";
import type { BatchPlan } from "../backend/generated/BatchPlan";
import type { GuardOverride } from "../backend/generated/GuardOverride";
import type { GuardVerdict } from "../backend/generated/GuardVerdict";
import type { Preflight } from "../backend/generated/Preflight";
import type { Refusal } from "../backend/generated/Refusal";
import type { Segment } from "../backend/generated/Segment";
import type { SlotFault } from "../backend/generated/SlotFault";
import type { TemplateList } from "../backend/generated/TemplateList";
import type { TemplateSlot } from "../backend/generated/TemplateSlot";
import type { TemplateView } from "../backend/generated/TemplateView";
import { changeOf, type BatchChange } from "../text/batch_changes";
import { EVERYBODY, wroteSpan, type Wrote } from "../text/batch_segment";
import { slotFault } from "../text/slots";
import { titleOf } from "../text/template_search";
import { BatchPeople } from "./batch_people.svelte";
import { TemplateForm, templateKey } from "./template_form.svelte";

export const STEPS = ["template", "people", "check", "go"] as const;
export type BatchStep = (typeof STEPS)[number];

/** Who types is not asked for a count with each letter. */
const PAUSE = 300;

export interface DraftContext {
  guard(work: Promise<unknown>): void;
  now(): number;
  /** Of the shop: `null` while none is known. */
  number(): number | null;
  me(): string;
}

export class BatchDraft {
  step = $state<BatchStep>("template");
  list = $state.raw<TemplateList | null>(null);
  chosen = $state<string | null>(null);
  segment = $state.raw<Segment>(EVERYBODY);
  wrote = $state<Wrote>("any");
  numberId = $state<number | null>(null);
  preflight = $state.raw<Preflight | null>(null);
  counting = $state(false);
  /** Somebody else than those it was looked at for. */
  change = $state.raw<BatchChange | null>(null);
  /** Of those who get it: the one whose message is shown. */
  at = $state(0);
  checked = $state(false);
  /** The core wants to know who looked. */
  notChecked = $state(false);
  refusals = $state.raw<readonly Refusal[]>([]);
  warned = $state.raw<GuardVerdict | null>(null);
  sending = $state(false);
  readonly going: BatchPeople;

  #name = $state<string | null>(null);
  #checkedBy = $state<string | null>(null);
  #forms = new Map<string, TemplateForm>();
  /** What the preflight was made of. */
  #looked = $state("");
  #turn = 0;
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private backend: Backend,
    private context: DraftContext,
  ) {
    this.going = this.people("going");
  }

  // ---- the template ----

  async load(): Promise<void> {
    this.list = await this.backend.templates(null);
    // What was chosen cannot be sent any more.
    if (this.chosen !== null && this.view === null) this.step = "template";
  }

  /** Somebody comes back to it: it may have been left for an hour. */
  async resume(): Promise<void> {
    await this.load();
    if (this.wrote !== "any" && this.wrote !== "own") {
      const span = wroteSpan(this.wrote, this.segment, this.context.now());
      this.segment = { ...this.segment, ...span };
    }
    const before = this.preflight;
    if (this.step === "template" || before === null) return;
    await this.look();
    this.#compare(before);
  }

  /** Other people than before: back to where that is seen. */
  #compare(before: Preflight): void {
    const now = this.preflight;
    if (!now || now.going === before.going || this.step === "people") return;
    this.step = "check";
    this.change = changeOf(before, now);
  }

  view = $derived.by(
    () =>
      this.list?.templates.find((one) => templateKey(one) === this.chosen && one.obstacle === null) ?? null,
  );
  form = $derived.by(() => (this.view ? this.#formOf(this.view) : null));

  choose(template: TemplateView): void {
    this.chosen = templateKey(template);
    this.#touched();
  }

  #formOf(template: TemplateView): TemplateForm {
    const key = templateKey(template);
    const found = this.#forms.get(key);
    if (found) return found;
    const form = new TemplateForm(this.#files, 0, [], () => this.#touched());
    this.#forms.set(key, form);
    return form;
  }

  /** A file lies with nobody until a batch is made of it. */
  #files: Pick<Backend, "attachForTemplate" | "attachment"> = {
    attachment: (id) => this.backend.attachment(id),
    attachForTemplate: (_, ...file) => this.backend.attachForBatch(this.#number ?? 0, ...file),
  };

  values = $derived.by(() => (this.view && this.form ? this.form.values(this.view.slots) : {}));

  fault(slot: TemplateSlot): SlotFault | null {
    return slotFault(this.values[slot.key] ?? "", slot.kind, slot.max, slot.key);
  }

  /** Slots that cannot be sent as they are. */
  missing = $derived.by(() => this.view?.slots.filter((slot) => this.fault(slot) !== null).length ?? 0);
  arriving = $derived.by(() => Object.values(this.form?.files ?? {}).some((file) => file.arriving));
  templateReady = $derived.by(() => this.view !== null && this.missing === 0 && !this.arriving);

  // ---- whom ----

  narrow(part: Partial<Segment>): void {
    this.segment = { ...this.segment, ...part };
    this.#touched();
  }

  wroteSince(wrote: Wrote): void {
    this.wrote = wrote;
    this.narrow(wroteSpan(wrote, { wrote_from: null, wrote_before: null }, this.context.now()));
  }

  sendFrom(numberId: number): void {
    this.numberId = numberId;
    this.#touched();
  }

  get #number(): number | null {
    return this.numberId ?? this.context.number();
  }

  narrowed = $derived.by(
    () => JSON.stringify(this.segment) !== JSON.stringify(EVERYBODY) || this.wrote !== "any",
  );

  widen(): void {
    this.wrote = "any";
    this.narrow(EVERYBODY);
  }

  // ---- the preflight ----

  get plan(): BatchPlan | null {
    const { view } = this;
    const number_id = this.#number;
    if (!view || number_id === null) return null;
    const values = view.slots.map(({ key }) => ({ key, text: (this.values[key] ?? "").trim() }));
    const choice = { name: view.name, language: view.language, values };
    return { name: this.name.trim(), number_id, segment: this.segment, choice };
  }

  get #key(): string {
    return JSON.stringify({ ...this.plan, name: "" });
  }

  /** The preflight is of what is chosen now. */
  get current(): boolean {
    return this.preflight !== null && this.#looked === this.#key;
  }

  async look(): Promise<void> {
    clearTimeout(this.#pause);
    const { plan } = this;
    if (!plan) return;
    const turn = ++this.#turn;
    const key = this.#key;
    this.counting = true;
    try {
      const preflight = await this.backend.batchPreflight(plan);
      if (turn !== this.#turn) return;
      const anew = this.#looked !== key;
      this.preflight = preflight;
      this.#looked = key;
      if (anew) this.at = 0;
      await this.going.reload();
      this.at = Math.min(this.at, Math.max(0, this.going.rows.length - 1));
    } finally {
      if (turn === this.#turn) this.counting = false;
    }
  }

  /** Something that the preflight depends on is another one. */
  #touched(): void {
    this.change = null;
    this.refusals = [];
    this.notChecked = false;
    this.checked = false;
    if (this.step === "template") return;
    clearTimeout(this.#pause);
    this.counting = true;
    this.#pause = setTimeout(() => this.context.guard(this.look()), PAUSE);
  }

  /** Of the batch as it is now: pages of who gets it, or does not. */
  people(filter: "going" | "skipped", why: BatchPerson["skipped"] = null): BatchPeople {
    return new BatchPeople(
      async (wanted, after, limit) => {
        const { plan } = this;
        return plan ? this.backend.batchCandidates(plan, wanted, after, limit) : { people: [], next: null };
      },
      filter,
      why,
    );
  }

  shown = $derived.by(() => this.going.rows[this.at] ?? null);

  /** On to the next preview, or back. */
  turnTo(by: number): void {
    const last = this.going.rows.length - 1;
    this.at = Math.max(0, Math.min(this.at + by, last));
    this.context.guard(this.going.seen(this.at));
  }

  // ---- the steps ----

  /** Why one cannot go on from here; `null`: one can. */
  get obstacle(): "template" | "slots" | "file" | "counting" | "nobody" | "refused" | "guard" | null {
    if (!this.view) return "template";
    if (this.missing > 0) return "slots";
    if (this.arriving) return "file";
    if (this.step === "template") return null;
    if (!this.current) return "counting";
    const { going, refusals, slots, guard } = this.preflight as Preflight;
    if (this.step === "people") return going === 0 && this.preflight?.people === 0 ? "nobody" : null;
    if (refusals.length > 0 || slots.length > 0) return "refused";
    if (guard.level === "block") return "guard";
    return going === 0 ? "nobody" : null;
  }

  /** How far one may go; back always. */
  reachable(step: BatchStep): boolean {
    const to = STEPS.indexOf(step);
    if (to <= STEPS.indexOf(this.step)) return true;
    return this.obstacle === null && to === STEPS.indexOf(this.step) + 1;
  }

  goTo(step: BatchStep): void {
    if (!this.reachable(step)) return;
    this.step = step;
    if (step !== "template" && !this.current) this.context.guard(this.look());
  }

  onward(by: 1 | -1): void {
    const next = STEPS[STEPS.indexOf(this.step) + by];
    if (next) this.goTo(next);
  }

  // ---- the sending ----

  /** Begins as the template's. */
  get name(): string {
    return this.#name ?? (this.view ? titleOf(this.view.name) : "");
  }
  set name(name: string) {
    this.#name = name;
  }

  get checkedBy(): string {
    return this.#checkedBy ?? this.context.me();
  }
  set checkedBy(name: string) {
    this.#checkedBy = name;
  }

  /** Prices, dates or claims stand in it: somebody has to have looked. */
  claims = $derived.by(() => [...new Set(this.preflight?.guard.findings.map(({ kind }) => kind) ?? [])]);
  mustCheck = $derived.by(
    () =>
      this.notChecked || this.claims.some((kind) => kind === "price" || kind === "date" || kind === "health"),
  );
  canSend = $derived.by(
    () =>
      !this.sending &&
      this.name.trim() !== "" &&
      (!this.mustCheck || (this.checked && this.checkedBy.trim() !== "")),
  );

  /** Resolves to the batch's id where it was started. */
  async send(insisted: GuardOverride | null = null): Promise<string | null> {
    const { plan, preflight } = this;
    if (!plan || !preflight || this.sending) return null;
    this.sending = true;
    this.refusals = [];
    this.change = null;
    try {
      const checked_by = this.mustCheck && this.checked ? this.checkedBy.trim() : "";
      const start = await this.backend.startBatch({ plan, checked_by, insisted, going: preflight.going });
      this.warned = start.kind === "warned" ? start.verdict : null;
      switch (start.kind) {
        case "started":
          this.#begin();
          return start.batch_id;
        case "refused":
          this.refusals = start.reasons;
          break;
        case "not_checked":
          this.notChecked = true;
          break;
        case "changed": {
          await this.look();
          this.#compare(preflight);
          break;
        }
      }
      return null;
    } finally {
      this.sending = false;
    }
  }

  /** Something has been chosen already. */
  begun = $derived.by(() => this.chosen !== null || this.narrowed);

  discard(): void {
    this.#begin();
  }

  /** The next one begins at its beginning. */
  #begin(): void {
    clearTimeout(this.#pause);
    this.#turn++;
    this.#forms.clear();
    this.step = "template";
    this.chosen = null;
    this.segment = EVERYBODY;
    this.wrote = "any";
    this.preflight = null;
    this.#looked = "";
    this.counting = false;
    this.change = null;
    this.at = 0;
    this.checked = false;
    this.notChecked = false;
    this.refusals = [];
    this.warned = null;
    this.#name = null;
    this.#checkedBy = null;
  }
}
