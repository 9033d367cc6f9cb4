// What has been filled into a template for one customer. Kept while one looks elsewhere: at another template,
// another thread, the text field, and by the core beyond the end of the window. Gone when it was sent, and back when
// that was taken back or refused.

import type { Backend } from "../backend/backend";
import type { SlotFault } from "../backend/generated/SlotFault";
import type { SlotRefusal } from "../backend/generated/SlotRefusal";
import type { SlotValue } from "../backend/generated/SlotValue";
import type { TemplateChoice } from "../backend/generated/TemplateChoice";
import type { TemplateSlot } from "../backend/generated/TemplateSlot";
import type { TemplateView } from "../backend/generated/TemplateView";
import { fileFault, type FileFault, type FileSlotKind } from "../text/template_file";
import { isFileKind } from "../text/slots";
import { KeptValues, type KeepsValues } from "./kept_values";

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
  typed: Record<string, string>;
  files = $state.raw<Record<string, FilledFile>>({});
  /** The warning about unanswered templates was under somebody's eyes. */
  warned = $state(false);
  /** What the core had against values when they were to be sent. */
  #refused = $state.raw<Record<string, { value: string; why: SlotFault }>>({});

  constructor(
    private backend: Pick<Backend, "attachForTemplate" | "attachment">,
    readonly threadId: number,
    kept: readonly SlotValue[] = [],
    private keep: (form: TemplateForm) => void = () => undefined,
  ) {
    this.typed = $state(Object.fromEntries(kept.map(({ key, text }) => [key, text])));
  }

  type(key: string, text: string): void {
    this.typed[key] = text;
    this.save();
  }

  save(): void {
    this.keep(this);
  }

  refuse(slots: readonly SlotRefusal[], values: Readonly<Record<string, string>>): void {
    this.#refused = Object.fromEntries(slots.map(({ key, why }) => [key, { value: values[key] ?? "", why }]));
  }

  /** Holds as long as the value is the one that was refused. */
  refusal(key: string, value: string): SlotFault | null {
    const refused = this.#refused[key];
    return refused?.value === value ? refused.why : null;
  }

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
      if (!refused) this.type(key, view.id);
      end({ fault: refused ? toFault(refused, kind) : null });
    } catch (error) {
      end({ fault: { fault: "failed" } });
      throw error;
    }
  }

  /** A file that the core proposes or has kept, to look at: it is there already and needs no second way up. */
  async recall(slot: TemplateSlot): Promise<void> {
    const { key, kind } = slot;
    const id = this.value(slot);
    if (!isFileKind(kind) || id === "" || this.files[key]) return;
    const wanted = () => !this.files[key] && this.value(slot) === id;
    const show = (part: Pick<FilledFile, "size" | "url" | "fault">) => {
      this.files = { ...this.files, [key]: { filename: "", kind, arriving: false, ...part } };
    };
    const bytes = await this.backend.attachment(id).catch(() => null);
    if (!wanted()) return;
    if (bytes && bytes.byteLength > 0) {
      show({ size: bytes.byteLength, url: URL.createObjectURL(new Blob([bytes])), fault: null });
      return;
    }
    // Somebody has to choose one again, and is told why.
    this.typed[key] = "";
    show({ size: 0, url: "", fault: { fault: "gone" } });
  }

  /** Nothing stands there, not even what was proposed. */
  drop(key: string): void {
    const old = this.files[key];
    if (old) URL.revokeObjectURL(old.url);
    this.files = without(this.files, key);
    this.type(key, "");
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

/** Values from before, where the core keeps them. */
type WithKept = TemplateView & { kept?: readonly SlotValue[] };
const NONE: readonly SlotValue[] = [];
const keptIn = (template: WithKept) => template.kept ?? NONE;

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
  #kept: KeptValues;
  /** Kept values that have left by now, in a list from before. */
  #spent = new WeakSet<readonly SlotValue[]>();

  constructor(private backend: Pick<Backend, "attachForTemplate" | "attachment"> & KeepsValues) {
    this.#kept = new KeptValues(backend);
  }

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
    const form = this.#forms.get(key);
    const kept = keptIn(template);
    return form ?? this.#make(threadId, template, this.#spent.has(kept) ? NONE : kept);
  }

  /** Resolves when what was typed is saved. */
  flush(): Promise<void> {
    return this.#kept.flush();
  }

  /** It is about to leave: from here on nothing of it is saved. */
  leaving(threadId: number, template: { name: string; language: string }): Promise<void> {
    return this.#kept.forget(threadId, template);
  }

  /** Somebody has filled something in already. */
  begun(threadId: number, template: { name: string; language: string }): boolean {
    const form = this.#forms.get(`${threadId} ${templateKey(template)}`);
    return form !== undefined && Object.values(form.typed).some((text) => text !== "");
  }

  /** It left: the next time one begins anew. */
  sent(outboxId: string, threadId: number, choice: TemplateChoice, template: TemplateView): void {
    const key = templateKey(choice);
    if (keptIn(template) !== NONE) this.#spent.add(keptIn(template));
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

  /** As it was sent once, known by the message itself. */
  fill(threadId: number, choice: TemplateChoice): void {
    const form = this.#make(threadId, choice, choice.values);
    form.save();
    this.choose(threadId, choice);
  }

  /** Its form with the old values, where it is remembered; `null` where it is not. */
  bringBack(outboxId: string): { threadId: number } | null {
    const sent = this.#sent.get(outboxId);
    if (!sent) return null;
    this.#forms.set(`${sent.threadId} ${sent.key}`, sent.form);
    sent.form.save();
    this.#chosen = { ...this.#chosen, [sent.threadId]: sent.key };
    return sent;
  }

  #make(
    threadId: number,
    template: { name: string; language: string },
    kept: readonly SlotValue[],
  ): TemplateForm {
    const { name, language } = template;
    const form = new TemplateForm(this.backend, threadId, kept, ({ typed }) => {
      const values = Object.entries(typed).map(([key, text]) => ({ key, text }));
      this.#kept.set(threadId, { name, language, values });
    });
    this.#forms.set(`${threadId} ${templateKey(template)}`, form);
    return form;
  }
}
