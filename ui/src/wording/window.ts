// How a customer service window is put into words: short for chips, whole sentences for tooltips.

import { m } from "../paraglide/messages.js";
import { clockLeft, HOUR, splitLeft, type WindowNow } from "../text/countdown";
import { fullMoment, sameDay, shortMoment, timeOfDay, timeOrDay, weekdayAndTime } from "../text/moments";

/** `brief`: of another day only its name or date, for the list. */
export function windowShort(window: WindowNow, now: number, locale: string, brief = false): string {
  if (window.state === "never" || window.end === null) return m.window_never();
  if (window.state === "closed") {
    const when = (brief ? shortMoment : timeOrDay)(window.end, now, locale);
    return m.window_closed_since({ when });
  }
  if (window.left < HOUR) return clockLeft(window.left);
  const { hours, minutes } = splitLeft(window.left);
  return m.window_left({ hours, minutes });
}

export function windowSentence(window: WindowNow, now: number, locale: string): string {
  const parts: string[] = [];
  if (window.end === null) parts.push(m.window_tip_never());
  else {
    const when = fullMoment(window.end, locale);
    if (window.byMeta) parts.push(m.window_tip_meta({ when }));
    else parts.push(window.state === "closed" ? m.window_tip_closed({ when }) : m.window_tip_open({ when }));
  }
  if (window.unsureSince !== null) {
    parts.push(m.window_tip_unsure({ when: timeOrDay(window.unsureSince, now, locale) }));
  }
  return parts.join(" ");
}

/** Where there is little room: of a closed window only since when, as its heading says that it is closed. */
export function windowBrief(window: WindowNow, now: number, locale: string): string {
  if (window.state !== "closed" || window.end === null) return windowShort(window, now, locale, true);
  return m.list_since({ when: shortMoment(window.end, now, locale) });
}

/** The same for what stands above it. */
export function windowBriefHeading(window: WindowNow, now: number, locale: string): string {
  if (window.unsureSince !== null) return m.list_unsure();
  if (window.left === 0 || window.end === null) return m.window_label_closed();
  return m.list_until({ time: weekdayAndTime(window.end, now, locale) });
}

/** Above the large countdown: when exactly it ends, or what is left to do once it has. */
export function windowHeading(window: WindowNow, now: number, locale: string): string {
  if (window.unsureSince !== null)
    return m.list_unsure_since({ when: timeOrDay(window.unsureSince, now, locale) });
  if (window.left === 0 || window.end === null) return m.window_label_closed();
  if (sameDay(window.end, now)) return m.list_closes_today({ time: timeOfDay(window.end, locale) });
  // Within a day: the weekday says which one.
  return m.list_closes_on({ when: weekdayAndTime(window.end, now, locale) });
}
