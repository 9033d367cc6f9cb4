// What Meta decides on templates that wait for it. A decision may come before any list has shown the template
// waiting: what was handed in from here is known by itself.

import type { TemplateDraft } from "../backend/generated/TemplateDraft";
import type { TemplateView } from "../backend/generated/TemplateView";

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
  const of = (header: { kind: string; text: string | null } | null, ...texts: string[]) =>
    JSON.stringify([header?.kind ?? "", header?.text ?? "", ...texts].map((text) => text.trim()));
  const theirs = of(parts.header, category, parts.body, parts.footer ?? "", ...parts.buttons.map(titled));
  const ours = of(draft.header, draft.category, draft.body, draft.footer, ...draft.buttons.map(titled));
  return theirs === ours;
}

/** WhatsApp itself writes on the button that copies a code. */
function titled({ kind, text }: { kind: string; text: string }): string {
  return kind === "copy_code" ? kind : `${kind} ${text}`;
}
