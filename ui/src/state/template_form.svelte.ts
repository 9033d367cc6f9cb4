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
    private backend: Pick<Backend, "attachForTemplate" | "attachment">,
    readonly threadId: number,
  ) {}

  value(slot: TemplateSlot): string {
    if (this.files[slot.key]?.fault) return "";
    return this.typed[slot.key] ?? slot.proposed ?? "";
  }

  values(slots: readonly TemplateSlot[]): Record<string, string> {
    return Object.fromEntries(slots.map((slot) => [slot.key, this.value(slot)]));
  }

  /** Still what the core proposed. */
  untouched(slot: TemplateSlot): boolean {
    return slot.proposed !== null && this.typed[slot.key] === undefined;
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

  /** The file that the core proposes, to look at: it is there already and needs no second way up. */
  async recall(slot: TemplateSlot): Promise<void> {
    const { key, kind, proposed } = slot;
    if (!isFileKind(kind) || proposed === null || !this.untouched(slot) || this.files[key]) return;
    try {
      const bytes = await this.backend.attachment(proposed);
      if (!this.untouched(slot) || this.files[key]) return;
      if (bytes.byteLength === 0) {
        this.typed[key] = "";
        return;
      }
      const url = URL.createObjectURL(new Blob([bytes]));
      const size = bytes.byteLength;
      this.files = { ...this.files, [key]: { filename: "", kind, size, url, arriving: false, fault: null } };
    } catch {
      // It is gone from here: somebody has to choose one again.
      if (this.untouched(slot)) this.typed[key] = "";
    }
  }

  /** Nothing stands there, not even what was proposed. */
  drop(key: string): void {
    const old = this.files[key];
    if (old) URL.revokeObjectURL(old.url);
    this.files = without(this.files, key);
    this.typed[key] = "";
  }
}

function without<T>(all: Readonly<Record<string, T>>, key: string): Record<string, T> {
  return Object.fromEntries(Object.entries(all).filter(([one]) => one !== key));
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

  constructor(private backend: Pick<Backend, "attachForTemplate" | "attachment">) {}

  chosen(threadId: number): string | null {
    return this.#chosen[threadId] ?? null;
  }

  choose(threadId: number, template: { name: string; language: string } | null): void {
    this.#chosen = template
      ? { ...this.#chosen, [threadId]: templateKey(template) }
      : without(this.#chosen, String(threadId));
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
    return form !== undefined && Object.values(form.typed).some((text) => text !== "");
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
