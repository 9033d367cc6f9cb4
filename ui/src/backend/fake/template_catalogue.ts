// The made-up shop's templates: every kind of part, and every reason why one cannot be sent.

import type { TemplateButtonView } from "../generated/TemplateButtonView";
import type { TemplateParts } from "../generated/TemplateParts";
import type { TemplateView } from "../generated/TemplateView";
import { slotsOf } from "./template_slots";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

type Category = "UTILITY" | "MARKETING" | "AUTHENTICATION";

const button = (kind: string, text: string, more: Partial<TemplateButtonView> = {}): TemplateButtonView => ({
  kind,
  text,
  url: null,
  phone: null,
  ...more,
});
const replies = (...texts: string[]) => texts.map((text) => button("quick_reply", text));
const link = (text: string, url: string) => button("url", text, { url });

export function template(
  name: string,
  language: string,
  category: Category,
  body: string,
  parts: Partial<TemplateParts> = {},
  more: Partial<TemplateView> = {},
): TemplateView {
  const whole = {
    header: null,
    body,
    footer: null,
    buttons: [],
    cards: [],
    offer: null,
    unknown: [],
    ...parts,
  };
  return {
    name,
    language,
    category,
    status: "APPROVED",
    quality: "GREEN",
    id: `${name}-${language}`,
    parts: whole,
    slots: slotsOf(whole),
    obstacle: null,
    favourite: false,
    last_used_at: null,
    used_here_at: null,
    figures: { sent: 0, delivered: 0, read: 0, answered: 0, failed: 0 },
    moves_to: null,
    rejection: null,
    checked_at: null,
    known_since: 0,
    kept: [],
    kept_at: null,
    ...more,
  };
}

const card = (body: string, text: string) => ({
  header: { kind: "image", text: null },
  body,
  buttons: [link(text, "https://backstube.example/cake/{{1}}")],
});

