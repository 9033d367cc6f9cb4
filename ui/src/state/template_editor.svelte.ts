// One template being written. Every change is kept by the core a moment later and when one leaves; what stands
// against it is asked for after a pause; nothing is handed in that Meta is known to refuse.

import type { Backend } from "../backend/backend";
import type { DraftCard } from "../backend/generated/DraftCard";
import type { DraftButton } from "../backend/generated/DraftButton";
import type { SubmitResult } from "../backend/generated/SubmitResult";
import type { TemplateDraft } from "../backend/generated/TemplateDraft";
import type { TemplateFinding } from "../backend/generated/TemplateFinding";
import {
  cardsOfKind,
  insertCard,
  insertCardButton,
  orderCardButtons,
  orderCards,
  toShape,
  withCard,
  withCardButton,
  type Shape,
} from "../text/template_cards";
import {
  filesOf,
  headingAt,
  insertButton,
  reorder,
  withFile,
  withSample,
  type Place,
} from "../text/template_draft";
import { DraftHistory } from "./draft_history";
import { runner } from "./runner";

/** How long one stops typing before it is saved, and before it is checked. */
const SAVE_AFTER = 400;
const CHECK_AFTER = 350;

/** What is not there yet is no mistake while somebody writes. */
const LACKING = ["missing", "empty", "sample_missing", "card_shape"];

export type Saved = "untouched" | "changed" | "saved" | "failed";

export class TemplateEditor {
  draft = $state.raw<TemplateDraft>() as TemplateDraft;
  findings = $state.raw<TemplateFinding[]>([]);
  /** The findings are those of the draft as it stands. */
  checked = $state(false);
  saved = $state<Saved>("untouched");
  handingIn = $state(false);
  /** It was to be handed in: from now on what is lacking stands against it, too. */
  tried = $state(false);
  /** A sample file is on its way to the core. */
  attaching = $state.raw<{ place: Place; filename: string; size: number } | null>(null);
  /** The card somebody writes on, for the preview. */
  card = $state<number | null>(null);
  /** What came of handing in, while it is not taken and nothing was changed since. */
  result = $state.raw<SubmitResult | null>(null);
  canUndo = $state(false);
  canRedo = $state(false);

  #history = new DraftHistory();
  #saving: ReturnType<typeof setTimeout> | undefined;
  #checking: ReturnType<typeof setTimeout> | undefined;
  /** Bytes of samples that were put here, so that taking back their removal brings them back. */
  #files = new Map<string, { filename: string; type: string; bytes: ArrayBuffer }>();
  #revision = 0;
  #savedRevision = 0;
  #gone = false;
  #holding = false;

  constructor(
    private backend: Backend,
    draft: TemplateDraft,
    private report: (error: unknown) => void,
  ) {
    this.draft = draft;
    if (draft.id !== "") this.saved = "saved";
    void this.check();
  }

  /** Nothing was changed since it was opened. */
  get untouched(): boolean {
    return this.#revision === 0;
  }

  get refused(): TemplateFinding[] {
    return this.findings.filter(({ severity }) => severity === "refused");
  }

  get risky(): TemplateFinding[] {
    return this.findings.filter(({ severity }) => severity === "risky");
  }

  /** What is said while one writes. */
  get said(): TemplateFinding[] {
    return this.tried ? this.findings : this.findings.filter(({ rule }) => !LACKING.includes(rule));
  }

  /** So much is not there yet, and nobody has been told. */
  get lacking(): number {
    return this.findings.length - this.said.length;
  }

  of(part: string): TemplateFinding[] {
    return this.said.filter((finding) => finding.part === part);
  }

  /** `part`: letters typed into the same one are taken back together; empty: a step of its own. */
  change(part: string, patch: Partial<TemplateDraft>): void {
    this.#history.note(this.draft, part, performance.now());
    this.#put({ ...this.draft, ...patch });
  }

  sample(key: string, text: string): void {
    this.change(`sample ${key}`, { samples: withSample(this.draft, key, text) });
  }

