// Days as people read and type them. A field of our own reads them, because `type="date"` follows the system's language
// and not that of the app.

import { fold } from "./fuzzy";
import { dateText } from "./moments";
import { keeper } from "./kept";

/** Midnight where this laptop is. */
export function midnight(at: number): number {
  const day = new Date(at);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate()).getTime();
}

/** So many days later, right across a change of summer time. */
export function dayAfter(at: number, days: number): number {
  const day = new Date(at);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + days).getTime();
}

/** That day at this minute of it. */
export function momentOn(day: number, minutes: number): number {
  const date = new Date(day);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate(), 0, minutes).getTime();
}

interface Names {
  months: string[];
  weekdays: string[];
  /** Yesterday, today, tomorrow, the day after. */
  near: { word: string; days: number }[];
  dayFirst: boolean;
}
const kept = keeper<Names>();

const letters = (text: string) => fold(text).replace(/[^\p{L}]/gu, "");

function namesOf(locale: string): Names {
  return kept(locale, () => {
    const month = new Intl.DateTimeFormat(locale, { month: "long" });
    const weekday = new Intl.DateTimeFormat(locale, { weekday: "long" });
    const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
    const order = new Intl.DateTimeFormat(locale, { day: "numeric", month: "numeric" }).formatToParts(0);
    return {
      months: Array.from({ length: 12 }, (_, at) => letters(month.format(new Date(2024, at, 1)))),
      // The fourth of August 2024 was a Sunday.
      weekdays: Array.from({ length: 7 }, (_, at) => letters(weekday.format(new Date(2024, 7, 4 + at)))),
      near: [-1, 0, 1, 2].map((days) => ({ word: fold(relative.format(days, "day")), days })),
      dayFirst:
        order.findIndex(({ type }) => type === "day") < order.findIndex(({ type }) => type === "month"),
    };
  });
}

/** Which of these it begins; short forms have two letters at least. */
function begins(names: readonly string[], word: string): number {
  return word.length < 2 ? -1 : names.findIndex((name) => name.startsWith(word));
}

/** Midnight of the day that somebody typed: as this app writes it, with or without the year, as ISO, by the name of
    a weekday, or as "tomorrow". `null` where it is no day. Without a year it is the next such day from `today` on, or
    (`back`) the last one until then. */
export function parseDay(typed: string, locale: string, today: number, back = false): number | null {
  const text = fold(typed.trim());
  const names = namesOf(locale);
  const near = names.near.find(({ word }) => word === text);
  if (near) return dayAfter(today, near.days);
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/u.exec(text);
  if (iso) return dayOf(Number(iso[1]), Number(iso[2]), Number(iso[3]));

  const words = (text.match(/\p{L}+/gu) ?? []).filter((word) => !["de", "of", "the", "den"].includes(word));
  const numbers = (text.match(/\d+/gu) ?? []).map(Number);
  const weekday = words.length === 1 && numbers.length === 0 ? begins(names.weekdays, words[0] ?? "") : -1;
  if (weekday >= 0) {
    const ahead = (weekday - new Date(today).getDay() + 6) % 7;
    return dayAfter(today, back ? ahead - 6 : ahead + 1);
  }

  const named = words.map((word) => begins(names.months, word)).find((month) => month >= 0);
  // Any other word than the weekday before a date makes it none.
  const known = words.every((word) => begins(names.months, word) >= 0 || begins(names.weekdays, word) >= 0);
  if (!known || numbers.length === 0) return null;
  const [day, month, year, ...more] =
    named !== undefined
      ? [numbers[0], named + 1, ...numbers.slice(1)]
      : names.dayFirst
        ? numbers
        : [numbers[1], numbers[0], ...numbers.slice(2)];
  if (day === undefined || month === undefined || more.length > 0) return null;
  if (year !== undefined) return dayOf(year < 100 ? 2000 + year : year, month, day);
  const first = new Date(today).getFullYear();
  // The 29th of February is four years away at most.
  for (let years = 0; years <= 4; years++) {
    const found = dayOf(back ? first - years : first + years, month, day);
    if (found !== null && (back ? found <= today : found >= midnight(today))) return found;
  }
  return null;
}

function dayOf(year: number, month: number, day: number): number | null {
  const date = new Date(year, month - 1, day);
  const real = date.getFullYear() === year && date.getMonth() === month - 1 && date.getDate() === day;
  return real && year >= 1900 && year < 3000 ? date.getTime() : null;
}

/** As it stands in a field. */
export const dayShown = (at: number | null, locale: string): string =>
  at === null ? "" : dateText(at, locale);
