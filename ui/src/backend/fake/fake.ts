// A core made up in memory, for tests and for looking at the screens in a plain browser. It keeps the rules
// that the screens depend on: the window by the last inbound message, refusals as data, undo, climbing ticks.

import type { Backend, DesktopNotice } from "../backend";
import type { AccessForm } from "../generated/AccessForm";
import type { AccessStep } from "../generated/AccessStep";
import type { BatchFilter } from "../generated/BatchFilter";
import type { BatchGo } from "../generated/BatchGo";
import type { BatchPlan } from "../generated/BatchPlan";
import type { Change } from "../generated/Change";
import type { ClockView } from "../generated/ClockView";
import type { ConnectionView } from "../generated/ConnectionView";
import type { CustomerChange } from "../generated/CustomerChange";
import type { DeliveryState } from "../generated/DeliveryState";
import type { FrequencyCap } from "../generated/FrequencyCap";
import type { AuditCursor } from "../generated/AuditCursor";
import type { AuditQuery } from "../generated/AuditQuery";
import type { ContentKind } from "../generated/ContentKind";
import type { GuardOverride } from "../generated/GuardOverride";
import type { MarkChange } from "../generated/MarkChange";
import type { NamePlace } from "../generated/NamePlace";
import type { MessageRow } from "../generated/MessageRow";
import type { OwnNumber } from "../generated/OwnNumber";
import type { Place } from "../generated/Place";
import type { QuickReply } from "../generated/QuickReply";
import type { Refusal } from "../generated/Refusal";
import type { SearchQuery } from "../generated/SearchQuery";
import type { SendResult } from "../generated/SendResult";
import type { Settings } from "../generated/Settings";
import type { SlotValue } from "../generated/SlotValue";
import type { StartState } from "../generated/StartState";
import type { TemplateChoice } from "../generated/TemplateChoice";
import type { TemplateDraft } from "../generated/TemplateDraft";
import type { TemplateList } from "../generated/TemplateList";
import type { ThreadCursor } from "../generated/ThreadCursor";
import type { ThreadPage } from "../generated/ThreadPage";
import type { ThreadQuery } from "../generated/ThreadQuery";
import type { ThreadRow } from "../generated/ThreadRow";
import type { UploadProgress } from "../generated/UploadProgress";
import type { WindowView } from "../generated/WindowView";
import { check } from "./access";
import { arrivalsOf } from "./alerts";
import { FakeBatches } from "./batches";
import { FakeConsents } from "./consents";
import { pageOf } from "./conversation";
import { block, candidates, customerOf, describe, merge, unmerge } from "./customer";
import { FakeGuard } from "./guard";
import { countsOf, fits, mark, sectionOf } from "./marks";
import type { FakeCore } from "./parts";
import { mediaOf } from "./media";
import { ONE, removeNumber } from "./numbers";
import { replies } from "./replies";
import { find } from "./search";
import { FakeDrafts } from "./template_drafts";
import { examples } from "./template_examples";
import { FakeTemplates } from "./templates";
import { DAY, delivery, makeThreads, message, type Thread } from "./world";
import type { Lang } from "./words";
import {
  attach,
  orderAttachments,
  detach,
  FakeFiles,
  fillReplies,
  saveNote,
  saveReply,
  sendAttachments,
  takeBack,
  written,
} from "./writing";

export interface FakeOptions {
  lang?: Lang;
  /** Platform time at the start, Unix ms. */
  now?: number;
  start?: StartState;
  settings?: Partial<Settings>;
  connection?: Partial<ConnectionView>;
  laptopAheadBy?: number | null;
  numbers?: OwnNumber[];
}

/** Later than any moment of a test. */
const FAR = 1e14;
const READY: StartState = { kind: "ready", profile: "practice", needs_number: false };

export class FakeBackend extends FakeConsents implements Backend, FakeCore {
  replies: QuickReply[] = [];
  files = new FakeFiles();
  readonly drafting = new FakeDrafts(this, {
    get: () => this.templateStore.all,
    set: (views) => (this.templateStore.all = views),
  });
  readonly watch: FakeGuard = new FakeGuard(this);
  threads: Thread[];
  readonly templateStore: FakeTemplates;
  readonly batchStore: FakeBatches;
  numbers: OwnNumber[];
  settingsView: Settings;
  connectionView: ConnectionView;
  saved: { threadId: number; text: string }[] = [];
  opened: string[] = [];
  /** Refuses the next sends with these reasons, whatever the rules say. */
  refuseWith: Refusal[] | null = null;
  /** How far an accepted message climbs by itself. */
  climbs: DeliveryState[] = ["sending", "accepted", "sent", "delivered", "read"];

