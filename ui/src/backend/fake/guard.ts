// The guard of the made-up core: counts who got the same words without having asked, warns from the threshold on,
// lets a warning be overridden with a reason, and keeps what became of it.

import type { AuditCursor } from "../generated/AuditCursor";
import type { AuditEntry } from "../generated/AuditEntry";
import type { AuditFigures } from "../generated/AuditFigures";
import type { AuditPage } from "../generated/AuditPage";
import type { AuditQuery } from "../generated/AuditQuery";
import type { ContentFinding } from "../generated/ContentFinding";
import type { GuardOverride } from "../generated/GuardOverride";
import type { GuardReason } from "../generated/GuardReason";
import type { GuardSetting } from "../generated/GuardSetting";
import type { GuardVerdict } from "../generated/GuardVerdict";
import type { SendResult } from "../generated/SendResult";
import type { ContentKind } from "../generated/ContentKind";
import { STARTER, USUAL } from "./guard_lists";
import type { FakeCore } from "./parts";
import { DAY, HOUR, type Thread } from "./world";

/** After an override there is twice the time to take it back. */
const LONGER_UNDO = 10_000;
const NOTHING: Omit<GuardVerdict, "threshold"> = {
  id: "",
  level: "allow",
  reasons: [],
  interrupt: false,
  people: 0,
  weight: 0,
  findings: [],
};

interface Left {
  at: number;
  threadId: number;
  content: string;
}

/** What the guard says to a send: it is held, or it goes, perhaps with more time to take it back. */
export type Word =
  | { held: SendResult; left?: undefined }
  | { held?: undefined; undoMs: number; left(result: SendResult): SendResult };

export class FakeGuard {
  settings: GuardSetting[] = USUAL.map((one) => ({ ...one }));
  lists = STARTER.map((one) => ({ ...one }));
  /** The newest first. */
  entries: AuditEntry[] = [];
  /** Every send is held back with these. */
  blockWith: GuardReason[] | null = null;
  /** So many others are taken to have got everything already that somebody writes. */
  before = 0;
  #left: Left[] = [];
  #warned = new Map<string, { threadId: number; content: string; at: number }>();
  /** Which entry of the log a message belongs to, by its outbox id. */
  #sent = new Map<string, string>();
  #dialogs = new Map<string, number>();
  #next = 1;

  constructor(private core: FakeCore) {}

  value(key: string): number {
    return this.settings.find((one) => one.key === key)?.value ?? 0;
  }

