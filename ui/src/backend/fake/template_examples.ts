// Examples to start from, shorter than the product's own (assets/templates): enough to see the gallery.

import type { TemplateDraft } from "../generated/TemplateDraft";
import type { TemplateExample } from "../generated/TemplateExample";
import { emptyDraft, newButton } from "../../text/template_draft";

interface Seed {
  reason: string;
  name: string;
  header?: string;
  body: string;
  replies?: string[];
  footer?: string;
  samples: Record<string, string>;
}

const SEEDS: Record<string, Seed[]> = {
  en: [
    {
      reason: "order_ready",
      name: "order_ready_to_collect",
      header: "Your order is ready",
      body: "Hello {{first_name}}, your order {{order_number}} is waiting for you at our counter. We keep it until {{collect_until}} for you.",
      replies: ["I'll come today", "I need more time"],
      samples: { first_name: "Mara", order_number: "A-1027", collect_until: "Saturday, 1 pm" },
    },
    {
      reason: "appointment",
      name: "appointment_reminder",
      header: "Your appointment",
      body: "Hello {{first_name}}, this is a reminder of your appointment on {{date}} at {{time}}. If anything comes up, please let us know in good time.",
      replies: ["I'll be there", "I have to move it"],
      samples: { first_name: "Jonas", date: "12 March", time: "9:30" },
    },
    {
      reason: "delivery",
      name: "delivery_on_its_way",
      body: "Hello {{first_name}}, your order {{order_number}} left us today and should reach you on {{date}}. If nobody is at home, tell us where to leave it.",
      samples: { first_name: "Selin", order_number: "B-2210", date: "4 June" },
    },
    {
      reason: "changed_hours",
      name: "changed_opening_hours",
      body: "Hello {{first_name}}, about your order: on {{date}} we are open from {{open_from}} to {{open_until}} only. Does that suit you?",
      replies: ["Suits me", "Another day, please"],
      samples: { first_name: "Mr Adler", date: "24 December", open_from: "8 am", open_until: "noon" },
    },
    {
      reason: "opt_in_confirmation",
      name: "agreement_confirmed",
      body: "Hello {{first_name}}, on {{date}} you agreed that we write to you here about {{topic}}. Please confirm this with a tap below.",
      replies: ["Yes, I confirm", "No, that wasn't me"],
      footer: "Reply STOP at any time",
      samples: { first_name: "Mara", date: "3 May", topic: "finished orders" },
    },
    {
      reason: "reopening",
      name: "request_still_open",
      body: "Hello {{first_name}}, your request about {{subject}} is still open with us, and we would like to settle it. May we answer you here?",
      replies: ["Yes, please", "It is settled"],
      samples: { first_name: "Jonas", subject: "the back wheel" },
    },
  ],
  de: [
    {
      reason: "order_ready",
      name: "bestellung_bereit",
      header: "Ihre Bestellung ist fertig",
      body: "Guten Tag {{first_name}}, Ihre Bestellung {{order_number}} liegt bei uns bereit. Wir heben sie bis {{collect_until}} für Sie auf.",
      replies: ["Ich komme heute", "Ich brauche mehr Zeit"],
      samples: { first_name: "Mara", order_number: "A-1027", collect_until: "Samstag, 13 Uhr" },
    },
    {
      reason: "appointment",
      name: "termin_erinnerung",
      header: "Ihr Termin",
      body: "Guten Tag {{first_name}}, wir erinnern an Ihren Termin am {{date}} um {{time}} Uhr. Sollte etwas dazwischenkommen, sagen Sie uns bitte Bescheid.",
      replies: ["Ich komme", "Ich muss verschieben"],
      samples: { first_name: "Jonas", date: "12. März", time: "9:30" },
    },
    {
      reason: "delivery",
      name: "lieferung_kommt",
      body: "Guten Tag {{first_name}}, Ihre Bestellung {{order_number}} ist heute losgefahren und kommt voraussichtlich am {{date}} bei Ihnen an.",
      samples: { first_name: "Selin", order_number: "B-2210", date: "4. Juni" },
    },
    {
      reason: "changed_hours",
      name: "andere_oeffnungszeiten",
      body: "Guten Tag {{first_name}}, zu Ihrer Bestellung: Am {{date}} haben wir nur von {{open_from}} bis {{open_until}} Uhr geöffnet. Passt Ihnen das?",
      replies: ["Passt mir", "Lieber anderer Tag"],
      samples: { first_name: "Herr Adler", date: "24. Dezember", open_from: "8", open_until: "12" },
    },
    {
      reason: "opt_in_confirmation",
      name: "zustimmung_bestaetigen",
      body: "Guten Tag {{first_name}}, am {{date}} haben Sie zugestimmt, dass wir Ihnen hier zu {{topic}} schreiben. Bitte bestätigen Sie das mit einem Tipp.",
      replies: ["Ja, ich bestätige", "Nein, das war ich nicht"],
      footer: "Abmelden jederzeit mit STOPP",
      samples: { first_name: "Mara", date: "3. Mai", topic: "fertigen Bestellungen" },
    },
    {
      reason: "reopening",
      name: "anfrage_offen",
      body: "Guten Tag {{first_name}}, Ihre Anfrage zu {{subject}} ist bei uns noch offen, und wir möchten sie gern klären. Dürfen wir Ihnen hier antworten?",
      replies: ["Ja, bitte", "Hat sich erledigt"],
      samples: { first_name: "Jonas", subject: "der Reparatur" },
    },
  ],
  "pt-BR": [
    {
      reason: "order_ready",
      name: "pedido_no_balcao",
      header: "Seu pedido está pronto",
      body: "Olá {{first_name}}, seu pedido {{order_number}} já espera por você no balcão. Guardamos até {{collect_until}} para você.",
      replies: ["Passo hoje", "Preciso de mais tempo"],
      samples: { first_name: "Lia", order_number: "A-1027", collect_until: "sábado, 13h" },
    },
    {
      reason: "appointment",
      name: "lembrete_de_horario",
      header: "Seu horário",
      body: "Olá {{first_name}}, lembramos do seu horário no dia {{date}} às {{time}}. Se algo mudar, avise a gente, por favor.",
      replies: ["Eu vou", "Preciso remarcar"],
      samples: { first_name: "Caio", date: "12 de março", time: "9h30" },
    },
    {
      reason: "delivery",
      name: "entrega_a_caminho",
      body: "Olá {{first_name}}, seu pedido {{order_number}} saiu hoje e deve chegar no dia {{date}}. Se não houver ninguém, diga onde deixar.",
      samples: { first_name: "Bia", order_number: "B-2210", date: "4 de junho" },
    },
    {
      reason: "changed_hours",
      name: "mudanca_de_horario",
      body: "Olá {{first_name}}, sobre o seu pedido: no dia {{date}} abrimos só das {{open_from}} às {{open_until}}. Pode ser?",
      replies: ["Pode ser", "Outro dia, por favor"],
      samples: { first_name: "Seu Otávio", date: "24 de dezembro", open_from: "8h", open_until: "12h" },
    },
    {
      reason: "opt_in_confirmation",
      name: "confirmar_autorizacao",
      body: "Olá {{first_name}}, em {{date}} você aceitou receber aqui mensagens sobre {{topic}}. Confirme com um toque, por favor.",
      replies: ["Sim, confirmo", "Não fui eu"],
      footer: "Para sair, responda PARAR",
      samples: { first_name: "Lia", date: "3 de maio", topic: "pedidos prontos" },
    },
    {
      reason: "reopening",
      name: "pergunta_em_aberto",
      body: "Olá {{first_name}}, sua pergunta sobre {{subject}} ainda está em aberto, e queremos resolver. Podemos responder por aqui?",
      replies: ["Sim, por favor", "Já resolvi"],
      samples: { first_name: "Caio", subject: "o conserto" },
    },
  ],
};

function draftOf(seed: Seed, language: string): TemplateDraft {
  return {
    ...emptyDraft(language.replace("-", "_")),
    name: seed.name,
    header: seed.header ? { kind: "text", text: seed.header, file: null } : null,
    body: seed.body,
    footer: seed.footer ?? "",
    buttons: (seed.replies ?? []).map((text) => newButton("quick_reply", text)),
    samples: Object.entries(seed.samples).map(([label, text]) => ({ key: `body:${label}`, text })),
  };
}

export function examples(language: string): TemplateExample[] {
  return (SEEDS[language] ?? SEEDS.en ?? []).map((seed) => ({
    reason: seed.reason,
    draft: draftOf(seed, language),
  }));
}
