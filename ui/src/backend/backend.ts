// What the window may ask of the core, and what the core tells it. Everything outside this folder knows only
// this interface, so the same screens run in the app, in a plain browser and in tests.

import type { BatchBackend } from "./batches";
import type { ConsentBackend } from "./consents";
import type { AccessCheck } from "./generated/AccessCheck";
import type { AccessForm } from "./generated/AccessForm";
import type { AccessStep } from "./generated/AccessStep";
import type { Arrival } from "./generated/Arrival";
import type { AttachmentView } from "./generated/AttachmentView";
import type { BlockResult } from "./generated/BlockResult";
import type { Change } from "./generated/Change";
import type { ClockView } from "./generated/ClockView";
import type { ConnectionView } from "./generated/ConnectionView";
import type { CustomerChange } from "./generated/CustomerChange";
import type { CustomerView } from "./generated/CustomerView";
import type { DraftFile } from "./generated/DraftFile";
import type { FilledReply } from "./generated/FilledReply";
import type { GuardOverride } from "./generated/GuardOverride";
import type { LabelCount } from "./generated/LabelCount";
import type { Lookalike } from "./generated/Lookalike";
import type { MarkChange } from "./generated/MarkChange";
import type { MessagePage } from "./generated/MessagePage";
import type { NumberRemoval } from "./generated/NumberRemoval";
import type { OwnNumber } from "./generated/OwnNumber";
import type { Place } from "./generated/Place";
import type { Problem } from "./generated/Problem";
import type { QuickReply } from "./generated/QuickReply";
import type { SearchPage } from "./generated/SearchPage";
import type { SearchQuery } from "./generated/SearchQuery";
import type { SectionCounts } from "./generated/SectionCounts";
import type { SendResult } from "./generated/SendResult";
import type { Settings } from "./generated/Settings";
import type { SlotValue } from "./generated/SlotValue";
import type { StartState } from "./generated/StartState";
import type { SubmitResult } from "./generated/SubmitResult";
import type { TemplateActionResult } from "./generated/TemplateActionResult";
import type { TemplateChoice } from "./generated/TemplateChoice";
import type { TemplateDraft } from "./generated/TemplateDraft";
import type { TemplateExample } from "./generated/TemplateExample";
import type { TemplateFinding } from "./generated/TemplateFinding";
import type { TemplateList } from "./generated/TemplateList";
import type { ThreadCursor } from "./generated/ThreadCursor";
import type { ThreadHead } from "./generated/ThreadHead";
import type { ThreadPage } from "./generated/ThreadPage";
import type { ThreadQuery } from "./generated/ThreadQuery";
import type { ThreadRow } from "./generated/ThreadRow";
import type { UndoResult } from "./generated/UndoResult";
import type { UploadProgress } from "./generated/UploadProgress";
import type { GuardBackend } from "./guard";

export interface DesktopNotice {
  title: string;
  body: string;
  threadId: number;
  sound: boolean;
}

export interface PracticeCustomer {
  id: string;
  name: string;
}

export type Unlisten = () => void;

/** Every call rejects with a `Problem` when the core refuses the command itself. */
export interface Backend extends ConsentBackend, GuardBackend, BatchBackend {
  start(): Promise<StartState>;
  /** Practice customers who were never heard before speak this language. */
  choosePractice(language: string): Promise<StartState>;
  retryKeyring(): Promise<StartState>;
  createWithPassphrase(passphrase: string): Promise<StartState>;
  unlock(passphrase: string): Promise<StartState>;
  restoreBackup(): Promise<StartState>;
  startEmpty(): Promise<StartState>;
  /** One step of the connection assistant, with real calls. */
  checkAccess(form: AccessForm, step: AccessStep): Promise<AccessCheck>;
  /** `numbers`: phone number ids that are answered from here, the first one being the main one. */
  connectShop(form: AccessForm, numbers: string[]): Promise<StartState>;
  /** Nothing is sent from it any more; its conversations stay. */
  removeNumber(phoneNumberId: string): Promise<NumberRemoval>;

  listThreads(query: ThreadQuery, before: ThreadCursor | null, limit: number): Promise<ThreadPage>;
  threadRows(threadIds: number[]): Promise<ThreadRow[]>;
  sectionCounts(query: ThreadQuery): Promise<SectionCounts>;
  markThreads(threadIds: number[], change: MarkChange): Promise<void>;
  ownNumbers(): Promise<OwnNumber[]>;
  arrivals(messageIds: number[]): Promise<Arrival[]>;
  threadHead(threadId: number): Promise<ThreadHead>;
  threadMessages(threadId: number, place: Place, limit: number): Promise<MessagePage>;
  search(query: SearchQuery, fromHit: number | null, limit: number): Promise<SearchPage>;

  customer(threadId: number): Promise<CustomerView>;
  describeCustomer(threadId: number, change: CustomerChange): Promise<void>;
  mergeCandidates(threadId: number, text: string): Promise<Lookalike[]>;
  /** Resolves to what the merge can be undone by. */
  mergeCustomers(threadId: number, otherThreadId: number): Promise<string>;
  undoMerge(mergeId: string): Promise<void>;
  labels(): Promise<LabelCount[]>;
  blockCustomer(threadId: number, on: boolean): Promise<BlockResult>;
  /** An internal note, new or changed; an empty text takes it away. */
  saveNote(threadId: number, noteId: string | null, text: string): Promise<string>;