  look(thread: Thread, content: string): GuardVerdict {
    const threshold = this.value("crowd");
    if (content.trim() === "") return { ...NOTHING, threshold };
    const findings = this.findings(content);
    if (this.blockWith) return { ...NOTHING, threshold, level: "block", reasons: this.blockWith, findings };
    if (this.#isAnswer(thread, content)) return { ...NOTHING, threshold, findings };
    const day = this.core.now() - DAY;
    const same = this.#left.filter((one) => one.at > day && one.content === normal(content, thread));
    const others = new Set(same.map((one) => one.threadId).filter((id) => id !== thread.id));
    const people = others.size + this.before + 1;
    const level = people >= threshold ? "warn" : "allow";
    const reasons: GuardReason[] = [
      { code: "mass_similar", number: people },
      { code: "unasked", number: Math.max(1, people - Math.floor(people / 6)) },
    ];
    if (advertises(content)) reasons.unshift({ code: "promo", number: people });
    else if (people > 5) reasons.push({ code: "new_contacts", number: people - 4 });
    return {
      ...NOTHING,
      threshold,
      level,
      people,
      weight: people,
      reasons: level === "warn" ? reasons : [],
      interrupt: level === "warn" && this.#speaksUp(people, normal(content, thread)),
      findings,
    };
  }

  /** Asked where everything else allows the send. `content`: the words, or what stands for a template or a file. */
  weigh(thread: Thread, content: string, insisted: GuardOverride | null): Word {
    const verdict = this.look(thread, content);
    const key = normal(content, thread);
    if (verdict.level === "block") {
      this.#keep(thread, verdict, key, { outcome: "blocked" });
      return { held: { kind: "refused", reasons: [{ reason: "guard", reasons: verdict.reasons }] } };
    }
    const remember = (result: SendResult): SendResult => {
      if (result.kind === "queued" && verdict.people > 0)
        this.#left.push({ at: this.core.now(), threadId: thread.id, content: key });
      return result;
    };
    const undoMs = this.core.settingsView.undo_ms;
    if (verdict.level === "allow") return { undoMs, left: remember };
    if (insisted && this.#holds(insisted, thread, key)) {
      const left = (result: SendResult) => {
        this.#overridden(insisted, thread);
        this.#sentAs(result, insisted.id);
        return remember(result);
      };
      return { undoMs: Math.max(undoMs, LONGER_UNDO), left };
    }
    if (verdict.interrupt || insisted) {
      const id = this.#keep(thread, verdict, key, { outcome: "not_sent" });
      this.#warned.set(id, { threadId: thread.id, content: key, at: this.core.now() });
      return { held: { kind: "warned", verdict: { ...verdict, id, interrupt: true } } };
    }
    const left = (result: SendResult) => {
      this.#sentAs(result, this.#keep(thread, verdict, key, { outcome: "sent" }));
      return remember(result);
    };
    return { undoMs, left };
  }

  /** A message that was taken back was never sent. */
  takenBack(threadId: number, outboxId: string): void {
    const at = this.#left.findLastIndex((one) => one.threadId === threadId);
    if (at >= 0) this.#left.splice(at, 1);
    const id = this.#sent.get(outboxId);
    if (id === undefined) return;
    this.entries = this.entries.map((one) =>
      one.id === id ? { ...one, outcome: "taken_back" as const, message_id: null } : one,
    );
  }

  findings(text: string): ContentFinding[] {
    const said = this.lists.filter(({ kind }) => kind !== "misleading");
    return said.flatMap(({ kind, words }) =>
      words.flatMap((word) => {
        const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${escaped(word)}(?![\\p{L}\\p{N}])`, "giu");
        return [...text.matchAll(pattern)].map(({ index }) => ({
          kind,
          start: index,
          end: index + word.length,
        }));
      }),
    );
  }

  set(key: string, value: number): GuardSetting[] {
    this.settings = this.settings.map((one) => {
      if (one.key !== key) return one;
      const wanted = Number.isFinite(value) ? value : one.usual;
      return { ...one, value: Math.min(one.most, Math.max(one.least, wanted)) };
    });
    const crowd = this.value("crowd");
    // Trouble is never slower to be noticed than the ordinary.
    this.settings = this.settings.map((one) =>
      one.key === "crowd_in_trouble" ? { ...one, most: crowd, value: Math.min(one.value, crowd) } : one,
    );
    this.core.emit({ guard: true });
    return this.settings;
  }

  save(language: string, kind: ContentKind, words: string[]): void {
    const clean = [...new Set(words.map((word) => word.trim()).filter(Boolean))];
    this.lists = this.lists.map((one) =>
      one.language === language && one.kind === kind ? { ...one, words: clean, is_own: true } : one,
    );
    this.core.emit({ guard: true });
  }

  reset(language: string, kind: ContentKind): void {
    const starter = STARTER.find((one) => one.language === language && one.kind === kind);
    this.lists = this.lists.map((one) =>
      one.language === language && one.kind === kind && starter ? { ...starter } : one,
    );
    this.core.emit({ guard: true });
  }

  audit(query: AuditQuery, after: AuditCursor | null, limit: number): AuditPage {
    const words = query.words.trim().toLowerCase();
    const says = (...texts: string[]) => texts.some((text) => text.toLowerCase().includes(words));
    const found = this.entries.filter(
      (one) =>
        (words === "" || says(one.customer, one.staff, one.text)) &&
        (query.staff === null || one.staff === query.staff) &&
        (query.from === null || one.at >= query.from) &&
        (query.to === null || one.at < query.to) &&
        (query.outcome === null || one.outcome === query.outcome) &&
        (query.code === null || one.reasons.some(({ code }) => code === query.code)),
    );
    const from = after ? found.findIndex(({ id }) => id === after.id) + 1 : 0;
    const entries = found.slice(from, from + limit);
    const last = entries.at(-1);
    return { entries, next: last && from + limit < found.length ? { at: last.at, id: last.id } : null };
  }

  figures(from: number, to: number): AuditFigures[] {
    const within = this.entries.filter(({ at }) => at >= from && at < to);
    return [...new Set(within.map(({ staff }) => staff))].sort().map((staff) => {
      const own = within.filter((one) => one.staff === staff);
      const count = (outcome: AuditEntry["outcome"]) => own.filter((one) => one.outcome === outcome).length;
      return {
        staff,
        lines: count("sent"),
        not_sent: count("not_sent"),
        taken_back: count("taken_back"),
        overridden: count("overridden"),
        asked: own.filter((one) => one.outcome === "overridden" && one.reason === "asked").length,
        blocked: count("blocked"),
      };
    });
  }

  /** They are waiting for it: the last word is theirs, and it is no advertising. */
  #isAnswer(thread: Thread, content: string): boolean {
    const last = thread.messages.findLast(({ direction }) => direction !== "note");
    return (
      this.before === 0 && last?.direction === "in" && last.at > this.core.now() - DAY && !advertises(content)
    );
  }

  /** Once for a text and day, again when twice as many got it, and not more often than staff can bear. */
  #speaksUp(people: number, content: string): boolean {
    const shown = this.#dialogs.get(content);
    return (
      (shown === undefined || people >= shown * 2) && this.#dialogs.size < this.value("dialogs_per_staff")
    );
  }

  #holds(insisted: GuardOverride, thread: Thread, content: string): boolean {
    const warned = this.#warned.get(insisted.id);
    return (
      warned !== undefined &&
      warned.threadId === thread.id &&
      warned.content === content &&
      this.core.now() - warned.at < HOUR &&
      (insisted.reason !== "other" || insisted.text.trim() !== "")
    );
  }

  #sentAs(result: SendResult, id: string): void {
    if (result.kind === "queued") this.#sent.set(result.outbox_id, id);
  }

  #overridden({ id, reason, text }: GuardOverride, thread: Thread): void {
    const message_id = thread.messages.at(-1)?.id ?? null;
    this.entries = this.entries.map((one) =>
      one.id === id ? { ...one, outcome: "overridden" as const, reason, text, message_id } : one,
    );
    this.#warned.delete(id);
    this.core.emit({ guard: true });
  }

  #keep(
    thread: Thread,
    { level, reasons, people, weight, threshold, interrupt }: GuardVerdict,
    content: string,
    { outcome }: Pick<AuditEntry, "outcome">,
  ): string {
    const id = `warning-${this.#next++}`;
    if (interrupt) this.#dialogs.set(content, people);
    const entry: AuditEntry = {
      id,
      at: Math.round(this.core.now()),
      staff: this.core.settingsView.me,
      thread_id: thread.id,
      customer: thread.name.text,
      level,
      reasons,
      people,
      weight,
      threshold,
      digest: digest(content),
      outcome,
      reason: null,
      text: "",
      message_id: null,
      batch_id: null,
    };
    this.entries = [entry, ...this.entries];
    this.core.emit({ guard: true });
    return id;
  }
}

/** Names and numbers differ from customer to customer; what is said to them may not. */
function normal(content: string, thread: Thread): string {
  const first = thread.name.text.split(" ")[0] ?? "";
  const words = content.normalize("NFKC").toLowerCase();
  const nameless = first.length > 1 ? words.replaceAll(first.toLowerCase(), "@") : words;
  return nameless.replace(/\d+/gu, "#").replace(/\s+/gu, " ").trim();
}

const advertises = (text: string) => /%|!!|sale|angebot|rabatt|promo|oferta|desconto/iu.test(text);
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&");

/** Looks like one; equal texts have equal ones. */
export function digest(text: string): string {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  const part = (seed: number) => (Math.imul(hash ^ seed, 0x9e3779b1) >>> 0).toString(16).padStart(8, "0");
  return [1, 2, 3, 4].map(part).join("");
}
