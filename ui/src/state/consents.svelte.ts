// The ledger as a manager looks through it: the list and what it is narrowed to, a person's page, and the places
// beside them. It outlives its screen, so that whoever looks something up in the inbox comes back to the same list.

import type { Backend } from "../backend/backend";
import type { Change } from "../backend/generated/Change";
import type { ConsentCounts } from "../backend/generated/ConsentCounts";
import type { ConsentCursor } from "../backend/generated/ConsentCursor";
import type { ConsentFilter } from "../backend/generated/ConsentFilter";
import type { ConsentPage } from "../backend/generated/ConsentPage";
import type { ConsentPerson } from "../backend/generated/ConsentPerson";
import type { ConsentRow } from "../backend/generated/ConsentRow";
import type { CounterForm } from "../backend/generated/CounterForm";
import type { DueRow } from "../backend/generated/DueRow";
import type { LedgerCheck } from "../backend/generated/LedgerCheck";
import type { Wording } from "../backend/generated/Wording";
import { ConsentImport } from "./consent_import.svelte";
import { Pages } from "./pages.svelte";
import { Takeout } from "./takeout.svelte";

export type ConsentPlace = "list" | "due" | "ledger" | "retention" | "import";
export const LISTS = ["offers_today", "never_contact", "unconfirmed", ""] as const;

export const NOTHING_NARROWED: ConsentFilter = {
  list: "",
  text: "",
  purpose: "",
  states: [],
  channel: "",
  wording: "",
  strengths: [],
  from: null,
  to: null,
  unused: false,
  expiring: false,
};

const SIZE = { page: 200, ahead: 60 };
const PAUSE = 150;
/** What comes in by the hundred (an import) is looked at a few times a second, not each time. */
const CALM = 250;

export class Consents {
  open = $state(false);
  place = $state<ConsentPlace>("list");
  filter = $state.raw<ConsentFilter>(NOTHING_NARROWED);
  counts = $state.raw<ConsentCounts | null>(null);
  /** Row that the keyboard stands on. */
  cursor = $state(0);
  /** A row led to a person's page: the way back leads to it. */
  fromRow = false;

  person = $state.raw<ConsentPerson | null>(null);
  form = $state.raw<CounterForm | null>(null);
  wordings = $state.raw<readonly Wording[]>([]);
  due = $state.raw<readonly DueRow[] | null>(null);
  check = $state.raw<LedgerCheck | null>(null);
  checking = $state(false);

  readonly list: Pages<ConsentRow, ConsentCursor, ConsentPage & { counts: ConsentCounts | null }>;
  readonly takeout: Takeout;
  readonly import: ConsentImport;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #calm: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private backend: Backend,
    private context: { guard(work: Promise<unknown>): void },
  ) {
    this.list = new Pages(
      async (after, limit) => {
        const [page, counts] = await Promise.all([
          backend.consents(this.filter, after, limit),
          after === null ? backend.consentCounts(this.filter) : null,
        ]);
        return { ...page, counts };
      },
      SIZE,
      ({ rows, counts }) => {
        this.counts = counts;
        this.cursor = Math.min(this.cursor, Math.max(0, rows.length - 1));
      },
    );
    this.takeout = new Takeout(backend);
    this.import = new ConsentImport(backend);
  }

  show(place: ConsentPlace = this.place): void {
    this.open = true;
    this.go(place);
    this.context.guard(this.load());
    // Once a session without being asked: what another program changed should not wait for somebody to look.
    if (this.check === null && !this.checking) this.context.guard(this.checkLedger());
  }

  leave(): void {
    this.open = false;
  }

  stop(): void {
    clearTimeout(this.#pause);
    clearTimeout(this.#calm);
  }

  go(place: ConsentPlace): void {
    this.place = place;
    this.person = null;
    if (place === "ledger" && !this.checking) this.context.guard(this.checkLedger());
    if (place === "import") this.import.begin(this.form?.country ?? "");
  }

  async load(): Promise<void> {
    await Promise.all([this.list.reload(), this.loadWords(), this.loadDue()]);
  }

  async loadWords(): Promise<void> {
    [this.form, this.wordings] = await Promise.all([this.backend.counterForm(), this.backend.wordings()]);
    this.import.country ||= this.form.country;
  }

  async loadDue(): Promise<void> {
    this.due = await this.backend.due();
  }

  /** Something in the ledger is different. */
  changed({ consents, all_threads }: Change): void {
    if (!this.open || (!consents && !all_threads)) return;
    this.#calm ??= setTimeout(() => {
      this.#calm = undefined;
      const person = this.person?.customer_id;
      const work: Promise<unknown>[] = [this.load()];
      if (person !== undefined) work.push(this.#readPerson(person));
      this.context.guard(Promise.all(work));
    }, CALM);
  }

  type(text: string): void {
    this.filter = { ...this.filter, text };
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.#anew(), PAUSE);
  }

  narrow(part: Partial<ConsentFilter>): void {
    this.filter = { ...this.filter, ...part };
    this.#anew();
  }

  /** Everything but the list one looks at. */
  widen(): void {
    this.narrow({ ...NOTHING_NARROWED, list: this.filter.list });
  }

  #anew(): void {
    clearTimeout(this.#pause);
    this.cursor = 0;
    this.context.guard(this.list.anew());
  }

  get narrowed(): boolean {
    const { list } = this.filter;
    return JSON.stringify(this.filter) !== JSON.stringify({ ...NOTHING_NARROWED, list });
  }

  async openPerson(customerId: number): Promise<void> {
    this.open = true;
    await Promise.all([this.#readPerson(customerId), this.form ? null : this.loadWords()]);
  }

  async #readPerson(customerId: number): Promise<void> {
    try {
      this.person = await this.backend.consentPerson(customerId);
    } catch (error) {
      // Erased meanwhile, or one with somebody else by now.
      if (this.person?.customer_id === customerId) this.person = null;
      else throw error;
    }
  }

  async checkLedger(): Promise<void> {
    this.checking = true;
    try {
      this.check = await this.backend.checkLedger();
    } finally {
      this.checking = false;
    }
  }

  async forget(entry: string) {
    const result = await this.backend.forgetEvidence(entry);
    await this.loadDue();
    return result;
  }
}
