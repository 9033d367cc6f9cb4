// Templates of the made-up core: the list for one customer, its sync, and the rules of filling them in.

import type { AttachmentView } from "../generated/AttachmentView";
import type { Body } from "../generated/Body";
import type { GuardOverride } from "../generated/GuardOverride";
import type { SendResult } from "../generated/SendResult";
import type { SlotRefusal } from "../generated/SlotRefusal";
import type { SlotValue } from "../generated/SlotValue";
import type { SyncFailure } from "../generated/SyncFailure";
import type { TemplateButtonView } from "../generated/TemplateButtonView";
import type { TemplateChoice } from "../generated/TemplateChoice";
import type { TemplateHeaderView } from "../generated/TemplateHeaderView";
import type { TemplateList } from "../generated/TemplateList";
import type { TemplateSlot } from "../generated/TemplateSlot";
import type { TemplateView } from "../generated/TemplateView";
import { firstName } from "./first_name";
import type { FakeCore } from "./parts";
import { catalogue } from "./template_catalogue";
import { message, type Thread } from "./world";

const WEEK = 7 * 86_400_000;
const STEP_MS = 180;
const MB = 1024 * 1024;
const LARGEST: Record<string, number> = { image: 5 * MB, video: 16 * MB, document: 100 * MB };
const TAKEN: Record<string, RegExp> = {
  image: /^image\/(jpeg|png)$/u,
  video: /^video\/(mp4|3gpp)$/u,
  document: /^(?!image|video|audio)/u,
};
const FILES = ["image", "video", "document"];

let nextFile = 1;

export class FakeTemplates {
  all: TemplateView[];
  syncedAt: number | null;
  running: number | null = null;
  failed: SyncFailure | null = null;
  /** The next sync fails like this. */
  failWith: Omit<SyncFailure, "at"> | null = null;
  syncs = 0;
  /** What is filled in, by thread and template. */
  #kept = new Map<string, { kept: SlotValue[]; kept_at: number }>();
  #sent = new Map<string, { threadId: number; choice: TemplateChoice }>();

  constructor(private core: FakeCore) {
    this.all = catalogue(core.now());
    this.syncedAt = core.now() - 12_000;
  }

  list(threadId: number | null): TemplateList {
    const thread = threadId === null ? null : this.core.thread(threadId);
    const language = thread?.language || this.core.settingsView.language;
    const total = this.all.length;
    return {
      templates: thread ? this.all.map((view) => this.#for(thread, view)) : this.all,
      sync: {
        at: this.syncedAt,
        loaded: this.syncedAt === null ? 0 : total,
        total: this.syncedAt === null && this.running === null ? 0 : total,
        running: this.running,
        failed: this.failed,
      },
      proposal: thread ? this.#proposal(thread, language) : null,
      unanswered: thread ? this.#unanswered(thread) : null,
      language,
    };
  }

  /** Page by page, as Meta gives it. */
  async sync(): Promise<TemplateList> {
    if (this.running !== null) return this.list(null);
    this.syncs++;
    for (const part of [0, 0.3, 0.7, 1]) {
      this.running = Math.round(this.all.length * part);
      this.core.emit({ templates: true });
      await new Promise((done) => setTimeout(done, STEP_MS));
    }
    this.running = null;
    this.failed = this.failWith ? { ...this.failWith, at: this.core.now() } : null;
    if (!this.failed) this.syncedAt = this.core.now();
    this.core.emit({ templates: true });
    return this.list(null);
  }

  change(name: string, language: string, change: Partial<TemplateView>): void {
    this.all = this.all.map((view) =>
      view.name === name && view.language === language ? { ...view, ...change } : view,
    );
    this.core.emit({ templates: true });
  }

  keep(threadId: number, { name, language, values }: TemplateChoice): void {
    const key = keptUnder(threadId, name, language);
    if (values.length === 0) this.#kept.delete(key);
    else this.#kept.set(key, { kept: values, kept_at: this.core.now() });
    this.core.emit({ threads: [threadId] });
  }

  /** Its values are in the form again. */
  takeBack(outboxId: string): void {
    const sent = this.#sent.get(outboxId);
    if (sent) this.keep(sent.threadId, sent.choice);
  }

  attach(kind: string, filename: string, mime_type: string, bytes: ArrayBuffer): AttachmentView {
    const size = bytes.byteLength;
    const limit = LARGEST[kind] ?? MB;
    const refused =
      size === 0
        ? ({ reason: "empty" } as const)
        : !TAKEN[kind]?.test(mime_type)
          ? ({ reason: "kind", mime_type } as const)
          : size > limit
            ? ({ reason: "too_large", limit } as const)
            : null;
    const id = `template-file-${nextFile++}`;
    if (!refused) this.core.files.bytes.set(id, bytes);
    return { id, kind, filename, mime_type, size, refused };
  }

  /** What a customer would read, for the guard. */
  contentOf(choice: TemplateChoice): string {
    const filled = choice.values.every(({ text }) => text.trim() !== "");
    return filled ? [choice.name, ...choice.values.map(({ text }) => text)].join(" ") : "";
  }

  send(thread: Thread, choice: TemplateChoice, insisted: GuardOverride | null = null): SendResult {
    const view = this.all.find((one) => one.name === choice.name && one.language === choice.language);
    if (!view) return { kind: "refused", reasons: [{ reason: "template_unknown" }] };
    if (view.obstacle)
      return { kind: "refused", reasons: [{ reason: "template_obstacle", obstacle: view.obstacle }] };
    const reasons = this.core.ledger.refusesTemplate(thread, view.category);
    if (reasons.length > 0) return { kind: "refused", reasons };
    const values = Object.fromEntries(choice.values.map(({ key, text }) => [key, text]));
    const slots = view.slots.flatMap((slot) => this.#refused(slot, values[slot.key] ?? ""));
    if (slots.length > 0) return { kind: "refused", reasons: [{ reason: "template_values", slots }] };
    const word = this.core.watch.weigh(thread, this.contentOf(choice), insisted);
    if (word.held) return word.held;
    view.last_used_at = this.core.now();
    this.#kept.delete(keptUnder(thread.id, view.name, view.language));
    const row = message(this.core.now(), "out", sentBody(view, values));
    const result = word.left(this.core.queue(thread, row, 0, word.undoMs));
    if (result.kind === "queued") this.#sent.set(result.outbox_id, { threadId: thread.id, choice });
    return result;
  }

  #refused({ key, kind }: TemplateSlot, value: string): SlotRefusal[] {
    if (value.trim() === "") return [{ key, why: { fault: "empty" } }];
    if (FILES.includes(kind) && !this.core.files.bytes.has(value))
      return [{ key, why: { fault: "file_gone" } }];
    if (/[\r\n]/u.test(value)) return [{ key, why: { fault: "line_break" } }];
    return [];
  }

  #for(thread: Thread, view: TemplateView): TemplateView {
    const named = thread.name.text !== thread.name.phone && !thread.name.text.startsWith("@");
    const first = named ? firstName(thread.name.text) : null;
    const propose = (slot: TemplateSlot): TemplateSlot => {
      if (["body:1", "body:first_name"].includes(slot.key) && first !== null && takesName(view))
        return { ...slot, proposed: first, source: "customer" };
      if (slot.key === "header:1") return { ...slot, proposed: "Backstube am Markt", source: "shop" };
      if (slot.key === "body:time") return { ...slot, proposed: "14:30", source: "last_time" };
      return slot;
    };
    const kept = this.#kept.get(keptUnder(thread.id, view.name, view.language));
    const [refused] = this.core.ledger.refusesTemplate(thread, view.category);
    const consent = refused?.reason === "opted_out" || refused?.reason === "no_opt_in" ? refused : null;
    return { ...view, obstacle: view.obstacle ?? consent, slots: view.slots.map(propose), ...kept };
  }

