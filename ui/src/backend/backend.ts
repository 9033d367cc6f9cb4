// What the window may ask of the core, and what the core tells it. Everything outside this folder knows only
// this interface, so the same screens run in the app, in a plain browser and in tests.

import type { Change } from "./generated/Change";
import type { ClockView } from "./generated/ClockView";
import type { ConnectionView } from "./generated/ConnectionView";
import type { MessageCursor } from "./generated/MessageCursor";
import type { MessagePage } from "./generated/MessagePage";
import type { Problem } from "./generated/Problem";
import type { SearchPage } from "./generated/SearchPage";
import type { SendResult } from "./generated/SendResult";
import type { Settings } from "./generated/Settings";
import type { StartState } from "./generated/StartState";
import type { TemplateChoice } from "./generated/TemplateChoice";
import type { TemplateList } from "./generated/TemplateList";
import type { ThreadCursor } from "./generated/ThreadCursor";
import type { ThreadHead } from "./generated/ThreadHead";
import type { ThreadPage } from "./generated/ThreadPage";
import type { UndoResult } from "./generated/UndoResult";

export interface ShopAccess {
  phoneNumberId: string;
  wabaId: string;
  token: string;
  relayUrl: string;
  relayToken: string;
}

export interface PracticeCustomer {
  id: string;
  name: string;
}

export type Unlisten = () => void;

/** Every call rejects with a `Problem` when the core refuses the command itself. */
export interface Backend {
  start(): Promise<StartState>;
  /** Practice customers who were never heard before speak this language. */
  choosePractice(language: string): Promise<StartState>;
  retryKeyring(): Promise<StartState>;
  createWithPassphrase(passphrase: string): Promise<StartState>;
  unlock(passphrase: string): Promise<StartState>;
  restoreBackup(): Promise<StartState>;
  startEmpty(): Promise<StartState>;
  connectShop(access: ShopAccess): Promise<StartState>;

  listThreads(before: ThreadCursor | null, limit: number): Promise<ThreadPage>;
  threadHead(threadId: number): Promise<ThreadHead>;
  threadMessages(threadId: number, before: MessageCursor | null, limit: number): Promise<MessagePage>;
  search(text: string, before: number | null, limit: number): Promise<SearchPage>;

  saveDraft(threadId: number, text: string): Promise<void>;
  markSeen(threadId: number): Promise<void>;
  sendText(threadId: number, text: string, replyTo: number | null): Promise<SendResult>;
  sendTemplate(threadId: number, choice: TemplateChoice): Promise<SendResult>;
  sendReaction(threadId: number, messageId: number, emoji: string): Promise<SendResult>;
  undoSend(outboxId: string): Promise<UndoResult>;
  settleDoubtful(outboxId: string, again: boolean): Promise<SendResult | null>;

  templates(threadId: number): Promise<TemplateList>;
  syncTemplates(): Promise<TemplateList>;
  media(messageId: number): Promise<ArrayBuffer>;

  clock(): Promise<ClockView>;
  connection(): Promise<ConnectionView>;
  liftHold(): Promise<void>;
  settings(): Promise<Settings>;
  saveSettings(settings: Settings): Promise<void>;
  openLink(url: string): Promise<void>;
  painted(): Promise<void>;

  practiceCustomers(): Promise<PracticeCustomer[]>;
  practiceWrite(customerId: string, text: string): Promise<void>;
  practiceJump(ms: number): Promise<void>;
  practiceSpeed(speed: number): Promise<void>;

  onChange(listener: (change: Change) => void): Unlisten;
  onClock(listener: (clock: ClockView) => void): Unlisten;
}

export function isProblem(error: unknown): error is Problem {
  return typeof error === "object" && error !== null && "code" in error && "message" in error;
}
