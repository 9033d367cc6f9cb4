// A thread with one of everything that a conversation can show, for looking at it.

import type { Body } from "../generated/Body";
import type { DeliveryState } from "../generated/DeliveryState";
import type { MediaView } from "../generated/MediaView";
import type { MessageRow } from "../generated/MessageRow";
import { delivery, message } from "./world";
import type { Lang } from "./words";

const WORDS: Record<Lang, string[]> = {
  en: [
    "Good morning! I saw your ad. Do you still have the *lemon cake*?",
    "Yes, we do. Please tell me:\n1. for how many people\n2. on which day\n3. _with or without_ nuts\n> The small one serves 8, the large one 16.",
    "This is how it should look",
    "For me, please listen to this",
    "Here is the list. The old address was https://bäckerei-am-markt.example/karte, is that right?",
    "We deliver here",
    "My sister will collect it",
    "Saturday morning",
    "between 9 and 11",
    "Please put candles on it",
    "Your order *4711* is ready. We are open until 6 pm.",
    "Reply STOP to opt out",
    "Thank you!",
    "Sister is allergic to nuts; ask before we add the poppy seed. Price agreed: 68 €.",
    "The cake is on its way.",
    "Is Saturday at 9 all right?",
    "See you on Saturday!",
    "The customer has a new number: +49 30 231250199.",
    "Yes, exactly like that",
    "Open until 6 pm",
    "Lemon cake, made to order",
  ],
  de: [
    "Guten Morgen! Ich habe Ihre Anzeige gesehen. Haben Sie den *Zitronenkuchen* noch?",
    "Ja, haben wir. Bitte sagen Sie mir:\n1. für wie viele Personen\n2. an welchem Tag\n3. _mit oder ohne_ Nüsse\n> Der kleine reicht für 8, der große für 16.",
    "So soll er aussehen",
    "Hören Sie bitte einmal hinein",
    "Hier ist die Liste. Die alte Adresse war https://bäckerei-am-markt.example/karte, stimmt das?",
    "Wir liefern hierher",
    "Meine Schwester holt ihn ab",
    "Samstagvormittag",
    "zwischen 9 und 11 Uhr",
    "Bitte mit Kerzen",
    "Ihre Bestellung *4711* liegt bereit. Wir haben bis 18 Uhr geöffnet.",
    "Antworten Sie mit STOPP, um nichts mehr zu erhalten",
    "Danke schön!",
    "Die Schwester verträgt keine Nüsse; vor dem Mohn noch einmal fragen. Vereinbarter Preis: 68 €.",
    "Der Kuchen ist unterwegs.",
    "Passt Samstag um 9 Uhr?",
    "Bis Samstag!",
    "Der Kunde hat jetzt die Nummer +49 30 231250199.",
    "Ja, genau so",
    "Geöffnet bis 18 Uhr",
    "Zitronenkuchen auf Bestellung",
  ],
  "pt-BR": [
    "Bom dia! Vi o anúncio de vocês. Ainda tem o *bolo de limão*?",
    "Temos, sim. Me diga, por favor:\n1. para quantas pessoas\n2. em que dia\n3. _com ou sem_ nozes\n> O pequeno serve 8, o grande serve 16.",
    "É assim que deve ficar",
    "Ouça, por favor",
    "Aqui está a lista. O endereço antigo era https://pão-da-praça.example/cardapio, certo?",
    "Entregamos aqui",
    "Minha irmã vai buscar",
    "Sábado de manhã",
    "entre 9 e 11 horas",
    "Com velas, por favor",
    "Seu pedido *4711* está pronto. Ficamos abertos até as 18h.",
    "Responda PARAR para não receber mais",
    "Obrigada!",
    "A irmã é alérgica a nozes; perguntar antes de pôr a papoula. Preço combinado: R$ 340.",
    "O bolo está a caminho.",
    "Sábado às 9 pode ser?",
    "Até sábado!",
    "O cliente agora usa o número +55 11 5550 01299.",
    "Sim, exatamente assim",
    "Aberto até as 18h",
    "Bolo de limão por encomenda",
  ],
};

const MINUTE = 60_000;

