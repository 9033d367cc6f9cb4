// The words people agree to in the made-up shop, their versions, and what the lint misses in them.

import type { Wording } from "../generated/Wording";
import type { WordingDraft } from "../generated/WordingDraft";
import type { WordingFinding } from "../generated/WordingFinding";

export const SHOP = "Backstube am Markt";

const TEXTS: Record<string, Record<string, string>> = {
  de: {
    service:
      "Ja, {{business}} darf mir über WhatsApp auf meine Fragen antworten und mir Nachrichten zu meinen Bestellungen und Terminen schicken. Ich kann das jederzeit mit dem Wort STOPP beenden. Datenschutz: Aushang im Laden.",
    updates:
      "Ja, {{business}} darf mir über WhatsApp Nachrichten schicken, wenn sich Öffnungszeiten, Sortiment oder Abläufe ändern. Ich kann das jederzeit mit dem Wort STOPP beenden. Datenschutz: Aushang im Laden.",
    offers:
      "Ja, {{business}} darf mir über WhatsApp Nachrichten mit Angeboten, Neuheiten und Einladungen schicken, höchstens viermal im Monat. Ich kann das jederzeit mit dem Wort STOPP beenden, ohne dass andere Nachrichten davon betroffen sind. Datenschutz: Aushang im Laden.",
    calls:
      "Ja, {{business}} darf mich über WhatsApp anrufen und mir dazu Nachrichten schicken, um Bestellungen und Termine zu besprechen. Ich kann das jederzeit mit dem Wort STOPP beenden. Datenschutz: Aushang im Laden.",
  },
  en: {
    service:
      "Yes, {{business}} may answer my questions on WhatsApp and send me messages about my orders and appointments. I can end this at any time with the word STOP. Privacy notice: on display in the shop.",
    updates:
      "Yes, {{business}} may send me messages on WhatsApp when opening hours, the range or the way things work change. I can end this at any time with the word STOP. Privacy notice: on display in the shop.",
    offers:
      "Yes, {{business}} may send me messages on WhatsApp with offers, new products and invitations, at most four times a month. I can end this at any time with the word STOP; other messages are not affected. Privacy notice: on display in the shop.",
    calls:
      "Yes, {{business}} may call me on WhatsApp and send me messages about the call, to talk over orders and appointments. I can end this at any time with the word STOP. Privacy notice: on display in the shop.",
  },
  "pt-BR": {
    service:
      "Sim, {{business}} pode responder às minhas perguntas pelo WhatsApp e me enviar mensagens sobre meus pedidos e horários. Posso encerrar a qualquer momento com a palavra SAIR. Aviso de privacidade: exposto na loja.",
    updates:
      "Sim, {{business}} pode me enviar mensagens pelo WhatsApp quando mudarem os horários, os produtos ou o funcionamento. Posso encerrar a qualquer momento com a palavra SAIR. Aviso de privacidade: exposto na loja.",
    offers:
      "Sim, {{business}} pode me enviar mensagens pelo WhatsApp com ofertas, novidades e convites, no máximo quatro vezes por mês. Posso encerrar a qualquer momento com a palavra SAIR; as outras mensagens continuam. Aviso de privacidade: exposto na loja.",
    calls:
      "Sim, {{business}} pode me ligar pelo WhatsApp e me enviar mensagens sobre a ligação, para tratar de pedidos e horários. Posso encerrar a qualquer momento com a palavra SAIR. Aviso de privacidade: exposto na loja.",
  },
};

const MOST = 1000;
const RULES: [rule: string, blocks: boolean, found: RegExp][] = [
  ["business_missing", true, /\{\{\s*business\s*\}\}|Backstube am Markt/u],
  ["messages_missing", true, /nachricht|message|mensage/iu],
  ["kinds_missing", false, /angebot|offer|oferta|bestell|order|pedido|termin|appoint|horário|öffnungs|opening|anruf|call|ligar/iu],
  ["stop_missing", false, /stop|sair|abmelden|widerruf|withdraw|cancelar/iu],
  ["privacy_missing", false, /datenschutz|privacy|privacidade/iu],
]; // prettier-ignore

export function findings(text: string): WordingFinding[] {
  if (text.trim() === "") return [{ rule: "empty", blocks: true }];
  const missing = RULES.filter(([, , found]) => !found.test(text)).map(([rule, blocks]) => ({
    rule,
    blocks,
  }));
  return text.length > MOST ? [...missing, { rule: "too_long", blocks: false }] : missing;
}

const shown = (text: string) => text.replace(/\{\{\s*business\s*\}\}/gu, SHOP);

/** Not a hash, but as long as one and different for every text. */
export function digest(text: string): string {
  let [a, b] = [0x811c9dc5, 0x1000193];
  for (const sign of text) {
    a = Math.imul(a ^ (sign.codePointAt(0) ?? 0), 0x01000193);
    b = Math.imul(b + (sign.codePointAt(0) ?? 0), 0x85ebca6b) ^ a;
  }
  let out = "";
  for (let at = 0; at < 8; at++) {
    a = Math.imul(a ^ (b >>> 13), 0xc2b2ae35);
    b = Math.imul(b ^ (a >>> 16), 0x27d4eb2f) + at;
    out += (a >>> 0).toString(16).padStart(8, "0");
  }
  return out;
}

export class FakeWordings {
  all: Wording[];
  #next = 1;

  constructor(private since: number) {
    this.all = Object.entries(TEXTS).flatMap(([language, texts]) =>
      Object.entries(texts).map(([purpose, text]) =>
        this.#made(`${purpose}-${language}`, 1, purpose, language, text, true),
      ),
    );
  }

  #made(
    id: string,
    version: number,
    purpose: string,
    language: string,
    text: string,
    built_in: boolean,
  ): Wording {
    return {
      id,
      version,
      purpose,
      language,
      text,
      shown: shown(text),
      sha256: digest(text),
      since: this.since,
      retired_at: null,
      built_in,
      findings: findings(text),
      used: 0,
    };
  }

  /** The newest version of every purpose and language that is not retired. */
  current(): Wording[] {
    return this.all.filter(
      (one) =>
        one.retired_at === null &&
        !this.all.some(
          (other) =>
            other.purpose === one.purpose &&
            other.language === one.language &&
            other.retired_at === null &&
            (other.since > one.since || (other.since === one.since && other.version > one.version)),
        ),
    );
  }

  of(id: string, version: number): Wording | undefined {
    return this.all.find((one) => one.id === id && one.version === version);
  }

  save(draft: WordingDraft, now: number): Wording {
    const before = this.all.filter((one) => one.id === draft.id);
    const id = draft.id || `own-${this.#next++}`;
    const version = Math.max(0, ...before.map((one) => one.version)) + 1;
    const made = { ...this.#made(id, version, draft.purpose, draft.language, draft.text, false), since: now };
    this.all = [...this.all, made];
    return made;
  }

  retire(id: string, now: number): void {
    this.all = this.all.map((one) =>
      one.id === id && one.retired_at === null ? { ...one, retired_at: now } : one,
    );
  }

  used(id: string, version: number): void {
    this.all = this.all.map((one) =>
      one.id === id && one.version === version ? { ...one, used: one.used + 1 } : one,
    );
  }
}
