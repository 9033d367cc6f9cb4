// A template that Meta refused because it is another one by now: what is different, and what to do.

import type { TemplateDrift } from "../backend/generated/TemplateDrift";
import { m } from "../paraglide/messages.js";
import { languageIn } from "../text/languages";
import { timeOrDay } from "../text/moments";
import type { Told } from "./failure";
import { templateStatus } from "./template";

function change(drift: TemplateDrift, now: number, locale: string): string {
  switch (drift.what) {
    case "gone":
      return m.drift_gone({ language: languageIn(drift.language, locale) });
    case "status":
      return drift.until !== null && drift.until > now && drift.status.toUpperCase() === "PAUSED"
        ? m.drift_paused_until({ when: timeOrDay(drift.until, now, locale) })
        : m.drift_status({ status: templateStatus(drift.status) });
    case "slots":
      return m.drift_slots({ now: drift.now, sent: drift.sent });
    case "text":
      return m.drift_text();
    case "parts":
      return m.drift_parts();
  }
}

/** It can still be sent once it was looked at; else another one has to be chosen. */
export function sendableAgain(drift: readonly TemplateDrift[]): boolean {
  return drift.every(
    (one) => one.what !== "gone" && !(one.what === "status" && one.status.toUpperCase() !== "APPROVED"),
  );
}

export function driftText(drift: readonly TemplateDrift[], now: number, locale: string): Told {
  const changes = drift.map((one) => change(one, now, locale)).join(" ");
  return {
    sentence: `${m.drift_sentence()} ${changes}`,
    next: sendableAgain(drift) ? m.drift_next() : m.drift_next_other(),
  };
}
