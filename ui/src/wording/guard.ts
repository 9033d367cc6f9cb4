// What the guard says, in words: a sentence for each reason, why the rule is there, and what it leads to.

import type { AuditOutcome } from "../backend/generated/AuditOutcome";
import type { ContentKind } from "../backend/generated/ContentKind";
import type { GuardCode } from "../backend/generated/GuardCode";
import type { GuardReason } from "../backend/generated/GuardReason";
import type { OverrideReason } from "../backend/generated/OverrideReason";
import { m } from "../paraglide/messages.js";
import { locale } from "../state/locale.svelte";
import { ordinal } from "../text/ordinal";
import type { Told } from "./failure";

/** The number of a reason, as its sentence wants it: as a count, or as the how-many-eth. */
interface Counted {
  number: number;
  nth: string;
  shown: string;
}

function counted(number: number): Counted {
  return {
    number,
    nth: ordinal(number, locale.current),
    shown: number.toLocaleString(locale.formats),
  };
}

const SAYS: Record<GuardCode, (counted: Counted) => string> = {
  opted_out: (by) => (by.number > 0 ? m.guard_says_opted_out(by) : m.guard_says_opted_out_once()),
  no_opt_in: () => m.guard_says_no_opt_in(),
  window_closed: () => m.guard_says_window_closed(),
  retry_too_soon: (by) => m.guard_says_retry_too_soon({ number: Math.max(1, by.number) }),
  template_state: () => m.guard_says_template_state(),
  mass_similar: (by) => m.guard_says_mass_similar(by),
  mass_media: (by) => m.guard_says_mass_media(by),
  unasked: (by) => m.guard_says_unasked(by),
  promo: (by) => m.guard_says_promo(by),
  promo_in_utility: (by) => m.guard_says_promo_in_utility(by),
  link: (by) => m.guard_says_link(by),
  shortener: (by) => m.guard_says_shortener(by),
  velocity: (by) => m.guard_says_velocity(by),
  obfuscated: (by) => m.guard_says_obfuscated(by),
  new_contacts: (by) => m.guard_says_new_contacts(by),
  shouting: () => m.guard_says_shouting(),
  no_identity: () => m.guard_says_no_identity(),
  no_opt_out_hint: () => m.guard_says_no_opt_out_hint(),
  forbidden: (by) => m.guard_says_forbidden(by),
  quality: () => m.guard_says_quality(),
  recent_spam_error: (by) =>
    by.number > 0 ? m.guard_says_recent_spam_error(by) : m.guard_says_recent_spam_error_now(),
  recent_opt_outs: (by) => m.guard_says_recent_opt_outs(by),
  tier: (by) => m.guard_says_tier(by),
  frequency: (by) => m.guard_says_frequency(by),
};

/** Those whose sentence is about the very person somebody writes to. */
const OF_SOMEBODY: Partial<Record<GuardCode, (counted: Counted & { name: string }) => string>> = {
  mass_similar: (by) => m.guard_head_mass_similar(by),
  mass_media: (by) => m.guard_head_mass_media(by),
  unasked: (by) => m.guard_head_unasked(by),
  promo: (by) => m.guard_head_promo(by),
  frequency: (by) => m.guard_head_frequency(by),
};

export const guardReasonText = ({ code, number }: GuardReason): string => SAYS[code](counted(number));

/** Those whose sentence speaks of what would be, or of today. */
const LOGGED: Partial<Record<GuardCode, (counted: Counted) => string>> = {
  mass_similar: (by) => m.guard_log_mass_similar(by),
  mass_media: (by) => m.guard_log_mass_media(by),
  promo: (by) => m.guard_log_promo(by),
  new_contacts: (by) => m.guard_log_new_contacts(by),
  frequency: (by) => m.guard_log_frequency(by),
};

/** A reason as the log tells it: true of what was sent and of what was not. */
export const guardLogText = ({ code, number }: GuardReason): string =>
  (LOGGED[code] ?? SAYS[code])(counted(number));

/** The first thing that is said. Without a name it is said of many at once. */
export function guardHeadline(reason: GuardReason, name: string | null): string {
  const told = OF_SOMEBODY[reason.code];
  return name !== null && told ? told({ ...counted(reason.number), name }) : guardReasonText(reason);
}

