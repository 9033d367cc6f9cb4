// Opening hours, in the laptop's own time zone: whether the shop is open at a moment, and when it last is before
// a customer service window ends. Days are built from calendar dates, so a day of 23 or 25 hours is no exception.

import type { OpeningHours } from "../backend/generated/OpeningHours";

/** No search goes further than this many days: hours repeat weekly. */
const WEEK = 8;

interface Span {
  start: number;
  end: number;
}

/** The spans of the calendar day that lies `offset` days from `at`, in order. */
function spansOf(hours: OpeningHours, at: number, offset: number): Span[] {
  const day = new Date(at);
  day.setHours(0, 0, 0, 0);
  day.setDate(day.getDate() + offset);
  const weekday = day.getDay() === 0 ? 7 : day.getDay();
  const moment = (minutes: number) =>
    new Date(day.getFullYear(), day.getMonth(), day.getDate(), 0, minutes).getTime();
  return hours.days
    .filter((span) => span.day === weekday && span.to > span.from)
    .map((span) => ({ start: moment(span.from), end: moment(span.to) }))
    .sort((a, b) => a.start - b.start);
}

/** Whether anybody said when the shop is open; without it nothing is marked and nobody is warned. */
export function hoursKnown(hours: OpeningHours | undefined): hours is OpeningHours {
  return hours !== undefined && hours.days.length > 0;
}

export function isOpen(hours: OpeningHours, at: number): boolean {
  return spansOf(hours, at, 0).some((span) => span.start <= at && at < span.end);
}

/** The last moment after `from` and not after `until` in which the shop is open. */
export function lastOpenMoment(hours: OpeningHours, from: number, until: number): number | null {
  for (let back = 0; back < WEEK; back++) {
    const spans = spansOf(hours, until, -back);
    const found = spans.findLast((span) => span.start < until && span.end > from);
    if (found) return Math.min(found.end, until);
    if (spans.some((span) => span.end <= from)) return null;
  }
  return null;
}

/** When the shop opens next, `at` itself when it is open. */
export function nextOpening(hours: OpeningHours, at: number): number | null {
  for (let on = 0; on < WEEK; on++) {
    const found = spansOf(hours, at, on).find((span) => span.end > at);
    if (found) return Math.max(found.start, at);
  }
  return null;
}

export interface WhileShut {
  /** The last moment to answer with the shop open; `null`: it does not open before the window closes. */
  answerBy: number | null;
}

/** Set when a window ends while the shop is shut: the time to answer is then shorter than the countdown says. */
export function closesWhileShut(hours: OpeningHours | undefined, now: number, end: number): WhileShut | null {
  if (!hoursKnown(hours) || end <= now) return null;
  const last = lastOpenMoment(hours, now, end);
  return last === end ? null : { answerBy: last };
}
