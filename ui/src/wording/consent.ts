// Words for who agreed to what: purposes, states, proofs, and what a send lacks.

import type { ConsentState } from "../backend/generated/ConsentState";
import type { NotUsable } from "../backend/generated/NotUsable";
import type { Purpose } from "../backend/generated/Purpose";
import type { PurposeState } from "../backend/generated/PurposeState";
import type { Refusal } from "../backend/generated/Refusal";
import type { Strength } from "../backend/generated/Strength";
import { m } from "../paraglide/messages.js";
import type { Language } from "../state/locale.svelte";
import { timeOrDay } from "../text/moments";
import type { Told } from "./failure";

/** A language other than that of the screen: the customer's, where the customer reads. */
export interface Said {
  locale?: Language;
}

const PURPOSES: Record<string, (inputs: object, said?: Said) => string> = {
  service: m.consent_purpose_service,
  updates: m.consent_purpose_updates,
  offers: m.consent_purpose_offers,
  calls: m.consent_purpose_calls,
  all: m.consent_purpose_all,
};
const HINTS: Record<string, () => string> = {
  service: m.consent_purpose_service_hint,
  updates: m.consent_purpose_updates_hint,
  offers: m.consent_purpose_offers_hint,
  calls: m.consent_purpose_calls_hint,
};

/** `own`: the shop's own purposes, which have a name of their own. */
export function purposeName(key: string, own: readonly Purpose[] = [], said?: Said): string {
  return (
    PURPOSES[key]?.({}, said) ?? (own.find((one) => one.key === key)?.label || key.replace(/^own:/u, ""))
  );
}

export function purposeHint({ key, advertising }: Purpose): string {
  return HINTS[key]?.() ?? (advertising ? m.consent_purpose_own_advertising() : m.consent_purpose_own_hint());
}

const STATES: Record<ConsentState, () => string> = {
  none: m.consent_state_none,
  asked: m.consent_state_asked,
  claimed: m.consent_state_claimed,
  in: m.consent_state_in,
  paused: m.consent_state_paused,
  out: m.consent_state_out,
};

export const stateName = (state: ConsentState): string => STATES[state]();

/** What may be done on it: somebody who agreed in a way that does not count is not simply in. */
export function standingName({ state, usable }: Pick<PurposeState, "state" | "usable">): string {
  return state === "in" && !usable ? m.consent_state_unusable() : stateName(state);
}

const STRENGTHS: Record<Strength, () => string> = {
  none: m.consent_strength_none,
  weak: m.consent_strength_weak,
  good: m.consent_strength_good,
  strong: m.consent_strength_strong,
};

export const strengthName = (strength: Strength): string => STRENGTHS[strength]();

const CHANNELS: Record<string, () => string> = {
  counter_qr: m.consent_channel_counter_qr,
  signature: m.consent_channel_signature,
  paper: m.consent_channel_paper,
  spoken: m.consent_channel_spoken,
  whatsapp: m.consent_channel_whatsapp,
  import: m.consent_channel_import,
  meta: m.consent_channel_meta,
  staff: m.consent_channel_staff,
  practice: m.consent_channel_practice,
  erasure: m.consent_channel_erasure,
  suppression: m.consent_channel_suppression,
};

export const channelName = (channel: string): string => CHANNELS[channel]?.() ?? channel;

const WHY: Record<NotUsable, { sentence: () => string; next: () => string }> = {
  business_not_named: { sentence: m.consent_why_business_not_named, next: m.consent_next_wording },
  no_messages_mentioned: { sentence: m.consent_why_no_messages_mentioned, next: m.consent_next_wording },
  no_wording: { sentence: m.consent_why_no_wording, next: m.consent_next_wording },
  too_weak: { sentence: m.consent_why_too_weak, next: m.consent_next_proof },
  questioned: { sentence: m.consent_why_questioned, next: m.consent_next_questioned },
  minor: { sentence: m.consent_why_minor, next: m.consent_next_minor },
  unreachable: { sentence: m.consent_why_unreachable, next: m.consent_next_unreachable },
};

/** Why a consent that was given cannot be used, and what would help. */
export function notUsableText(why: NotUsable): Told {
  return { sentence: WHY[why].sentence(), next: WHY[why].next() };
}

type Reason<R extends Refusal["reason"]> = Omit<Extract<Refusal, { reason: R }>, "reason">;

export function optedOutText(
  { scope, since, erased }: Reason<"opted_out">,
  now: number,
  locale: string,
): Told {
  const when = timeOrDay(since, now, locale);
  if (erased) return { sentence: m.consent_refused_erased({ when }), next: m.consent_refused_erased_next() };
  if (scope !== "all")
    return {
      sentence: m.consent_refused_out({ purpose: purposeName(scope), when }),
      next: m.consent_refused_out_next(),
    };
  return { sentence: m.consent_refused_out_all({ when }), next: m.consent_refused_out_all_next() };
}

export function noOptInText({ purpose, label, state, why_not: why }: Reason<"no_opt_in">): Told {
  const name = label || purposeName(purpose);
  if (why !== null) {
    const told = notUsableText(why);
    return {
      sentence: m.consent_refused_unusable({ purpose: name, why: told.sentence }),
      next: told.next,
    };
  }
  switch (state) {
    case "asked":
      return { sentence: m.consent_refused_asked({ purpose: name }), next: m.consent_refused_asked_next() };
    case "claimed":
      return {
        sentence: m.consent_refused_claimed({ purpose: name }),
        next: m.consent_refused_claimed_next(),
      };
    case "paused":
      return { sentence: m.consent_refused_paused(), next: m.consent_refused_paused_next() };
    default:
      return { sentence: m.consent_refused_none({ purpose: name }), next: m.consent_refused_none_next() };
  }
}
