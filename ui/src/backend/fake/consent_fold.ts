// From acts to a state, as the core derives it: by the time of the act, whatever order the acts came in.

import type { ConsentState } from "../generated/ConsentState";
import type { ConsentSummary } from "../generated/ConsentSummary";
import type { LedgerLine } from "../generated/LedgerLine";
import type { NotUsable } from "../generated/NotUsable";
import type { PurposeState } from "../generated/PurposeState";
import type { Strength } from "../generated/Strength";
import type { WordingFinding } from "../generated/WordingFinding";

/** An act as the ledger holds it, with what it points to. */
export interface FakeAct extends LedgerLine {
  /** The entry that this one answers or corrects. */
  about?: string;
  /** Where a list came from. */
  source?: string;
}

export interface FoldRules {
  purposes: readonly string[];
  weakOffers: boolean;
  advertising(purpose: string): boolean;
  findings(id: string, version: number): readonly WordingFinding[];
  minor: boolean | null;
  guardian: string;
  /** An erasure counts as a stop of everything. */
  erased: number | null;
}

const RANK: Record<string, number> = {
  asked: 0,
  claimed: 1,
  granted: 2,
  confirmed: 3,
  paused: 4,
  withdrawn: 5,
};
const DEGREES: readonly Strength[] = ["none", "weak", "good", "strong"];
const degree = (strength: Strength) => DEGREES.indexOf(strength);
const SLIP = 10 * 60_000;
/** Acts of the person that leave a proof. */
const OWN = ["counter_qr", "signature", "paper", "whatsapp", "meta"];

export const inTime = (a: FakeAct, b: FakeAct) =>
  a.act_at - b.act_at || (RANK[a.event] ?? 9) - (RANK[b.event] ?? 9) || (a.entry < b.entry ? -1 : 1);

export function fold(customer_id: number, all: readonly FakeAct[], rules: FoldRules): ConsentSummary {
  const void_ = voided(all);
  const acts = all.filter(({ entry }) => !void_.has(entry)).toSorted(inTime);
  if (rules.erased !== null) acts.unshift(leftOf(rules.erased));
  const question = openQuestion(acts);
  let all_: FakeAct | null = null;
  for (const act of acts) {
    if (act.event === "withdrawn" && act.purpose === "all") all_ ??= act;
    else if (gives(act) && OWN.includes(act.channel)) all_ = null;
  }
  const purposes = rules.purposes.map((purpose) => {
    const found = standing(
      purpose,
      acts.filter((act) => act.purpose === purpose || act.purpose === "all"),
    );
    const why_not = found.state === "in" ? obstacle(found, question?.scope ?? null, rules) : null;
    return { ...found, usable: found.state === "in" && why_not === null, why_not };
  });
  const erased = all_?.channel === "erasure";
  return { customer_id, purposes, out_of_all: all_?.act_at ?? null, question, erased };
}

/** What an erasure leaves behind: no entry, and still a stop. */
function leftOf(erased: number): FakeAct {
  return {
    entry: "",
    event: "withdrawn",
    purpose: "all",
    act_at: erased,
    recorded_at: erased,
    time_source: "laptop",
    channel: "erasure",
    strength: "none",
    wording: null,
    wording_text: "",
    business_name: "",
    staff: "",
    note: "",
    evidence: [],
    wamid: null,
    template: null,
    hash: "",
  };
}

/** What was recorded wrongly. A stop only where the shop typed it in itself, and said so soon after. */
function voided(all: readonly FakeAct[]): Set<string> {
  const said = all.filter(({ event }) => event === "corrected");
  const wrong = said.flatMap(({ about, act_at }) => {
    const act = all.find(({ entry }) => entry === about);
    if (!act) return [];
    const stop = act.event === "withdrawn" || act.event === "paused";
    return !stop || (act.channel === "staff" && act_at - act.recorded_at <= SLIP) ? [act.entry] : [];
  });
  return new Set(wrong);
}

const gives = ({ event }: FakeAct) => event === "granted" || event === "confirmed";

function standing(purpose: string, acts: readonly FakeAct[]): PurposeState {
  const at: { state: ConsentState; by: FakeAct | null } = { state: "none", by: null };
  const to = (state: ConsentState, by: FakeAct) => void Object.assign(at, { state, by });
  for (const act of acts) {
    if (act.event === "asked" && at.state === "none") to("asked", act);
    else if (act.event === "claimed" && ["none", "asked"].includes(at.state)) to("claimed", act);
    else if (gives(act) && (at.state !== "out" || OWN.includes(act.channel))) to("in", act);
    else if (act.event === "paused" && at.state !== "out") to("paused", act);
    else if (act.event === "withdrawn") to("out", act);
    else if (act.event === "expired" && at.state === "in") to("claimed", act);
  }
  const used = acts.filter(({ event }) => event === "used");
  const { state, by: last } = at;
  return {
    purpose,
    state,
    usable: false,
    why_not: null,
    since: last?.act_at ?? null,
    strength: last?.strength ?? "none",
    channel: last?.channel ?? "",
    wording: last?.wording ?? null,
    last_used_at: used.at(-1)?.act_at ?? null,
    uses: used.length,
  };
}

function obstacle(found: PurposeState, asked: string | null, rules: FoldRules): NotUsable | null {
  const { wording } = found;
  if (!wording) return "no_wording";
  const rulesMissed = rules.findings(wording.id, wording.version).map(({ rule }) => rule);
  if (rulesMissed.includes("business_missing")) return "business_not_named";
  if (rulesMissed.includes("messages_missing")) return "no_messages_mentioned";
  if (rules.minor === true && rules.guardian === "") return "minor";
  if (!rules.advertising(found.purpose)) return null;
  if (!rules.weakOffers && degree(found.strength) < degree("good")) return "too_weak";
  return asked === null ? null : "questioned";
}

function openQuestion(acts: readonly FakeAct[]): ConsentSummary["question"] {
  const answered = new Set(
    acts.filter(({ event }) => ["dismissed", "withdrawn"].includes(event)).map(({ about }) => about),
  );
  const open = acts.findLast(({ event, entry }) => event === "questioned" && !answered.has(entry));
  if (!open) return null;
  return {
    entry: open.entry,
    wamid: open.wamid ?? "",
    text: open.note,
    scope: open.purpose,
    at: open.act_at,
  };
}
