// Exports, imports, rights and retention of the made-up core.

import type { ConsentResult } from "../generated/ConsentResult";
import type { DueRow } from "../generated/DueRow";
import type { ErasurePreview } from "../generated/ErasurePreview";
import type { ExportProgress } from "../generated/ExportProgress";
import type { ExportRequest } from "../generated/ExportRequest";
import type { ExportResult } from "../generated/ExportResult";
import type { ImportBatch } from "../generated/ImportBatch";
import type { ImportMapping } from "../generated/ImportMapping";
import type { ImportPreview } from "../generated/ImportPreview";
import type { ImportResult } from "../generated/ImportResult";
import type { LedgerCheck } from "../generated/LedgerCheck";
import type { Retention } from "../generated/Retention";
import type { FakeLedger } from "./consent_ledger";
import { countsOf } from "./consent_lists";
import { checked } from "./consent_numbers";
import { digest } from "./consent_wordings";

const ENDINGS: Record<string, string> = {
  csv_semicolon: "csv", csv: "csv", xlsx: "xlsx", json_lines: "jsonl", pdf: "pdf", person_pdf: "pdf",
  access_pdf: "pdf", person_json: "json", shopify: "csv",
}; // prettier-ignore
const STEPS = 10;
const STEP_MS = 120;
const PRESETS: Record<string, [years: number, source: string]> = {
  DE: [5, "UWG § 7a"],
  BR: [5, "LGPD art. 8, CDC art. 27"],
};

/** A list as somebody would bring it: two that are no numbers, one twice, one known. */
const ROWS = [
  ["Iris Falke", "030 231250 171", "de", "2025-03-14"],
  ["Noah Petersen", "0155 501 00 199", "de", "2025-04-02"],
  ["Casa Verde", "kein Anschluss", "pt-BR", ""],
  ["Jonas Brandt", "+49 30 231250117", "de", "2024-12-01"],
  ["Iris Falke", "+4930231250171", "de", "2025-03-14"],
  ["Luiza Prado", "+55 11 5550-0455", "pt-BR", "2025-06-21"],
  ["", "12", "", ""],
];

export class FakeTakeout {
  listeners = new Set<(progress: ExportProgress) => void>();
  /** What the next export comes to, whatever is asked. */
  answerWith: ExportResult | null = null;
  /** The rows of the next list that is chosen; null: nobody chooses one. */
  list: string[][] | null = ROWS;
  #cancelled = false;

  constructor(private ledger: FakeLedger) {}

  async #run(total: number): Promise<boolean> {
    this.#cancelled = false;
    for (let step = 0; step <= STEPS; step++) {
      if (this.#cancelled) return false;
      for (const listener of this.listeners) listener({ done: Math.round((total * step) / STEPS), total });
      await new Promise((done) => setTimeout(done, STEP_MS));
    }
    return true;
  }

  cancel(): void {
    this.#cancelled = true;
  }