  #start: StartState;
  #clock = { base: 0, since: 0, speed: 1 };
  #laptopAheadBy: number | null;
  #changes = new Set<(change: Change) => void>();
  #clocks = new Set<(clock: ClockView) => void>();
  #uploads = new Set<(progress: UploadProgress) => void>();
  #timers = new Map<string, ReturnType<typeof setTimeout>>();
  #outbox = 0;

  constructor(options: FakeOptions = {}) {
    super();
    this.#clock = { base: options.now ?? Date.now(), since: performance.now(), speed: 1 };
    this.#start = options.start ?? READY;
    this.#laptopAheadBy = options.laptopAheadBy ?? null;
    this.threads = makeThreads(options.lang ?? "en", this.now());
    this.replies = replies(options.lang ?? "en");
    this.numbers = options.numbers ?? ONE;
    this.settingsView = {
      language: options.lang ?? "en",
      theme: "",
      density: "comfortable",
      high_contrast: false,
      undo_ms: 5000,
      margin_ms: 60_000,
      soon_ms: 2 * 60 * 60 * 1000,
      enter_sends: true,
      staff: [],
      me: "",
      hours: { days: [] },
      alerts: { messages: true, show_text: true, sound: true, closing: true, quiet_from: 0, quiet_to: 0 },
      send_read_receipts: false,
      ...options.settings,
    };
    this.templateStore = new FakeTemplates(this);
    this.batchStore = new FakeBatches(this);
    this.connectionView = {
      relay_reached_at: this.now(),
      unsure_since: null,
      relay_refused: false,
      hold: null,
      doubtful: 0,
      ledger_broken: null,
      ...options.connection,
    };
  }

  now(): number {
    return this.#clock.base + (performance.now() - this.#clock.since) * this.#clock.speed;
  }

  thread(id: number): Thread {
    const found = this.threads.find((thread) => thread.id === id);
    if (!found) throw { code: "not_found", message: "no such thread" };
    return found;
  }

