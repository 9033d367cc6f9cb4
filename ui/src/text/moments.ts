// Dates and times in the reader's language and time zone.

import { keeper } from "./kept";

const dates = keeper<Intl.DateTimeFormat>();
const ago = keeper<Intl.RelativeTimeFormat>();

function formatter(locale: string, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return dates(`${locale} ${name}`, () => new Intl.DateTimeFormat(locale, options));
}

function relative(locale: string): Intl.RelativeTimeFormat {
  return ago(locale, () => new Intl.RelativeTimeFormat(locale, { numeric: "auto" }));
}

export function sameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}

/** Whole calendar days from `at` to `now` (yesterday is 1), right across a change of summer time. */
export function daysBetween(at: number, now: number): number {
  const midnight = (ms: number) => {
    const day = new Date(ms);
    return Date.UTC(day.getFullYear(), day.getMonth(), day.getDate());
  };
  return Math.round((midnight(now) - midnight(at)) / 86_400_000);
}

/** `14:05` */
export function timeOfDay(at: number, locale: string): string {
  return formatter(locale, "time", { hour: "2-digit", minute: "2-digit" }).format(at);
}

/** `14:05`, or with the day when it is not today. */
export function timeOrDay(at: number, now: number, locale: string): string {
  if (sameDay(at, now)) return timeOfDay(at, locale);
  return formatter(locale, "daytime", {
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  }).format(at);
}

/** For the right edge of the thread list: time today, weekday this week, else the date. */
export function shortMoment(at: number, now: number, locale: string): string {
  const days = daysBetween(at, now);
  if (days <= 0) return timeOfDay(at, locale);
  if (days < 7) return formatter(locale, "weekday", { weekday: "short" }).format(at);
  return formatter(locale, "short", { day: "numeric", month: "short" }).format(at);
}

/** The full moment, for tooltips. */
export function fullMoment(at: number, locale: string): string {
  return formatter(locale, "full", { dateStyle: "full", timeStyle: "medium" }).format(at);
}

/** The line between two days of a conversation; today and yesterday by name. */
export function dayLine(at: number, now: number, locale: string): string {
  const days = daysBetween(at, now);
  if (days === 0 || days === 1) {
    const word = relative(locale).format(-days, "day");
    return word.charAt(0).toLocaleUpperCase(locale) + word.slice(1);
  }
  const options: Intl.DateTimeFormatOptions = { weekday: "long", day: "numeric", month: "long" };
  if (new Date(at).getFullYear() === new Date(now).getFullYear()) {
    return formatter(locale, "day", options).format(at);
  }
  return formatter(locale, "dayyear", { ...options, year: "numeric" }).format(at);
}

/** Day and time without the weekday, for buttons. */
export function dateAndTime(at: number, locale: string): string {
  return formatter(locale, "dateandtime", { dateStyle: "medium", timeStyle: "short" }).format(at);
}

/** `2 minutes ago`, as coarse as it may be. */
export function agoText(at: number, now: number, locale: string): string {
  const format = relative(locale);
  const seconds = Math.max(0, Math.round((now - at) / 1000));
  if (seconds < 60) return format.format(-seconds, "second");
  if (seconds < 3600) return format.format(-Math.round(seconds / 60), "minute");
  if (seconds < 86_400) return format.format(-Math.round(seconds / 3600), "hour");
  return format.format(-Math.round(seconds / 86_400), "day");
}

/** A length of time in words: `4 min`, `2 hr`. */
export function spanText(ms: number, locale: string): string {
  const minutes = Math.max(1, Math.round(Math.abs(ms) / 60_000));
  const [amount, unit] = minutes < 120 ? [minutes, "minute"] : [Math.round(minutes / 60), "hour"];
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(amount as number);
}

/** `14:05` today, `Sat 14:05` within the days around it. */
export function weekdayAndTime(at: number, now: number, locale: string): string {
  if (sameDay(at, now)) return timeOfDay(at, locale);
  const day = formatter(locale, "weekday", { weekday: "short" }).format(at);
  return `${day} ${timeOfDay(at, locale)}`;
}

/** `14:05` today, else `19 Nov 14:05`, with the year where it is another one. */
export function timeOrDate(at: number, now: number, locale: string): string {
  if (sameDay(at, now)) return timeOfDay(at, locale);
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  const day: Intl.DateTimeFormatOptions = { day: "numeric", month: "short" };
  const date = sameYear
    ? formatter(locale, "short", day)
    : formatter(locale, "shortyear", { ...day, year: "numeric" });
  return `${date.format(at)} ${timeOfDay(at, locale)}`;
}

/** `19 Nov 2026` */
export function dateText(at: number, locale: string): string {
  // With the name of the month, Portuguese takes twice the room.
  const dateStyle = locale.startsWith("pt") ? "short" : "medium";
  return formatter(locale, "date", { dateStyle }).format(at);
}

/** The name of a weekday, 1 Monday … 7 Sunday. */
export function dayName(day: number, locale: string): string {
  // The first of January 2024 was a Monday.
  const name = formatter(locale, "dayname", { weekday: "long" }).format(new Date(2024, 0, day));
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
}
