// The templates that may be sent to one customer: what the picker searches, and how fresh the list is.

import type { Backend } from "../backend/backend";
import type { TemplateList } from "../backend/generated/TemplateList";
import type { TemplateView } from "../backend/generated/TemplateView";
import { languageIn } from "../text/languages";
import { TemplateIndex } from "../text/template_search";
import { templateCategory } from "../wording/template";
import { locale } from "./locale.svelte";
import { TemplateForms, templateKey } from "./template_form.svelte";

export { templateKey };

/** A list older than this is asked for anew when the picker opens. */
const STALE = 10 * 60_000;

export class Templates {
  list = $state.raw<TemplateList | null>(null);
  syncing = $state(false);
  readonly forms: TemplateForms;
  /** The name that the picker is asked to open, in whatever language suits. */
  choosing = $state<string | null>(null);
  #threadId: number | null = null;
  #asked = 0;

  /** Made once for a list and a language, not for each letter that is typed. */
  index = $derived.by(() => {
    const language = locale.formats;
    return new TemplateIndex(
      this.list?.templates ?? [],
      (view) => `${templateCategory(view.category)} ${languageIn(view.language, language)} ${view.language}`,
    );
  });

  constructor(private backend: Backend) {
    this.forms = new TemplateForms(backend);
  }

  async load(threadId: number): Promise<void> {
    if (this.#threadId !== threadId) this.list = null;
    this.#threadId = threadId;
    const asked = ++this.#asked;
    const list = await this.backend.templates(threadId);
    if (asked === this.#asked) this.list = list;
  }

  async reload(): Promise<void> {
    if (this.#threadId !== null) await this.load(this.#threadId);
  }

  async sync(): Promise<void> {
    if (this.syncing) return;
    this.syncing = true;
    try {
      await this.backend.syncTemplates();
      await this.reload();
    } finally {
      this.syncing = false;
    }
  }

  /** The picker opens: what it shows is to be no older than ten minutes. */
  async freshen(now: number): Promise<void> {
    const sync = this.list?.sync;
    if (!sync || sync.running !== null || (sync.at !== null && now - sync.at < STALE)) return;
    await this.sync();
  }

  async favour(template: TemplateView): Promise<void> {
    const on = !template.favourite;
    this.#mark(template, on);
    try {
      await this.backend.favouriteTemplate(template.name, template.language, on);
    } catch (error) {
      this.#mark(template, !on);
      throw error;
    }
  }

  find(name: string, language: string): TemplateView | null {
    return this.list?.templates.find((one) => one.name === name && one.language === language) ?? null;
  }

  #mark(template: TemplateView, favourite: boolean): void {
    if (!this.list) return;
    const key = templateKey(template);
    const templates = this.list.templates.map((one) =>
      templateKey(one) === key ? { ...one, favourite } : one,
    );
    this.list = { ...this.list, templates };
  }
}
