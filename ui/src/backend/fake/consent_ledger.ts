// The ledger of the made-up core: acts, the people they are about, and the state that follows from them.

import type { ConsentRefusal } from "../generated/ConsentRefusal";
import type { ConsentSummary } from "../generated/ConsentSummary";
import type { EvidenceView } from "../generated/EvidenceView";
import type { PersonName } from "../generated/PersonName";
import type { Purpose } from "../generated/Purpose";
import type { Refusal } from "../generated/Refusal";
import type { WordingRef } from "../generated/WordingRef";
import { fold, inTime, type FakeAct } from "./consent_fold";
import { otherSpelling } from "./consent_numbers";
import { digest, FakeWordings, SHOP } from "./consent_wordings";
import type { FakeCore } from "./parts";
import type { Thread } from "./world";

export interface FakePerson {
  id: number;
  name: PersonName;
  language: string;
  minor: boolean | null;
  guardian: string;
  /** When everything about them was erased; what stands here came after that. */
  erased: number | null;
}

const FOUR: Purpose[] = [
  { key: "service", label: "", advertising: false },
  { key: "updates", label: "", advertising: false },
  { key: "offers", label: "", advertising: true },
  { key: "calls", label: "", advertising: false },
];
const YEAR = 365 * 86_400_000;

export class FakeLedger {
  acts: FakeAct[] = [];
  /** People of whom there is no thread. */
  strangers = new Map<number, FakePerson>();
  purposes: Purpose[] = FOUR;
  wordings: FakeWordings;
  evidence = new Map<string, { view: EvidenceView; bytes: ArrayBuffer }>();
  retention = {
    country: "DE",
    years: 5,
    preset_years: 5,
    source: "UWG § 7a",
    weak_offers: false,
  };
  /** An entry that another program changed: from then on nothing is written. */
  broken: string | null = null;
  device = "7f3a90c2";

  #of = new Map<number, FakeAct[]>();
  #about = new Map<number, Pick<FakePerson, "minor" | "guardian" | "erased" | "language">>();
  #kept = new Map<number, ConsentSummary>();
  #seq = 0;
  #nextPerson = 5000;
  #seeded = false;

  constructor(readonly core: FakeCore) {
    this.wordings = new FakeWordings(0);
  }