  header(kind: string): void {
    const header = this.draft.header;
    if (kind === (header?.kind ?? "")) return;
    this.change("", { header: kind === "" ? null : { kind, text: header?.text ?? "", file: null } });
  }

  addButton(kind: string): void {
    this.change("", insertButton(this.draft, kind));
  }

  button(at: number, patch: Partial<DraftButton>): void {
    const buttons = this.draft.buttons.map((button, place) =>
      place === at ? { ...button, ...patch } : button,
    );
    this.change(`button ${at} ${Object.keys(patch).join()}`, { buttons });
  }

  removeButton(at: number): void {
    const order = this.draft.buttons.map((_, place) => place).filter((place) => place !== at);
    this.change("", reorder(this.draft, order));
  }

  moveButton(at: number, by: 1 | -1): void {
    const order = this.draft.buttons.map((_, place) => place);
    const [one] = order.splice(at, 1);
    order.splice(at + by, 0, one as number);
    this.change("", reorder(this.draft, order));
  }

  shape(shape: Shape): void {
    this.card = null;
    this.change("", toShape(this.draft, shape));
  }

  addCard(): void {
    this.change("", insertCard(this.draft));
    this.card = this.draft.cards.length - 1;
  }

  writeCard(at: number, patch: Partial<DraftCard>): void {
    this.change(`card ${at} ${Object.keys(patch).join()}`, withCard(this.draft, at, patch));
  }

  removeCard(at: number): void {
    const order = this.draft.cards.map((_, place) => place).filter((place) => place !== at);
    this.change("", orderCards(this.draft, order));
    this.card = null;
  }

  moveCard(at: number, by: 1 | -1): void {
    const order = this.draft.cards.map((_, place) => place);
    const [one] = order.splice(at, 1);
    order.splice(at + by, 0, one as number);
    this.change("", orderCards(this.draft, order));
    this.card = at + by;
  }

  /** Of every card. */
  cardsKind(kind: string): void {
    this.change("", cardsOfKind(this.draft, kind));
  }

  addCardButton(kind: string): void {
    this.change("", insertCardButton(this.draft, kind));
  }

  removeCardButton(at: number): void {
    const order = this.draft.cards[0]?.buttons.map((_, place) => place) ?? [];
    this.change(
      "",
      orderCardButtons(
        this.draft,
        order.filter((place) => place !== at),
      ),
    );
  }

  cardButton(card: number, at: number, patch: Partial<DraftButton>): void {
    const part = `card ${card} button ${at} ${Object.keys(patch).join()}`;
    this.change(part, withCardButton(this.draft, card, at, patch));
  }

  undo(): void {
    const before = this.#history.undo(this.draft);
    if (before) this.#goTo(before);
  }

  redo(): void {
    const after = this.#history.redo(this.draft);
    if (after) this.#goTo(after);
  }

