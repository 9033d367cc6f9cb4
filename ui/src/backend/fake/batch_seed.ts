// Batches that were sent before, and a shop with enough customers to send one to, for looking at the screens.

import type { BatchHalt } from "../generated/BatchHalt";
import type { BatchPlan } from "../generated/BatchPlan";
import type { Segment } from "../generated/Segment";
import type { SkipReason } from "../generated/SkipReason";
import type { TemplateView } from "../generated/TemplateView";
import type { FakeBackend } from "./fake";
import { template } from "./template_catalogue";
import { DAY, HOUR } from "./world";
import type { Lang } from "./words";

const FIRST = [
  "Helene", "Jonas", "Mirjam", "Tarek", "Lúcia", "Caio", "Beate", "Emre", "Paulina", "Rafael", "Svea", "Otto",
  "Inês", "Karim", "Frieda", "Davi", "Greta", "Nuno", "Hanna", "Levin",
]; // prettier-ignore
const LAST = [
  "Lindner",
  "Prado",
  "Aksoy",
  "Winter",
  "Moreira",
  "Brandt",
  "Sales",
  "Kaya",
  "Schuster",
  "Pires",
];
const MARKED: readonly [number, SkipReason][] = [
  [11, "capped_week"],
  [17, "unreachable"],
  [23, "capped_month"],
  [29, "capped_day"],
  [37, "duplicate"],
  [41, "withheld_by_meta"],
  [53, "already_sent"],
  [71, "no_recipient"],
];

const NEVER: Segment = {
  labels: [],
  without_labels: [],
  language: null,
  wrote_from: null,
  wrote_before: null,
  purpose: null,
  state: null,
};

/** So many people who agreed at the till, most of them to offers. */
export function customers(backend: FakeBackend, count: number): void {
  const { ledger } = backend;
  ledger.seed();
  for (let at = 0; at < count; at++) {
    const name =
      at % 31 === 30
        ? ""
        : `${FIRST[at % FIRST.length]} ${LAST[(at * 7 + Math.floor(at / 20)) % LAST.length]}`;
    const tongue = at % 4 === 2 ? "pt-BR" : "de";
    const phone = tongue === "de" ? `+4930${23_300_000 + at}` : `+551155500${4000 + at}`;
    const id = ledger.meet(name, phone, tongue);
    if (at % 9 === 4) ledger.agreed(id, tongue, 40 * DAY, ["service"]);
    else ledger.agreed(id, tongue, (30 + (at % 200)) * DAY);
    if (at % 13 === 6)
      ledger.record(id, {
        event: "withdrawn",
        purpose: "offers",
        channel: "whatsapp",
        strength: "strong",
        act_at: Math.round(backend.now() - (at % 20) * DAY),
      });
    for (const [every, why] of MARKED) if (at > 0 && at % every === 0) backend.batchStore.marks.set(id, why);
  }
}

/** Advertising as it should be: who writes, what is in it for whom, and how to stop. */
export function batchTemplates(): TemplateView[] {
  const more = { footer: "Backstube am Markt" };
  return [
    template(
      "stollen_weekend",
      "de",
      "MARKETING",
      "Guten Tag {{1}}, am Samstag backen wir den ersten Stollen des Jahres. Für Sie bis 24.12. zu {{2}}. Keine solchen Nachrichten mehr? Antworten Sie STOPP.",
      { ...more, header: { kind: "text", text: "Der Stollen ist da" } },
    ),
    template(
      "stollen_weekend",
      "en",
      "MARKETING",
      "Hello {{1}}, on Saturday we bake the first stollen of the year. For you at {{2}} until 24/12. No more of this? Reply STOP.",
      { ...more, header: { kind: "text", text: "The stollen is here" } },
    ),
    template(
      "stollen_weekend",
      "pt_BR",
      "MARKETING",
      "Olá {{1}}, no sábado sai o primeiro stollen do ano. Para você por {{2}} até 24/12. Não quer mais receber? Responda SAIR.",
      { ...more, header: { kind: "text", text: "O stollen chegou" } },
    ),
  ];
}

const NAMES: Record<Lang, readonly [string, string, string, string, string]> = {
  de: [
    "Stollen zum Advent",
    "Stollen, nur Portugiesisch",
    "Ostern vorbestellen",
    "Spargelbrot",
    "Sommerpause",
  ],
  en: ["Stollen for Advent", "Stollen, Portuguese only", "Easter orders", "Asparagus bread", "Summer break"],
  "pt-BR": [
    "Stollen de Advento",
    "Stollen, só em português",
    "Encomendas de Páscoa",
    "Pão de aspargos",
    "Férias de verão",
  ],
};

export function plan(
  lang: Lang,
  name: string,
  template = "stollen_weekend",
  segment: Partial<Segment> = {},
): BatchPlan {
  const price = lang === "pt-BR" ? "R$ 39,00" : "12,50 €";
  const values =
    template === "stollen_weekend"
      ? [
          { key: "body:1", text: "{{first_name}}" },
          { key: "body:2", text: price },
        ]
      : [
          { key: "body:1", text: "{{first_name}}" },
          { key: "body:2", text: "07:30" },
        ];
  const language = lang === "pt-BR" ? "pt_BR" : lang;
  return {
    name,
    number_id: 1,
    segment: { ...NEVER, ...segment },
    choice: { name: template, language, values },
  };
}

/** One of each state; the newest is under way, or stands still for this reason. */
export function sentBefore(backend: FakeBackend, lang: Lang, halt: BatchHalt | null): void {
  const { batchStore } = backend;
  const now = backend.now();
  const [stollen, some, easter, asparagus, summer] = NAMES[lang];
  const earlier = (name: string, days: number, segment: Partial<Segment>) =>
    batchStore.make(plan(lang, name, "stollen_weekend", segment), now - days * DAY, "done", null);
  earlier(summer, 130, { language: "pt-BR" });
  const stopped = batchStore.make(plan(lang, easter, "stollen_weekend"), now - 232 * DAY, "running", {
    after: 31,
    why: "staff",
  });
  batchStore.rows();
  batchStore.turn(stopped, "stopped");
  earlier(asparagus, 61, { language: "de" });
  batchStore.make(plan(lang, some, "stollen_weekend", { language: "pt-BR" }), now - 26 * HOUR, "running", {
    after: 18,
    why: "spam_rate",
  });
  batchStore.rows();
  const ending = halt ? { after: 52, why: halt } : null;
  batchStore.make(plan(lang, stollen), now - 107_000, "running", ending);
  batchStore.rows();
}