/** A line of a few words, for lists and filters. */
const SHORT: Record<GuardCode, () => string> = {
  opted_out: m.guard_short_opted_out,
  no_opt_in: m.guard_short_no_opt_in,
  window_closed: m.guard_short_window_closed,
  retry_too_soon: m.guard_short_retry_too_soon,
  template_state: m.guard_short_template_state,
  mass_similar: m.guard_short_mass_similar,
  mass_media: m.guard_short_mass_media,
  unasked: m.guard_short_unasked,
  promo: m.guard_short_promo,
  promo_in_utility: m.guard_short_promo_in_utility,
  link: m.guard_short_link,
  shortener: m.guard_short_shortener,
  velocity: m.guard_short_velocity,
  obfuscated: m.guard_short_obfuscated,
  new_contacts: m.guard_short_new_contacts,
  shouting: m.guard_short_shouting,
  no_identity: m.guard_short_no_identity,
  no_opt_out_hint: m.guard_short_no_opt_out_hint,
  forbidden: m.guard_short_forbidden,
  quality: m.guard_short_quality,
  recent_spam_error: m.guard_short_recent_spam_error,
  recent_opt_outs: m.guard_short_recent_opt_outs,
  tier: m.guard_short_tier,
  frequency: m.guard_short_frequency,
};

export const GUARD_CODES = Object.keys(SHORT) as GuardCode[];
export const guardShort = (code: GuardCode): string => SHORT[code]();

/** Who says so, and where. */
type Source = readonly [who: string, title: string];
const POLICY: Source = ["WhatsApp", "Business Messaging Policy"];
const ABUSE: Source = ["WhatsApp (2019)", "Stopping Abuse"];
const QUALITY: Source = ["Meta", "Message quality"];
const FREQUENCY: Source = ["Meta", "Per-user marketing template message limits"];

/** Two sentences that teach the rule, and whose rule it is; without a source it is this program's own. */
const WHY: Record<GuardCode, { text: () => string; source: Source | null }> = {
  opted_out: { text: m.guard_why_opted_out, source: POLICY },
  no_opt_in: { text: m.guard_why_no_opt_in, source: POLICY },
  window_closed: { text: m.guard_why_window_closed, source: ["Meta", "Customer service windows"] },
  retry_too_soon: { text: m.guard_why_retry_too_soon, source: FREQUENCY },
  template_state: { text: m.guard_why_template_state, source: ["Meta", "Template pausing"] },
  mass_similar: { text: m.guard_why_mass_similar, source: ABUSE },
  mass_media: { text: m.guard_why_mass_media, source: ABUSE },
  unasked: { text: m.guard_why_unasked, source: QUALITY },
  promo: { text: m.guard_why_promo, source: POLICY },
  promo_in_utility: { text: m.guard_why_promo_in_utility, source: ["Meta", "Template categorization"] },
  link: { text: m.guard_why_link, source: null },
  shortener: { text: m.guard_why_shortener, source: null },
  velocity: { text: m.guard_why_velocity, source: ABUSE },
  obfuscated: { text: m.guard_why_obfuscated, source: POLICY },
  new_contacts: { text: m.guard_why_new_contacts, source: ABUSE },
  shouting: { text: m.guard_why_shouting, source: null },
  no_identity: { text: m.guard_why_no_identity, source: POLICY },
  no_opt_out_hint: { text: m.guard_why_no_opt_out_hint, source: QUALITY },
  forbidden: { text: m.guard_why_forbidden, source: POLICY },
  quality: { text: m.guard_why_quality, source: QUALITY },
  recent_spam_error: { text: m.guard_why_recent_spam_error, source: ["Meta", "Error codes: 131048"] },
  recent_opt_outs: { text: m.guard_why_recent_opt_outs, source: QUALITY },
  tier: { text: m.guard_why_tier, source: ["Meta", "Messaging limits"] },
  frequency: { text: m.guard_why_frequency, source: FREQUENCY },
};

export function guardWhy(code: GuardCode): { text: string; source: string } {
  const { text, source } = WHY[code];
  const told = source ? m.guard_source_titled({ who: source[0], title: source[1] }) : m.guard_source_own();
  return { text: text(), source: m.guard_source({ source: told }) };
}

const PERSON: readonly GuardCode[] = ["frequency", "opted_out", "no_opt_in", "retry_too_soon"];
const ACCOUNT: readonly GuardCode[] = ["quality", "recent_spam_error", "recent_opt_outs", "tier"];
const CONTENT: readonly GuardCode[] = [
  "forbidden",
  "obfuscated",
  "promo_in_utility",
  "no_identity",
  "no_opt_out_hint",
  "template_state",
];

