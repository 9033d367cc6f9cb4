// The shop's templates as a whole: which of them need a look, the drafts, and what is being written. It lies beside
// the inbox and is told of changes even while nobody looks, so that an approval is heard of.

import type { Backend } from "../backend/backend";
import type { SubmitResult } from "../backend/generated/SubmitResult";
import type { TemplateActionResult } from "../backend/generated/TemplateActionResult";
import type { TemplateDraft } from "../backend/generated/TemplateDraft";
import type { TemplateExample } from "../backend/generated/TemplateExample";
import type { TemplateList } from "../backend/generated/TemplateList";
import type { TemplateView } from "../backend/generated/TemplateView";
import { emptyDraft } from "../text/template_draft";
import { runner } from "./runner";
import { TemplateEditor } from "./template_editor.svelte";
import { TemplateNews, type News } from "./template_news";
import type { Filter, SortBy } from "./template_order";
import { throttled } from "./throttle";

/** While one writes, every pause changes a draft: the list behind follows no faster than this. */
const FOLLOW = 1000;

export interface HandedIn {
  name: string;
  language: string;
  asked: string;
  status: string;
  category: string;
}

const key = ({ name, language }: { name: string; language: string }) => `${name} ${language}`;

export class TemplateReview {
  open = $state(false);
  place = $state<"list" | "examples" | "editor">("list");
  list = $state.raw<TemplateList | null>(null);
  drafts = $state.raw<TemplateDraft[]>([]);
  examples = $state.raw<TemplateExample[] | null>(null);
  editor = $state.raw<TemplateEditor | null>(null);
  filter = $state<Filter>("all");
  sort = $state<SortBy>("name");
  typed = $state("");
  syncing = $state(false);
  /** The last one that was handed in, until it is put away. */
  handedIn = $state.raw<HandedIn | null>(null);

  #news = new TemplateNews();
  /** Its draft was made by opening an existing template. */
  #onlyOpened: TemplateEditor | null = null;
  #follow = throttled(() => this.guard(this.reload()), FOLLOW);

  constructor(
    private backend: Backend,
    private context: {
      language(): string;
      tell(news: News): void;
      report(error: unknown): void;
    },
  ) {}

  guard(work: Promise<unknown>): void {
    work.catch((error) => this.context.report(error));
  }

  changed(): void {
    this.#follow.call();
  }

  stop(): void {
    this.#follow.stop();
    this.editor?.stop();
  }

  show(place: "list" | "examples" = "list"): void {
    this.open = true;
    if (this.place !== "editor") this.place = place;
    this.guard(this.reload());
  }

  /** Back to the inbox. What is being written stays as it stands. */
  leave(): void {
    this.open = false;
    if (this.editor) this.guard(this.editor.flush());
  }

  reload = runner(async () => {
    const [list, drafts] = await Promise.all([this.backend.templates(null), this.backend.templateDrafts()]);
    const editor = this.editor;
    const original = editor && this.original(editor.draft);
    this.list = list;
    this.drafts = drafts;
    // It was not certain whether Meta had it; the new list says that it has, and the core has put the draft away.
    if (editor?.result?.outcome === "doubtful" && !drafts.some(({ id }) => id === editor.draft.id)) {
      editor.leaveBehind();
      const { category } = editor.draft;
      this.#handedIn(editor.draft, { outcome: "handed_in", status: "PENDING", category }, original);
    }
    this.#hear(list.templates);
  });

  async sync(): Promise<void> {
    this.syncing = true;
    try {
      await this.backend.syncTemplates();
      await this.reload();
    } finally {
      this.syncing = false;
    }
  }

  /** The template that a draft edits. */
  original(draft: TemplateDraft): TemplateView | null {
    if (draft.edits === null) return null;
    return this.list?.templates.find(({ id }) => id === draft.edits) ?? null;
  }

  write(draft?: TemplateDraft): void {
    this.editor?.stop();
    this.handedIn = null;
    const report = (error: unknown) => this.context.report(error);
    const fresh = emptyDraft(this.context.language().replace("-", "_"));
    this.editor = new TemplateEditor(this.backend, draft ?? fresh, report);
    this.place = "editor";
    this.open = true;
  }

  async edit(template: TemplateView): Promise<void> {
    const known = this.drafts.some(({ edits }) => edits === template.id);
    this.write(await this.backend.editTemplate(template.name, template.language));
    this.#onlyOpened = known ? null : this.editor;
  }

  async translate({ name, language }: TemplateView, into: string): Promise<void> {
    this.write(await this.backend.translateTemplate(name, language, into));
  }

  /** From the editor or the examples to the list. */
  async back(): Promise<void> {
    const editor = this.editor;
    this.place = "list";
    this.editor = null;
    editor?.stop();
    // A look at a template leaves no draft behind.
    if (editor && editor === this.#onlyOpened && editor.untouched) await editor.discard();
    else await editor?.flush();
    await this.reload();
  }

  async discard(draft: TemplateDraft): Promise<void> {
    if (this.editor?.draft.id === draft.id) {
      await this.editor.discard();
      await this.back();
    } else {
      await this.backend.discardTemplateDraft(draft.id);
      await this.reload();
    }
  }

  async handIn(): Promise<SubmitResult | null> {
    const editor = this.editor;
    if (!editor) return null;
    const original = this.original(editor.draft);
    const result = await editor.handIn();
    if (result?.outcome === "handed_in") {
      this.#handedIn(editor.draft, result, original);
      await this.reload();
      // Only Meta's list has it as it is there now.
      this.guard(this.sync());
    }
    return result;
  }

  async showExamples(): Promise<void> {
    this.place = "examples";
    this.examples ??= await this.backend.templateExamples(this.context.language());
  }

  /** The interface speaks another language now. */
  async examplesIn(language: string): Promise<void> {
    this.examples = await this.backend.templateExamples(language);
  }

  async favourite(template: TemplateView, on: boolean): Promise<void> {
    this.#patch(template, { favourite: on });
    await this.backend.favouriteTemplate(template.name, template.language, on);
  }

  async checked(template: TemplateView, now: number): Promise<void> {
    this.#patch(template, { checked_at: now });
    await this.backend.templateChecked(template.name, template.language);
  }

  async remove(template: TemplateView, all: boolean): Promise<TemplateActionResult> {
    const result = await this.backend.deleteTemplate(template.name, all ? null : template.language);
    await this.reload();
    return result;
  }

  async unpause(template: TemplateView): Promise<TemplateActionResult> {
    const result = await this.backend.unpauseTemplate(template.name, template.language);
    await this.reload();
    return result;
  }

  #handedIn(
    draft: TemplateDraft,
    result: Extract<SubmitResult, { outcome: "handed_in" }>,
    original: TemplateView | null,
  ): void {
    this.handedIn = {
      name: draft.name,
      language: draft.language,
      asked: draft.category,
      status: result.status,
      category: result.category,
    };
    this.#news.handedIn(draft, result.status, original);
    this.editor = null;
    this.place = "list";
  }

  /** Shown before the core has said so. */
  #patch(template: TemplateView, part: Partial<TemplateView>): void {
    const list = this.list;
    if (!list) return;
    const templates = list.templates.map((one) => (key(one) === key(template) ? { ...one, ...part } : one));
    this.list = { ...list, templates };
  }

  #hear(templates: readonly TemplateView[]): void {
    for (const news of this.#news.hear(templates)) {
      const last = this.handedIn;
      if (last && key(last) === key(news.template)) this.handedIn = { ...last, status: news.template.status };
      this.context.tell(news);
    }
  }
}
