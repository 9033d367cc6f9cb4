// The made-up shop's templates: enough kinds to draw every state of the picker.

import type { TemplateButtonView } from "../generated/TemplateButtonView";
import type { TemplateParts } from "../generated/TemplateParts";
import type { TemplateSlot } from "../generated/TemplateSlot";
import type { TemplateView } from "../generated/TemplateView";

function template(
  name: string,
  language: string,
  category: string,
  body: string,
  more: Partial<TemplateView> = {},
  parts: Partial<TemplateParts> = {},
): TemplateView {
  const labels = [...new Set([...body.matchAll(/\{\{(\w+)\}\}/gu)].map((found) => found[1] ?? ""))];
  const slots: TemplateSlot[] = labels.map((label) => ({
    key: `body:${label}`,
    kind: "text",
    label,
    example: label === "1" ? "Ana" : "4711",
    proposed: null,
    source: null,
    max: 1024 - body.length,
  }));
  return {
    name,
    language,
    category,
    status: "APPROVED",
    quality: "GREEN",
    id: `${name}-${language}`,
    parts: { header: null, body, footer: null, buttons: [], cards: [], offer: null, unknown: [], ...parts },
    slots,
    obstacle: null,
    favourite: false,
    last_used_at: null,
    used_here_at: null,
    figures: { sent: 0, delivered: 0, read: 0, answered: 0, failed: 0 },
    moves_to: null,
    rejection: null,
    checked_at: null,
    known_since: 0,
    ...more,
  };
}

const replies = (...texts: string[]): TemplateButtonView[] =>
  texts.map((text) => ({ kind: "quick_reply", text, url: null, phone: null }));

export const TEMPLATES: TemplateView[] = [
  template(
    "new_collection",
    "en",
    "MARKETING",
    "The autumn collection has arrived.",
    { obstacle: { reason: "parts", parts: ["header:image"] } },
    { header: { kind: "image", text: null } },
  ),
  template(
    "order_ready",
    "en",
    "UTILITY",
    "Hello {{1}}, your order {{2}} is ready. You can collect it today until 6 pm.",
  ),
  template(
    "order_ready",
    "de",
    "UTILITY",
    "Guten Tag {{1}}, Ihre Bestellung {{2}} liegt bereit. Sie können sie heute bis 18 Uhr abholen.",
    {},
    { footer: "Bäckerei am Markt", buttons: replies("Ich komme heute", "Bitte morgen") },
  ),
  template(
    "order_ready",
    "pt_BR",
    "UTILITY",
    "Olá {{1}}, seu pedido {{2}} está pronto. A retirada é até as 18h de hoje.",
    {},
    { buttons: replies("Passo hoje", "Amanhã, por favor") },
  ),
  template(
    "reopen_question",
    "de",
    "UTILITY",
    "Guten Tag {{1}}, wir möchten Ihre Frage gern noch beantworten. Passt es Ihnen gerade?",
    {},
    { buttons: replies("Ja, gern") },
  ),
  template(
    "reopen_question",
    "en",
    "UTILITY",
    "Hello {{1}}, we would still like to answer your question. Is now a good time?",
    {},
    { buttons: replies("Yes, please") },
  ),
  template(
    "reopen_question",
    "pt_BR",
    "UTILITY",
    "Olá {{1}}, ainda queremos responder à sua pergunta. Pode ser agora?",
    {},
    { buttons: replies("Pode, sim") },
  ),
  template(
    "appointment_reminder",
    "de",
    "UTILITY",
    "Wir erwarten Sie am {{date}} um {{time}}. Bitte sagen Sie uns Bescheid, falls etwas dazwischenkommt.",
    {},
    { header: { kind: "text", text: "Ihr Termin" } },
  ),
  template(
    "spring_offer",
    "de",
    "MARKETING",
    "Diese Woche gibt es {{1}} Prozent auf alle Kuchen zum Mitnehmen.",
    {
      status: "PAUSED",
      quality: "RED",
      obstacle: { reason: "paused", until: null },
    },
  ),
  template(
    "spring_offer",
    "en",
    "MARKETING",
    "This week there is {{1}} percent off all cakes to take away.",
    {
      status: "REJECTED",
      quality: "UNKNOWN",
      obstacle: { reason: "rejected" },
    },
  ),
  template(
    "new_hours",
    "en",
    "UTILITY",
    "From {{1}} on our shop opens at {{2}}. We look forward to seeing you.",
  ),
];

/** Proposals for one customer: the first name where the slot is `{{1}}`. */
export function templatesFor(name: string): TemplateView[] {
  const first = name.startsWith("@") ? null : (name.split(" ")[0] ?? null);
  return TEMPLATES.map((view) => ({
    ...view,
    slots: view.slots.map((slot) => {
      const proposed = slot.label === "1" ? first : null;
      return { ...slot, proposed, source: proposed === null ? null : ("customer" as const) };
    }),
  }));
}