  /** Everybody of the made-up threads agreed at the till, so that the screens begin in a shop that is in order. */
  seed(): void {
    if (this.#seeded) return;
    this.#seeded = true;
    for (const thread of this.core.threads) this.agreed(thread.id, thread.language || "en");
  }

  agreed(
    id: number,
    language: string,
    ago = 200 * 86_400_000,
    purposes = ["service", "updates", "offers"],
  ): void {
    const at = Math.round(this.core.now() - ago);
    for (const purpose of purposes)
      this.record(id, {
        event: "confirmed",
        purpose,
        act_at: at,
        time_source: "platform",
        channel: "counter_qr",
        strength: "strong",
        wording: this.wordingFor(purpose, language),
        wamid: `wamid.${digest(`${id}${purpose}`).slice(0, 24)}`,
      });
  }

  wordingFor(purpose: string, language: string): WordingRef | null {
    const all = this.wordings.current().filter((one) => one.purpose === purpose);
    const found = all.find((one) => one.language === language) ?? all.find((one) => one.language === "en");
    return found ? { id: found.id, version: found.version } : null;
  }

  record(customerId: number, act: Partial<FakeAct> & Pick<FakeAct, "event" | "purpose">): FakeAct {
    this.seed();
    const now = Math.round(this.core.now());
    const wording = act.wording ? this.wordings.of(act.wording.id, act.wording.version) : undefined;
    if (act.wording) this.wordings.used(act.wording.id, act.wording.version);
    const entry = `${this.device}/${++this.#seq}`;
    const whole: FakeAct = {
      entry,
      act_at: now,
      recorded_at: act.act_at ?? now,
      time_source: "laptop",
      channel: "staff",
      strength: "none",
      wording: null,
      wording_text: wording?.shown ?? "",
      business_name: SHOP,
      staff: this.core.settingsView.me,
      note: "",
      evidence: [],
      wamid: null,
      template: null,
      hash: digest(`${entry}${act.event}${act.purpose}`),
      ...act,
    };
    this.acts.push(whole);
    this.#of.set(customerId, [...(this.#of.get(customerId) ?? []), whole]);
    this.#kept.delete(customerId);
    return whole;
  }

  history(customerId: number): FakeAct[] {
    this.seed();
    return (this.#of.get(customerId) ?? []).toSorted(inTime).reverse();
  }

  summary(customerId: number): ConsentSummary {
    this.seed();
    const kept = this.#kept.get(customerId);
    if (kept) return kept;
    const more = this.person(customerId);
    const made = fold(customerId, this.#of.get(customerId) ?? [], {
      purposes: this.purposes.map(({ key }) => key),
      weakOffers: this.retention.weak_offers,
      advertising: (key) => this.purposes.find((one) => one.key === key)?.advertising ?? false,
      findings: (id, version) => this.wordings.of(id, version)?.findings ?? [],
      minor: more?.minor ?? null,
      guardian: more?.guardian ?? "",
      erased: more?.erased ?? null,
    });
    this.#kept.set(customerId, made);
    return made;
  }

  /** Everybody about whom something is recorded. */
  people(): FakePerson[] {
    this.seed();
    return [...this.#of.keys()].flatMap((id) => this.person(id) ?? []);
  }

  person(id: number): FakePerson | undefined {
    const stranger = this.strangers.get(id);
    if (stranger) return stranger;
    const thread = this.core.threads.find((one) => one.id === id);
    if (!thread) return undefined;
    const more = this.#about.get(id);
    return {
      id,
      name: thread.name,
      language: thread.language,
      minor: more?.minor ?? null,
      guardian: more?.guardian ?? "",
      erased: more?.erased ?? null,
    };
  }

  describe(id: number, part: Partial<Pick<FakePerson, "minor" | "guardian" | "erased" | "language">>): void {
    const before = this.person(id);
    if (!before) return;
    const { minor, guardian, erased, language } = { ...before, ...part };
    if (this.strangers.has(id)) this.strangers.set(id, { ...before, ...part });
    else this.#about.set(id, { minor, guardian, erased, language });
    this.#kept.delete(id);
  }

  meet(name: string, phone: string | null, language: string): number {
    const id = this.#nextPerson++;
    this.strangers.set(id, {
      id,
      name: { text: name || (phone ?? ""), phone, username: null },
      language,
      minor: null,
      guardian: "",
      erased: null,
    });
    return id;
  }

  /** By this number or its other spelling. */
  withNumber(e164: string): FakePerson[] {
    this.seed();
    const numbers = [e164, otherSpelling(e164)[1]];
    const known = new Set([...this.core.threads.map(({ id }) => id), ...this.strangers.keys()]);
    return [...known].flatMap((id) => {
      const person = this.person(id);
      return person?.name.phone && numbers.includes(person.name.phone) ? [person] : [];
    });
  }

  /** Contents and salts go; the acts stay in the chain without them. */
  forget(customerId: number): void {
    this.#of.delete(customerId);
    this.#kept.delete(customerId);
    this.strangers.delete(customerId);
  }

  /** All states are looked at anew: a rule of the shop is another one. */
  refold(): void {
    this.#kept.clear();
  }

  keepUntil(at: number): number {
    const year = new Date(at + this.retention.years * YEAR).getFullYear();
    return new Date(year, 11, 31, 23, 59, 59).getTime();
  }

  locked(): ConsentRefusal | null {
    return this.broken === null ? null : { reason: "ledger_broken", entry: this.broken };
  }

  /** As the core's `send_policy` has it; there is no way round a stop. */
  refusesTemplate(thread: Pick<Thread, "id">, category: string): Refusal[] {
    const summary = this.summary(thread.id);
    const of = (purpose: string) => summary.purposes.find((one) => one.purpose === purpose);
    if (summary.out_of_all !== null)
      return [{ reason: "opted_out", scope: "all", since: summary.out_of_all, erased: summary.erased }];
    const needed = category === "MARKETING" ? ["offers"] : ["service", "updates"];
    for (const purpose of needed) {
      const found = of(purpose);
      if (found?.state === "out")
        return [{ reason: "opted_out", scope: purpose, since: found.since ?? 0, erased: false }];
    }
    const usable =
      category === "MARKETING" ? of("offers")?.usable : summary.purposes.some((one) => one.usable);
    if (usable) return [];
    const nearest =
      category === "MARKETING" ? undefined : summary.purposes.find(({ state }) => state === "in");
    const purpose = nearest?.purpose ?? needed[0] ?? "service";
    const found = of(purpose);
    const label = this.purposes.find(({ key }) => key === purpose)?.label ?? "";
    const { state = "none", why_not = null } = found ?? {};
    return [{ reason: "no_opt_in", purpose, label, state, why_not }];
  }

  /** Whoever stopped everything can be answered as soon as he writes again. */
  refusesText(thread: Thread): Refusal[] {
    const { out_of_all: since, erased } = this.summary(thread.id);
    if (since === null || (thread.lastInbound ?? 0) > since) return [];
    return [{ reason: "opted_out", scope: "all", since, erased }];
  }
}
