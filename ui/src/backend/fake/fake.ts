// A core made up in memory, for tests and for looking at the screens in a plain browser. It keeps the rules
// that the screens depend on: the window by the last inbound message, refusals as data, undo, climbing ticks.

import type { Backend } from "../backend";
import type { Change } from "../generated/Change";
import type { ClockView } from "../generated/ClockView";
import type { ConnectionView } from "../generated/ConnectionView";
import type { DeliveryState } from "../generated/DeliveryState";
import type { MessageRow } from "../generated/MessageRow";
import type { Refusal } from "../generated/Refusal";
import type { SendResult } from "../generated/SendResult";
import type { Settings } from "../generated/Settings";
import type { StartState } from "../generated/StartState";
import type { TemplateView } from "../generated/TemplateView";
import type { ThreadRow } from "../generated/ThreadRow";
import type { WindowView } from "../generated/WindowView";
import { picture } from "./picture";
import { templatesFor } from "./templates";
import { bodyOf, DAY, delivery, makeThreads, message, type Thread } from "./world";
import type { Lang } from "./words";

export interface FakeOptions {
  lang?: Lang;
  /** Platform time at the start, Unix ms. */
  now?: number;
  start?: StartState;
  settings?: Partial<Settings>;
  connection?: Partial<ConnectionView>;
  laptopAheadBy?: number | null;
}

const READY: StartState = { kind: "ready", profile: "practice", needs_number: false };

export class FakeBackend implements Backend {
  threads: Thread[];
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
  #timers = new Map<string, ReturnType<typeof setTimeout>>();
  #outbox = 0;

