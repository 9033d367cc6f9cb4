// What a step of the connection assistant found, as a sentence that says what to do next.

import type { AccessCheck } from "../backend/generated/AccessCheck";
import type { AccessStep } from "../backend/generated/AccessStep";
import { m } from "../paraglide/messages.js";
import { phoneText } from "../text/phone";

const SENTENCES: Record<string, (inputs: { detail: string }) => string> = {
  token_ok: m.check_token_ok,
  token_expires: m.check_token_expires,
  token_invalid: m.check_token_invalid,
  token_scope_missing: m.check_token_scope_missing,
  number_ok: m.check_number_ok,
  number_wrong_id: m.check_number_wrong_id,
  number_other_account: m.check_number_other_account,
  number_quality_low: m.check_number_quality_low,
  number_not_connected: m.check_number_not_connected,
  account_ok: m.check_account_ok,
  account_wrong_id: m.check_account_wrong_id,
  subscription_ok: m.check_subscription_ok,
  subscription_missing: m.check_subscription_missing,
  relay_ok: m.check_relay_ok,
  relay_down: m.check_relay_down,
  relay_refused: m.check_relay_refused,
  relay_not_a_relay: m.check_relay_not_a_relay,
  relay_insecure: m.check_relay_insecure,
  self_test_ok: m.check_self_test_ok,
  self_test_bad_secret: m.check_self_test_bad_secret,
  self_test_not_seen: m.check_self_test_not_seen,
  not_checked: m.check_not_checked,
  after_token: m.check_after_token,
  after_relay: m.check_after_relay,
  no_network: m.check_no_network,
  meta_down: m.check_meta_down,
};

export function checkSentence(check: AccessCheck, locale: string): string {
  const sentence = SENTENCES[check.finding] ?? m.check_unexpected;
  return sentence({ detail: detailOf(check, locale) });
}

/** A date comes as Unix milliseconds, a number as Meta writes it, everything else as it is to be read. */
function detailOf({ finding, detail }: AccessCheck, locale: string): string {
  if (detail === null) return "";
  if (finding === "number_ok" || finding === "number_quality_low") return phoneText(detail);
  if (finding !== "token_expires") return detail;
  return new Intl.DateTimeFormat(locale, { dateStyle: "long" }).format(Number(detail));
}

const STEPS: Record<AccessStep, () => string> = {
  token: m.connect_step_token,
  number: m.connect_step_number,
  account: m.connect_step_account,
  subscription: m.connect_step_subscription,
  relay: m.connect_step_relay,
  self_test: m.connect_step_self_test,
};

export const stepName = (step: AccessStep): string => STEPS[step]();
