// A ledger that was lived in, for looking at the screens: every state, every channel, people who never wrote.

import type { FakeLedger } from "./consent_ledger";
import { keepPicture } from "./consent_picture";
import { DAY } from "./world";
import type { Lang } from "./words";

const WORDS: Record<Lang, Record<"stop" | "maybe" | "fewer" | "till" | "list", string>> = {
  en: {
    stop: "Please do not send me any more offers.",
    maybe: "Always this advertising…",
    fewer: "Said on the phone that it is too much",
    till: "At the till",
    list: "Newsletter list 2024",
  },
  de: {
    stop: "Bitte keine Angebote mehr schicken.",
    maybe: "Immer diese Werbung …",
    fewer: "Am Telefon gesagt, dass es zu viel ist",
    till: "An der Kasse",
    list: "Newsletterliste 2024",
  },
  "pt-BR": {
    stop: "Por favor, não mandem mais ofertas.",
    maybe: "Sempre essa propaganda…",
    fewer: "Disse por telefone que é demais",
    till: "No caixa",
    list: "Lista da newsletter 2024",
  },
};
const STRANGERS = [
  "Iris Falke",
  "Noah Petersen",
  "Luiza Prado",
  "Mira Sandberg",
  "Theo Wolff",
  "Ana Beatriz Rocha",
];

export function liveIn(ledger: FakeLedger, lang: Lang): void {
  const words = WORDS[lang];
  ledger.seed();
  const now = Math.round(ledger.core.now());
  const ago = (days: number) => now - days * DAY;
  const act = (id: number, part: Parameters<FakeLedger["record"]>[1]) => ledger.record(id, part);
  const language = (id: number) => ledger.core.threads.find((one) => one.id === id)?.language || lang;
  const offers = (id: number) => ledger.wordingFor("offers", language(id));

  act(1, { event: "withdrawn", purpose: "offers", channel: "meta", strength: "strong", act_at: ago(12) });
  act(2, {
    event: "questioned",
    purpose: "offers",
    channel: "whatsapp",
    act_at: now - 23 * 3_600_000,
    note: words.maybe,
    wamid: "wamid.question",
  });
  for (const days of [3, 11, 40, 41])
    act(5, {
      event: "used",
      purpose: "offers",
      act_at: ago(days),
      template: "sourdough_days",
      channel: "whatsapp",
    });
  act(6, { event: "paused", purpose: "offers", act_at: ago(20), note: words.fewer });
  act(9, {
    event: "withdrawn",
    purpose: "all",
    channel: "whatsapp",
    strength: "strong",
    act_at: ago(2),
    note: words.stop,
    wamid: "wamid.stop",
  });
  ledger.forget(12);
  ledger.describe(12, { erased: ago(45) });
  ledger.forget(4);
  ledger.forget(13);
  act(13, {
    event: "granted",
    purpose: "offers",
    channel: "spoken",
    strength: "weak",
    act_at: ago(30),
    note: words.till,
    wording: offers(13),
  });
  const channels = ["signature", "paper", "counter_qr", "spoken", "import", "whatsapp"] as const;
  for (const [at, name] of STRANGERS.entries()) {
    const tongue = at % 3 === 2 ? "pt-BR" : "de";
    const id = ledger.meet(name, at % 3 === 2 ? `+5511555004${550 + at}` : `+493023125${1710 + at}`, tongue);
    const channel = channels[at] ?? "paper";
    const claimed = channel === "import";
    act(id, {
      event: claimed ? "claimed" : channel === "counter_qr" ? "confirmed" : "granted",
      purpose: "offers",
      channel,
      strength: claimed
        ? "none"
        : channel === "spoken"
          ? "weak"
          : channel === "counter_qr"
            ? "strong"
            : "good",
      act_at: ago(at * 130 + 4),
      note: claimed ? words.list : "",
      evidence:
        channel === "signature"
          ? [keepPicture(ledger, "signature", now + 1500 * DAY)]
          : channel === "paper"
            ? [keepPicture(ledger, "scan", now - 20 * DAY)]
            : [],
      wording: claimed ? null : ledger.wordingFor("offers", tongue),
    });
  }
}

/** So many people more, for lists that are long. */
export function crowd(ledger: FakeLedger, count: number): void {
  const now = Math.round(ledger.core.now());
  for (let at = 0; at < count; at++) {
    const id = ledger.meet(`${STRANGERS[at % STRANGERS.length]} ${at}`, `+4930${23_200_000 + at}`, "de");
    const event = at % 7 === 0 ? "withdrawn" : at % 5 === 0 ? "claimed" : "confirmed";
    ledger.record(id, {
      event,
      purpose: "offers",
      channel: event === "claimed" ? "import" : "counter_qr",
      strength: event === "confirmed" ? "strong" : "none",
      act_at: now - at * 60_000,
      wording: event === "confirmed" ? ledger.wordingFor("offers", "de") : null,
    });
  }
}
