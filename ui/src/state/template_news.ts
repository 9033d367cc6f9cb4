// What Meta decides on templates that wait for it. A decision may come before any list has shown the template
// waiting: what was handed in from here is known by itself.

import type { TemplateDraft } from "../backend/generated/TemplateDraft";
import type { TemplateParts } from "../backend/generated/TemplateParts";
import type { TemplateView } from "../backend/generated/TemplateView";
import { partsOf } from "../text/template_draft";

export interface News {
  kind: "approved" | "rejected";
  template: TemplateView;
}

interface Change {
  draft: TemplateDraft;
  /** What the template was in when the change was handed in. */
  status: string;
}

const key = ({ name, language }: { name: string; language: string }) => `${name} ${language}`;
const WAITING = ["PENDING", "IN_APPEAL"];
const DECIDED: Record<string, News["kind"]> = { APPROVED: "approved", REJECTED: "rejected" };

export class TemplateNews {
  #known = new Map<string, string>();
  #changes = new Map<string, Change>();

  /** `original`: the template that the draft changes, as the last list had it. */
  handedIn(draft: TemplateDraft, status: string, original: TemplateView | null): void {
    if (draft.edits === null) this.#known.set(key(draft), status);
    // One that says what it said before tells nothing by what it says.
    else if (original && !saysTheSame(original, draft))
      this.#changes.set(key(draft), { draft, status: original.status });
  }

  /** A new list: what was decided since the last one. */
  hear(templates: readonly TemplateView[]): News[] {
    return templates.flatMap((template) => {
      const { status } = template;
      const waited = WAITING.includes(this.#known.get(key(template)) ?? "");
      this.#known.set(key(template), status);
      const change = this.#changes.get(key(template));
      const changed = change && (status !== change.status || saysTheSame(template, change.draft));
      if (!waited && !changed) return [];
      this.#changes.delete(key(template));
      const kind = DECIDED[status];
      return kind ? [{ kind, template }] : [];
    });
  }
}

function saysTheSame({ parts, category }: TemplateView, draft: TemplateDraft): boolean {
  return said(parts, category) === said(partsOf(draft), draft.category);
}

function said({ header, body, footer, buttons, cards, offer }: TemplateParts, category: string): string {
  const heading = (one: typeof header) => [one?.kind ?? "", one?.text ?? ""];
  const texts = [
    ...heading(header),
    category,
    offer?.text ?? "",
    body,
    footer ?? "",
    ...buttons.map(titled),
    ...cards.flatMap((card) => [...heading(card.header), card.body, ...card.buttons.map(titled)]),
  ];
  return JSON.stringify(texts.map((text) => text.trim()));
}

/** WhatsApp itself writes on the buttons that copy a code or ask for contact details. */
function titled({ kind, text }: { kind: string; text: string }): string {
  return ["copy_code", "request_contact_info"].includes(kind) ? kind : `${kind} ${text}`;
}
