// What a slot is called, where its value comes from, and what is wrong with it.

import type { SlotSource } from "../backend/generated/SlotSource";
import type { TemplateSlot } from "../backend/generated/TemplateSlot";
import type { TemplateView } from "../backend/generated/TemplateView";
import { m } from "../paraglide/messages.js";
import { sizeText } from "../text/size";
import type { SlotFault } from "../text/slots";
import type { FileFault } from "../text/template_file";
import { headerKind } from "./template_part";
import { isNumbered, placeName, variableName } from "./template_rule";

function sentence(label: string): string {
  const words = variableName(label);
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}

const PLACE: Record<string, () => string> = {
  latitude: m.picker_slot_latitude,
  longitude: m.picker_slot_longitude,
  place: m.picker_slot_place,
  address: m.picker_slot_place_address,
};

const labelled = (label: string) => (isNumbered(label) ? placeName(label) : sentence(label));

/** A number alone says nothing; what the template has as its example does. */
const explained = (slot: TemplateSlot) =>
  isNumbered(slot.label) && slot.example
    ? m.picker_slot_such_as({ field: labelled(slot.label), example: slot.example })
    : labelled(slot.label);

/** "First name", "Field 2 (e.g. Monday)", "Link of “Track”", "Card 1 · Picture". */
export function slotLabel(slot: TemplateSlot, template: Pick<TemplateView, "parts">): string {
  const words = slot.key.split(":");
  if (words[0] !== "card") return within(words, slot, template.parts.buttons);
  const number = Number(words[1]);
  const buttons = template.parts.cards[number]?.buttons ?? [];
  return m.picker_slot_card({ number: number + 1, label: within(words.slice(2), slot, buttons) });
}

function within(
  [part, last]: readonly (string | undefined)[],
  slot: TemplateSlot,
  buttons: readonly { text: string }[],
): string {
  if (part === "header") {
    if (last === "media") return headerKind(slot.kind);
    return PLACE[last ?? ""]?.() ?? m.picker_slot_heading({ label: explained(slot) });
  }
  if (part === "offer") return m.picker_slot_expires();
  if (part === "button") {
    if (slot.kind === "coupon_code") return m.picker_slot_code();
    return m.picker_slot_address({ button: buttons[Number(last)]?.text ?? "" });
  }
  return explained(slot);
}

/** By the key alone, where the template is not at hand. */
export function slotName(key: string): string {
  const last = key.split(":").at(-1) ?? key;
  return PLACE[last]?.() ?? labelled(last);
}

export function sourceText(source: SlotSource): string {
  switch (source) {
    case "customer":
      return m.slot_from_customer();
    case "shop":
      return m.slot_from_shop();
    case "last_time":
      return m.slot_from_last_time();
  }
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
    case "too_long":
      return m.slot_too_long({ count: fault.length - fault.limit });
    case "space_in_address":
      return m.slot_space_in_address();
    case "not_a_number":
      return m.slot_not_a_number();
    case "not_a_moment":
      return m.slot_not_a_moment();
    case "file_gone":
      return m.slot_file_gone();
    case "file_kind":
      return m.slot_file_kind();
  }
}

export function fileFaultText(fault: FileFault, locale: string): string {
  switch (fault.fault) {
    case "empty":
      return m.slot_file_empty();
    case "gone":
      return m.slot_file_gone();
    case "failed":
      return m.slot_file_failed();
    case "large":
      return m.slot_file_large({ limit: sizeText(fault.limit, locale) });
    case "kind":
      if (fault.kind === "image") return m.slot_file_image();
      return fault.kind === "video" ? m.slot_file_video() : m.slot_file_document();
  }
}
