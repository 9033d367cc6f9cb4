// A sentence and a next step for every reason a send is refused.

import type { Refusal } from "../backend/generated/Refusal";
import { m } from "../paraglide/messages.js";
import { timeOrDay } from "../text/moments";
import { noOptInText, optedOutText } from "./consent";
import { failureText, type Told } from "./failure";
import { guardBlockText } from "./guard";
import { obstacleText, templateStatus } from "./template";
import { slotFaultText, slotName } from "./template_slot";

export function refusalText(refusal: Refusal, now: number, locale: string): Told {
  const when = (at: number) => timeOrDay(at, now, locale);
  switch (refusal.reason) {
    case "window_closed":
      return refusal.by_meta
        ? {
            sentence: m.refusal_window_closed_by_meta({ when: when(refusal.since) }),
            next: m.refusal_window_closed_by_meta_next(),
          }
        : {
            sentence: m.refusal_window_closed({ when: when(refusal.since) }),
            next: m.refusal_window_closed_next(),
          };
    case "window_never":
      return { sentence: m.refusal_window_never(), next: m.refusal_window_never_next() };
    case "window_ending":
      return { sentence: m.refusal_window_ending(), next: m.refusal_window_ending_next() };
    case "empty":
      return { sentence: m.refusal_empty(), next: m.refusal_empty_next() };
    case "too_long": {
      const number = new Intl.NumberFormat(locale);
      const length = number.format(refusal.length);
      return {
        sentence: m.refusal_too_long({ length, limit: number.format(refusal.limit) }),
        next: m.refusal_too_long_next(),
      };
    }
    case "template_values": {
      const slots = refusal.slots
        .map((slot) => `${slotName(slot.key)} (${slotFaultText(slot.why)})`)
        .join(", ");
      return { sentence: m.refusal_template_values({ slots }), next: m.refusal_template_values_next() };
    }
    case "template_unknown":
      return { sentence: m.refusal_template_unknown(), next: m.refusal_template_unknown_next() };
    case "template_not_approved":
      return {
        sentence: m.refusal_template_not_approved({ status: templateStatus(refusal.status) }),
        next: m.refusal_template_not_approved_next(),
      };
    case "template_obstacle":
      return {
        sentence: m.refusal_template_obstacle({ why: obstacleText(refusal.obstacle, null, now, locale) }),
        next: m.refusal_template_not_approved_next(),
      };
    case "on_hold": {
      const why = failureText({ code: refusal.code, name: refusal.name, details: null }).sentence;
      return {
        sentence: m.refusal_on_hold({ when: when(refusal.since), why }),
        next: m.refusal_on_hold_next(),
      };
    }
    case "no_recipient":
      return { sentence: m.refusal_no_recipient(), next: m.refusal_no_recipient_next() };
    case "blocked":
      return { sentence: m.refusal_blocked(), next: m.refusal_blocked_next() };
    case "not_connected":
      return {
        sentence: m.refusal_not_connected({ number: refusal.number }),
        next: m.refusal_not_connected_next(),
      };
    case "opted_out":
      return optedOutText(refusal, now, locale);
    case "no_opt_in":
      return noOptInText(refusal);
    case "guard":
      return guardBlockText(refusal.reasons);
    case "attachment":
      return { sentence: m.refusal_attachment(), next: m.refusal_attachment_next() };
    case "clock_unknown":
      return { sentence: m.refusal_clock_unknown(), next: m.refusal_clock_unknown_next() };
  }
}