  constructor(options: FakeOptions = {}) {
    this.#clock = { base: options.now ?? Date.now(), since: performance.now(), speed: 1 };
    this.#start = options.start ?? READY;
    this.#laptopAheadBy = options.laptopAheadBy ?? null;
    this.threads = makeThreads(options.lang ?? "en", this.now());
    this.settingsView = {
      language: options.lang ?? "en",
      theme: "",
      undo_ms: 5000,
      margin_ms: 60_000,
      send_read_receipts: false,
      ...options.settings,
    };
    this.connectionView = {
      relay_reached_at: this.now(),
      unsure_since: null,
      relay_refused: false,
      hold: null,
      doubtful: 0,
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
    const whole = { threads: [], all_threads: false, templates: false, connection: false, ...change };
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
    thread.messages = [...thread.messages, message(this.now(), "in", { kind: "text", text })];
    this.emit({ threads: [threadId] });
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
  connectShop = async () => (this.#start = { kind: "ready", profile: "shop", needs_number: false });

  // ---- reading ----
  async listThreads(before: { last_at: number; thread_id: number } | null, limit: number) {
    const all = this.threads
      .map((thread) => this.#row(thread))
      .sort((a, b) => b.last_at - a.last_at || b.thread_id - a.thread_id)
      .filter(
        (row) =>
          !before ||
          row.last_at < before.last_at ||
          (row.last_at === before.last_at && row.thread_id < before.thread_id),
      );
    const rows = all.slice(0, limit);
    const last = rows.at(-1);
    return {
      rows,
      next: all.length > limit && last ? { last_at: last.last_at, thread_id: last.thread_id } : null,
    };
  }

  async threadHead(threadId: number) {
    const thread = this.thread(threadId);
    return {
      thread_id: threadId,
      name: thread.name,
      number: "+49 30 231250",
      window: this.windowOf(thread),
      draft: thread.draft,
      text_refused: this.#textRefusals(thread),
    };
  }

  async threadMessages(threadId: number, before: { id: number } | null, limit: number) {
    const all = this.thread(threadId).messages;
    const end = before ? all.findIndex((row) => row.id === before.id) : all.length;
    const rows = all.slice(Math.max(0, end - limit), end);
    const first = rows[0];
    return {
      rows,
      before: end > limit && first ? { at: first.at, arrived: first.arrived, id: first.id } : null,
    };
  }

  async search(text: string) {
    const needle = text.toLowerCase();
    const hits = this.threads.flatMap((thread) =>
      thread.messages.flatMap((row) => {
        const body = row.body.kind === "text" ? row.body.text : "";
        const at = body.toLowerCase().indexOf(needle);
        if (at < 0) return [];
        const end = at + needle.length;
        const snippet = `${body.slice(Math.max(0, at - 30), at)}\u0002${body.slice(at, end)}\u0003${body.slice(end, end + 40)}`;
        return [{ thread_id: thread.id, message_id: row.id, at: row.at, name: thread.name.text, snippet }];
      }),
    );
    return { hits: hits.sort((a, b) => b.at - a.at), next: null };
  }

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

  async sendText(threadId: number, text: string, replyTo: number | null): Promise<SendResult> {
    const thread = this.thread(threadId);
    const reasons = this.refuseWith ?? this.#textRefusals(thread);
    if (reasons.length > 0) return { kind: "refused", reasons };
    thread.draft = "";
    const quoted = thread.messages.find((row) => row.id === replyTo);
    const quote =
      quoted?.body.kind === "text"
        ? { message_id: quoted.id, text: quoted.body.text, outgoing: quoted.direction === "out" }
        : null;
    return this.#queue(thread, message(this.now(), "out", { kind: "text", text }, { quote }));
  }

  async sendTemplate(
    threadId: number,
    choice: { name: string; language: string; values: { key: string; text: string }[] },
  ): Promise<SendResult> {
    const thread = this.thread(threadId);
    if (this.refuseWith) return { kind: "refused", reasons: this.refuseWith };
    const view = this.#templateViews(thread).find(
      (one) => one.name === choice.name && one.language === choice.language,
    );
    if (!view) return { kind: "refused", reasons: [{ reason: "template_unknown" }] };
    const text = choice.values.reduce(
      (body, { key, text }) => body.replaceAll(`{{${key.split(":")[1]}}}`, text),
      view.body,
    );
    const body = {
      ...bodyOf("template", text),
      name: view.name,
      buttons: view.buttons,
      footer: view.footer,
    } as MessageRow["body"];
    return this.#queue(thread, message(this.now(), "out", body));
  }

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
    const text = found.row.body.kind === "text" ? found.row.body.text : "";
    found.thread.draft = text;
    found.thread.messages = found.thread.messages.filter((row) => row !== found.row);
    this.emit({ threads: [found.thread.id] });
    return { kind: "returned" as const, text };
  }

  async settleDoubtful(outboxId: string, again: boolean): Promise<SendResult | null> {
    const found = this.#find(outboxId);
    if (!found) return null;
    this.#deliver(outboxId, "left_doubtful");
    if (!again) return null;
    return this.#queue(found.thread, message(this.now(), "out", found.row.body));
  }

  templates = async (threadId: number) => ({
    templates: this.#templateViews(this.thread(threadId)),
    synced_at: this.now() - 95_000,
  });
  syncTemplates = async () => ({ templates: [], synced_at: this.now() });
  media = async () => picture();

  // ---- the rest ----
  clock = async (): Promise<ClockView> => ({
    now: this.now(),
    speed: this.#clock.speed,
    laptop_ahead_by: this.#laptopAheadBy,
  });
  connection = async () => this.connectionView;
  async liftHold() {
    this.connectionView = { ...this.connectionView, hold: null };
    this.emit({ connection: true });
  }
  settings = async () => this.settingsView;
  async saveSettings(settings: Settings) {
    this.settingsView = settings;
  }
  async openLink(url: string) {
    this.opened.push(url);
  }
  painted = async () => undefined;

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

  // ---- inside ----
  #setClock(base: number, speed: number): void {
    this.#clock = { base, since: performance.now(), speed };
    for (const listener of this.#clocks) listener({ now: base, speed, laptop_ahead_by: this.#laptopAheadBy });
  }

  #templateViews(thread: Thread): TemplateView[] {
    return templatesFor(thread.name.text);
  }

  #row(thread: Thread): ThreadRow {
    const last = thread.messages.at(-1);
    const body = last?.body;
    const text =
      body && "text" in body ? body.text : body?.kind === "media" ? (body.media.caption ?? "") : "";
    const kind = body?.kind === "media" ? body.media.kind : (body?.kind ?? "text");
    return {
      thread_id: thread.id,
      name: thread.name,
      number: "+49 30 231250",
      preview: { text, kind, outgoing: last?.direction === "out", state: last?.delivery?.state ?? null },
      last_at: last?.at ?? 0,
      unread: thread.unread,
      window: this.windowOf(thread),
      has_draft: thread.draft !== "",
    };
  }

  #textRefusals(thread: Thread): Refusal[] {
    const hold = this.connectionView.hold;
    if (hold) return [{ reason: "on_hold", ...hold }];
    const window = this.windowOf(thread);
    if (window.state === "never") return [{ reason: "window_never" }];
    if (window.state === "closed")
      return [{ reason: "window_closed", since: window.since, by_meta: window.by_meta }];
    if (this.now() >= window.refuse_from) return [{ reason: "window_ending", closes_at: window.closes_at }];
    return [];
  }

  #queue(thread: Thread, row: MessageRow): SendResult {
    const outbox_id = `out-${++this.#outbox}`;
    const wait = this.settingsView.undo_ms;
    const leaves_at = this.now() + wait;
    const queued = {
      ...row,
      outbox_id,
      delivery: delivery("queued", this.now(), { leaves_at, sent_at: null }),
    };
    thread.messages = [...thread.messages, queued];
    this.#climb(outbox_id, [...this.climbs], wait);
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
