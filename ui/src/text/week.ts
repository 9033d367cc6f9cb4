// The opening hours as a week of seven days that one edits: Monday first, every day with its spans in order.

import type { OpeningHours } from "../backend/generated/OpeningHours";
import { DAY_END } from "./clock_time";

export interface Span {
  from: number;
  to: number;
}
export type Week = readonly (readonly Span[])[];

export const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;
const FIRST: Span = { from: 540, to: 1080 };
/** A new span begins this long after the one before, and lasts as long as there is room, up to this. */
const BREAK = 60;
const LENGTH = 240;

export function weekOf(hours: OpeningHours): Week {
  return DAYS.map((day) =>
    hours.days
      .filter((span) => span.day === day)
      .map(({ from, to }) => ({ from, to }))
      .sort((a, b) => a.from - b.from),
  );
}

export function hoursOf(week: Week): OpeningHours {
  const days = week.flatMap((spans, at) => spans.map((span) => ({ day: at + 1, ...span })));
  return { days: days.sort((a, b) => a.day - b.day || a.from - b.from) };
}

/** Monday to Friday, nine to six: a beginning that one changes. */
export function usualWeek(): Week {
  return DAYS.map((day) => (day <= 5 ? [FIRST] : []));
}

function withDay(week: Week, day: number, spans: readonly Span[]): Week {
  return week.map((before, at) => (at === day - 1 ? spans : before));
}

/** Opens a closed day like the nearest open one before it, and closes an open one. */
export function toggleDay(week: Week, day: number): Week {
  if (week[day - 1]?.length) return withDay(week, day, []);
  const like = week.slice(0, day - 1).findLast((spans) => spans.length > 0);
  return withDay(week, day, like ?? [FIRST]);
}

export function setSpan(week: Week, day: number, at: number, part: Partial<Span>): Week {
  const spans = week[day - 1] ?? [];
  return withDay(
    week,
    day,
    spans.map((span, index) => (index === at ? { ...span, ...part } : span)),
  );
}

/** After the last span of the day; `null` where the day has no room for more. */
export function addSpan(week: Week, day: number): Week | null {
  const spans = week[day - 1] ?? [];
  const from = Math.max(0, ...spans.map((span) => span.to)) + BREAK;
  if (from >= DAY_END) return null;
  return withDay(week, day, [...spans, { from, to: Math.min(from + LENGTH, DAY_END) }]);
}

export function removeSpan(week: Week, day: number, at: number): Week {
  return withDay(
    week,
    day,
    (week[day - 1] ?? []).filter((_, index) => index !== at),
  );
}

export function copyMonday(week: Week): Week {
  return week.map((spans, at) => (at < 5 ? (week[0] ?? []) : spans));
}

export type SpanProblem = "order" | "overlap";

/** What is wrong with a span of a day: it ends before it begins, or it runs into another one. */
export function spanProblem(spans: readonly Span[], at: number): SpanProblem | null {
  const span = spans[at];
  if (!span) return null;
  if (span.to <= span.from) return "order";
  const meets = spans.some((other, index) => index !== at && other.from < span.to && span.from < other.to);
  return meets ? "overlap" : null;
}

export function weekIsRight(week: Week): boolean {
  return week.every((spans) => spans.every((_, at) => spanProblem(spans, at) === null));
}
