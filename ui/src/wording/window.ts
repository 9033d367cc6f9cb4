// How a customer service window is put into words: short for chips, whole sentences for tooltips.

import { m } from "../paraglide/messages.js";
import { clockLeft, HOUR, splitLeft, type WindowNow } from "../text/countdown";
import { fullMoment, timeOrDay } from "../text/moments";

export function windowShort(window: WindowNow, now: number, locale: string): string {
  if (window.state === "never" || window.end === null) return m.window_never();
  if (window.state === "closed") return m.window_closed_since({ when: timeOrDay(window.end, now, locale) });
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

export function windowHeading(window: WindowNow): string {
  if (window.unsureSince !== null) return m.window_unsure();
  if (window.state === "open") return m.window_label_open();
  if (window.state === "soon" || window.state === "ending") return m.window_label_soon();
  return m.window_label_closed();
}
