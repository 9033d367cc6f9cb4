// What every part of the made-up core may use of the whole.

import type { Change } from "../generated/Change";
import type { MessageRow } from "../generated/MessageRow";
import type { QuickReply } from "../generated/QuickReply";
import type { Refusal } from "../generated/Refusal";
import type { SendResult } from "../generated/SendResult";
import type { Settings } from "../generated/Settings";
import type { UploadProgress } from "../generated/UploadProgress";
import type { WindowView } from "../generated/WindowView";
import type { FakeLedger } from "./consent_ledger";
import type { FakeGuard } from "./guard";
import type { Thread } from "./world";
import type { FakeFiles } from "./writing";

export interface FakeCore {
  threads: Thread[];
  settingsView: Settings;
  now(): number;
  thread(id: number): Thread;
  windowOf(thread: Thread): WindowView;
  emit(change: Partial<Change>): void;
  replies: QuickReply[];
  files: FakeFiles;
  ledger: FakeLedger;
  uploading(progress: UploadProgress): void;
  textRefusals(thread: Thread): Refusal[];
  watch: FakeGuard;
  /** `uploadMs`: how long it takes on top of the undo delay, `undoMs`. */
  queue(thread: Thread, row: MessageRow, uploadMs?: number, undoMs?: number): SendResult;
}
