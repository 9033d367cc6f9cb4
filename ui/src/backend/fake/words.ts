// What the made-up customers of the made-up core say, in the three languages of the product.

export type Lang = "en" | "de" | "pt-BR";

export interface Person {
  name: string;
  phone: string | null;
  username?: string;
  /** Hours since they last wrote; null when they never did. */
  wrote: number | null;
  unread: number;
  draft?: string;
  kind?: string;
  outgoing?: boolean;
  state?: "sent" | "delivered" | "read" | "failed" | "doubtful";
  line: Record<Lang, string>;
}

export const PEOPLE: Person[] = [
  {
    name: "Marta Oliveira",
    phone: "+5511555001234",
    wrote: 22.71,
    unread: 0,
    line: {
      en: "Perfect. And would Saturday at 9 be too early for you?",
      de: "Wunderbar. Und wäre Samstag um 9 zu früh für Sie?",
      "pt-BR": "Perfeito. E sábado às 9 seria cedo demais para vocês?",
    },
  },
  {
    name: "Jonas Brandt",
    phone: "+4930231250117",
    wrote: 23.37,
    unread: 2,
    line: {
      en: "Is my bike ready? I would need it for the weekend.",
      de: "Ist mein Rad schon fertig? Ich bräuchte es fürs Wochenende.",
      "pt-BR": "Minha bicicleta já está pronta? Preciso dela no fim de semana.",
    },
  },
  {
    name: "Aylin Demir",
    phone: "+4930231250122",
    wrote: 0.2,
    unread: 1,
    kind: "image",
    line: { en: "", de: "", "pt-BR": "" },
  },
  {
    name: "@casa.jardim",
    phone: null,
    username: "casa.jardim",
    wrote: 1.1,
    unread: 0,
    line: {
      en: "Do you also deliver to the north of town?",
      de: "Liefern Sie auch in die Nordstadt?",
      "pt-BR": "Vocês entregam também na zona norte?",
    },
  },
  {
    name: "Friederike Schwarzenberger-Hohenlohe",
    phone: "+4930231250131",
    wrote: 5.6,
    unread: 0,
    draft: "…",
    line: {
      en: "Thank you, that helps a lot!",
      de: "Vielen Dank, das hilft mir sehr!",
      "pt-BR": "Muito obrigada, ajudou bastante!",
    },
  },
  {
    name: "Tomás Ferreira",
    phone: "+5511555009812",
    wrote: 8.2,
    unread: 0,
    outgoing: true,
    state: "read",
    line: {
      en: "We have put two loaves aside for you.",
      de: "Wir haben Ihnen zwei Brote zurückgelegt.",
      "pt-BR": "Separamos dois pães para você.",
    },
  },
  {
    name: "Grace Okafor",
    phone: "+15550100143",
    wrote: 11.4,
    unread: 0,
    kind: "audio",
    line: { en: "", de: "", "pt-BR": "" },
  },
  {
    name: "Lena Vogt",
    phone: "+4930231250145",
    wrote: 13.9,
    unread: 0,
    outgoing: true,
    state: "doubtful",
    line: {
      en: "The table for six is reserved.",
      de: "Der Tisch für sechs ist reserviert.",
      "pt-BR": "A mesa para seis está reservada.",
    },
  },
  {
    name: "Rafael Nunes",
    phone: "+5511555007746",
    wrote: 26.1,
    unread: 0,
    outgoing: true,
    state: "failed",
    line: {
      en: "Your glasses can be collected.",
      de: "Ihre Brille kann abgeholt werden.",
      "pt-BR": "Seus óculos podem ser retirados.",
    },
  },
  {
    name: "Hannah Lindqvist",
    phone: "+4930231250158",
    wrote: 31,
    unread: 0,
    line: {
      en: "See you next week then.",
      de: "Dann bis nächste Woche.",
      "pt-BR": "Então até semana que vem.",
    },
  },
  {
    name: "Paul Adeyemi",
    phone: "+15550100177",
    wrote: 52,
    unread: 0,
    line: { en: "👍", de: "👍", "pt-BR": "👍" },
  },
  {
    name: "Beatriz Campos",
    phone: "+5511555003390",
    wrote: null,
    unread: 0,
    outgoing: true,
    state: "delivered",
    kind: "template",
    line: {
      en: "Hello Beatriz, your order 4711 is ready for collection.",
      de: "Guten Tag Beatriz, Ihre Bestellung 4711 liegt zur Abholung bereit.",
      "pt-BR": "Olá Beatriz, seu pedido 4711 está pronto para retirada.",
    },
  },
  {
    name: "Emil Novak",
    phone: "+4930231250163",
    wrote: 97,
    unread: 0,
    kind: "location",
    line: { en: "", de: "", "pt-BR": "" },
  },
];

export const TALK: Record<Lang, string[]> = {
  en: [
    "Hello! I saw your window display yesterday. Do you make cakes to order?",
    "Hello Ms Oliveira, yes, with pleasure. For how many people, and for when?",
    "About *20 people*, for my daughter's birthday on Saturday. She loves _lemon_.",
    "That works. Lemon and poppy seed, two tiers. You can see examples here: https://example.com/cakes",
    "This one is so lovely",
    "We would add the name in icing. With two tiers it comes to 68 euros.",
    "Sounds good! Can I collect it, or do you deliver?",
    "Both is possible.",
    "Perfect. And would Saturday at 9 be too early for you?",
  ],
  de: [
    "Guten Tag! Ich habe gestern Ihr Schaufenster gesehen. Machen Sie auch Torten auf Bestellung?",
    "Guten Tag, Frau Oliveira, sehr gern. Für wie viele Personen und wann brauchen Sie sie?",
    "Für etwa *20 Personen*, zum Geburtstag meiner Tochter am Samstag. Sie liebt _Zitrone_.",
    "Das bekommen wir hin. Zitrone mit Mohn, zweistöckig. Beispiele finden Sie hier: https://example.com/torten",
    "Die hier ist wunderschön",
    "Den Namen würden wir in Zuckerguss aufsetzen. Zweistöckig macht das 68 Euro.",
    "Klingt gut! Kann ich sie abholen, oder liefern Sie?",
    "Beides ist möglich.",
    "Wunderbar. Und wäre Samstag um 9 zu früh für Sie?",
  ],
  "pt-BR": [
    "Oi! Vi a vitrine de vocês ontem. Vocês fazem bolo por encomenda?",
    "Olá, Marta! Fazemos, sim. Para quantas pessoas e para quando?",
    "Umas *20 pessoas*, para o aniversário da minha filha no sábado. Ela adora _limão_.",
    "Dá certo. Limão com papoula, dois andares. Tem exemplos aqui: https://example.com/bolos",
    "Esse aqui é lindo demais",
    "Colocamos o nome dela em glacê. Com dois andares fica em 340 reais.",
    "Combinado! Eu retiro ou vocês entregam?",
    "Os dois são possíveis.",
    "Perfeito. E sábado às 9 seria cedo demais para vocês?",
  ],
};