  #proposal(thread: Thread, language: string): TemplateList["proposal"] {
    if (this.core.windowOf(thread).state !== "closed") return null;
    const able = this.all.filter((view) => view.name === "reopen_question" && !view.obstacle);
    const code = language.replace("-", "_");
    const view = able.find((one) => one.language === code) ?? able[0];
    if (!view) return null;
    const { answered, sent } = view.figures;
    const why: NonNullable<TemplateList["proposal"]>["why"] = [{ reason: "answered", answered, sent }];
    if (view.language === code) why.push({ reason: "language" });
    why.push({ reason: "category" });
    return { name: view.name, language: view.language, why };
  }

  #unanswered(thread: Thread): TemplateList["unanswered"] {
    const from = Math.max(thread.lastInbound ?? 0, this.core.now() - WEEK);
    const asked = thread.messages.filter(
      (row) => row.direction === "out" && row.body.kind === "template" && row.at > from,
    );
    const left = asked.filter((row) => !["queued", "failed"].includes(row.delivery?.state ?? ""));
    const last = left.at(-1);
    return last ? { count: left.length, last_at: last.at } : null;
  }
}

function keptUnder(threadId: number, name: string, language: string): string {
  return `${threadId} ${name} ${language}`;
}

/** `{{1}}` is a name only where somebody is addressed. */
function takesName({ parts }: TemplateView): boolean {
  return /(Hello|Guten Tag|Olá|uns,|us,|bread|Advent,|helfen,|only,|back,|مرحبًا)[^.]*\{\{(1|first_name)\}\}/u.test(
    parts.body,
  );
}

export function sentBody(view: TemplateView, values: Record<string, string>): Body {
  const fill = (part: string, text: string) =>
    text.replace(/\{\{(\w+)\}\}/gu, (whole, label: string) => values[`${part}:${label}`] ?? whole);
  const kindOf = (header: TemplateHeaderView | null) =>
    header && header.kind !== "text" ? header.kind : null;
  const titles = (buttons: readonly TemplateButtonView[]) => buttons.map((button) => button.text);
  const { parts } = view;
  return {
    kind: "template",
    name: view.name,
    text: fill("body", parts.body),
    header: parts.header?.text ? fill("header", parts.header.text) : null,
    footer: parts.footer,
    buttons: titles(parts.buttons),
    header_kind: kindOf(parts.header),
    cards: parts.cards.map((card, at) => ({
      header_kind: kindOf(card.header) ?? "image",
      text: fill(`card:${at}:body`, card.body),
      buttons: titles(card.buttons),
    })),
    offer: parts.offer?.text ?? null,
  };
}