/** What it leads to, said where it is decided. */
export function guardConsequence(code: GuardCode): string {
  if (PERSON.includes(code)) return m.guard_so_person();
  if (ACCOUNT.includes(code)) return m.guard_so_account();
  return CONTENT.includes(code) ? m.guard_so_content() : m.guard_so_crowd();
}

const INSTEAD: Partial<Record<GuardCode, () => string>> = {
  opted_out: m.guard_instead_opted_out,
  no_opt_in: m.guard_instead_no_opt_in,
  window_closed: m.guard_instead_window_closed,
  retry_too_soon: m.guard_instead_retry_too_soon,
  template_state: m.guard_instead_template_state,
};

/** Why nobody may send this, and what to do instead. */
export function guardBlockText(reasons: readonly GuardReason[]): Told {
  const first = reasons[0];
  return {
    sentence: reasons.slice(0, 3).map(guardReasonText).join(" "),
    next: (first && INSTEAD[first.code]?.()) ?? m.guard_instead_other(),
  };
}

const UNITS: Partial<Record<GuardCode, (by: { number: number }) => string>> = {
  frequency: m.guard_caption_offers,
  recent_opt_outs: m.guard_caption_stops,
  recent_spam_error: m.guard_caption_hours,
  velocity: m.guard_caption_seconds,
  tier: m.guard_caption_limit,
};
/** They speak of no number. */
const PLAIN: readonly GuardCode[] = ["quality", "shouting", "no_identity", "no_opt_out_hint"];

/** The number that is shown large, with what it counts; `null` where there is none to show. */
export function guardFigure({ code, number }: GuardReason): { number: string; caption: string } | null {
  if (number <= 0 || PLAIN.includes(code)) return null;
  const caption = (UNITS[code] ?? m.guard_caption_people)({ number });
  return { number: number.toLocaleString(locale.formats), caption };
}

export const OVERRIDES: readonly OverrideReason[] = ["asked", "order", "emergency", "other"];
const BECAUSE: Record<OverrideReason, () => string> = {
  asked: m.guard_because_asked,
  order: m.guard_because_order,
  emergency: m.guard_because_emergency,
  other: m.guard_because_other,
};
export const overrideName = (reason: OverrideReason): string => BECAUSE[reason]();

export const OUTCOMES: readonly AuditOutcome[] = ["not_sent", "sent", "overridden", "taken_back", "blocked"];
const OUTCOME: Record<AuditOutcome, () => string> = {
  not_sent: m.guard_outcome_not_sent,
  sent: m.guard_outcome_sent,
  overridden: m.guard_outcome_overridden,
  taken_back: m.guard_outcome_taken_back,
  blocked: m.guard_outcome_blocked,
};
export const outcomeName = (outcome: AuditOutcome): string => OUTCOME[outcome]();

const CONTENTS: Record<ContentKind, () => string> = {
  unlawful: m.guard_content_unlawful,
  insulting: m.guard_content_insulting,
  discriminating: m.guard_content_discriminating,
  violent: m.guard_content_violent,
  sexual: m.guard_content_sexual,
  prohibited: m.guard_content_prohibited,
  price: m.guard_content_price,
  date: m.guard_content_date,
  health: m.guard_content_health,
  misleading: m.guard_content_misleading,
};

/** A core that is newer than this window knows kinds of its own. */
const named = (names: Partial<Record<string, () => string>>, kind: string, other: () => string): string =>
  (names[kind] ?? other)();

/** What is the matter with a passage, within a sentence. */
export const contentText = (kind: ContentKind): string => named(CONTENTS, kind, m.guard_content_other);

const WORD_KINDS: Record<ContentKind, () => string> = {
  unlawful: m.guard_words_kind_unlawful,
  insulting: m.guard_words_kind_insulting,
  discriminating: m.guard_words_kind_discriminating,
  violent: m.guard_words_kind_violent,
  sexual: m.guard_words_kind_sexual,
  prohibited: m.guard_words_kind_prohibited,
  price: m.guard_words_kind_price,
  date: m.guard_words_kind_date,
  health: m.guard_words_kind_health,
  misleading: m.guard_words_kind_misleading,
};

/** The name of a word list. */
export const wordKindName = (kind: ContentKind): string => named(WORD_KINDS, kind, m.guard_words_kind_other);
