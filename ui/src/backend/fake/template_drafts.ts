// Templates that are being written, as the core keeps them: drafts, their sample files, handing in, and what becomes
// of what was handed in.

import type { DraftFile } from "../generated/DraftFile";
import type { SubmitResult } from "../generated/SubmitResult";
import type { TemplateActionResult } from "../generated/TemplateActionResult";
import type { TemplateDraft } from "../generated/TemplateDraft";
import type { TemplateView } from "../generated/TemplateView";
import { draftFrom, partsOf, sampleOf, sampleSlots } from "../../text/template_draft";
import type { FakeCore } from "./parts";
import { lint } from "./template_lint";

/** The templates of the account, wherever the made-up core keeps them. */
export interface Shelf {
  get(): readonly TemplateView[];
  set(views: TemplateView[]): void;
}

/** How long Meta's review takes here. */
const REVIEW = 8000;

export class FakeDrafts {
  drafts: TemplateDraft[] = [];
  /** The next hand-in comes to this, whatever the rules say. */
  answerWith: SubmitResult | null = null;
  actWith: TemplateActionResult = { outcome: "done" };
  #files = new Map<string, ArrayBuffer>();
  #next = 1;

  constructor(
    private core: Pick<FakeCore, "now" | "emit">,
    private shelf: Shelf,
  ) {}

  list(): TemplateDraft[] {
    return [...this.drafts].sort((a, b) => b.changed_at - a.changed_at);
  }

  save(draft: TemplateDraft): string {
    const id = draft.id || `draft-${this.#next++}`;
    this.drafts = [
      ...this.drafts.filter((one) => one.id !== id),
      { ...draft, id, changed_at: Math.round(this.core.now()) },
    ];
    this.core.emit({ templates: true });
    return id;
  }

  discard(id: string): void {
    this.drafts = this.drafts.filter((draft) => draft.id !== id);
    this.core.emit({ templates: true });
  }

  attach(draftId: string, filename: string, mime_type: string, bytes: ArrayBuffer): DraftFile {
    if (!this.drafts.some((draft) => draft.id === draftId))
      throw { code: "not_found", message: "no such draft" };
    const id = `sample-${this.#next++}`;
    this.#files.set(id, bytes);
    return { id, filename, mime_type, size: bytes.byteLength };
  }

  bytes(fileId: string): ArrayBuffer {
    return this.#files.get(fileId) ?? new ArrayBuffer(0);
  }

  check(draft: TemplateDraft) {
    return lint(draft, this.shelf.get());
  }

  submit(id: string): SubmitResult {
    const draft = this.drafts.find((one) => one.id === id);
    if (!draft) throw { code: "not_found", message: "no such draft" };
    const findings = this.check(draft);
    if (findings.some(({ severity }) => severity === "refused")) return { outcome: "findings", findings };
    if (this.answerWith && this.answerWith.outcome !== "handed_in") return this.answerWith;
    const view = this.#viewOf(draft);
    const others = this.shelf.get().filter((one) => one.id !== draft.edits);
    this.shelf.set([...others, view]);
    this.discard(id);
    setTimeout(() => this.settle(draft.name, draft.language, "APPROVED"), REVIEW);
    return this.answerWith ?? { outcome: "handed_in", status: "PENDING", category: draft.category };
  }

  /** Meta has decided. */
  settle(name: string, language: string, status: "APPROVED" | "REJECTED", reason = "INVALID_FORMAT"): void {
    this.#change(name, language, {
      status,
      quality: "UNKNOWN",
      obstacle: status === "APPROVED" ? null : { reason: "rejected" },
      rejection: status === "APPROVED" ? null : { reason, recommendation: null },
    });
  }

  edit(name: string, language: string): TemplateDraft {
    const view = this.#there(name, language);
    const there = this.drafts.find((draft) => draft.edits === view.id);
    if (there) return there;
    const draft: TemplateDraft = {
      ...draftFrom(view, language),
      id: `draft-${this.#next++}`,
      category: view.category,
      edits: view.id,
      changed_at: Math.round(this.core.now()),
    };
    this.drafts = [...this.drafts, draft];
    return draft;
  }

  translate(name: string, language: string, into: string): TemplateDraft {
    return draftFrom(this.#there(name, language), into);
  }

  #there(name: string, language: string): TemplateView {
    const view = this.shelf.get().find((one) => one.name === name && one.language === language);
    if (!view) throw { code: "not_found", message: "no such template" };
    return view;
  }

  remove(name: string, language: string | null): TemplateActionResult {
    if (this.actWith.outcome !== "done") return this.actWith;
    const gone = (one: TemplateView) => one.name === name && (language === null || one.language === language);
    this.shelf.set(this.shelf.get().filter((one) => !gone(one)));
    this.core.emit({ templates: true });
    return { outcome: "done" };
  }

  unpause(name: string, language: string): TemplateActionResult {
    if (this.actWith.outcome !== "done") return this.actWith;
    this.#change(name, language, { status: "APPROVED", obstacle: null });
    return { outcome: "done" };
  }

  #change(name: string, language: string, part: Partial<TemplateView>): void {
    const is = (one: TemplateView) => one.name === name && one.language === language;
    this.shelf.set(this.shelf.get().map((one) => (is(one) ? { ...one, ...part } : one)));
    this.core.emit({ templates: true });
  }

  #viewOf(draft: TemplateDraft): TemplateView {
    const before = this.shelf.get().find((one) => one.id === draft.edits);
    return {
      favourite: false,
      last_used_at: null,
      used_here_at: null,
      figures: { sent: 0, delivered: 0, read: 0, answered: 0, failed: 0 },
      moves_to: null,
      checked_at: null,
      known_since: Math.round(this.core.now()),
      kept: [],
      kept_at: null,
      ...before,
      name: draft.name,
      language: draft.language,
      id: before?.id ?? `${draft.name}-${draft.language}`,
      category: draft.category,
      status: "PENDING",
      quality: "UNKNOWN",
      obstacle: { reason: "in_review" },
      rejection: null,
      parts: partsOf(draft),
      slots: sampleSlots(draft).map(({ key, label, part }) => ({
        key,
        kind: /\bbutton:\d+$/u.test(part) ? "url_suffix" : "text",
        label,
        example: sampleOf(draft, key) || null,
        proposed: null,
        source: null,
        max: 1024,
      })),
    };
  }
}
