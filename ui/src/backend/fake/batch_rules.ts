// Who of a segment gets a batch in the made-up core, who does not and why, and what is said of the whole.

import type { BatchCheck } from "../generated/BatchCheck";
import type { BatchPlan } from "../generated/BatchPlan";
import type { Body } from "../generated/Body";
import type { ConnectionView } from "../generated/ConnectionView";
import type { ContentFinding } from "../generated/ContentFinding";
import type { PersonName } from "../generated/PersonName";
import type { Segment } from "../generated/Segment";
import type { SkipReason } from "../generated/SkipReason";
import type { SlotRefusal } from "../generated/SlotRefusal";
import type { TemplateView } from "../generated/TemplateView";
import { firstName } from "./first_name";
import type { FakeCore } from "./parts";
import { sentBody, type FakeTemplates } from "./templates";

export interface BatchCore extends FakeCore {
  templateStore: FakeTemplates;
  connectionView: ConnectionView;
}

export interface Candidate {
  customerId: number;
  threadId: number | null;
  name: PersonName;
  language: string;
  labels: readonly string[];
  lastInbound: number | null;
  blocked: boolean;
  inWindow: boolean;
}

export interface Judged extends Candidate {
  skipped: SkipReason | null;
}

/** Everybody with a thread or in the ledger, whoever was known first at the top. */
export function everybody(core: BatchCore): Candidate[] {
  const known = new Set(core.threads.map(({ id }) => id));
  const strangers = core.ledger.people().filter(({ id }) => !known.has(id));
  return [
    ...core.threads.map((thread) => ({
      customerId: thread.id,
      threadId: thread.id,
      name: thread.name,
      language: thread.language,
      labels: thread.labels,
      lastInbound: thread.lastInbound,
      blocked: thread.blocked,
      inWindow: core.windowOf(thread).state === "open",
    })),
    ...strangers.map(({ id, name, language }) => ({
      customerId: id,
      threadId: null,
      name,
      language,
      labels: [],
      lastInbound: null,
      blocked: false,
      inWindow: false,
    })),
  ];
}

const base = (tag: string) => tag.split(/[-_]/u)[0];

export function within(core: BatchCore, person: Candidate, segment: Segment): boolean {
  const { labels, without_labels, language, wrote_from, wrote_before, purpose, state } = segment;
  if (labels.length > 0 && !labels.some((label) => person.labels.includes(label))) return false;
  if (without_labels.some((label) => person.labels.includes(label))) return false;
  if (
    language &&
    person.language !== language &&
    (language.includes("-") || base(person.language) !== language)
  )
    return false;
  // Whoever never wrote did so before every moment.
  const wrote = person.lastInbound ?? -1;
  if (wrote_from !== null && wrote < wrote_from) return false;
  if (wrote_before !== null && wrote >= wrote_before) return false;
  if (!purpose) return true;
  const standing = core.ledger.summary(person.customerId).purposes.find((one) => one.purpose === purpose);
  return state === null ? standing?.usable === true : (standing?.state ?? "none") === state;
}

export const textOf = ({ parts }: TemplateView) =>
  `${parts.header?.text ?? ""} ${parts.body} ${parts.footer ?? ""}`;

const named = ({ text, phone }: PersonName) => text !== phone && !text.startsWith("@");
export const HOLE = /\{\{(name|first_name)\}\}/gu;

export function valuesFor(plan: BatchPlan, person: Candidate): Record<string, string> {
  const whole = named(person.name) ? person.name.text : "";
  const words: Record<string, string> = { name: whole, first_name: firstName(whole) };
  return Object.fromEntries(
    plan.choice.values.map(({ key, text }) => [
      key,
      text.replace(HOLE, (_, word: string) => words[word] ?? ""),
    ]),
  );
}

export function previewFor(view: TemplateView, plan: BatchPlan, person: Candidate): Body {
  return sentBody(view, valuesFor(plan, person));
}

/** `marks`: what only a core with a past would know. */
export function judge(
  core: BatchCore,
  plan: BatchPlan,
  view: TemplateView,
  person: Candidate,
  marks: ReadonlyMap<number, SkipReason>,
): SkipReason | null {
  if (person.blocked) return "blocked";
  const [refused] = core.ledger.refusesTemplate({ id: person.customerId }, view.category);
  if (refused?.reason === "opted_out") return "opted_out";
  if (refused) return "no_opt_in";
  const marked = marks.get(person.customerId);
  if (marked) return marked;
  return Object.values(valuesFor(plan, person)).some((text) => text.trim() === "") ? "missing_value" : null;
}

/** Slots that are empty for everybody. */
export function emptySlots(view: TemplateView, plan: BatchPlan): SlotRefusal[] {
  const values = new Map(plan.choice.values.map(({ key, text }) => [key, text]));
  return view.slots
    .filter(({ key }) => (values.get(key) ?? "").trim() === "")
    .map(({ key }) => ({ key, why: { fault: "empty" } }));
}

const TRUE: readonly [ContentFinding["kind"], RegExp][] = [
  ["price", /\d+([.,]\d+)?\s?(%|€|EUR|R\$)|R\$\s?\d+|\d+ (percent|Prozent|por cento)/giu],
  ["date", /\b\d{1,2}\.\s?\d{1,2}\.|\b\d{1,2}\s?(am|pm|Uhr|h)\b|\b\d{1,2}:\d{2}\b|\b\d{1,2}\/\d{1,2}\b/giu],
  ["health", /\b(heilt|healthy|gesund|cures?|saudável|cura)\b/giu],
];

/** Whatever somebody should have looked up before many read it. */
export function claims(view: TemplateView, plan: BatchPlan): ContentFinding[] {
  const body = sentBody(view, Object.fromEntries(plan.choice.values.map(({ key, text }) => [key, text])));
  const text = body.kind === "template" ? body.text : "";
  return TRUE.flatMap(([kind, pattern]) =>
    [...text.matchAll(pattern)].map((found) => ({
      kind,
      start: found.index,
      end: found.index + found[0].length,
    })),
  );
}

const SHOP = /Backstube|Bäckerei|Bakery|Padaria/iu;
const WAY_OUT = /STOPP?|SAIR|PARAR|unsubscribe/iu;

export function checksOf(
  core: BatchCore,
  plan: BatchPlan,
  view: TemplateView,
  going: readonly Candidate[],
  lastBad: boolean,
): BatchCheck[] {
  const strangers = going.filter(({ lastInbound }) => lastInbound === null).length;
  const hour = new Date(core.now()).getHours();
  const found: [BatchCheck, boolean][] = [
    ["business_name_missing", !SHOP.test(textOf(view))],
    ["opt_out_hint_missing", view.category === "MARKETING" && !WAY_OUT.test(textOf(view))],
    ["same_for_everybody", !plan.choice.values.some(({ text }) => text.includes("{{"))],
    ["mostly_strangers", going.length > 0 && strangers * 2 > going.length],
    ["last_batch_went_badly", lastBad],
    ["unusual_hour", hour < 8 || hour >= 21],
  ];
  return found.flatMap(([check, there]) => (there ? [check] : []));
}
