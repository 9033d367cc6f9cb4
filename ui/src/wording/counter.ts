// A sentence and a next step for all that can go wrong at the counter.

import type { ConsentRefusal } from "../backend/generated/ConsentRefusal";
import type { NumberProblem } from "../backend/generated/NumberProblem";
import { m } from "../paraglide/messages.js";
import { timeOrDay } from "../text/moments";
import { sizeText } from "../text/size";
import type { Told } from "./failure";

const NUMBERS: Record<NumberProblem["problem"], () => string> = {
  empty: m.counter_number_empty,
  not_a_number: m.counter_number_not_a_number,
  too_short: m.counter_number_too_short,
  too_long: m.counter_number_too_long,
  country: m.counter_number_country,
  unlikely: m.counter_number_unlikely,
};

export const numberProblem = ({ problem }: NumberProblem): string => NUMBERS[problem]();

const TRAPS: Record<string, (inputs: { variant: string }) => string> = {
  brazil_nine: m.counter_trap_brazil_nine,
  mexico_one: m.counter_trap_mexico_one,
  argentina_nine: m.counter_trap_argentina_nine,
};

/** Two spellings of one phone, explained. */
export const trapText = (trap: string, variant: string): string => TRAPS[trap]?.({ variant }) ?? "";

const RULES: Record<string, () => string> = {
  empty: m.wordings_rule_empty,
  business_missing: m.wordings_rule_business_missing,
  messages_missing: m.wordings_rule_messages_missing,
  kinds_missing: m.wordings_rule_kinds_missing,
  stop_missing: m.wordings_rule_stop_missing,
  privacy_missing: m.wordings_rule_privacy_missing,
  too_long: m.wordings_rule_too_long,
};

/** What a wording lacks. */
export const ruleText = (rule: string): string => RULES[rule]?.() ?? rule;

export function consentRefusalText(why: ConsentRefusal, now: number, locale: string): Told {
  switch (why.reason) {
    case "out":
      return {
        sentence: m.counter_refused_out({ when: timeOrDay(why.since, now, locale) }),
        next: m.counter_refused_out_next(),
      };
    case "nobody":
      return { sentence: m.counter_refused_nobody(), next: m.counter_refused_nobody_next() };
    case "number":
      return { sentence: numberProblem(why.problem), next: m.counter_refused_number_next() };
    case "no_purpose":
      return { sentence: m.counter_refused_no_purpose(), next: m.counter_refused_no_purpose_next() };
    case "wording_retired":
      return {
        sentence: m.counter_refused_wording_retired(),
        next: m.counter_refused_wording_retired_next(),
      };
    case "no_evidence":
      return { sentence: m.counter_refused_no_evidence(), next: m.counter_refused_no_evidence_next() };
    case "evidence_too_large":
      return {
        sentence: m.counter_refused_evidence_too_large({
          size: sizeText(why.size, locale),
          limit: sizeText(why.limit, locale),
        }),
        next: m.counter_refused_evidence_too_large_next(),
      };
    case "evidence_kind":
      return { sentence: m.counter_refused_evidence_kind(), next: m.counter_refused_evidence_kind_next() };
    case "ledger_broken":
      return {
        sentence: m.counter_refused_ledger_broken({ entry: why.entry }),
        next: m.counter_refused_ledger_broken_next(),
      };
    case "no_such_entry":
      return { sentence: m.counter_refused_no_such_entry(), next: m.counter_refused_no_such_entry_next() };
  }
}
