// The part of the made-up core about consents: each question to the ledger, the counter, the lists and the takeout.

import type { ConsentBackend } from "../consents";
import type { ConsentChange } from "../generated/ConsentChange";
import type { ConsentCursor } from "../generated/ConsentCursor";
import type { ConsentFilter } from "../generated/ConsentFilter";
import type { CounterEntry } from "../generated/CounterEntry";
import type { CounterWay } from "../generated/CounterWay";
import type { ExportProgress } from "../generated/ExportProgress";
import type { ExportRequest } from "../generated/ExportRequest";
import type { ImportBatch } from "../generated/ImportBatch";
import type { ImportMapping } from "../generated/ImportMapping";
import type { Purpose } from "../generated/Purpose";
import type { Retention } from "../generated/Retention";
import type { WordingDraft } from "../generated/WordingDraft";
import { ask, change, personOf } from "./consent_changes";
import { FakeCounter } from "./consent_counter";
import { FakeLedger } from "./consent_ledger";
import { countsOf, pageOf } from "./consent_lists";
import { FakeTakeout } from "./consent_takeout";
import { findings } from "./consent_wordings";
import type { FakeCore } from "./parts";

export abstract class FakeConsents implements ConsentBackend {
  readonly ledger: FakeLedger;
  readonly counter: FakeCounter;
  readonly takeout: FakeTakeout;

  constructor() {
    // Nothing is read of the whole before it is whole.
    this.ledger = new FakeLedger(this as unknown as FakeCore);
    this.counter = new FakeCounter(this.ledger);
    this.takeout = new FakeTakeout(this.ledger);
  }

  #told<T>(result: T): T {
    this.ledger.core.emit({ consents: true });
    return result;
  }

  counterForm = async () => this.counter.form();
  checkNumber = async (text: string, country: string) => this.counter.check(text, country);
  startQr = async (entry: CounterEntry) => this.counter.start(entry);
  qrState = async (code: string) => this.counter.state(code);
  cancelQr = async (code: string) => this.counter.cancel(code);
  recordAtCounter = async (entry: CounterEntry, way: CounterWay) => this.counter.record(entry, way);
  keepEvidence = async (kind: string, _: string, mimeType: string, bytes: ArrayBuffer) =>
    this.counter.keep(kind, mimeType, bytes);
  async evidence(id: string) {
    const found = this.ledger.evidence.get(id);
    if (!found) throw { code: "not_found", message: "no such evidence" };
    return found.bytes;
  }
  printSheet = async () => this.takeout.print();

  wordings = async () => this.ledger.wordings.all;
  checkWording = async (draft: WordingDraft) => findings(draft.text);
  saveWording = async (draft: WordingDraft) =>
    this.#told(this.ledger.wordings.save(draft, Math.round(this.ledger.core.now())));
  retireWording = async (id: string) =>
    this.#told(this.ledger.wordings.retire(id, Math.round(this.ledger.core.now())));
  async savePurpose(purpose: Purpose) {
    const others = this.ledger.purposes.filter(({ key }) => key !== purpose.key);
    this.ledger.purposes = purpose.label === "" ? others : [...others, purpose];
    this.ledger.refold();
    this.#told(undefined);
  }

  consents = async (filter: ConsentFilter, after: ConsentCursor | null, limit: number) =>
    pageOf(this.ledger, filter, after, limit);
  consentCounts = async (filter: ConsentFilter) => countsOf(this.ledger, filter);
  consentPerson = async (customerId: number) => personOf(this.ledger, customerId);
  changeConsent = async (customerId: number, what: ConsentChange) => change(this.ledger, customerId, what);
  askOptIn = async (threadId: number, purposes: string[], language: string) =>
    ask(this.ledger, threadId, purposes, language);
  threadOfCustomer = async (customerId: number) => this.ledger.core.thread(customerId).id;

  checkLedger = async () => this.takeout.check();
  exportConsents = async (request: ExportRequest) => this.takeout.export(request);
  cancelExport = async () => this.takeout.cancel();
  onExport(listener: (progress: ExportProgress) => void) {
    this.takeout.listeners.add(listener);
    return () => void this.takeout.listeners.delete(listener);
  }

  chooseImport = async (country: string) => this.takeout.choose(country);
  previewImport = async (id: string, mapping: ImportMapping, country: string) =>
    this.takeout.preview(id, mapping, country);
  importConsents = async (batch: ImportBatch) => this.takeout.import(batch);
  cancelImport = async () => this.takeout.cancel();

  erasurePreview = async (customerId: number) => this.takeout.erasurePreview(customerId);
  erase = async (customerId: number) => this.takeout.erase(customerId);
  retention = async () => this.ledger.retention;
  saveRetention = async (retention: Retention) => this.takeout.saveRetention(retention);
  due = async () => this.takeout.due();
  forgetEvidence = async (entry: string) => this.takeout.forget(entry);
}
