// Everything the window knows, made once for one core and handed to the screens through Svelte's context.

import { getContext, setContext } from "svelte";
import { isProblem, type Backend } from "../backend/backend";
import type { CustomerView } from "../backend/generated/CustomerView";
import type { Change } from "../backend/generated/Change";
import type { Problem } from "../backend/generated/Problem";
import type { Profile } from "../backend/generated/Profile";
import type { Settings } from "../backend/generated/Settings";
import type { StartState } from "../backend/generated/StartState";
import type { TemplateChoice } from "../backend/generated/TemplateChoice";
import type { Assistant } from "./access.svelte";
import { Alerts } from "./alerts.svelte";
import { Batches } from "./batches.svelte";
import { Consents } from "./consents.svelte";
import { Connection } from "./connection.svelte";
import { Conversation } from "./conversation.svelte";
import { Counter } from "./counter.svelte";
import { Drafts } from "./drafts";
import { Inbox } from "./inbox.svelte";
import { Labels } from "./labels.svelte";
import { keepList } from "./list_upkeep.svelte";
import { locale } from "./locale.svelte";
import { showLook } from "./look";
import { Notes } from "./notes.svelte";
import { GuardLog } from "./guard_log.svelte";
import { Opening } from "./opening.svelte";
import { QuickReplies } from "./quick_replies.svelte";
import { Sections } from "./sections.svelte";
import { Selection } from "./selection.svelte";
import { Spelling } from "./spelling";
import { Templates } from "./templates.svelte";
import { TemplateReview } from "./template_review.svelte";
import { SOON } from "../text/countdown";
import { Ticker, type LaptopClocks } from "./ticker.svelte";
import { Toasts } from "./toasts.svelte";
import { Triage } from "./triage.svelte";
import { batchNews } from "../wording/batch";
import { newsText } from "../wording/template_review";
import { Uploads } from "./uploads.svelte";

export class Session {
  start = $state.raw<StartState | null>(null);
  settings = $state.raw<Settings | null>(null);
  /** The way from practice to a number of one's own. */
  connecting = $state(false);
  /** The connection assistant, as long as it is under way. */
  assistant: Assistant | null = null;
  /** What is to be done about the consents of a thread's customer. */
  consenting = $state.raw<{ what: "ask" | "withdraw"; threadId: number; purposes: string[] } | null>(null);
  /** A command failed for a reason that is no refusal; shown until put away. */
  problem = $state.raw<Problem | null>(null);

  readonly ticker: Ticker;
  readonly drafts: Drafts;
  readonly sections: Sections;
  readonly labels: Labels;
  readonly inbox: Inbox;
  readonly selection = new Selection();
  readonly toasts = new Toasts();
  readonly conversation: Conversation;
  readonly opening: Opening;
  readonly triage: Triage;
  readonly connection: Connection;
  readonly templates: Templates;
  readonly review: TemplateReview;
  readonly counter: Counter;
  readonly consents: Consents;
  readonly batches: Batches;
  /** The guard: its log, its thresholds, its words. */
  readonly watch: GuardLog;
  readonly quickReplies: QuickReplies;
  readonly notes: Notes;
  readonly uploads: Uploads;
  readonly alerts: Alerts;
  readonly spelling: Spelling;
  /** Chosen on the start screen, where nothing can be stored yet. */
  #early: string | null = null;
  #stops: (() => void)[] = [];

