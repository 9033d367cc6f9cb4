// Why a template is proposed.

import type { ProposalReason } from "../backend/generated/ProposalReason";
import { m } from "../paraglide/messages.js";
import { dateText } from "../text/moments";

export function proposalText(why: readonly ProposalReason[], locale: string): string {
  const reason = (one: ProposalReason) => {
    switch (one.reason) {
      case "answered":
        return m.picker_why_answered({
          answered: one.answered.toLocaleString(locale),
          sent: one.sent.toLocaleString(locale),
        });
      case "language":
        return m.picker_why_language();
      case "category":
        return m.picker_why_category();
      case "worked_here":
        return m.picker_why_worked({ when: dateText(one.at, locale) });
    }
  };
  const text = why.map(reason).join(" · ");
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
}
