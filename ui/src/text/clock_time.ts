// Times of day as minutes after midnight: how they are written, and how people type them. A field of our own reads
// them, because the engine of the app draws `type="time"` as plain text.

export const DAY_END = 1440;

/** `09:30`; the end of a day is `24:00`. */
export function clockTime(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** `9`, `930`, `9.30`, `9h30`, `6pm`: minutes after midnight, or `null` where it is no time. */
export function parseClockTime(typed: string): number | null {
  const found = /^(\d{1,2})(?:\s*[:.h,]?\s*(\d{2}))?\s*(?:h|uhr)?\s*([ap])?\.?m?\.?$/iu.exec(typed.trim());
  if (!found) return null;
  const half = found[3]?.toLowerCase();
  let hours = Number(found[1]);
  const minutes = Number(found[2] ?? 0);
  if (half && (hours < 1 || hours > 12)) return null;
  if (half) hours = (hours % 12) + (half === "p" ? 12 : 0);
  const total = hours * 60 + minutes;
  return minutes < 60 && total <= DAY_END ? total : null;
}

/** Whether a minute of the day lies in a span that may run past midnight; one that begins where it ends is empty. */
export function within(minute: number, from: number, to: number): boolean {
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}

/** The minute of the day, in this laptop's own time zone. */
export function minuteOfDay(at: number): number {
  const moment = new Date(at);
  return moment.getHours() * 60 + moment.getMinutes();
}
