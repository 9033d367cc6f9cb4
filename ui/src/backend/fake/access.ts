// The connection assistant of the made-up core: the token "wrong" is wrong, everything else is right.

import type { AccessCheck } from "../generated/AccessCheck";
import type { AccessForm } from "../generated/AccessForm";
import type { AccessStep } from "../generated/AccessStep";

const NUMBERS = ["+49 30 231250", "+49 30 231251"].map((display, at) => ({
  phone_number_id: `10${at + 1}`,
  display,
  verified_name: "Torten am Markt",
  quality: "GREEN",
  status: "CONNECTED",
}));

export function check(form: AccessForm, step: AccessStep): AccessCheck {
  const numbers = step === "account" ? NUMBERS : [];
  if (step === "token" && form.token === "wrong")
    return { step, state: "failed", finding: "token_invalid", detail: null, numbers };
  if (step === "self_test" && form.app_secret === "")
    return { step, state: "skipped", finding: "not_checked", detail: null, numbers };
  const detail = step === "number" ? (NUMBERS[0]?.display ?? null) : step === "self_test" ? "42" : null;
  return { step, state: "passed", finding: `${step}_ok`, detail, numbers };
}
