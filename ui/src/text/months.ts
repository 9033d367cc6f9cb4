// Calendar months in the laptop's time zone, as somebody asks for them.

export interface Month {
  /** `2026-11` */
  key: string;
  from: number;
  /** The first moment that is no longer in it. */
  to: number;
}

/** The month of a moment, or one that many before (negative) or after it. */
export function monthOf(at: number, by = 0): Month {
  const date = new Date(at);
  const first = new Date(date.getFullYear(), date.getMonth() + by, 1);
  const next = new Date(date.getFullYear(), date.getMonth() + by + 1, 1);
  const key = `${first.getFullYear()}-${String(first.getMonth() + 1).padStart(2, "0")}`;
  return { key, from: first.getTime(), to: next.getTime() };
}

/** This month and those before it, the newest first. */
export function lastMonths(now: number, count: number): Month[] {
  return Array.from({ length: count }, (_, back) => monthOf(now, -back));
}

/** `November 2026` */
export function monthName({ from }: Month, locale: string): string {
  const name = new Intl.DateTimeFormat(locale, { month: "long", year: "numeric" }).format(from);
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
}
