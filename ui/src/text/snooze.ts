// When a snoozed thread may come back: a few moments offered, and what speaks against one.

import type { OpeningHours } from "../backend/generated/OpeningHours";
import { HOUR, MINUTE, type WindowNow } from "./countdown";
import { hoursKnown, isOpen, lastOpenMoment } from "./hours";

export type SnoozeName = "hour" | "evening" | "tomorrow" | "before_close";

export interface SnoozeChoice {
  name: SnoozeName;
  at: number;
}

export const BEFORE_CLOSE = 30 * MINUTE;
const EVENING = 18;
const MORNING = 9;

function at(now: number, days: number, hour: number): number {
  const day = new Date(now);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + days, hour).getTime();
}

/** Six o'clock; where the shop said when it shuts, an hour before. */
function eveningOf(now: number, hours: OpeningHours | undefined): number {
  const shuts = hoursKnown(hours) ? lastOpenMoment(hours, now, at(now, 1, 0)) : null;
  return shuts === null ? at(now, 0, EVENING) : shuts - HOUR;
}

/** `window`: `null` where threads with several windows are put to sleep together. */
export function snoozeChoices(now: number, window: WindowNow | null, hours?: OpeningHours): SnoozeChoice[] {
  const choices: SnoozeChoice[] = [{ name: "hour", at: now + HOUR }];
  const evening = eveningOf(now, hours);
  if (evening - now > HOUR) choices.push({ name: "evening", at: evening });
  choices.push({ name: "tomorrow", at: at(now, 1, MORNING) });
  if (window && window.end !== null && window.left - BEFORE_CLOSE > MINUTE)
    choices.push({ name: "before_close", at: window.end - BEFORE_CLOSE });
  return choices;
}

export type SnoozeWarning = "past" | "after_close" | "shut";

/** What to say before a thread is put to sleep until `until`; the gravest first. */
export function snoozeWarnings(
  until: number,
  now: number,
  window: WindowNow | null,
  hours: OpeningHours | undefined,
): SnoozeWarning[] {
  if (until <= now) return ["past"];
  const found: SnoozeWarning[] = [];
  if (window && window.left > 0 && window.end !== null && until >= window.end) found.push("after_close");
  if (hoursKnown(hours) && !isOpen(hours, until)) found.push("shut");
  return found;
}