  constructor(
    readonly backend: Backend,
    clocks?: LaptopClocks,
  ) {
    this.ticker = new Ticker(backend, clocks);
    this.drafts = new Drafts(backend);
    this.labels = new Labels(backend);
    this.sections = new Sections(
      backend,
      () => this.settings,
      (error) => this.report(error),
    );
    this.inbox = new Inbox(backend, {
      query: () => this.sections.query,
      number: () => (this.sections.view.kind === "number" ? this.sections.view.number.display : null),
      now: () => this.ticker.now,
      soon: () => this.soon,
    });
    this.conversation = new Conversation(backend, this.ticker, this.drafts, () => this.soon);
    this.opening = new Opening(this.conversation);
    this.triage = new Triage(backend, this.inbox, this.opening, this.selection, this.toasts, this.ticker);
    this.connection = new Connection(backend);
    this.templates = new Templates(backend);
    this.review = new TemplateReview(backend, {
      language: () => locale.current,
      tell: (news) => this.toasts.say(newsText(news, locale.current)),
      report: (error) => this.report(error),
    });
    this.counter = new Counter(backend, {
      language: () => locale.current,
      guard: (work) => void this.guard(work),
    });
    this.consents = new Consents(backend, { guard: (work) => void this.guard(work) });
    this.batches = new Batches(backend, {
      guard: (work) => void this.guard(work),
      now: () => this.ticker.now ?? Date.now(),
      number: () => this.sections.numbers[0]?.number_id ?? null,
      me: () => this.settings?.me ?? "",
      tell: (batch) => this.toasts.say(batchNews(batch, locale.formats)),
    });
    this.watch = new GuardLog(backend, {
      now: () => this.ticker.now ?? Date.now(),
      guard: (work) => void this.guard(work),
    });
    this.conversation.writing.returned = (outboxId) => this.templateAgain(outboxId);
    this.quickReplies = new QuickReplies(backend);
    this.notes = new Notes(backend);
    this.uploads = new Uploads(backend);
    this.spelling = new Spelling(backend);
    this.alerts = new Alerts(backend, {
      settings: () => this.settings,
      now: () => this.ticker.now,
      unread: () => this.sections.counts?.unread ?? null,
      watched: () => (document.hasFocus() ? this.opening.selected : null),
      open: (threadId) => void this.guard(this.opening.open(threadId)),
      guard: (work) => this.guard(work),
      presenting: () => this.counter.turned,
    });
  }

  /** Something lies over the inbox, whose threads are out of sight. */
  get away(): boolean {
    const { review, counter, consents, batches, watch } = this;
    return review.open || counter.open || consents.open || batches.open || watch.open;
  }

  /** The counter, with what is known of this customer filled in. Nothing is ticked. */
  recordConsent({ name, language }: CustomerView): void {
    const known = name.text === name.phone || name.text.startsWith("@") ? "" : name.text;
    this.counter.show({ number: name.phone ?? "", name: known, language });
  }

  /** A person's page in the ledger. */
  personPage(customerId: number): void {
    this.goBack();
    void this.guard(this.consents.openPerson(customerId));
  }

  /** How the ledger stands, and what to do where it was changed. */
  ledgerPage(): void {
    this.goBack();
    this.consents.show("ledger");
  }

  /** Back to the inbox. */
  goBack(): void {
    if (this.review.open) this.review.leave();
    if (this.counter.open) this.counter.leave();
    if (this.consents.open) this.consents.leave();
    if (this.batches.open) this.batches.leave();
    if (this.watch.open) this.watch.leave();
  }

  get profile(): Profile | null {
    return this.start?.kind === "ready" ? this.start.profile : null;
  }

  /** A window that ends within this many milliseconds is closing soon. */
  get soon(): number {
    return this.settings?.soon_ms ?? SOON;
  }

  /** Takes one of the shop's numbers away. False: it is the only one, and stays. */
  async removeNumber(phoneNumberId: string): Promise<boolean> {
    const removal = await this.backend.removeNumber(phoneNumberId);
    if (removal.kind === "last_one") return false;
    await this.step(() => Promise.resolve(removal.start));
    return true;
  }

  /** Runs a step of the start (open, unlock, choose) and goes where it leads. */
  async step(call: () => Promise<StartState>): Promise<void> {
    try {
      const next = await call();
      if (next.kind === "ready") {
        // What is open belongs to the profile that was left: its threads bear the same ids as others here.
        if (this.profile !== null && this.profile !== next.profile) {
          await this.opening.close();
          this.conversation.writing.warning = null;
        }
        await this.#enter();
      }
      this.start = next;
      this.connecting = false;
    } catch (error) {
      if (this.start) this.report(error);
      else this.start = { kind: "failed", message: isProblem(error) ? error.message : String(error) };
    }
  }

