// Words for batches: their states, why one stands still, why somebody is skipped, what should be looked at once more.

import type { BatchCheck } from "../backend/generated/BatchCheck";
import type { BatchFilter } from "../backend/generated/BatchFilter";
import type { BatchHalt } from "../backend/generated/BatchHalt";
import type { BatchPerson } from "../backend/generated/BatchPerson";
import type { BatchRow } from "../backend/generated/BatchRow";
import type { BatchState } from "../backend/generated/BatchState";
import type { ContentKind } from "../backend/generated/ContentKind";
import type { SkipReason } from "../backend/generated/SkipReason";
import { m } from "../paraglide/messages.js";
import type { Wrote } from "../text/batch_segment";
import { deliveryLabel } from "./delivery";
import { failureText, type Told } from "./failure";

const STATES: Record<BatchState, () => string> = {
  running: m.batches_state_running,
  paused: m.batches_state_paused,
  stopped: m.batches_state_stopped,
  done: m.batches_state_done,
};
export const batchState = (state: BatchState): string => STATES[state]();

const HALTS: Record<BatchHalt, [sentence: () => string, next: () => string]> = {
  staff: [m.batches_halt_staff, m.batches_halt_staff_next],
  spam_rate: [m.batches_halt_spam_rate, m.batches_halt_spam_rate_next],
  account_locked: [m.batches_halt_account_locked, m.batches_halt_account_locked_next],
  quality: [m.batches_halt_quality, m.batches_halt_quality_next],
  opt_outs: [m.batches_halt_opt_outs, m.batches_halt_opt_outs_next],
  failures: [m.batches_halt_failures, m.batches_halt_failures_next],
  template: [m.batches_halt_template, m.batches_halt_template_next],
  limit: [m.batches_halt_limit, m.batches_halt_limit_next],
};

/** Why a batch stands still and what to do; `null`: it does not, or came to its end. */
export function haltText(state: BatchState, halt: BatchHalt | null): Told | null {
  if (halt === null || state === "running" || state === "done") return null;
  if (state === "stopped" && halt === "staff") return { sentence: m.batches_halt_stopped(), next: "" };
  const [sentence, next] = HALTS[halt];
  return { sentence: sentence(), next: state === "stopped" ? "" : next() };
}

/** Said wherever one is: a batch came to its end, or stopped by itself. */
export function batchNews({ name, state, halt, sent, going }: BatchRow, locale: string): string {
  const number = (count: number) => count.toLocaleString(locale);
  if (state === "done") return m.batches_news_done({ name, done: number(sent), total: number(going) });
  return m.batches_news_halted({ name, why: haltText(state, halt)?.sentence ?? "" });
}

/** Going on would make it worse. */
export const riskyToResume = (halt: BatchHalt | null): boolean =>
  halt !== null && ["spam_rate", "account_locked", "quality", "opt_outs"].includes(halt);

const SKIPS: Record<SkipReason, [name: () => string, hint: () => string]> = {
  opted_out: [m.batches_skip_opted_out, m.batches_skip_opted_out_hint],
  no_opt_in: [m.batches_skip_no_opt_in, m.batches_skip_no_opt_in_hint],
  blocked: [m.batches_skip_blocked, m.batches_skip_blocked_hint],
  unreachable: [m.batches_skip_unreachable, m.batches_skip_unreachable_hint],
  capped_day: [m.batches_skip_capped_day, m.batches_skip_capped_day_hint],
  capped_week: [m.batches_skip_capped_week, m.batches_skip_capped_week_hint],
  capped_month: [m.batches_skip_capped_month, m.batches_skip_capped_month_hint],
  withheld_by_meta: [m.batches_skip_withheld_by_meta, m.batches_skip_withheld_by_meta_hint],
  duplicate: [m.batches_skip_duplicate, m.batches_skip_duplicate_hint],
  missing_value: [m.batches_skip_missing_value, m.batches_skip_missing_value_hint],
  no_recipient: [m.batches_skip_no_recipient, m.batches_skip_no_recipient_hint],
  already_sent: [m.batches_skip_already_sent, m.batches_skip_already_sent_hint],
  over_limit: [m.batches_skip_over_limit, m.batches_skip_over_limit_hint],
  guard: [m.batches_skip_guard, m.batches_skip_guard_hint],
  changed_meanwhile: [m.batches_skip_changed_meanwhile, m.batches_skip_changed_meanwhile_hint],
};
export const skipName = (why: SkipReason): string => SKIPS[why][0]();
export const skipHint = (why: SkipReason): string => SKIPS[why][1]();

const CHECKS: Record<BatchCheck, [sentence: () => string, next: () => string]> = {
  business_name_missing: [m.batches_check_business_name_missing, m.batches_check_business_name_missing_next],
  opt_out_hint_missing: [m.batches_check_opt_out_hint_missing, m.batches_check_opt_out_hint_missing_next],
  same_for_everybody: [m.batches_check_same_for_everybody, m.batches_check_same_for_everybody_next],
  mostly_strangers: [m.batches_check_mostly_strangers, m.batches_check_mostly_strangers_next],
  last_batch_went_badly: [m.batches_check_last_batch_went_badly, m.batches_check_last_batch_went_badly_next],
  unusual_hour: [m.batches_check_unusual_hour, m.batches_check_unusual_hour_next],
};
export function checkText(check: BatchCheck): Told {
  const [sentence, next] = CHECKS[check];
  return { sentence: sentence(), next: next() };
}

const FILTERS: Record<BatchFilter, () => string> = {
  all: m.batches_filter_all,
  going: m.batches_filter_going,
  skipped: m.batches_filter_skipped,
  waiting: m.batches_filter_waiting,
  sent: m.batches_filter_sent,
  failed: m.batches_filter_failed,
  doubtful: m.batches_filter_doubtful,
};
export const filterName = (filter: BatchFilter): string => FILTERS[filter]();

/** What became of one person, and why. */
export function personStanding({ skipped, state, failure }: BatchPerson): { word: string; why: string } {
  if (skipped !== null) return { word: skipName(skipped), why: skipHint(skipped) };
  if (state === null) return { word: m.batches_person_waiting(), why: "" };
  return { word: deliveryLabel(state), why: failure ? failureText(failure).sentence : "" };
}

const CLAIMS: Record<ContentKind, () => string> = {
  price: m.batches_claim_price,
  date: m.batches_claim_date,
  health: m.batches_claim_health,
  prohibited: m.batches_claim_prohibited,
  unlawful: m.batches_claim_words,
  insulting: m.batches_claim_words,
  discriminating: m.batches_claim_words,
  violent: m.batches_claim_words,
  sexual: m.batches_claim_words,
  misleading: m.batches_claim_words,
};
/** Kinds that somebody has to vouch for; the others are a hint. */
export const VOUCHED: readonly ContentKind[] = ["price", "date", "health"];

/** "prices and dates or times" */
export function claimsText(kinds: readonly ContentKind[], locale: string): string {
  const names = [...new Set(kinds.map((kind) => CLAIMS[kind]()))];
  return new Intl.ListFormat(locale, { type: "conjunction" }).format(names);
}

const WROTE: Record<Wrote, () => string> = {
  any: m.batches_wrote_any,
  "30": () => m.batches_wrote_days({ count: 30 }),
  "90": () => m.batches_wrote_days({ count: 90 }),
  "365": m.batches_wrote_year,
  never: m.batches_wrote_never,
  own: m.batches_wrote_own,
};
export const wroteName = (wrote: Wrote): string => WROTE[wrote]();
