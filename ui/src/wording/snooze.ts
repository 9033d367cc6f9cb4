// Why a moment is a bad one to be reminded at.

import type { OpeningHours } from "../backend/generated/OpeningHours";
import { m } from "../paraglide/messages.js";
import type { WindowNow } from "../text/countdown";
import { nextOpening } from "../text/hours";
import { weekdayAndTime } from "../text/moments";
import type { SnoozeWarning } from "../text/snooze";

export interface SnoozeSituation {
  now: number;
  window: WindowNow | null;
  hours: OpeningHours | undefined;
}

export function snoozeWarningText(
  warning: SnoozeWarning,
  until: number,
  { now, window, hours }: SnoozeSituation,
  locale: string,
): string {
  switch (warning) {
    case "past":
      return m.list_snooze_past();
    case "after_close":
      return m.list_snooze_after_close({ when: weekdayAndTime(window?.end ?? until, now, locale) });
    case "shut":
      return m.list_snooze_shut({
        when: weekdayAndTime((hours && nextOpening(hours, until)) ?? until, now, locale),
      });
  }
}