  /** The sample file of a heading. */
  async attach(
    file: { name: string; type: string; size: number; arrayBuffer(): Promise<ArrayBuffer> },
    place: Place = "header",
  ): Promise<void> {
    if (this.attaching) return;
    this.attaching = { place, filename: file.name, size: file.size };
    try {
      const bytes = await file.arrayBuffer();
      await this.#keep(file.name, file.type, bytes, (kept) => {
        if (headingAt(this.draft, place)) this.change("", withFile(this.draft, place, kept));
      });
    } finally {
      this.attaching = null;
    }
  }

  removeFile(place: Place = "header"): void {
    if (headingAt(this.draft, place)) this.change("", withFile(this.draft, place, null));
  }

  async check(): Promise<void> {
    clearTimeout(this.#checking);
    const asked = this.#revision;
    const findings = await this.backend.checkTemplate(this.draft);
    if (asked !== this.#revision) return;
    this.findings = findings;
    this.checked = true;
  }

  /** Resolves when what was written is in the core's hands. */
  async flush(): Promise<void> {
    clearTimeout(this.#saving);
    if (this.#gone || this.#holding || this.#revision === this.#savedRevision) return;
    await this.#save();
  }

  /** Hands it in; where something stands against it, says so and sends nothing. */
  async handIn(): Promise<SubmitResult | null> {
    if (this.handingIn || this.attaching) return null;
    this.handingIn = true;
    this.tried = true;
    this.result = null;
    try {
      await this.check();
      if (this.refused.length > 0) return (this.result = { outcome: "findings", findings: this.findings });
      // A draft that was opened and handed in as it stands has to be in the core, too.
      if (this.draft.id === "") this.#revision++;
      await this.flush();
      const result = await this.backend.submitTemplate(this.draft.id);
      if (result.outcome === "findings") this.findings = result.findings;
      if (result.outcome === "handed_in") this.leaveBehind();
      else this.result = result;
      return result;
    } finally {
      this.handingIn = false;
    }
  }

  async discard(): Promise<void> {
    this.leaveBehind();
    if (this.draft.id !== "") await this.backend.discardTemplateDraft(this.draft.id);
  }

  /** The core has it no more: nothing is saved from here on. */
  leaveBehind(): void {
    this.#gone = true;
    clearTimeout(this.#saving);
    clearTimeout(this.#checking);
  }

  stop(): void {
    clearTimeout(this.#checking);
    void this.flush().catch((error) => this.report(error));
  }

  #put(draft: TemplateDraft): void {
    this.draft = draft;
    this.#revision++;
    this.saved = "changed";
    this.checked = false;
    this.result = null;
    this.canUndo = this.#history.canUndo;
    this.canRedo = this.#history.canRedo;
    clearTimeout(this.#saving);
    this.#saving = setTimeout(() => void this.flush().catch((error) => this.report(error)), SAVE_AFTER);
    clearTimeout(this.#checking);
    this.#checking = setTimeout(() => void this.check().catch((error) => this.report(error)), CHECK_AFTER);
  }

  /** The id belongs to the draft, whatever is taken back. Files that were thrown away are put there anew. */
  #goTo(draft: TemplateDraft): void {
    const there = filesOf(this.draft).map(({ file }) => file.id);
    const gone = filesOf(draft).filter(({ file }) => !there.includes(file.id));
    let whole = { ...draft, id: this.draft.id };
    for (const { place } of gone) whole = { ...whole, ...withFile(whole, place, null) };
    this.#put(whole);
    this.#bringBack(gone).catch((error) => this.report(error));
  }

  async #bringBack(gone: ReturnType<typeof filesOf>): Promise<void> {
    for (const { place, kind, file } of gone) {
      const known = this.#files.get(file.id);
      if (!known) continue;
      await this.#keep(known.filename, known.type, known.bytes, (kept) => {
        const heading = headingAt(this.draft, place);
        if (heading?.kind === kind && !heading.file)
          this.#put({ ...this.draft, ...withFile(this.draft, place, kept) });
      });
    }
  }

  /** Saved first, because a file belongs to a draft; saved again at once, because a file that no draft names goes. */
  async #keep(
    filename: string,
    type: string,
    bytes: ArrayBuffer,
    put: (file: Awaited<ReturnType<Backend["attachSample"]>>) => void,
  ): Promise<void> {
    if (this.draft.id === "") this.#revision++;
    await this.flush();
    // A save meanwhile would name no file yet, and the core would throw it away.
    this.#holding = true;
    let kept;
    try {
      kept = await this.backend.attachSample(this.draft.id, filename, type, bytes);
    } catch (error) {
      this.#holding = false;
      await this.flush();
      throw error;
    }
    this.#holding = false;
    this.#files.set(kept.id, { filename, type, bytes });
    put(kept);
    await this.flush();
  }

  #save = runner(async () => {
    if (this.#gone) return;
    const revision = this.#revision;
    try {
      const id = await this.backend.saveTemplateDraft(this.draft);
      if (this.draft.id === "") this.draft = { ...this.draft, id };
      this.#savedRevision = revision;
      if (revision === this.#revision) this.saved = "saved";
    } catch (error) {
      this.saved = "failed";
      throw error;
    }
  });
}
