// An opt-in as it is taken down at the till: what was typed, the code that waits to be scanned, and what came of it.
// It outlives its screen: whoever looks something up in the inbox comes back to the same form.

import type { Backend } from "../backend/backend";
import type { ConsentRefusal } from "../backend/generated/ConsentRefusal";
import type { CounterEntry } from "../backend/generated/CounterEntry";
import type { CounterForm } from "../backend/generated/CounterForm";
import type { CounterWay } from "../backend/generated/CounterWay";
import type { EvidenceView } from "../backend/generated/EvidenceView";
import type { NumberCheck } from "../backend/generated/NumberCheck";
import type { Purpose } from "../backend/generated/Purpose";
import type { QrState } from "../backend/generated/QrState";
import type { QrTicket } from "../backend/generated/QrTicket";
import type { Wording } from "../backend/generated/Wording";
import { remember, remembered } from "./remembered";
import { SLIP, takeBack } from "./take_back";

export type Way = "qr" | "signature" | "paper" | "spoken";
export const WAYS: readonly Way[] = ["qr", "signature", "paper", "spoken"];

export interface Recorded {
  customerId: number;
  who: string;
  purposes: string[];
  /** The end of the customer service window that the scan has opened; null: no window was. */
  openedAt: number | null;
  threadId: number | null;
  numberDiffers: boolean;
  /** Only spoken, which does not carry the advertising among the purposes. */
  tooWeak: boolean;
  undone: boolean;
}

const PAUSE = 180;

export class Counter {
  open = $state(false);
  place = $state<"till" | "wordings">("till");
  form = $state.raw<CounterForm | null>(null);
  /** A spoken word may carry advertising here. */
  weakOffers = $state(false);

  number = $state("");
  country = $state(remembered("counter-country", ""));
  name = $state("");
  language = $state("");
  purposes = $state.raw<readonly string[]>([]);
  minor = $state(false);
  guardian = $state("");
  way = $state<Way>("qr");
  formNumber = $state("");
  signedAt = $state<number | null>(null);
  spokenAt = $state("");
  evidence = $state.raw<EvidenceView | null>(null);

  check = $state.raw<NumberCheck | null>(null);
  ticket = $state.raw<QrTicket | null>(null);
  qr = $state.raw<QrState | null>(null);
  refusal = $state.raw<ConsentRefusal | null>(null);
  recorded = $state.raw<Recorded | null>(null);
  /** The one before, who may have been recorded by mistake. */
  last = $state.raw<Recorded | null>(null);
  busy = $state(false);
  /** The laptop is turned to the customer: nothing of anybody else is on the screen. */
  turned = $state(false);
  /** Goes up with every customer: the keyboard begins at the top of the form. */
  customers = $state(0);

