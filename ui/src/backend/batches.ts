// What the window may ask about batches: a template to many.

import type { AttachmentView } from "./generated/AttachmentView";
import type { BatchFilter } from "./generated/BatchFilter";
import type { BatchGo } from "./generated/BatchGo";
import type { BatchPeople } from "./generated/BatchPeople";
import type { BatchPlan } from "./generated/BatchPlan";
import type { BatchRow } from "./generated/BatchRow";
import type { BatchStart } from "./generated/BatchStart";
import type { FrequencyCap } from "./generated/FrequencyCap";
import type { Preflight } from "./generated/Preflight";

export interface BatchBackend {
  /** The newest first. `onChange` with `batches` says when to ask again. */
  batches(): Promise<BatchRow[]>;
  /** A file for a slot of this kind; its id is the slot's value. Without a batch made of it, it goes after a while. */
  attachForBatch(
    numberId: number,
    kind: "image" | "video" | "document",
    filename: string,
    mimeType: string,
    bytes: ArrayBuffer,
  ): Promise<AttachmentView>;
  batchPreflight(plan: BatchPlan): Promise<Preflight>;
  /** Who would get it, with what each of them reads. `after`: the `n` of the last one seen. */
  batchCandidates(
    plan: BatchPlan,
    filter: BatchFilter,
    after: number | null,
    limit: number,
  ): Promise<BatchPeople>;
  startBatch(go: BatchGo): Promise<BatchStart>;
  pauseBatch(batchId: string): Promise<void>;
  resumeBatch(batchId: string): Promise<void>;
  /** For good; who has not got it does not get it. */
  stopBatch(batchId: string): Promise<void>;
  batchPeople(
    batchId: string,
    filter: BatchFilter,
    after: number | null,
    limit: number,
  ): Promise<BatchPeople>;
  frequencyCap(): Promise<FrequencyCap>;
  setFrequencyCap(cap: FrequencyCap): Promise<FrequencyCap>;
}
