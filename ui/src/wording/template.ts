// Words for what Meta says about templates.

import type { TemplateSlot } from "../backend/generated/TemplateSlot";
import type { TemplateView } from "../backend/generated/TemplateView";
import { m } from "../paraglide/messages.js";
import type { SlotFault } from "../backend/generated/SlotFault";

export function templateStatus(status: string): string {
  switch (status.toUpperCase()) {
    case "PAUSED":
      return m.template_status_paused();
    case "REJECTED":
      return m.template_status_rejected();
    case "DISABLED":
      return m.template_status_disabled();
    case "PENDING":
    case "IN_APPEAL":
      return m.template_status_pending();
    case "DELETED":
    case "PENDING_DELETION":
      return m.template_status_deleted();
    default:
      return m.template_status_other({ status });
  }
}

/** Why it cannot be chosen. */
export function whyNot(template: TemplateView): string {
  return template.obstacle?.reason === "parts"
    ? m.template_status_needs_more()
    : templateStatus(template.status);
}

export function templateCategory(category: string): string {
  switch (category.toUpperCase()) {
    case "UTILITY":
      return m.category_utility();
    case "MARKETING":
      return m.category_marketing();
    case "AUTHENTICATION":
      return m.category_authentication();
    default:
      return category;
  }
}

export function slotLabel(slot: TemplateSlot): string {
  if (slot.key.startsWith("header:")) return m.picker_slot_header({ label: slot.label });
  if (slot.key.startsWith("button:")) return m.picker_slot_button({ label: slot.label });
  return m.picker_slot({ label: slot.label.replaceAll("_", " ") });
}

export function slotFaultText(fault: SlotFault): string {
  switch (fault.fault) {
    case "empty":
      return m.slot_empty();
    case "line_break":
      return m.slot_line_break();
    case "tab":
      return m.slot_tab();
    case "spaces":
      return m.slot_spaces();
    default:
      return m.slot_empty();
  }
}

/** `pt_BR` as "Portuguese (Brazil)" in the reader's language. */
export function languageName(code: string, locale: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: "language" }).of(code.replace("_", "-")) ?? code;
  } catch {
    return code;
  }
}
