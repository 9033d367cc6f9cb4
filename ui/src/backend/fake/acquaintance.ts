// What the staff of the made-up shop knows of its customers, for looking at the screens: labels, languages, notes,
// earlier windows, a changed number, somebody who writes from two numbers.

import type { WindowSpan } from "../generated/WindowSpan";
import { knownOf, merge } from "./customer";
import type { FakeCore } from "./parts";
import { DAY, HOUR, type Thread } from "./world";
import type { Lang } from "./words";

const WORDS: Record<
  Lang,
  Record<"vip" | "wedding" | "bread" | "cakes" | "invoice" | "note" | "short" | "second", string>
> = {
  en: {
    vip: "Regular",
    wedding: "Celebration",
    bread: "Bread",
    cakes: "Cakes",
    invoice: "Invoice",
    note: "Two daughters, the younger one does not take nuts.\nCollects on Saturdays before ten.",
    short: "Speaks slowly on the phone; rather write.",
    second: "Hello, it is me again, from my old number.",
  },
  de: {
    vip: "Stammkundin",
    wedding: "Feier",
    bread: "Brot",
    cakes: "Torten",
    invoice: "Rechnung",
    note: "Zwei Töchter, die jüngere verträgt keine Nüsse.\nHolt samstags vor zehn ab.",
    short: "Am Telefon schwer zu verstehen; besser schreiben.",
    second: "Hallo, ich bin es noch einmal, von meiner alten Nummer.",
  },
  "pt-BR": {
    vip: "Cliente fiel",
    wedding: "Festa",
    bread: "Pão",
    cakes: "Bolos",
    invoice: "Nota fiscal",
    note: "Duas filhas, a menor não pode comer nozes.\nRetira aos sábados antes das dez.",
    short: "Ao telefone é difícil entender; melhor escrever.",
    second: "Oi, sou eu de novo, do meu número antigo.",
  },
};

/** `ago`: days since it opened. */
function span(now: number, ago: number, messages: number, answered: boolean): WindowSpan {
  const opened_at = now - ago * DAY - 3 * HOUR;
  return { opened_at, closed_at: opened_at + DAY + messages * 20 * 60_000, messages, answered };
}

export function acquaint(core: FakeCore, lang: Lang): void {
  const words = WORDS[lang];
  const now = core.now();
  const set = (id: number, part: Partial<Thread>) => Object.assign(core.thread(id), part);
  set(1, { labels: [words.vip, words.wedding, words.cakes], language: "pt-BR", note: words.note });
  set(2, { language: "de", labels: [words.invoice] });
  set(3, { language: "tr", labels: [words.cakes] });
  set(4, { labels: [words.cakes, words.wedding] });
  set(5, { language: "de", labels: [words.vip], note: words.short });
  set(6, { language: "pt-BR", labels: [words.bread] });
  set(7, { language: "en" });
  set(9, { language: "pt-BR", labels: [words.invoice] });
  set(11, { language: "en", labels: [words.bread, words.vip] });

  const marta = core.thread(1);
  Object.assign(knownOf(marta), {
    profile: "marta ✨",
    given: "Marta Oliveira",
    bsuid: "BR.13491208655302741918",
    firstContact: now - 412 * DAY,
    marketing: "stop",
    former: [
      {
        kind: "phone",
        value: "5511555008830",
        first_at: now - 412 * DAY,
        last_at: now - 96 * DAY,
        current: false,
      },
    ],
    earlier: [
      span(now, 9, 4, true),
      span(now, 41, 1, false),
      span(now, 96, 6, true),
      span(now, 130, 2, true),
    ],
  });
  marta.name = { ...marta.name, username: "marta.oliveira" };
  Object.assign(knownOf(core.thread(4)), { bsuid: "DE.74019263351820046613", firstContact: now - 3 * DAY });
  Object.assign(knownOf(core.thread(2)), { earlier: [span(now, 12, 2, true)], firstContact: now - 13 * DAY });

  // Tomás writes from two spellings of one number; Jonas had been put together before.
  const tomas = core.thread(6);
  const twin = (id: number, name: string, phone: string, at: number): Thread => ({
    ...tomas,
    id,
    name: { text: name, phone, username: null },
    lastInbound: at,
    labels: [],
    note: "",
    language: "",
    messages: tomas.messages.slice(0, 1).map((row) => ({
      ...row,
      id: row.id + 40_000 + id,
      at,
      arrived: at * 1000,
      body: { kind: "text", text: words.second },
    })),
  });
  core.threads = [
    ...core.threads,
    twin(14, "Tomas F.", "+551155009812", now - 55 * HOUR),
    twin(15, "Jonas Brandt", "+4915550100117", now - 74 * HOUR),
    twin(16, "Marta O.", "+551155001234", now - 80 * HOUR),
  ];
  merge(core, 2, 15);
}