  emit(change: Partial<Change>): void {
    const whole = {
      threads: [],
      all_threads: false,
      templates: false,
      connection: false,
      arrived: [],
      writing: false,
      labels: false,
      consents: false,
      guard: false,
      batches: false,
      ...change,
    };
    for (const listener of this.#changes) listener(whole);
  }

  windowOf(thread: Thread): WindowView {
    const unsure_since = this.connectionView.unsure_since;
    if (thread.closedByMeta !== null) {
      return { state: "closed", since: thread.closedByMeta, by_meta: true, unsure_since };
    }
    if (thread.lastInbound === null) return { state: "never", unsure_since };
    const closes_at = thread.lastInbound + DAY;
    if (this.now() >= closes_at) return { state: "closed", since: closes_at, by_meta: false, unsure_since };
    return { state: "open", closes_at, refuse_from: closes_at - this.settingsView.margin_ms, unsure_since };
  }

  /** A customer writes: the window opens anew. */
  receive(threadId: number, text: string): void {
    const thread = this.thread(threadId);
    thread.lastInbound = this.now();
    thread.closedByMeta = null;
    thread.unread += 1;
    thread.done = false;
    thread.snoozedUntil = null;
    const row = message(this.now(), "in", { kind: "text", text });
    thread.messages = [...thread.messages, row];
    this.emit({ threads: [threadId], arrived: [row.id] });
  }

  // ---- the start ----
  start = async () => this.#start;
  choosePractice = async () => (this.#start = READY);
  retryKeyring = async () => this.#start;
  createWithPassphrase = async () => (this.#start = READY);
  unlock = async (passphrase: string) =>
    (this.#start = passphrase === "wrong" ? { kind: "passphrase_needed", wrong: true } : READY);
  restoreBackup = async () => (this.#start = READY);
  startEmpty = async () => (this.#start = READY);
  checkAccess = async (form: AccessForm, step: AccessStep) => check(form, step);
  connectShop = async () => {
    this.numbers = this.numbers.map((number) => ({ ...number, connected: true }));
    return (this.#start = { kind: "ready", profile: "shop", needs_number: false });
  };

  // ---- reading ----
  async listThreads(query: ThreadQuery, before: ThreadCursor | null, limit: number): Promise<ThreadPage> {
    // As the core orders it: by one number, the greatest first; closed windows behind all open ones.
    const key = (row: ThreadRow) => {
      if (query.sort === "newest") return row.last_at;
      const { window } = row;
      if (window.state === "open") return FAR - window.closes_at;
      return (window.state === "closed" ? window.since : row.last_at) - FAR;
    };
    const order = (row: ThreadRow) => ({ pinned: row.pinned, key: key(row), thread_id: row.thread_id });
    const inOrder = (a: ThreadCursor, b: ThreadCursor) =>
      Number(b.pinned) - Number(a.pinned) || b.key - a.key || b.thread_id - a.thread_id;
    const all = this.threads
      .filter((thread) => fits(this, thread, query))
      .map((thread) => this.#row(thread))
      .sort((a, b) => inOrder(order(a), order(b)))
      .filter((row) => !before || inOrder(before, order(row)) < 0);
    const rows = all.slice(0, limit);
    const last = rows.at(-1);
    return { rows, next: all.length > limit && last ? order(last) : null };
  }

  async threadRows(ids: number[]) {
    const asked = new Set(ids);
    return this.threads.filter((thread) => asked.has(thread.id)).map((thread) => this.#row(thread));
  }
  sectionCounts = async (query: ThreadQuery) => countsOf(this, query);
  markThreads = async (ids: number[], change: MarkChange) => mark(this, ids, change);
  ownNumbers = async () => this.numbers;
  removeNumber = async (phoneNumberId: string) => removeNumber(this, phoneNumberId);
  arrivals = async (ids: number[]) => arrivalsOf(this, ids);

  async threadHead(threadId: number) {
    const thread = this.thread(threadId);
    return {
      thread_id: threadId,
      ...this.#standing(thread),
      number_id: 1,
      draft: thread.draft,
      attachments: thread.attachments,
      first_unread:
        thread.unread === 0
          ? null
          : (thread.messages.filter((row) => row.direction === "in").at(-thread.unread)?.id ?? null),
      text_refused: this.textRefusals(thread),
    };
  }

  async threadMessages(threadId: number, place: Place, limit: number) {
    return pageOf(this.thread(threadId).messages, place, limit);
  }

  search = async (query: SearchQuery, fromHit: number | null, limit: number) =>
    find(this, query, fromHit, limit);

  customer = async (threadId: number) => customerOf(this, threadId);
  describeCustomer = async (threadId: number, change: CustomerChange) => describe(this, threadId, change);
  mergeCandidates = async (threadId: number, text: string) => candidates(this, threadId, text);
  mergeCustomers = async (threadId: number, other: number) => merge(this, threadId, other);
  undoMerge = async (mergeId: string) => unmerge(this, mergeId);
  async labels() {
    const all = this.threads.flatMap((thread) => thread.labels);
    return [...new Set(all)].map((label) => ({
      label,
      customers: all.filter((one) => one === label).length,
    }));
  }
  blockCustomer = async (threadId: number, on: boolean) => block(this, threadId, on);
  saveNote = async (threadId: number, noteId: string | null, text: string) =>
    saveNote(this, threadId, noteId, text);

  attach = async (threadId: number, filename: string, mimeType: string, bytes: ArrayBuffer) =>
    attach(this, threadId, filename, mimeType, bytes);
  detach = async (id: string) => detach(this, id);
  orderAttachments = async (threadId: number, ids: string[]) => orderAttachments(this, threadId, ids);
  attachment = async (id: string) => this.files.of(id);
  sendAttachments = async (
    threadId: number,
    text: string,
    _: number | null,
    insisted: GuardOverride | null = null,
  ) => sendAttachments(this, threadId, text, insisted);
  quickReplies = async (threadId: number | null) => fillReplies(this, threadId);
  rawQuickReplies = async () => this.replies;
  saveQuickReply = async (reply: QuickReply) => saveReply(this, reply);

  // ---- writing ----
  async saveDraft(threadId: number, text: string) {
    this.saved.push({ threadId, text });
    const thread = this.thread(threadId);
    if (thread.draft === text) return;
    thread.draft = text;
    this.emit({ threads: [threadId] });
  }

  async markSeen(threadId: number) {
    const thread = this.thread(threadId);
    if (thread.unread === 0) return;
    thread.unread = 0;
    this.emit({ threads: [threadId] });
  }

  async sendText(
    threadId: number,
    text: string,
    replyTo: number | null,
    insisted: GuardOverride | null = null,
  ): Promise<SendResult> {
    const thread = this.thread(threadId);
    const reasons = this.refuseWith ?? this.textRefusals(thread);
    if (reasons.length > 0) return { kind: "refused", reasons };
    const word = this.watch.weigh(thread, text, insisted);
    if (word.held) return word.held;
    thread.draft = "";
    const quoted = thread.messages.find((row) => row.id === replyTo);
    const quote =
      quoted?.body.kind === "text"
        ? { message_id: quoted.id, text: quoted.body.text, outgoing: quoted.direction === "out" }
        : null;
    const row = message(this.now(), "out", { kind: "text", text }, { quote });
    return word.left(this.queue(thread, row, 0, word.undoMs));
  }

  async sendTemplate(
    threadId: number,
    choice: TemplateChoice,
    insisted: GuardOverride | null = null,
  ): Promise<SendResult> {
    if (this.refuseWith) return { kind: "refused", reasons: this.refuseWith };
    return this.templateStore.send(this.thread(threadId), choice, insisted);
  }

  // ---- the guard ----
  guardLook = async (threadId: number, text: string) => {
    const thread = this.thread(threadId);
    return this.watch.look(thread, written(text, thread.attachments));
  };
  guardLookTemplate = async (threadId: number, choice: TemplateChoice) =>
    this.watch.look(this.thread(threadId), this.templateStore.contentOf(choice));
  guardAudit = async (query: AuditQuery, after: AuditCursor | null, limit: number) =>
    this.watch.audit(query, after, limit);
  guardFigures = async (from: number, to: number) => this.watch.figures(from, to);
  guardSettings = async () => this.watch.settings;
  setGuardSetting = async (key: string, value: number) => this.watch.set(key, value);
  wordLists = async () => this.watch.lists;
  saveWordList = async (language: string, kind: ContentKind, words: string[]) =>
    this.watch.save(language, kind, words);
  resetWordList = async (language: string, kind: ContentKind) => this.watch.reset(language, kind);
  /** Two words may be joined by a line; figures are no matter in a name. */
  checkName = async (_: NamePlace, text: string) =>
    this.watch.findings(text.replaceAll("_", " ")).filter(({ kind }) => kind !== "price" && kind !== "date");

  async sendReaction(threadId: number, messageId: number, emoji: string): Promise<SendResult> {
    this.#change(threadId, messageId, (row) => ({
      ...row,
      reactions: [
        ...row.reactions.filter((one) => !one.outgoing),
        ...(emoji ? [{ emoji, outgoing: true }] : []),
      ],
    }));
    return { kind: "queued", outbox_id: `r${++this.#outbox}`, leaves_at: this.now() };
  }

  async undoSend(outboxId: string) {
    const found = this.#find(outboxId);
    if (!found || found.row.delivery?.state !== "queued") return { kind: "gone" as const };
    clearTimeout(this.#timers.get(outboxId));
    const body = found.row.body;
    const text = body.kind === "text" ? body.text : body.kind === "media" ? (body.media.caption ?? "") : "";
    found.thread.draft ||= text;
    takeBack(this, found.thread, outboxId);
    this.watch.takenBack(found.thread.id, outboxId);
    this.templateStore.takeBack(outboxId);
    found.thread.messages = found.thread.messages.filter((row) => row !== found.row);
    this.emit({ threads: [found.thread.id] });
    return { kind: "returned" as const, text };
  }

  async settleDoubtful(outboxId: string, again: boolean): Promise<SendResult | null> {
    const found = this.#find(outboxId);
    if (!found) return null;
    this.#deliver(outboxId, "left_doubtful");
    if (!again) return null;
    return this.queue(found.thread, message(this.now(), "out", found.row.body));
  }

  templates = async (threadId: number | null): Promise<TemplateList> => this.templateStore.list(threadId);
  syncTemplates = () => this.templateStore.sync();
  saveTemplateValues = async (threadId: number, name: string, language: string, values: SlotValue[]) =>
    this.templateStore.keep(threadId, { name, language, values });
  favouriteTemplate = async (name: string, language: string, favourite: boolean) =>
    this.templateStore.change(name, language, { favourite });
  templateChecked = async (name: string, language: string) =>
    this.templateStore.change(name, language, { checked_at: this.now() });
  attachForTemplate = async (_: number, kind: string, filename: string, mime: string, bytes: ArrayBuffer) =>
    this.templateStore.attach(kind, filename, mime, bytes);
  attachForBatch = async (_: number, kind: string, filename: string, mime: string, bytes: ArrayBuffer) =>
    this.templateStore.attach(kind, filename, mime, bytes);
  templateDrafts = async () => this.drafting.list();
  saveTemplateDraft = async (draft: TemplateDraft) => this.drafting.save(draft);
  discardTemplateDraft = async (draftId: string) => this.drafting.discard(draftId);
  attachSample = async (draftId: string, filename: string, mimeType: string, bytes: ArrayBuffer) =>
    this.drafting.attach(draftId, filename, mimeType, bytes);
  sample = async (fileId: string) => this.drafting.bytes(fileId);
  checkTemplate = async (draft: TemplateDraft) => this.drafting.check(draft);
  submitTemplate = async (draftId: string) => this.drafting.submit(draftId);
  editTemplate = async (name: string, language: string) => this.drafting.edit(name, language);
  translateTemplate = async (name: string, language: string, into: string) =>
    this.drafting.translate(name, language, into);
  deleteTemplate = async (name: string, language: string | null) => this.drafting.remove(name, language);
  unpauseTemplate = async (name: string, language: string) => this.drafting.unpause(name, language);
  templateExamples = async (language: string) => examples(language);
  async media(messageId: number) {
    const row = this.threads.flatMap((thread) => thread.messages).find((one) => one.id === messageId);
    return this.files.sentIn(row) ?? mediaOf(row);
  }

  // ---- batches ----
  batches = async () => this.batchStore.rows();
  batchPreflight = async (plan: BatchPlan) => this.batchStore.preflight(plan);
  batchCandidates = async (plan: BatchPlan, filter: BatchFilter, after: number | null, limit: number) =>
    this.batchStore.candidates(plan, filter, after, limit);
  startBatch = async (go: BatchGo) => this.batchStore.start(go);
  pauseBatch = async (id: string) => this.batchStore.turn(id, "paused");
  resumeBatch = async (id: string) => this.batchStore.turn(id, "running");
  stopBatch = async (id: string) => this.batchStore.turn(id, "stopped");
  batchPeople = async (id: string, filter: BatchFilter, after: number | null, limit: number) =>
    this.batchStore.people(id, filter, after, limit);
  frequencyCap = async () => this.batchStore.cap;
  setFrequencyCap = async (cap: FrequencyCap) => this.batchStore.setCap(cap);

  // ---- the rest ----
  clock = async (): Promise<ClockView> => ({
    now: this.now(),
    speed: this.#clock.speed,
    laptop_ahead_by: this.#laptopAheadBy,
  });
  connection = async () => ({ ...this.connectionView, ledger_broken: this.ledger.broken });
  async liftHold() {
    this.connectionView = { ...this.connectionView, hold: null };
    this.emit({ connection: true });
  }
  settings = async () => this.settingsView;
  async saveSettings(settings: Settings) {
    this.settingsView = settings;
  }
  async renameStaff(from: string, to: string) {
    const now = (name: string) => (name === from ? to : name);
    const { staff, me } = this.settingsView;
    this.settingsView = { ...this.settingsView, staff: staff.map(now), me: now(me) };
    for (const thread of this.threads) thread.assignee = now(thread.assignee);
    this.emit({ all_threads: true });
  }
  async openLink(url: string) {
    this.opened.push(url);
  }
  painted = async () => undefined;
  saveMedia = async () => true;
  notices: DesktopNotice[] = [];
  notify = async (notice: DesktopNotice) => void this.notices.push(notice);
  badge = 0;
  setBadge = async (unread: number) => void (this.badge = unread);
  spellIn = async () => undefined;
  copiedPicture = async () => new ArrayBuffer(0);

  practiceCustomers = async () =>
    this.threads.map((thread) => ({ id: String(thread.id), name: thread.name.text }));
  practiceWrite = async (customerId: string, text: string) => this.receive(Number(customerId), text);
  async practiceJump(ms: number) {
    this.#setClock(this.now() + ms, this.#clock.speed);
    this.emit({ all_threads: true });
  }
  practiceSpeed = async (speed: number) => this.#setClock(this.now(), speed);

  onChange(listener: (change: Change) => void) {
    this.#changes.add(listener);
    return () => void this.#changes.delete(listener);
  }
  onClock(listener: (clock: ClockView) => void) {
    this.#clocks.add(listener);
    return () => void this.#clocks.delete(listener);
  }

  onUpload(listener: (progress: UploadProgress) => void) {
    this.#uploads.add(listener);
    return () => void this.#uploads.delete(listener);
  }
  uploading(progress: UploadProgress): void {
    for (const listener of this.#uploads) listener(progress);
  }
  #notices = new Set<(threadId: number) => void>();
  onOpenThread(listener: (threadId: number) => void) {
    this.#notices.add(listener);
    return () => void this.#notices.delete(listener);
  }
  /** A click on a notice. */
  clickNotice(threadId: number): void {
    for (const listener of this.#notices) listener(threadId);
  }

  // ---- inside ----
  #setClock(base: number, speed: number): void {
    this.#clock = { base, since: performance.now(), speed };
    for (const listener of this.#clocks) listener({ now: base, speed, laptop_ahead_by: this.#laptopAheadBy });
  }

  #row(thread: Thread): ThreadRow {
    const last = thread.messages.at(-1);
    const body = last?.body;
    const text =
      body && "text" in body ? body.text : body?.kind === "media" ? (body.media.caption ?? "") : "";
    const kind = body?.kind === "media" ? body.media.kind : (body?.kind ?? "text");
    return {
      thread_id: thread.id,
      ...this.#standing(thread),
      preview: { text, kind, outgoing: last?.direction === "out", state: last?.delivery?.state ?? null },
      last_at: last?.at ?? 0,
      draft: thread.draft.trimStart().split("\n")[0] || null,
    };
  }

  /** What the list and the head of a thread both say. */
  #standing(thread: Thread) {
    const answered = thread.messages.findLastIndex((row) => row.direction === "out");
    const waiting = thread.messages.slice(answered + 1).find((row) => row.direction === "in");
    return {
      name: thread.name,
      number: "+49 30 231250",
      window: this.windowOf(thread),
      unread: thread.unread,
      section: sectionOf(this, thread),
      pinned: thread.pinned,
      assignee: thread.assignee || null,
      snoozed_until: thread.snoozedUntil,
      waiting_since: waiting?.at ?? null,
      labels: thread.labels,
      language: thread.language || null,
      blocked: thread.blocked,
    };
  }

  textRefusals(thread: Thread): Refusal[] {
    const hold = this.connectionView.hold;
    if (hold) return [{ reason: "on_hold", ...hold }];
    const number = this.numbers[0];
    if (number && !number.connected) return [{ reason: "not_connected", number: number.display }];
    const stopped = this.ledger.refusesText(thread);
    if (stopped.length > 0) return stopped;
    const window = this.windowOf(thread);
    if (window.state === "never") return [{ reason: "window_never" }];
    if (window.state === "closed")
      return [{ reason: "window_closed", since: window.since, by_meta: window.by_meta }];
    if (this.now() >= window.refuse_from) return [{ reason: "window_ending", closes_at: window.closes_at }];
    return [];
  }

  queue(thread: Thread, row: MessageRow, uploadMs = 0, wait = this.settingsView.undo_ms): SendResult {
    const outbox_id = `out-${++this.#outbox}`;
    const leaves_at = this.now() + wait;
    const queued = {
      ...row,
      outbox_id,
      delivery: delivery("queued", this.now(), { leaves_at, sent_at: null }),
    };
    thread.messages = [...thread.messages, queued];
    this.#climb(outbox_id, [...this.climbs], wait + uploadMs);
    this.emit({ threads: [thread.id] });
    return { kind: "queued", outbox_id, leaves_at };
  }

  #climb(outboxId: string, states: DeliveryState[], wait: number): void {
    const next = states.shift();
    if (!next) return;
    const timer = setTimeout(() => {
      this.#deliver(outboxId, next);
      this.#climb(outboxId, states, 900);
    }, wait / this.#clock.speed);
    this.#timers.set(outboxId, timer);
  }

  #deliver(outboxId: string, state: DeliveryState): void {
    const found = this.#find(outboxId);
    if (found)
      this.#change(found.thread.id, found.row.id, (row) => ({
        ...row,
        delivery: delivery(state, this.now()),
      }));
  }

  #find(outboxId: string): { thread: Thread; row: MessageRow } | undefined {
    for (const thread of this.threads) {
      const row = thread.messages.find((one) => one.outbox_id === outboxId);
      if (row) return { thread, row };
    }
    return undefined;
  }

  #change(threadId: number, messageId: number, turn: (row: MessageRow) => MessageRow): void {
    const thread = this.thread(threadId);
    thread.messages = thread.messages.map((row) => (row.id === messageId ? turn(row) : row));
    this.emit({ threads: [threadId] });
  }
}
