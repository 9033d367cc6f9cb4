// Templates as they look after half a year: used, paused, rejected, moved, forgotten. For looking at the review.

import type { TemplateButtonView } from "../generated/TemplateButtonView";
import type { TemplateView } from "../generated/TemplateView";
import { template } from "./template_catalogue";
import { DAY, HOUR } from "./world";

const replies = (...texts: string[]): TemplateButtonView[] =>
  texts.map((text) => ({ kind: "quick_reply", text, url: null, phone: null }));
const figures = (sent: number, delivered: number, read: number, answered: number) => ({
  sent,
  delivered,
  read,
  answered,
  failed: sent - delivered,
});

export function livedIn(now: number): TemplateView[] {
  return [
    template(
      "order_ready",
      "en",
      "UTILITY",
      "Hello {{1}}, your order {{2}} is ready. You can collect it today until 6 pm.",
      {},
      { last_used_at: now - 4 * DAY, known_since: now - 260 * DAY, figures: figures(40, 39, 30, 12) },
    ),
    template(
      "order_ready",
      "de",
      "UTILITY",
      "Guten Tag {{1}}, Ihre Bestellung {{2}} liegt bereit. Sie können sie heute bis 18 Uhr abholen.",
      { footer: "Bäckerei am Markt", buttons: replies("Ich komme heute", "Bitte morgen") },
      {
        favourite: true,
        last_used_at: now - 3 * HOUR,
        known_since: now - 300 * DAY,
        checked_at: now - 20 * DAY,
        figures: figures(412, 405, 371, 158),
      },
    ),
    template(
      "order_ready",
      "pt_BR",
      "UTILITY",
      "Olá {{1}}, seu pedido {{2}} está pronto. A retirada é até as 18h de hoje.",
      { buttons: replies("Passo hoje", "Amanhã, por favor") },
      {
        status: "PENDING",
        quality: "UNKNOWN",
        obstacle: { reason: "in_review" },
        known_since: now - HOUR,
      },
    ),
    template(
      "reopen_question",
      "de",
      "UTILITY",
      "Guten Tag {{1}}, wir möchten Ihre Frage gern noch beantworten. Passt es Ihnen gerade?",
      { buttons: replies("Ja, gern") },
      { last_used_at: now - 2 * DAY, known_since: now - 90 * DAY, figures: figures(62, 60, 55, 36) },
    ),
    template(
      "reopen_question",
      "en",
      "UTILITY",
      "Hello {{1}}, we would still like to answer your question. Is now a good time?",
      { buttons: replies("Yes, please") },
      { known_since: now - 90 * DAY, quality: "UNKNOWN" },
    ),
    template(
      "appointment_reminder",
      "de",
      "UTILITY",
      "Wir erwarten Sie am {{date}} um {{time}}. Bitte sagen Sie uns Bescheid, falls etwas dazwischenkommt.",
      { header: { kind: "text", text: "Ihr Termin" } },
      {
        last_used_at: now - 9 * DAY,
        known_since: now - 120 * DAY,
        moves_to: { to: "MARKETING", at: now + DAY },
        figures: figures(118, 116, 99, 41),
      },
    ),
    template(
      "spring_offer",
      "de",
      "MARKETING",
      "Diese Woche gibt es {{1}} Prozent auf alle Kuchen zum Mitnehmen.",
      {},
      {
        status: "PAUSED",
        quality: "RED",
        obstacle: { reason: "paused", until: now + 2 * HOUR },
        last_used_at: now - DAY,
        known_since: now - 60 * DAY,
        figures: figures(240, 221, 96, 4),
      },
    ),
    template(
      "spring_offer",
      "en",
      "MARKETING",
      "This week there is {{1}} percent off all cakes to take away.",
      {},
      {
        status: "REJECTED",
        quality: "UNKNOWN",
        obstacle: { reason: "rejected" },
        known_since: now - DAY,
        rejection: {
          reason: "INVALID_FORMAT",
          recommendation: "Variables can't be at the start or end of the template.",
        },
      },
    ),
    template(
      "new_hours",
      "en",
      "UTILITY",
      "From {{1}} on our shop opens at {{2}}. We look forward to seeing you.",
      {},
      { quality: "YELLOW", last_used_at: now - 200 * DAY, known_since: now - 400 * DAY },
    ),
    template(
      "new_collection",
      "en",
      "MARKETING",
      "The autumn collection has arrived.",
      { header: { kind: "image", text: null } },
      { known_since: now - 30 * DAY },
    ),
  ];
}
