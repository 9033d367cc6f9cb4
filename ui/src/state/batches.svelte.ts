// Templates to many: those that were sent or are under way, and the one that is being prepared. It outlives its screen.

import type { Backend } from "../backend/backend";
import type { BatchRow } from "../backend/generated/BatchRow";
import type { Change } from "../backend/generated/Change";
import type { FrequencyCap } from "../backend/generated/FrequencyCap";
import type { GuardOverride } from "../backend/generated/GuardOverride";
import { BatchDraft, type DraftContext } from "./batch_draft.svelte";
import { BatchPeople } from "./batch_people.svelte";
import { runner } from "./runner";

export type BatchPlace = "list" | "new" | "batch" | "cap";
/** One under way tells of itself often; a few times a second is enough to look at. */
const CALM = 400;

export class Batches {
  open = $state(false);
  place = $state<BatchPlace>("list");
  rows = $state.raw<readonly BatchRow[] | null>(null);
  cap = $state.raw<FrequencyCap | null>(null);
  people = $state.raw<BatchPeople | null>(null);
  readonly draft: BatchDraft;
  #id = $state<string | null>(null);
  #calm: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private backend: Backend,
    private context: DraftContext & { tell(batch: BatchRow): void },
  ) {
    this.draft = new BatchDraft(backend, context);
  }

  /** The one that is looked at. */
  batch = $derived.by(() => this.rows?.find(({ id }) => id === this.#id) ?? null);
  /** One that is under way or waits for somebody. */
  live = $derived.by(() => this.rows?.find(({ state }) => state === "running" || state === "paused") ?? null);

  show(place: BatchPlace = this.place): void {
    this.open = true;
    this.go(place);
    this.context.guard(this.reload());
    if (this.people) this.context.guard(this.people.reload());
  }

  leave(): void {
    this.open = false;
  }

  go(place: BatchPlace): void {
    this.place = place;
    if (place === "new") this.context.guard(this.draft.resume());
    if (place === "cap") this.context.guard(this.loadCap());
  }

  reload = runner(async () => {
    const rows = await this.backend.batches();
    const before = this.rows ?? [];
    this.rows = rows;
    for (const row of rows) {
      const went = before.find(({ id }) => id === row.id)?.state === "running";
      if (went && (row.state === "done" || (row.state === "paused" && row.halt !== "staff")))
        this.context.tell(row);
    }
  });

  async look(id: string): Promise<void> {
    this.#id = id;
    this.people = new BatchPeople(
      (filter, after, limit) => this.backend.batchPeople(id, filter, after, limit),
      "all",
    );
    this.place = "batch";
    await Promise.all([this.reload(), this.people.reload()]);
  }

  async start(insisted: GuardOverride | null = null): Promise<void> {
    const id = await this.draft.send(insisted);
    if (id !== null) await this.look(id);
  }

  async pause(id: string): Promise<void> {
    await this.backend.pauseBatch(id);
    await this.#anew();
  }
  async resume(id: string): Promise<void> {
    await this.backend.resumeBatch(id);
    await this.#anew();
  }
  /** For good. */
  async end(id: string): Promise<void> {
    await this.backend.stopBatch(id);
    await this.#anew();
  }

  async loadCap(): Promise<void> {
    this.cap = await this.backend.frequencyCap();
  }
  /** Held within its bounds by the core. */
  async setCap(part: Partial<FrequencyCap>): Promise<void> {
    if (this.cap) this.cap = await this.backend.setFrequencyCap({ ...this.cap, ...part });
  }

  changed({ batches, templates, all_threads }: Change): void {
    if (this.open && templates && this.place === "new") this.context.guard(this.draft.load());
    // What stops by itself is heard of wherever one is.
    if (!batches && !(this.open && all_threads)) return;
    this.#calm ??= setTimeout(() => {
      this.#calm = undefined;
      this.context.guard(this.#anew());
    }, CALM);
  }

  async #anew(): Promise<void> {
    const looked = this.open && this.place === "batch";
    await Promise.all([this.reload(), looked ? this.people?.follow() : null]);
  }

  /** What was chosen belongs to the profile that is left. */
  stop(): void {
    clearTimeout(this.#calm);
    this.#calm = undefined;
    this.draft.discard();
    this.rows = null;
    this.people = null;
    this.place = "list";
  }
}
