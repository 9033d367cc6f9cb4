// The days of a month as a calendar shows them.

/** The week's first day, 0 being Sunday. Not every engine knows it; then it is Monday, but for English and Brazil. */
export function weekStart(tag: string): number {
  const locale = new Intl.Locale(tag) as Intl.Locale & {
    getWeekInfo?(): { firstDay: number };
    weekInfo?: { firstDay: number };
  };
  const info = locale.getWeekInfo?.() ?? locale.weekInfo;
  if (info) return info.firstDay % 7;
  const { region } = locale.maximize();
  return region === "US" || region === "BR" || region === "CA" ? 0 : 1;
}

/** Whole weeks around the month of this day, six at most. */
export function monthDays(of: Date, first: number): Date[] {
  const begin = new Date(of.getFullYear(), of.getMonth(), 1);
  const before = (begin.getDay() - first + 7) % 7;
  const length = new Date(of.getFullYear(), of.getMonth() + 1, 0).getDate();
  const weeks = Math.ceil((before + length) / 7);
  return Array.from(
    { length: weeks * 7 },
    (_, at) => new Date(of.getFullYear(), of.getMonth(), 1 - before + at),
  );
}

/** A month on from the 31st is the last day of the next. */
export function shiftDay(day: Date, by: { days?: number; months?: number }): Date {
  if (by.days) return new Date(day.getFullYear(), day.getMonth(), day.getDate() + by.days);
  const month = day.getMonth() + (by.months ?? 0);
  const last = new Date(day.getFullYear(), month + 1, 0).getDate();
  return new Date(day.getFullYear(), month, Math.min(day.getDate(), last));
}