  attach(threadId: number, filename: string, mimeType: string, bytes: ArrayBuffer): Promise<AttachmentView>;
  detach(attachmentId: string): Promise<void>;
  /** The files beside a draft are sent in this order. */
  orderAttachments(threadId: number, attachmentIds: string[]): Promise<void>;
  attachment(attachmentId: string): Promise<ArrayBuffer>;
  /** `insisted`: staff was warned of this very message and sends it all the same. */
  sendAttachments(
    threadId: number,
    text: string,
    replyTo: number | null,
    insisted: GuardOverride | null,
  ): Promise<SendResult[]>;
  quickReplies(threadId: number | null): Promise<FilledReply[]>;
  rawQuickReplies(): Promise<QuickReply[]>;
  saveQuickReply(reply: QuickReply): Promise<string>;

  saveDraft(threadId: number, text: string): Promise<void>;
  markSeen(threadId: number): Promise<void>;
  sendText(
    threadId: number,
    text: string,
    replyTo: number | null,
    insisted: GuardOverride | null,
  ): Promise<SendResult>;
  sendTemplate(threadId: number, choice: TemplateChoice, insisted: GuardOverride | null): Promise<SendResult>;
  sendReaction(threadId: number, messageId: number, emoji: string): Promise<SendResult>;
  undoSend(outboxId: string): Promise<UndoResult>;
  settleDoubtful(outboxId: string, again: boolean): Promise<SendResult | null>;

  /** Without a thread: for the review, nothing proposed. */
  templates(threadId: number | null): Promise<TemplateList>;
  syncTemplates(): Promise<TemplateList>;
  /** What is filled in so far, to be there after a crash; nothing: forgotten. */
  saveTemplateValues(threadId: number, name: string, language: string, values: SlotValue[]): Promise<void>;
  favouriteTemplate(name: string, language: string, on: boolean): Promise<void>;
  /** Staff says that it is still right. */
  templateChecked(name: string, language: string): Promise<void>;
  /** A file for a slot of this kind; never listed beside the draft. Its id is the slot's value. */
  attachForTemplate(
    threadId: number,
    kind: "image" | "video" | "document",
    filename: string,
    mimeType: string,
    bytes: ArrayBuffer,
  ): Promise<AttachmentView>;
  templateDrafts(): Promise<TemplateDraft[]>;
  /** Resolves to its id. */
  saveTemplateDraft(draft: TemplateDraft): Promise<string>;
  discardTemplateDraft(draftId: string): Promise<void>;
  /** The sample file of a heading, of the draft or of a card. The draft has to be saved first, and again with it. */
  attachSample(draftId: string, filename: string, mimeType: string, bytes: ArrayBuffer): Promise<DraftFile>;
  /** The bytes of a sample, for its preview. */
  sample(fileId: string): Promise<ArrayBuffer>;
  checkTemplate(draft: TemplateDraft): Promise<TemplateFinding[]>;
  submitTemplate(draftId: string): Promise<SubmitResult>;
  /** A draft made of an existing template, saved. */
  editTemplate(name: string, language: string): Promise<TemplateDraft>;
  /** What it is begun with in another language; not kept yet. */
  translateTemplate(name: string, language: string, into: string): Promise<TemplateDraft>;
  /** `null`: in all languages. */
  deleteTemplate(name: string, language: string | null): Promise<TemplateActionResult>;
  unpauseTemplate(name: string, language: string): Promise<TemplateActionResult>;
  templateExamples(language: string): Promise<TemplateExample[]>;
  media(messageId: number): Promise<ArrayBuffer>;
  /** Asks where to, and writes the file there. False: the person changed their mind. */
  saveMedia(messageId: number): Promise<boolean>;

  clock(): Promise<ClockView>;
  connection(): Promise<ConnectionView>;
  liftHold(): Promise<void>;
  settings(): Promise<Settings>;
  saveSettings(settings: Settings): Promise<void>;
  /** Somebody of the staff; the threads given to them and what they have read go with them. */
  renameStaff(from: string, to: string): Promise<void>;
  openLink(url: string): Promise<void>;
  painted(): Promise<void>;
  notify(notice: DesktopNotice): Promise<void>;
  /** Unread threads, for the tray. */
  setBadge(unread: number): Promise<void>;
  /** Spelling is checked in this language (BCP 47) from now on. */
  spellIn(language: string): Promise<void>;
  /** The picture on the clipboard as PNG where the window itself is given none; empty where there is none. */
  copiedPicture(): Promise<ArrayBuffer>;

  practiceCustomers(): Promise<PracticeCustomer[]>;
  practiceWrite(customerId: string, text: string): Promise<void>;
  practiceJump(ms: number): Promise<void>;
  practiceSpeed(speed: number): Promise<void>;

  onChange(listener: (change: Change) => void): Unlisten;
  onClock(listener: (clock: ClockView) => void): Unlisten;
  onUpload(listener: (progress: UploadProgress) => void): Unlisten;
  /** A notice on the desktop was clicked. */
  onOpenThread(listener: (threadId: number) => void): Unlisten;
}

export function isProblem(error: unknown): error is Problem {
  return typeof error === "object" && error !== null && "code" in error && "message" in error;
}
