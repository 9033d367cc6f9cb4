// What the window may ask of the core about consents: the counter, the ledger, lists, wordings, exports, rights.

import type { ConsentChange } from "./generated/ConsentChange";
import type { ConsentCounts } from "./generated/ConsentCounts";
import type { ConsentCursor } from "./generated/ConsentCursor";
import type { ConsentFilter } from "./generated/ConsentFilter";
import type { ConsentPage } from "./generated/ConsentPage";
import type { ConsentPerson } from "./generated/ConsentPerson";
import type { ConsentResult } from "./generated/ConsentResult";
import type { CounterEntry } from "./generated/CounterEntry";
import type { CounterForm } from "./generated/CounterForm";
import type { CounterResult } from "./generated/CounterResult";
import type { CounterWay } from "./generated/CounterWay";
import type { DueRow } from "./generated/DueRow";
import type { ErasurePreview } from "./generated/ErasurePreview";
import type { EvidenceResult } from "./generated/EvidenceResult";
import type { ExportProgress } from "./generated/ExportProgress";
import type { ExportRequest } from "./generated/ExportRequest";
import type { ExportResult } from "./generated/ExportResult";
import type { ImportBatch } from "./generated/ImportBatch";
import type { ImportMapping } from "./generated/ImportMapping";
import type { ImportPreview } from "./generated/ImportPreview";
import type { ImportResult } from "./generated/ImportResult";
import type { LedgerCheck } from "./generated/LedgerCheck";
import type { NumberCheck } from "./generated/NumberCheck";
import type { Purpose } from "./generated/Purpose";
import type { QrState } from "./generated/QrState";
import type { QrTicket } from "./generated/QrTicket";
import type { Retention } from "./generated/Retention";
import type { SendResult } from "./generated/SendResult";
import type { Sheet } from "./generated/Sheet";
import type { Wording } from "./generated/Wording";
import type { WordingDraft } from "./generated/WordingDraft";
import type { WordingFinding } from "./generated/WordingFinding";

export interface ConsentBackend {
  counterForm(): Promise<CounterForm>;
  checkNumber(text: string, country: string): Promise<NumberCheck>;
  /** The customer scans and sends; `onChange` with `consents` says when to ask `qrState` again. */
  startQr(entry: CounterEntry): Promise<QrTicket>;
  qrState(code: string): Promise<QrState>;
  cancelQr(code: string): Promise<void>;
  recordAtCounter(entry: CounterEntry, way: CounterWay): Promise<CounterResult>;
  /** `kind`: signature, photo, scan. */
  keepEvidence(kind: string, filename: string, mimeType: string, bytes: ArrayBuffer): Promise<EvidenceResult>;
  evidence(evidenceId: string): Promise<ArrayBuffer>;
  /** Asks where to, and writes a PDF. */
  printSheet(sheet: Sheet, language: string, purposes: string[]): Promise<ExportResult>;

  /** Every version of every wording. */
  wordings(): Promise<Wording[]>;
  checkWording(draft: WordingDraft): Promise<WordingFinding[]>;
  /** A new version; what rests on older ones stays with them. */
  saveWording(draft: WordingDraft): Promise<Wording>;
  retireWording(wordingId: string): Promise<void>;
  /** A purpose of the shop's own; an empty label takes it away. */
  savePurpose(purpose: Purpose): Promise<void>;

  consents(filter: ConsentFilter, after: ConsentCursor | null, limit: number): Promise<ConsentPage>;
  consentCounts(filter: ConsentFilter): Promise<ConsentCounts>;
  consentPerson(customerId: number): Promise<ConsentPerson>;
  changeConsent(customerId: number, change: ConsentChange): Promise<ConsentResult>;
  /** The question with buttons, in an open thread. */
  askOptIn(threadId: number, purposes: string[], language: string): Promise<SendResult>;
  /** The thread with this customer, made if there is none. */
  threadOfCustomer(customerId: number): Promise<number>;

  checkLedger(): Promise<LedgerCheck>;
  /** Asks where to. */
  exportConsents(request: ExportRequest): Promise<ExportResult>;
  cancelExport(): Promise<void>;
  onExport(listener: (progress: ExportProgress) => void): () => void;

  /** Asks for a file and reads it; null: nobody chose one. */
  chooseImport(country: string): Promise<ImportPreview | null>;
  previewImport(importId: string, mapping: ImportMapping, country: string): Promise<ImportPreview>;
  importConsents(batch: ImportBatch): Promise<ImportResult>;
  /** What went in stays; it can be told by its source. */
  cancelImport(): Promise<void>;
  /** Done and total rows, on the same event as an export. */

  erasurePreview(customerId: number): Promise<ErasurePreview>;
  /** Contents and salts go, the suppression entry stays. */
  erase(customerId: number, reason: string): Promise<ConsentResult>;
  retention(): Promise<Retention>;
  saveRetention(retention: Retention): Promise<void>;
  due(): Promise<DueRow[]>;
  /** Lets go of the evidence of one entry whose time is over. */
  forgetEvidence(entry: string): Promise<ConsentResult>;
}