export function catalogue(now: number): TemplateView[] {
  const figures = { sent: 40, delivered: 39, read: 31, answered: 12, failed: 1 };
  const asked = { sent: 12, delivered: 12, read: 10, answered: 7, failed: 0 };
  const image = { kind: "image", text: null };
  return [
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
      "Guten Tag {{1}}, Ihre Bestellung *{{2}}* liegt bereit. Sie können sie heute bis 18 Uhr abholen.",
      { footer: "Bäckerei am Markt", buttons: replies("Ich komme heute", "Bitte morgen") },
      { favourite: true, last_used_at: now - 3 * DAY, figures },
    ),
    template(
      "order_ready",
      "pt_BR",
      "UTILITY",
      "Olá {{1}}, seu pedido *{{2}}* está pronto. A retirada é até as 18h de hoje.",
      { buttons: replies("Passo hoje", "Amanhã, por favor") },
      { last_used_at: now - 9 * DAY },
    ),
    template(
      "order_photo",
      "en",
      "UTILITY",
      "Hello {{first_name}}, this is how your cake turned out. Order {{order_number}} is waiting for you.",
      {
        header: image,
        footer: "Bakery on the Market",
        buttons: [link("Track the order", "https://backstube.example/order/{{1}}")],
      },
    ),
    template(
      "order_photo",
      "de",
      "UTILITY",
      "Guten Tag {{first_name}}, so ist Ihre Torte geworden. Bestellung {{order_number}} wartet auf Sie.",
      {
        header: image,
        footer: "Bäckerei am Markt",
        buttons: [link("Bestellung verfolgen", "https://backstube.example/bestellung/{{1}}")],
      },
      { used_here_at: now - 21 * DAY, last_used_at: now - 21 * DAY },
    ),
    template(
      "order_photo",
      "pt_BR",
      "UTILITY",
      "Olá {{first_name}}, seu bolo ficou assim. O pedido {{order_number}} espera por você.",
      { header: image, buttons: [link("Acompanhar o pedido", "https://backstube.example/pedido/{{1}}")] },
    ),
    template(
      "reopen_question",
      "de",
      "UTILITY",
      "Guten Tag {{1}}, wir möchten Ihre Frage gern noch beantworten. Passt es Ihnen gerade?",
      { buttons: replies("Ja, gern") },
      { figures: asked, last_used_at: now - DAY },
    ),
    template(
      "reopen_question",
      "en",
      "UTILITY",
      "Hello {{1}}, we would still like to answer your question. Is now a good time?",
      { buttons: replies("Yes, please") },
      { figures: asked },
    ),
    template(
      "reopen_question",
      "pt_BR",
      "UTILITY",
      "Olá {{1}}, ainda queremos responder à sua pergunta. Pode ser agora?",
      { buttons: replies("Pode, sim") },
      { figures: asked },
    ),
    template(
      "appointment_reminder",
      "de",
      "UTILITY",
      "Wir erwarten Sie am {{date}} um {{time}}. Bitte sagen Sie uns Bescheid, falls etwas dazwischenkommt.",
      {
        header: { kind: "text", text: "Ihr Termin bei {{1}}" },
        buttons: [
          button("phone_number", "Anrufen", { phone: "+4930231250" }),
          ...replies("Passt", "Verschieben"),
        ],
      },
      { quality: "YELLOW" },
    ),
    template("invoice", "de", "UTILITY", "Anbei die Rechnung zu Ihrer Bestellung {{order_number}}.", {
      header: { kind: "document", text: null },
    }),
    template("invoice", "en", "UTILITY", "Here is the invoice for your order {{order_number}}.", {
      header: { kind: "document", text: null },
    }),
    template(
      "where_we_are",
      "de",
      "UTILITY",
      "Hier finden Sie uns, {{1}}. Die Tür liegt neben der Apotheke.",
      {
        header: { kind: "location", text: null },
      },
    ),
    template(
      "where_we_are",
      "en",
      "UTILITY",
      "This is where you find us, {{1}}. The door is next to the pharmacy.",
      {
        header: { kind: "location", text: null },
      },
    ),
    template("how_to_freeze", "en", "UTILITY", "How to freeze bread so that it tastes fresh, {{1}}.", {
      header: { kind: "video", text: null },
    }),
    template(
      "advent_cakes",
      "de",
      "MARKETING",
      "Unsere Torten im Advent, {{1}}. Antworten Sie mit STOPP, um nichts mehr zu erhalten.",
      {
        cards: [
          card("Mohn und Zitrone, für {{1}} Personen", "Bestellen"),
          card("Nuss und Schokolade, für {{1}} Personen", "Bestellen"),
          card("Quitte, für {{1}} Personen", "Bestellen"),
        ],
      },
    ),
    template(
      "weekend_offer",
      "en",
      "MARKETING",
      "For this weekend only, {{1}}: a coffee with every cake. Reply STOP to hear no more of this.",
      {
        offer: { text: "A coffee with it", has_expiration: true },
        buttons: [button("copy_code", "Copy code"), link("To the shop", "https://backstube.example/offer")],
      },
    ),
    template(
      "help_menu",
      "de",
      "UTILITY",
      "Womit können wir Ihnen helfen, {{1}}?",
      {
        buttons: replies(
          "Öffnungszeiten",
          "Bestellung ändern",
          "Allergene",
          "Lieferung",
          "Mit jemandem sprechen",
        ),
      },
      { favourite: true },
    ),
    template(
      "welcome_back",
      "ar",
      "UTILITY",
      "مرحبًا {{1}}، طلبك رقم {{2}} جاهز للاستلام *اليوم* حتى الساعة السادسة.",
      {
        footer: "مخبز السوق",
        buttons: replies("سآتي اليوم", "غدًا من فضلك"),
      },
    ),
    template(
      "loyalty_points",
      "en",
      "UTILITY",
      "You have {{1}} points on your card.",
      {},
      { moves_to: { to: "MARKETING", at: now + 9 * DAY } },
    ),
    template(
      "spring_offer",
      "de",
      "MARKETING",
      "Diese Woche gibt es {{1}} Prozent auf alle Kuchen zum Mitnehmen.",
      {},
      { status: "PAUSED", quality: "RED", obstacle: { reason: "paused", until: now + 2.4 * HOUR } },
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
        rejection: { reason: "INCORRECT_CATEGORY", recommendation: null },
      },
    ),
    template(
      "new_hours",
      "en",
      "UTILITY",
      "From {{1}} on our shop opens at {{2}}. We look forward to seeing you.",
    ),
    template(
      "winter_break",
      "en",
      "UTILITY",
      "We are closed from {{1}} to {{2}}.",
      {},
      {
        status: "PENDING",
        quality: "UNKNOWN",
        obstacle: { reason: "in_review" },
      },
    ),
    template(
      "login_code",
      "en",
      "AUTHENTICATION",
      "{{1}} is your verification code.",
      { buttons: [button("otp", "Copy code")] },
      {
        obstacle: { reason: "authentication" },
      },
    ),
    template(
      "call_us_back",
      "en",
      "UTILITY",
      "May we call you back, {{1}}?",
      { unknown: ["call_permission_request"] },
      {
        obstacle: { reason: "parts", parts: ["call_permission_request"] },
      },
    ),
  ];
}

const REASONS = ["order", "delivery", "repair", "appointment", "invoice", "pickup", "return", "payment"];
const THINGS = ["bicycle", "cake", "bouquet", "passport_photo", "sofa", "glasses", "dress", "printer"];
const STEPS = ["ready", "delayed", "confirmed", "changed", "cancelled", "reminder", "question", "thanks"];

/** So many names, each in three languages, for looking at a long list. */
export function manyTemplates(names: number): TemplateView[] {
  return Array.from({ length: names }, (_, at) => {
    const reason = REASONS[at % REASONS.length] ?? "";
    const thing = THINGS[Math.floor(at / REASONS.length) % THINGS.length] ?? "";
    const step = STEPS[Math.floor(at / (REASONS.length * THINGS.length)) % STEPS.length] ?? "";
    const name = `${thing}_${reason}_${step}${at >= 512 ? `_${Math.floor(at / 512) + 1}` : ""}`;
    return [
      template(
        name,
        "en",
        "UTILITY",
        `Hello {{1}}, a word about the ${reason} of your ${thing}: it is ${step}. Number {{2}}.`,
      ),
      template(
        name,
        "de",
        "UTILITY",
        `Guten Tag {{1}}, eine Nachricht zu Nummer {{2}} (${thing}, ${reason}): Stand ${step}, wir melden uns.`,
      ),
      template(
        name,
        "pt_BR",
        "UTILITY",
        `Olá {{1}}, sobre o número {{2}} (${thing}, ${reason}): situação ${step}, avisamos em breve.`,
      ),
    ];
  }).flat();
}
