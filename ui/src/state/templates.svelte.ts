// The templates that may be sent to one customer, with what is already known for their slots.

import type { Backend } from "../backend/backend";
import type { TemplateList } from "../backend/generated/TemplateList";
import type { TemplateView } from "../backend/generated/TemplateView";

export function templateKey(template: { name: string; language: string }): string {
  return `${template.name} ${template.language}`;
}

export class Templates {
  list = $state.raw<TemplateList | null>(null);
  syncing = $state(false);
  #threadId: number | null = null;

  constructor(private backend: Backend) {}

  async load(threadId: number): Promise<void> {
    if (this.#threadId !== threadId) this.list = null;
    this.#threadId = threadId;
    const list = await this.backend.templates(threadId);
    if (this.#threadId === threadId) this.list = list;
  }

  async reload(): Promise<void> {
    if (this.#threadId !== null) await this.load(this.#threadId);
  }

  async sync(): Promise<void> {
    this.syncing = true;
    try {
      await this.backend.syncTemplates();
      await this.reload();
    } finally {
      this.syncing = false;
    }
  }
}

/** Selectable first, then the staff's language, then by name; every typed word must occur somewhere. */
export function findTemplates(
  templates: readonly TemplateView[],
  typed: string,
  language: string,
): TemplateView[] {
  const spoken = language.split("-")[0] ?? language;
  const words = fold(typed).split(/\s+/u).filter(Boolean);
  return templates
    .filter((template) => {
      const hay = fold(
        `${template.name.replaceAll("_", " ")} ${template.name} ${template.language} ${template.parts.body}`,
      );
      return words.every((word) => hay.includes(word));
    })
    .sort(
      (a, b) =>
        Number(b.obstacle === null) - Number(a.obstacle === null) ||
        Number(b.language.startsWith(spoken)) - Number(a.language.startsWith(spoken)) ||
        a.name.localeCompare(b.name) ||
        a.language.localeCompare(b.language),
    );
}

function fold(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
