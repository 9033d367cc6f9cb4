// Who is told what although they look elsewhere: new messages, a time to answer that ends, and how much is unread.

import { untrack } from "svelte";
import type { Backend } from "../backend/backend";
import type { AlertSettings } from "../backend/generated/AlertSettings";
import type { Settings } from "../backend/generated/Settings";
import type { ThreadCursor } from "../backend/generated/ThreadCursor";
import type { ThreadQuery } from "../backend/generated/ThreadQuery";
import { minuteOfDay, within } from "../text/clock_time";
import { MINUTE } from "../text/countdown";
import { nameText } from "../text/phone";
import { arrivalNotices, closingNotices, type Closing, type Notice } from "../wording/notice";
import { m } from "../paraglide/messages.js";
import { playChime } from "./chime";
import { remember, remembered } from "./remembered";
import { runner } from "./runner";
import { throttled } from "./throttle";

/** That long before the end somebody is warned. */
const WARN = 30 * MINUTE;
/** What arrives within this time of a notice goes into the next one. */
const GATHER = 2000;
const PAGE = 50;
const QUERY: ThreadQuery = {
  section: "closing_soon",
  sort: "closing",
  unread: false,
  assignee: null,
  label: null,
  number_id: null,
};
/** No thread: a click on the notice only brings the window to the front. */
const NOWHERE = 0;

export interface AlertContext {
  settings(): Settings | null;
  /** Platform time as the window shows it, whose minutes give the beat; `null` until it is known. */
  now(): number | null;
  /** Unread threads; `null` until they are counted. */
  unread(): number | null;
  /** The thread that somebody has before their eyes in a window they work in. */
  watched(): number | null;
  open(threadId: number): void;
  guard(work: Promise<unknown>): Promise<void>;
  play?(): void;
  /** The screen is turned to a customer: nothing about others may appear on it. */
  presenting?(): boolean;
}

type Core = Pick<
  Backend,
  "arrivals" | "notify" | "setBadge" | "listThreads" | "clock" | "onChange" | "onOpenThread"
>;

export class Alerts {
  #waiting: number[] = [];
  /** The window's end that was warned of, by thread. Kept, so that a restart does not repeat it. */
  #warned = new Map(Object.entries(remembered<Record<string, number>>("warned", {})));
  #minute = -1;
  #gather = throttled(() => void this.context.guard(this.#tellArrivals()), GATHER);

  constructor(
    private backend: Core,
    private context: AlertContext,
  ) {}

  start(): () => void {
    const { backend, context } = this;
    const stops = [
      backend.onChange(({ arrived }) => {
        if (arrived.length > 0) this.arrived(arrived);
      }),
      backend.onOpenThread((threadId) => {
        if (threadId !== NOWHERE) context.open(threadId);
      }),
      $effect.root(() => {
        $effect(() => {
          const unread = context.unread();
          if (unread !== null) untrack(() => void context.guard(backend.setBadge(unread)));
        });
        $effect(() => {
          const now = context.now();
          if (now !== null) untrack(() => this.tick(now));
        });
      }),
    ];
    // The ticker rests while the window is hidden: the very time in which a warning is needed.
    const hidden = setInterval(() => {
      if (document.hidden) void context.guard(this.warn());
    }, MINUTE);
    return () => {
      clearInterval(hidden);
      this.#gather.stop();
      this.#waiting = [];
      for (const stop of stops) stop();
    };
  }

  arrived(messageIds: readonly number[]): void {
    this.#waiting.push(...messageIds);
    this.#gather.call();
  }

  /** Looks once a minute. */
  tick(now: number): void {
    const minute = Math.floor(now / MINUTE);
    if (minute === this.#minute) return;
    this.#minute = minute;
    void this.context.guard(this.warn());
  }

  /** Shows a notice as messages make them, whatever the hour. */
  async test(): Promise<void> {
    const sound = this.context.settings()?.alerts.sound ?? false;
    const notice = { title: "Guichet", body: m.settings_alert_test_body(), threadId: NOWHERE };
    await this.#show([notice], sound);
  }

  warn = runner(async () => {
    const { now } = await this.backend.clock();
    const alerts = this.#loud(now);
    if (!alerts?.closing) return;
    const found = await this.#ending(now);
    const fresh = found.filter(
      ({ threadId, closesAt }) =>
        this.#warned.get(String(threadId)) !== closesAt && threadId !== this.context.watched(),
    );
    if (fresh.length === 0) return;
    for (const { threadId, closesAt } of fresh) this.#warned.set(String(threadId), closesAt);
    for (const [threadId, closesAt] of this.#warned) if (closesAt < now) this.#warned.delete(threadId);
    remember("warned", Object.fromEntries(this.#warned));
    await this.#show(closingNotices(fresh, now), alerts.sound);
  });

  async #tellArrivals(): Promise<void> {
    const ids = this.#waiting.splice(0);
    if (ids.length === 0 || !this.context.settings()?.alerts.messages) return;
    const [{ now }, arrivals] = await Promise.all([this.backend.clock(), this.backend.arrivals(ids)]);
    const alerts = this.#loud(now);
    if (!alerts?.messages) return;
    const watched = this.context.watched();
    const news = arrivals.filter((one) => one.thread_id !== watched);
    await this.#show(arrivalNotices(news, alerts.show_text), alerts.sound);
  }

  /** What was set, and nothing in quiet hours. */
  #loud(now: number): AlertSettings | null {
    const alerts = this.context.presenting?.() ? null : this.context.settings()?.alerts;
    return alerts && !within(minuteOfDay(now), alerts.quiet_from, alerts.quiet_to) ? alerts : null;
  }

  /** Threads that nobody has answered and whose window ends within the time of warning. */
  async #ending(now: number): Promise<Closing[]> {
    const found: Closing[] = [];
    let next: ThreadCursor | null = null;
    do {
      const page = await this.backend.listThreads(QUERY, next, PAGE);
      for (const { thread_id, name, window } of page.rows) {
        if (window.state !== "open" || window.refuse_from <= now) continue;
        const { closes_at } = window;
        if (closes_at - now <= WARN)
          found.push({ threadId: thread_id, name: nameText(name.text), closesAt: closes_at });
      }
      // By their end, but behind the pinned ones: the first that ends later is the last one to look at.
      const last = page.rows.at(-1);
      const later =
        last && !last.pinned && last.window.state === "open" && last.window.closes_at > now + WARN;
      next = later ? null : page.next;
    } while (next);
    return found;
  }

  async #show(notices: Notice[], sound: boolean): Promise<void> {
    if (notices.length === 0) return;
    if (sound) (this.context.play ?? playChime)();
    for (const notice of notices) await this.backend.notify({ ...notice, sound });
  }
}
