// The shop's wordings as a whole, and the one that is being written: its findings follow what is typed.

import type { Backend } from "../backend/backend";
import type { Purpose } from "../backend/generated/Purpose";
import type { Wording } from "../backend/generated/Wording";
import type { WordingDraft } from "../backend/generated/WordingDraft";
import type { WordingFinding } from "../backend/generated/WordingFinding";

const PAUSE = 250;

export class Wordings {
  all = $state.raw<readonly Wording[] | null>(null);
  draft = $state.raw<WordingDraft | null>(null);
  findings = $state.raw<readonly WordingFinding[]>([]);
  #pause: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  constructor(
    private backend: Backend,
    private guard: (work: Promise<unknown>) => void,
  ) {}

  async reload(): Promise<void> {
    this.all = await this.backend.wordings();
  }

  stop(): void {
    clearTimeout(this.#pause);
  }

  /** The newest that is not retired, and what was before it. */
  of(purpose: string, language: string): { current: Wording | null; older: Wording[] } {
    const all = (this.all ?? [])
      .filter((one) => one.purpose === purpose && one.language === language)
      .toSorted((a, b) => b.since - a.since || b.version - a.version);
    const current = all.find(({ retired_at }) => retired_at === null) ?? null;
    return { current, older: all.filter((one) => one !== current) };
  }

  languages(purpose: string): string[] {
    return [
      ...new Set((this.all ?? []).filter((one) => one.purpose === purpose).map(({ language }) => language)),
    ];
  }

  write(purpose: string, language: string): void {
    const { current } = this.of(purpose, language);
    this.draft = { id: current?.id ?? "", purpose, language, text: current?.text ?? "" };
    this.findings = current?.findings ?? [];
    this.guard(this.#check());
  }

  type(text: string): void {
    if (!this.draft) return;
    this.draft = { ...this.draft, text };
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.guard(this.#check()), PAUSE);
  }

  async #check(): Promise<void> {
    const { draft } = this;
    if (!draft) return;
    const turn = ++this.#asked;
    const findings = await this.backend.checkWording(draft);
    if (turn === this.#asked) this.findings = findings;
  }

  /** Resolves to the new version; null: nothing had changed. */
  async save(): Promise<Wording | null> {
    const { draft } = this;
    if (!draft) return null;
    clearTimeout(this.#pause);
    const text = draft.text.trim();
    const { current } = this.of(draft.purpose, draft.language);
    this.draft = null;
    if (current?.text === text) return null;
    const saved = await this.backend.saveWording({ ...draft, text });
    await this.reload();
    return saved;
  }

  async retire(wording: Wording): Promise<void> {
    await this.backend.retireWording(wording.id);
    await this.reload();
  }

  async savePurpose(purpose: Purpose): Promise<void> {
    await this.backend.savePurpose(purpose);
  }
}
