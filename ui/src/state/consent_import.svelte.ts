// A list that is brought along: which column is what, what is asked once for all its rows, and what came of it.

import type { Backend } from "../backend/backend";
import type { ConsentRefusal } from "../backend/generated/ConsentRefusal";
import type { EvidenceView } from "../backend/generated/EvidenceView";
import type { ExportProgress } from "../backend/generated/ExportProgress";
import type { ImportMapping } from "../backend/generated/ImportMapping";
import type { ImportPreview } from "../backend/generated/ImportPreview";
import type { ImportResult } from "../backend/generated/ImportResult";
import type { WordingRef } from "../backend/generated/WordingRef";

export type ImportStep = "file" | "columns" | "questions" | "run" | "done";

type Core = Pick<
  Backend,
  "chooseImport" | "previewImport" | "importConsents" | "cancelImport" | "keepEvidence" | "onExport"
>;

export class ConsentImport {
  step = $state<ImportStep>("file");
  country = $state("");
  preview = $state.raw<ImportPreview | null>(null);
  counting = $state(false);

  source = $state("");
  consentedAt = $state<number | null>(null);
  purposes = $state.raw<readonly string[]>([]);
  wording = $state.raw<WordingRef | null>(null);
  evidence = $state.raw<EvidenceView | null>(null);
  evidenceName = $state("");

  progress = $state.raw<ExportProgress | null>(null);
  result = $state.raw<ImportResult | null>(null);
  refusal = $state.raw<ConsentRefusal | null>(null);
  #asked = 0;

  constructor(private backend: Core) {}

  /** A list that is under way is not begun anew. */
  begin(country: string): void {
    if (this.step !== "done" && this.preview) return;
    this.reset();
    this.country ||= country;
  }

  reset(): void {
    this.step = "file";
    this.preview = this.wording = this.evidence = this.result = this.refusal = this.progress = null;
    this.source = this.evidenceName = "";
    this.consentedAt = null;
    this.purposes = [];
  }

  async choose(): Promise<void> {
    const preview = await this.backend.chooseImport(this.country);
    if (!preview) return;
    this.preview = preview;
    this.step = "columns";
  }

  async map(part: Partial<ImportMapping>): Promise<void> {
    if (this.preview) await this.#look({ ...this.preview.mapping, ...part });
  }

  async setCountry(country: string): Promise<void> {
    this.country = country;
    if (this.preview) await this.#look(this.preview.mapping);
  }

  async #look(mapping: ImportMapping): Promise<void> {
    const { preview } = this;
    if (!preview) return;
    const turn = ++this.#asked;
    // The choice stands at once; its counts follow.
    this.preview = { ...preview, mapping };
    this.counting = true;
    try {
      const seen = await this.backend.previewImport(preview.id, mapping, this.country);
      if (turn === this.#asked) this.preview = seen;
    } finally {
      if (turn === this.#asked) this.counting = false;
    }
  }

  tick(purpose: string, on: boolean): void {
    this.purposes = on ? [...this.purposes, purpose] : this.purposes.filter((one) => one !== purpose);
    this.refusal = null;
  }

  async keep(filename: string, type: string, bytes: ArrayBuffer): Promise<void> {
    this.refusal = null;
    const result = await this.backend.keepEvidence("scan", filename, type, bytes);
    if (result.kind === "refused") this.refusal = result.why;
    else {
      this.evidence = result.evidence;
      this.evidenceName = filename;
    }
  }

  get ready(): boolean {
    return this.source.trim() !== "" && this.purposes.length > 0;
  }

  async run(): Promise<void> {
    const { preview } = this;
    if (!preview || !this.ready || this.step === "run") return;
    this.step = "run";
    this.refusal = null;
    const stop = this.backend.onExport((progress) => (this.progress = progress));
    try {
      const result = await this.backend.importConsents({
        id: preview.id,
        mapping: preview.mapping,
        country: this.country,
        source: this.source.trim(),
        consented_at: this.consentedAt,
        purposes: [...this.purposes],
        wording: this.wording,
        evidence: this.evidence?.id ?? null,
      });
      this.refusal = result.refused;
      this.result = result.refused ? null : result;
      this.step = result.refused ? "questions" : "done";
    } catch (error) {
      this.step = "questions";
      throw error;
    } finally {
      stop();
      this.progress = null;
    }
  }

  async cancel(): Promise<void> {
    await this.backend.cancelImport();
  }
}
