// The guard as whoever answers for the shop looks at it: what it said and what became of it, figures by month,
// thresholds, and the words it points out.

import type { Backend } from "../backend/backend";
import type { AuditCursor } from "../backend/generated/AuditCursor";
import type { AuditEntry } from "../backend/generated/AuditEntry";
import type { AuditFigures } from "../backend/generated/AuditFigures";
import type { AuditQuery } from "../backend/generated/AuditQuery";
import type { Change } from "../backend/generated/Change";
import type { ContentKind } from "../backend/generated/ContentKind";
import type { GuardSetting } from "../backend/generated/GuardSetting";
import type { WordList } from "../backend/generated/WordList";
import { monthOf, type Month } from "../text/months";
import { Pages } from "./pages.svelte";

export type GuardPlace = "log" | "figures" | "limits" | "words";

const NOTHING_NARROWED: AuditQuery = {
  words: "",
  staff: null,
  from: null,
  to: null,
  outcome: null,
  code: null,
};
const SIZE = { page: 100, ahead: 30 };
const PAUSE = 150;
/** A batch that warns by the dozen is looked at a few times a second, not each time. */
const CALM = 250;
/** Fewer overrides than this say nothing about a threshold. */
const ENOUGH = 3;

/** More than half of the overrides: "they asked for it". */
export function tooEager(figures: readonly AuditFigures[]): { asked: number; overridden: number } | null {
  const overridden = figures.reduce((sum, one) => sum + one.overridden, 0);
  const asked = figures.reduce((sum, one) => sum + one.asked, 0);
  return overridden >= ENOUGH && asked * 2 > overridden ? { asked, overridden } : null;
}

export class GuardLog {
  open = $state(false);
  place = $state<GuardPlace>("log");
  query = $state.raw<AuditQuery>(NOTHING_NARROWED);
  chosenId = $state<string | null>(null);
  /** Of the figures. */
  month = $state.raw<Month>(monthOf(0));
  figures = $state.raw<readonly AuditFigures[] | null>(null);
  settings = $state.raw<readonly GuardSetting[]>([]);
  lists = $state.raw<readonly WordList[]>([]);

  readonly log: Pages<AuditEntry, AuditCursor>;
  chosen = $derived.by(() => this.entries.find(({ id }) => id === this.chosenId) ?? null);
  eager = $derived(tooEager(this.figures ?? []));

  #pause: ReturnType<typeof setTimeout> | undefined;
  #calm: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private backend: Backend,
    private context: { now(): number; guard(work: Promise<unknown>): void },
  ) {
    this.log = new Pages<AuditEntry, AuditCursor>(async (after, limit) => {
      const { entries, next } = await backend.guardAudit(this.query, after, limit);
      return { rows: entries, next };
    }, SIZE);
  }

  get entries(): readonly AuditEntry[] {
    return this.log.rows;
  }

  show(place: GuardPlace = this.place): void {
    this.open = true;
    this.place = place;
    this.month = monthOf(this.context.now());
    this.context.guard(this.load());
  }

  leave(): void {
    this.open = false;
  }

  stop(): void {
    clearTimeout(this.#pause);
    clearTimeout(this.#calm);
    this.#calm = undefined;
  }

  go(place: GuardPlace): void {
    this.place = place;
    // What is said elsewhere of this month is about this one.
    const now = monthOf(this.context.now());
    if (place !== "figures" && this.month.key !== now.key) this.turnTo(now);
  }

  async load(): Promise<void> {
    await Promise.all([this.log.reload(), this.loadFigures(), this.loadSettings(), this.loadWords()]);
  }

  changed({ guard }: Change): void {
    if (!this.open || !guard) return;
    this.#calm ??= setTimeout(() => {
      this.#calm = undefined;
      this.context.guard(this.load());
    }, CALM);
  }

  type(words: string): void {
    this.query = { ...this.query, words };
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.#anew(), PAUSE);
  }

  narrow(part: Partial<AuditQuery>): void {
    this.query = { ...this.query, ...part };
    this.#anew();
  }

  widen(): void {
    this.narrow(NOTHING_NARROWED);
  }

  get narrowed(): boolean {
    return JSON.stringify(this.query) !== JSON.stringify(NOTHING_NARROWED);
  }

  async loadFigures(): Promise<void> {
    const { key, from, to } = this.month;
    const figures = await this.backend.guardFigures(from, to);
    if (this.month.key === key) this.figures = figures;
  }

  turnTo(month: Month): void {
    this.month = month;
    this.context.guard(this.loadFigures());
  }

  async loadSettings(): Promise<void> {
    this.settings = await this.backend.guardSettings();
  }

  /** Resolves to what it is by then: held within its bounds. */
  async set(key: string, value: number): Promise<number> {
    this.settings = await this.backend.setGuardSetting(key, value);
    return this.settings.find((one) => one.key === key)?.value ?? value;
  }

  async loadWords(): Promise<void> {
    this.lists = await this.backend.wordLists();
  }

  async saveWords(language: string, kind: ContentKind, words: string[]): Promise<void> {
    await this.backend.saveWordList(language, kind, words);
    await this.loadWords();
  }

  async resetWords(language: string, kind: ContentKind): Promise<void> {
    await this.backend.resetWordList(language, kind);
    await this.loadWords();
  }

  #anew(): void {
    clearTimeout(this.#pause);
    this.chosenId = null;
    this.context.guard(this.log.anew());
  }
}
