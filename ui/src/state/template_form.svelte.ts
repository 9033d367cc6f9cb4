// What has been filled into a template for one customer. Kept while one looks elsewhere: at another template,
// another thread, the text field. Gone when it was sent, and back when that was taken back or refused.

import type { Backend } from "../backend/backend";
import type { TemplateChoice } from "../backend/generated/TemplateChoice";
import type { TemplateSlot } from "../backend/generated/TemplateSlot";
import type { TemplateView } from "../backend/generated/TemplateView";
import { fileFault, type FileFault, type FileSlotKind } from "../text/template_file";
import { isFileKind } from "../text/slots";

export interface FilledFile {
  filename: string;
  kind: FileSlotKind;
  size: number;
  /** To show it; alive as long as the form is. */
  url: string;
  arriving: boolean;
  fault: FileFault | null;
}

export class TemplateForm {
  /** By slot key; a slot that nobody touched has what the core proposes. */
  typed = $state<Record<string, string>>({});
  files = $state.raw<Record<string, FilledFile>>({});
  /** The warning about unanswered templates was under somebody's eyes. */
  warned = $state(false);

  constructor(
    private backend: Pick<Backend, "attachForTemplate">,
    readonly threadId: number,
  ) {}

  value(slot: TemplateSlot): string {
    const typed = this.typed[slot.key];
    if (isFileKind(slot.kind)) return this.files[slot.key]?.fault ? "" : (typed ?? "");
    return typed ?? slot.proposed ?? "";
  }

  values(slots: readonly TemplateSlot[]): Record<string, string> {
    return Object.fromEntries(slots.map((slot) => [slot.key, this.value(slot)]));
  }

  /** Still what the core proposed. */
  untouched(slot: TemplateSlot): boolean {
    return slot.proposed !== null && this.typed[slot.key] === undefined && !isFileKind(slot.kind);
  }

  /** Hands a file to the core; the slot's value is its id there. */
  async take(key: string, kind: FileSlotKind, file: File): Promise<void> {
    this.drop(key);
    const fault = fileFault(kind, file);
    const shown: FilledFile = {
      filename: file.name,
      kind,
      size: file.size,
      url: URL.createObjectURL(file),
      arriving: fault === null,
      fault,
    };
    this.files = { ...this.files, [key]: shown };
    if (fault) return;
    const end = (change: Partial<FilledFile>) => {
      // Another file stands there by now.
      if (this.files[key] === shown)
        this.files = { ...this.files, [key]: { ...shown, arriving: false, ...change } };
    };
    try {
      const bytes = await file.arrayBuffer();
      const view = await this.backend.attachForTemplate(this.threadId, kind, file.name, file.type, bytes);
      if (this.files[key] !== shown) return;
      const { refused } = view;
      if (!refused) this.typed[key] = view.id;
      end({ fault: refused ? toFault(refused, kind) : null });
    } catch (error) {
      end({ fault: { fault: "failed" } });
      throw error;
    }
  }

  drop(key: string): void {
    const old = this.files[key];
    if (old) URL.revokeObjectURL(old.url);
    const { [key]: _gone, ...rest } = this.files;
    this.files = rest;
    delete this.typed[key];
  }
}

function toFault(
  refused: NonNullable<Awaited<ReturnType<Backend["attachForTemplate"]>>["refused"]>,
  kind: FileSlotKind,
): FileFault {
  if (refused.reason === "too_large") return { fault: "large", limit: refused.limit };
  return refused.reason === "empty" ? { fault: "empty" } : { fault: "kind", kind };
}

interface Sent {
  threadId: number;
  key: string;
  form: TemplateForm;
}

export function templateKey(template: { name: string; language: string }): string {
  return `${template.name} ${template.language}`;
}

/** So many sendings can still be taken back or looked at again. */
const REMEMBERED = 30;

export class TemplateForms {
  /** By thread: what is being filled in. */
  #chosen = $state.raw<Record<number, string>>({});
  #forms = new Map<string, TemplateForm>();
  #sent = new Map<string, Sent>();

  constructor(private backend: Pick<Backend, "attachForTemplate">) {}

  chosen(threadId: number): string | null {
    return this.#chosen[threadId] ?? null;
  }

  choose(threadId: number, template: { name: string; language: string } | null): void {
    const { [threadId]: _old, ...rest } = this.#chosen;
    this.#chosen = template ? { ...rest, [threadId]: templateKey(template) } : rest;
  }

  of(threadId: number, template: TemplateView): TemplateForm {
    const key = `${threadId} ${templateKey(template)}`;
    let form = this.#forms.get(key);
    if (!form) this.#forms.set(key, (form = new TemplateForm(this.backend, threadId)));
    return form;
  }

  /** Somebody has filled something in already. */
  begun(threadId: number, template: { name: string; language: string }): boolean {
    const form = this.#forms.get(`${threadId} ${templateKey(template)}`);
    return form !== undefined && Object.keys(form.typed).length > 0;
  }

  /** It left: the next time one begins anew. */
  sent(outboxId: string, threadId: number, choice: TemplateChoice): void {
    const key = templateKey(choice);
    const form = this.#forms.get(`${threadId} ${key}`);
    this.#forms.delete(`${threadId} ${key}`);
    this.choose(threadId, null);
    if (!form) return;
    // What was proposed then may be something else by now.
    for (const { key: slot, text } of choice.values) form.typed[slot] = text;
    form.warned = false;
    this.#sent.set(outboxId, { threadId, key, form });
    if (this.#sent.size > REMEMBERED) this.#sent.delete(this.#sent.keys().next().value ?? "");
  }

  /** Its form with the old values, where it is remembered; `null` where it is not. */
  bringBack(outboxId: string): { threadId: number } | null {
    const sent = this.#sent.get(outboxId);
    if (!sent) return null;
    this.#forms.set(`${sent.threadId} ${sent.key}`, sent.form);
    this.#chosen = { ...this.#chosen, [sent.threadId]: sent.key };
    return sent;
  }
}
