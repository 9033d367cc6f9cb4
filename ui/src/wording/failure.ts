// A sentence and a next step for every name of the core's error table. Names are looked up at run time, so a
// test holds this against the table; an unknown name still says its code and what Meta said.

import type { Failure } from "../backend/generated/Failure";
import { m } from "../paraglide/messages.js";
import { NEXT } from "./failure_next";

export interface Told {
  sentence: string;
  next: string;
}

const messages = m as unknown as Record<string, ((inputs: object) => string) | undefined>;

export function failureText(failure: Pick<Failure, "code" | "name" | "details">): Told {
  const step = NEXT[failure.name];
  const sentence = messages[`failure_${failure.name}`];
  if (step && sentence) return { sentence: sentence({}), next: messages[`next_${step}`]?.({}) ?? "" };
  return {
    sentence: m.failure_unknown({ code: failure.code, details: failure.details ?? "" }).trim(),
    next: m.failure_unknown_next(),
  };
}