  /** For calls whose failure has no place of its own on the screen. */
  async guard(work: Promise<unknown>): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.report(error);
    }
  }

  report(error: unknown): void {
    this.problem = isProblem(error) ? error : { code: "internal", message: String(error) };
  }

  /** A template that was sent stands in the picker again, as it was filled in: as it is remembered here, else as the
      message itself says (`choice`), else by its name alone. */
  templateAgain(outboxId: string, name?: string, choice?: TemplateChoice | null): void {
    const { conversation, templates } = this;
    const threadId = conversation.threadId;
    const back = templates.forms.bringBack(outboxId);
    if (threadId === null || (!back && name === undefined)) return;
    if (back && back.threadId !== threadId) return;
    if (!back && choice) templates.forms.fill(threadId, choice);
    else if (!back) templates.choosing = name ?? null;
    if (conversation.foot !== "picker") conversation.writing.picking = true;
  }

  chooseEarly(language: string): void {
    this.#early = language;
    locale.choose(language);
  }

  applySettings(settings: Settings): void {
    this.settings = settings;
    locale.choose(settings.language);
    showLook(settings);
  }

  async saveSettings(settings: Settings): Promise<void> {
    this.applySettings(settings);
    await this.backend.saveSettings(settings);
  }

  async renameStaff(from: string, to: string): Promise<void> {
    await this.backend.renameStaff(from, to);
    this.applySettings(await this.backend.settings());
    // What is mine, and unread, is asked for by name.
    await Promise.all([this.inbox.reload(), this.sections.reload()]);
  }

  stop(): void {
    for (const stop of this.#stops.splice(0)) stop();
  }

  async #enter(): Promise<void> {
    this.stop();
    const settings = await this.backend.settings();
    if (this.#early === null) this.applySettings(settings);
    else await this.saveSettings({ ...settings, language: this.#early });
    this.#early = null;
    this.#stops = [
      this.backend.onChange((change) => void this.guard(this.#changed(change))),
      this.ticker.start(),
      keepList(this.inbox, this.sections, this.ticker, (work) => this.guard(work)),
      () => this.sections.stop(),
      () => this.toasts.clear(),
      () => this.review.stop(),
      () => this.counter.stop(),
      () => this.consents.stop(),
      () => this.batches.stop(),
      () => this.watch.stop(),
      this.uploads.start(),
      this.alerts.start(),
      this.spelling.start(),
    ];
    const onLeave = () => {
      void this.drafts.flush();
      void this.templates.forms.flush();
    };
    addEventListener("pagehide", onLeave);
    addEventListener("blur", onLeave);
    this.#stops.push(() => {
      removeEventListener("pagehide", onLeave);
      removeEventListener("blur", onLeave);
    });
    await Promise.all([
      this.inbox.reload(),
      this.sections.reload(),
      this.labels.reload(),
      this.connection.reload(),
      this.conversation.reload(),
    ]);
    // Nobody waits for it: what waits for Meta's review has to be known before Meta answers.
    this.review.changed();
    void this.guard(this.batches.reload());
  }

  async #changed(change: Change): Promise<void> {
    const open = this.conversation.threadId;
    const work: Promise<unknown>[] = [];
    this.conversation.ahead.changed(change);
    if (change.all_threads || change.threads.length > 0) {
      work.push(this.inbox.changed(change));
      this.sections.changed();
    }
    if (change.labels) work.push(this.labels.reload());
    if (change.connection || change.all_threads) work.push(this.sections.reload());
    if (open !== null && (change.all_threads || change.threads.includes(open)))
      work.push(this.conversation.reload());
    if (change.writing) work.push(this.quickReplies.changed());
    if (change.templates) {
      work.push(this.templates.reload());
      this.review.changed();
    }
    if (change.connection) work.push(this.connection.reload());
    if (change.consents) work.push(this.counter.changed());
    this.consents.changed(change);
    this.batches.changed(change);
    this.watch.changed(change);
    await Promise.all(work);
  }
}

const KEY = Symbol("session");

export function provideSession(session: Session): Session {
  return setContext(KEY, session);
}

export function useSession(): Session {
  return getContext(KEY);
}
