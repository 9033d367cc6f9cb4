// Which slots a template of the made-up core has, by its parts, with the same keys as the real one's.

import type { SlotKind } from "../generated/SlotKind";
import type { TemplateButtonView } from "../generated/TemplateButtonView";
import type { TemplateHeaderView } from "../generated/TemplateHeaderView";
import type { TemplateParts } from "../generated/TemplateParts";
import type { TemplateSlot } from "../generated/TemplateSlot";

const EXAMPLES: Record<string, string> = {
  "1": "Ana",
  first_name: "Ana",
  "2": "4711",
  order_number: "4711",
  date: "21.11.2026",
  time: "14:30",
  latitude: "52.520008",
  longitude: "13.404954",
};

function slot(key: string, kind: SlotKind, label: string, max: number | null = null): TemplateSlot {
  const example = EXAMPLES[label] ?? (kind === "text" && !["place", "address"].includes(label) ? "…" : null);
  return { key, kind, label, example, proposed: null, source: null, max };
}

function inText(part: string, text: string, limit: number): TemplateSlot[] {
  const labels = [...new Set([...text.matchAll(/\{\{(\w+)\}\}/gu)].map((found) => found[1] ?? ""))];
  const fixed = text.replace(/\{\{\w+\}\}/gu, "").length;
  return labels.map((label) => slot(`${part}:${label}`, "text", label, limit - fixed));
}

function inHeader(part: string, header: TemplateHeaderView | null): TemplateSlot[] {
  if (!header) return [];
  const { kind } = header;
  if (kind === "image" || kind === "video" || kind === "document")
    return [slot(`${part}:media`, kind, "media")];
  if (kind === "location")
    return [
      slot(`${part}:latitude`, "number", "latitude"),
      slot(`${part}:longitude`, "number", "longitude"),
      slot(`${part}:place`, "text", "place", 1000),
      slot(`${part}:address`, "text", "address", 1000),
    ];
  return inText(part, header.text ?? "", 60);
}

function inButtons(part: string, buttons: readonly TemplateButtonView[]): TemplateSlot[] {
  return buttons.flatMap((button, at) => {
    const key = `${part}:${at}`;
    if (button.kind === "copy_code")
      return [{ ...slot(key, "coupon_code", String(at), 20), example: "CAKE20" }];
    if (button.kind === "url" && button.url?.includes("{{"))
      return [{ ...slot(key, "url_suffix", String(at), 2000), example: "4711" }];
    return [];
  });
}

export function slotsOf(parts: TemplateParts): TemplateSlot[] {
  return [
    ...inHeader("header", parts.header),
    ...(parts.offer?.has_expiration ? [slot("offer:expires", "moment", "expires")] : []),
    ...inText("body", parts.body, parts.offer ? 600 : 1024),
    ...inButtons("button", parts.buttons),
    ...parts.cards.flatMap((card, at) => [
      ...inHeader(`card:${at}:header`, card.header),
      ...inText(`card:${at}:body`, card.body, 160),
      ...inButtons(`card:${at}:button`, card.buttons),
    ]),
  ];
}