  #pause: ReturnType<typeof setTimeout> | undefined;
  #forgetting: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  constructor(
    private backend: Backend,
    private context: { language(): string; guard(work: Promise<unknown>): void },
  ) {}

  show(prefill: { number?: string; name?: string; language?: string; way?: Way } = {}): void {
    this.open = true;
    this.place = "till";
    if (Object.keys(prefill).length > 0) {
      this.next();
      this.name = prefill.name ?? "";
      this.language = prefill.language ?? this.language;
      if (prefill.way) this.way = prefill.way;
      this.type(prefill.number ?? "");
    }
    this.context.guard(this.load());
  }

  leave(): void {
    this.open = false;
    this.turned = false;
  }

  stop(): void {
    clearTimeout(this.#pause);
    clearTimeout(this.#forgetting);
  }

  /** Whose turn it was before, for as long as a slip can be taken back; not what was taken back already. */
  #remember(recorded: Recorded): void {
    clearTimeout(this.#forgetting);
    this.last = recorded.undone ? null : recorded;
    this.#forgetting = setTimeout(() => (this.last = null), SLIP);
  }

  async load(): Promise<void> {
    const [form, retention] = await Promise.all([this.backend.counterForm(), this.backend.retention()]);
    this.form = form;
    this.weakOffers = retention.weak_offers;
    this.country ||= form.country;
    if (!this.languages.includes(this.language)) this.language = this.#firstLanguage();
    const keys = form.purposes.map(({ key }) => key);
    this.purposes = this.purposes.filter((key) => keys.includes(key) && this.wordingOf(key));
    // Without a number of one's own there is nothing to scan.
    if (form.own_number === "" && this.way === "qr") this.way = "signature";
  }

  /** Something in the ledger or the wordings is different. */
  async changed(): Promise<void> {
    const code = this.ticket?.code;
    if (code !== undefined && this.qr?.kind === "waiting") await this.look(code);
    if (this.open) await this.load();
  }

  /** In which there is a wording. */
  get languages(): string[] {
    return [...new Set(this.form?.wordings.map(({ language }) => language) ?? [])];
  }

  #firstLanguage(): string {
    const own = this.context.language();
    return this.languages.includes(own) ? own : (this.languages[0] ?? own);
  }

  wordingOf(purpose: string): Wording | undefined {
    return this.form?.wordings.find((one) => one.purpose === purpose && one.language === this.language);
  }

  /** What can be agreed to in this language. */
  get offered(): Purpose[] {
    return this.form?.purposes.filter(({ key }) => this.wordingOf(key)) ?? [];
  }

  type(number: string): void {
    this.number = number;
    this.#edited();
    clearTimeout(this.#pause);
    if (number.trim() === "") {
      this.#asked++;
      this.check = null;
      return;
    }
    this.#pause = setTimeout(() => this.context.guard(this.checkNow()), PAUSE);
  }

  async checkNow(): Promise<void> {
    clearTimeout(this.#pause);
    const { number, country } = this;
    if (number.trim() === "") return;
    const turn = ++this.#asked;
    const check = await this.backend.checkNumber(number, country);
    if (turn === this.#asked) this.check = check;
  }

  setCountry(country: string): void {
    this.country = country;
    remember("counter-country", country);
    this.#edited();
    this.context.guard(this.checkNow());
  }

  speak(language: string): void {
    this.language = language;
    this.purposes = this.purposes.filter((key) => this.wordingOf(key));
    this.#edited();
  }

  tick(purpose: string, on: boolean): void {
    const others = this.purposes.filter((key) => key !== purpose);
    const order = this.offered.map(({ key }) => key);
    this.purposes = [...others, ...(on ? [purpose] : [])].sort((a, b) => order.indexOf(a) - order.indexOf(b));
    this.#edited();
  }

  choose(way: Way): void {
    this.way = way;
    this.#edited();
  }

  /** A code stands for exactly what was on the form when it was made. */
  #edited(): void {
    this.refusal = null;
    if (this.ticket) this.withdrawCode();
  }

  withdrawCode(): void {
    const code = this.ticket?.code;
    this.ticket = this.qr = null;
    if (code !== undefined) this.context.guard(this.backend.cancelQr(code));
  }

  get entry(): CounterEntry {
    return {
      number: this.number.trim(),
      country: this.country,
      name: this.name.trim(),
      language: this.language,
      purposes: [...this.purposes],
      wordings: this.purposes.flatMap((key) => {
        const found = this.wordingOf(key);
        return found ? [{ id: found.id, version: found.version }] : [];
      }),
      minor: this.minor ? true : null,
      guardian: this.guardian.trim(),
    };
  }

  /** What is missing before this way can be gone; the same words as a refusal of the core. */
  get missing(): ConsentRefusal | null {
    if (this.purposes.length === 0) return { reason: "no_purpose" };
    const problem = this.check?.problem;
    const typed = this.number.trim() !== "";
    if (typed && problem && problem.problem !== "unlikely") return { reason: "number", problem };
    if (!typed && this.way !== "qr") return { reason: "nobody" };
    return null;
  }

  /** Shows the code, and the customer what is agreed to. */
  async startQr(): Promise<void> {
    if (this.busy) return;
    this.refusal = this.missing;
    if (this.refusal) return;
    this.busy = true;
    try {
      await this.checkNow();
      // What is ticked while the core makes a code belongs to another one.
      for (;;) {
        this.refusal = this.missing;
        if (this.refusal) return;
        const { entry } = this;
        const ticket = await this.backend.startQr(entry);
        if (JSON.stringify(entry) === JSON.stringify(this.entry)) {
          this.ticket = ticket;
          this.qr = { kind: "waiting" };
          this.recorded = null;
          return;
        }
        await this.backend.cancelQr(ticket.code);
      }
    } finally {
      this.busy = false;
    }
  }

  /** Asks how the code stands; at its end, and when something changed. */
  async look(code: string): Promise<void> {
    const state = await this.backend.qrState(code);
    if (this.ticket?.code !== code) return;
    this.qr = state;
    if (state.kind !== "confirmed") return;
    this.recorded = {
      customerId: state.customer_id,
      who: state.name.text,
      purposes: [...this.purposes],
      openedAt: state.at,
      threadId: state.thread_id,
      numberDiffers: state.number_differs,
      tooWeak: false,
      undone: false,
    };
  }

  async keep(kind: string, filename: string, type: string, bytes: ArrayBuffer): Promise<boolean> {
    this.refusal = null;
    const result = await this.backend.keepEvidence(kind, filename, type, bytes);
    if (result.kind === "kept") this.evidence = result.evidence;
    else this.refusal = result.why;
    return result.kind === "kept";
  }

  /** Signature, paper or word. Resolves to whether it stands in the ledger. */
  async record(): Promise<boolean> {
    if (this.busy) return false;
    const way = this.#given();
    this.refusal = this.missing ?? (way === null ? { reason: "no_evidence" } : null);
    if (this.refusal || way === null) return false;
    this.busy = true;
    try {
      const { entry } = this;
      const result = await this.backend.recordAtCounter(entry, way);
      if (result.kind === "refused") {
        this.refusal = result.why;
        if (result.why.reason === "wording_retired") await this.load();
        return false;
      }
      this.recorded = {
        customerId: result.customer_id,
        who: entry.name || (this.check?.known[0]?.name.text ?? this.check?.shown ?? entry.number),
        purposes: entry.purposes,
        openedAt: null,
        threadId: null,
        numberDiffers: false,
        tooWeak: way.way === "spoken" && !this.weakOffers && this.#advertises(entry.purposes),
        undone: false,
      };
      return true;
    } finally {
      this.busy = false;
    }
  }

  #advertises(purposes: readonly string[]): boolean {
    return this.form?.purposes.some(({ key, advertising }) => advertising && purposes.includes(key)) ?? false;
  }

  #given(): CounterWay | null {
    const evidence = this.evidence?.id;
    if (this.way === "spoken") return { way: "spoken", place: this.spokenAt.trim() };
    if (evidence === undefined) return null;
    if (this.way === "signature") return { way: "signature", evidence };
    return { way: "paper", evidence, form: this.formNumber.trim(), signed_at: this.signedAt };
  }

  /** What was just recorded was wrong: the ledger keeps it and says so. */
  async undo(reason: string): Promise<void> {
    const { recorded } = this;
    if (!recorded || recorded.undone) return;
    this.refusal = await this.#takeBack(recorded, reason);
    if (!this.refusal && this.recorded === recorded) this.recorded = { ...recorded, undone: true };
  }

  /** The same once the next customer stands there. */
  async undoLast(reason: string): Promise<boolean> {
    const { last } = this;
    if (!last) return false;
    this.refusal = await this.#takeBack(last, reason);
    if (!this.refusal && this.last === last) this.last = null;
    return this.refusal === null;
  }

  async #takeBack({ customerId, purposes }: Recorded, reason: string): Promise<ConsentRefusal | null> {
    for (const purpose of purposes) {
      const why = await takeBack(
        this.backend,
        customerId,
        (line) => line.purpose === purpose && ["granted", "confirmed"].includes(line.event),
        reason,
      );
      if (why) return why;
    }
    return null;
  }

  /** The next customer: what belongs to a person goes, what belongs to the day stays. */
  next(): void {
    if (this.qr?.kind === "waiting") this.withdrawCode();
    if (this.recorded) this.#remember(this.recorded);
    clearTimeout(this.#pause);
    this.#asked++;
    this.number = this.name = this.guardian = this.formNumber = "";
    this.purposes = [];
    this.minor = this.turned = false;
    this.signedAt = null;
    this.check = this.ticket = this.qr = this.refusal = this.recorded = this.evidence = null;
    this.customers++;
  }
}