  async export(request: ExportRequest): Promise<ExportResult> {
    if (this.answerWith) return this.answerWith;
    const rows =
      request.customer_id === null
        ? countsOf(this.ledger, request.filter).all
        : this.ledger.history(request.customer_id).length;
    if (!(await this.#run(rows))) return { kind: "cancelled" };
    const path = `~/guichet-2026-11-20.${ENDINGS[request.format]}`;
    return { kind: "written", path, rows, bytes: 2000 + rows * 340, head: this.#head() };
  }

  async print(): Promise<ExportResult> {
    if (this.answerWith) return this.answerWith;
    await new Promise((done) => setTimeout(done, STEP_MS));
    return { kind: "written", path: "~/guichet-poster.pdf", rows: 1, bytes: 84_000, head: this.#head() };
  }

  #head(): string {
    return this.ledger.acts.at(-1)?.hash ?? digest("nothing");
  }

  check(): LedgerCheck {
    const { acts, broken, core } = this.ledger;
    return {
      entries: acts.length,
      broken: broken === null ? [] : [{ entry: broken, why: "changed" }],
      head: this.#head(),
      public_key: digest("public key"),
      clock_back: 0,
      checked_at: Math.round(core.now()),
    };
  }

  async choose(country: string): Promise<ImportPreview | null> {
    if (this.list === null) return null;
    return this.preview("list-1", { phone: 1, name: 0, language: 2, date: 3 }, country);
  }

  preview(id: string, mapping: ImportMapping, country: string): ImportPreview {
    const rows = this.list ?? [];
    const { counts, bad } = this.#sorted(mapping, country);
    return {
      id,
      filename: "newsletter-2025.csv",
      format: "csv",
      columns: ["Name", "Telefon", "Sprache", "Datum"],
      mapping,
      sample: rows.slice(0, 5),
      counts,
      bad,
    };
  }

  #sorted(mapping: ImportMapping, country: string) {
    const rows = this.list ?? [];
    const bad: ImportResult["bad"] = [];
    const good: { row: string[]; e164: string; known: number | null }[] = [];
    const counts = { rows: rows.length, good: 0, bad: 0, known: 0, suppressed: 0, twice: 0 };
    const seen = new Set<string>();
    for (const [at, row] of rows.entries()) {
      const text = row[mapping.phone] ?? "";
      const { e164, problem } = checked(text, country);
      if (e164 === null || problem) {
        bad.push({ line: at + 2, text, why: problem ?? { problem: "not_a_number" } });
        counts.bad++;
        continue;
      }
      if (seen.has(e164)) {
        counts.twice++;
        continue;
      }
      seen.add(e164);
      const known = this.ledger.withNumber(e164)[0];
      const summary = known && this.ledger.summary(known.id);
      if (summary && summary.out_of_all !== null) counts.suppressed++;
      else {
        if (known) counts.known++;
        counts.good++;
        good.push({ row, e164, known: known?.id ?? null });
      }
    }
    return { counts, bad, good };
  }

  async import(batch: ImportBatch): Promise<ImportResult> {
    const locked = this.ledger.locked();
    const { counts, bad, good } = this.#sorted(batch.mapping, batch.country);
    if (locked) return { counts, bad, cancelled: false, refused: locked };
    const finished = await this.#run(counts.rows);
    for (const { row, e164, known } of finished ? good : []) {
      const language = row[batch.mapping.language] || "en";
      const id = known ?? this.ledger.meet(row[batch.mapping.name] ?? "", e164, language);
      for (const purpose of batch.purposes)
        this.ledger.record(id, {
          event: batch.evidence === null ? "claimed" : "granted",
          purpose,
          channel: "import",
          strength: batch.evidence === null ? "none" : "good",
          wording: batch.wording,
          note: batch.source,
          source: batch.id,
          ...(batch.consented_at === null ? {} : { act_at: batch.consented_at, time_source: "stated" }),
        });
    }
    this.ledger.core.emit({ consents: true });
    return { counts, bad, cancelled: !finished, refused: null };
  }

  erasurePreview(customerId: number): ErasurePreview {
    const { core } = this.ledger;
    const person = this.ledger.person(customerId);
    const thread = core.threads.find(({ id }) => id === customerId);
    const files = thread?.messages.filter(({ body }) => body.kind === "media").length ?? 0;
    const open = thread !== undefined && core.windowOf(thread).state === "open";
    return {
      name: person?.name ?? { text: "", phone: null, username: null },
      messages: thread?.messages.length ?? 0,
      files,
      notes: thread?.note ? 1 : 0,
      consents: this.ledger.history(customerId).length,
      warnings: open ? ["window_open"] : [],
    };
  }

  erase(customerId: number): ConsentResult {
    const locked = this.ledger.locked();
    if (locked) return { kind: "refused", why: locked };
    const { core } = this.ledger;
    this.ledger.forget(customerId);
    core.threads = core.threads.filter(({ id }) => id !== customerId);
    core.emit({ all_threads: true, consents: true });
    return { kind: "done" };
  }

  saveRetention(retention: Retention): void {
    const [preset_years, source] = PRESETS[retention.country] ?? [3, "GDPR art. 17(3)(e)"];
    this.ledger.retention = { ...retention, preset_years, source };
    this.ledger.refold();
    this.ledger.core.emit({ consents: true });
  }

  due(): DueRow[] {
    const now = this.ledger.core.now();
    return this.ledger.people().flatMap(({ id, name }) =>
      this.ledger.history(id).flatMap((act) => {
        const due_at = Math.min(...act.evidence.map(({ keep_until }) => keep_until ?? Infinity));
        if (!(due_at < now)) return [];
        const state = this.ledger.summary(id).purposes.find(({ purpose }) => purpose === act.purpose)?.state;
        const why = state === "out" ? "withdrawn" : act.event === "claimed" ? "claimed" : "unused";
        return [
          { customer_id: id, name, entry: act.entry, event: act.event, evidence: act.evidence, due_at, why },
        ];
      }),
    );
  }

  forget(entry: string): ConsentResult {
    const act = this.ledger.acts.find((one) => one.entry === entry);
    if (!act) return { kind: "refused", why: { reason: "no_such_entry" } };
    for (const { id } of act.evidence) this.ledger.evidence.delete(id);
    act.evidence = [];
    this.ledger.core.emit({ consents: true });
    return { kind: "done" };
  }
}