export function everyKind(lang: Lang, now: number, staff: string): MessageRow[] {
  const say = (at: number) => WORDS[lang][at] ?? "";
  // Two days, so that a line stands between them.
  let at = now - 27 * 60 * MINUTE;
  const next = (minutes = 3) => (at += minutes * MINUTE);
  const inward = (body: Body, more: Partial<MessageRow> = {}) => message(next(), "in", body, more);
  let sent = 0;
  const own = (body: Body, state: DeliveryState, more: Partial<MessageRow> = {}) =>
    message(next(), "out", body, {
      outbox_id: `kind-${++sent}`,
      delivery: {
        ...delivery(state, at + 2000),
        delivered_at: at + 4000,
        read_at: state === "read" ? at + 90_000 : null,
      },
      staff,
      ...more,
    });
  const text = (value: string): Body => ({ kind: "text", text: value });
  const failed = (code: number, name: string) => ({
    delivery: {
      ...delivery("failed", at),
      sent_at: null,
      failure: { code, name, details: null, drift: [], choice: null },
    },
  });

  const asked = inward(text(say(0)), {
    referral: {
      headline: say(20),
      text: say(19),
      source: "ad",
      url: "https://fb.example/ad/4711",
    },
  });
  const photo = inward(media("image", { caption: say(2), mime_type: "image/svg+xml" }), {
    reactions: [{ emoji: "😍", outgoing: true }],
  });
  const rows = [
    message(next(), "line", { kind: "system", text: say(17) }),
    asked,
    own(text(say(1)), "read", { quote: { message_id: asked.id, text: say(0), outgoing: false } }),
    photo,
    own(text(say(18)), "read", { quote: { message_id: photo.id, text: "", outgoing: false } }),
    inward(media("image", { mime_type: "image/svg+xml" }), { forwarded: true }),
    inward(media("audio", { voice: true, mime_type: "audio/wav", size: 61_000 })),
    inward(media("audio", { filename: "birthday-song.wav", mime_type: "audio/wav", size: 672_000 })),
    inward(text(say(3)), { edited: true }),
    inward(media("video", { mime_type: "video/mp4", filename: "shop-window.mp4", size: 4_200_000 })),
    inward(
      media("document", {
        mime_type: "application/pdf",
        filename: "wish-list_birthday_2026.pdf",
        size: 184_320,
        caption: say(4),
      }),
    ),
    own(
      media("document", {
        mime_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        filename: "prices.xlsx",
        size: 22_100,
      }),
      "delivered",
    ),
    inward(media("document", { filename: "contract.pdf", mime_type: "application/pdf", state: "gone" })),
    inward(media("video", { mime_type: "video/mp4", state: "waiting", size: 15_900_000 })),
    inward(media("sticker", { mime_type: "image/svg+xml", animated: true })),
    inward({
      kind: "location",
      latitude: 52.520008,
      longitude: 13.404954,
      name: say(5),
      address: "Marktplatz 4, 10178 Berlin",
    }),
    inward({
      kind: "contacts",
      cards: [
        {
          name: "Luísa Oliveira",
          organization: "Casa Jardim",
          phones: ["+4930231250171", "+4930231250172"],
          emails: ["luisa@casajardim.example"],
        },
      ],
    }),
    inward(text(say(6)), {
      reactions: [
        { emoji: "🎉", outgoing: true },
        { emoji: "🎉", outgoing: false },
      ],
    }),
    own({ kind: "buttons", text: say(15), buttons: [say(7), say(16)] }, "read"),
    inward({ kind: "choice", title: say(7), description: say(8) }),
    inward({ kind: "flow", name: "delivery_form", text: say(8) }),
    inward({
      kind: "order",
      text: say(9),
      items: [
        { product: "Zitronenkuchen-20", quantity: 1, price: 48, currency: "EUR" },
        { product: "Mohnschnitte", quantity: 12, price: 1.65, currency: "EUR" },
      ],
    }),
    message(next(), "note", { kind: "note", text: say(13) }, { note_id: "note-kinds", staff }),
    message(next(), "line", { kind: "call", event: "connect", from_customer: true }),
    inward({ kind: "unsupported", what: "poll_creation" }),
    message(next(), "in", text(say(12)), { revoked: true }),
    message(next(600), "line", { kind: "window_closed_by_meta" }),
    own(
      {
        kind: "template",
        name: "order_ready",
        header: say(20),
        text: say(10),
        footer: say(11),
        buttons: [say(7), say(16)],
        header_kind: null,
        cards: [],
        offer: null,
      },
      "read",
    ),
    inward(text("👍")),
    own(text(say(14)), "doubtful"),
    own(text(say(15)), "failed"),
    own(text(say(16)), "held"),
  ];
  const last = rows.length;
  const broken = rows[last - 2];
  if (broken) Object.assign(broken, failed(131049, "meta_chose_not_to_deliver"));
  rows.push(message(next(2), "in", text(say(12))));
  return rows;
}

function media(kind: string, more: Partial<MediaView>): Body {
  return {
    kind: "media",
    media: {
      kind,
      caption: null,
      filename: null,
      mime_type: null,
      state: "stored",
      size: null,
      voice: false,
      animated: false,
      width: null,
      height: null,
      ...more,
    },
  };
}
