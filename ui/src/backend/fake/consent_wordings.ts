// The words people agree to in the made-up shop, their versions, and what the lint misses in them.

import type { Wording } from "../generated/Wording";
import type { WordingDraft } from "../generated/WordingDraft";
import type { WordingFinding } from "../generated/WordingFinding";

export const SHOP = "Backstube am Markt";

/** Those of assets/wording. */
const TEXTS: Record<string, Record<string, string>> = {
  de: {
    service:
      "Ich bin einverstanden, dass {{business}} mir über WhatsApp zu meinen eigenen Fragen, Reparaturen, Terminen und Reklamationen schreibt. Das ist keine Werbung. Ich kann das jederzeit beenden, indem ich STOPP schreibe oder es im Laden sage. Wie mit meinen Daten umgegangen wird, steht in den Datenschutzhinweisen von {{business}}.",
    updates:
      "Ich bin einverstanden, dass {{business}} mir WhatsApp-Nachrichten zu meinen Bestellungen schickt: wenn etwas fertig, unterwegs oder verspätet ist, und Erinnerungen an meine Termine. Das ist keine Werbung. Ich kann das jederzeit beenden, indem ich STOPP schreibe oder es im Laden sage. Wie mit meinen Daten umgegangen wird, steht in den Datenschutzhinweisen von {{business}}.",
    offers:
      "Ich bin einverstanden, dass {{business}} mir Werbung als WhatsApp-Nachricht schickt: Angebote, Neues aus dem Sortiment, Einladungen und Bitten um eine Bewertung. Ich kann das jederzeit beenden, indem ich STOPP schreibe oder es im Laden sage; zu meinen Bestellungen werde ich weiter benachrichtigt. Wie mit meinen Daten umgegangen wird, steht in den Datenschutzhinweisen von {{business}}.",
    calls:
      "Ich bin einverstanden, dass {{business}} mich zu meinen Bestellungen und Terminen über WhatsApp anruft und, wenn ich nicht erreichbar bin, eine Nachricht hinterlässt. Ich kann das jederzeit beenden, indem ich STOPP schreibe oder es im Laden sage. Wie mit meinen Daten umgegangen wird, steht in den Datenschutzhinweisen von {{business}}.",
  },
  en: {
    service:
      "I agree that {{business}} writes to me on WhatsApp about my own questions, repairs, appointments and complaints. This is not advertising. I can end it at any time by writing STOP or by telling the staff. How my data is handled is described in the privacy notice of {{business}}.",
    updates:
      "I agree that {{business}} sends me WhatsApp messages about my orders: when something is ready, on its way or late, and reminders of my appointments. This is not advertising. I can end it at any time by writing STOP or by telling the staff. How my data is handled is described in the privacy notice of {{business}}.",
    offers:
      "I agree that {{business}} sends me advertising by WhatsApp message: offers, news about its goods and services, invitations, and requests for a review. I can end it at any time by writing STOP or by telling the staff, and will still be told about my orders. How my data is handled is described in the privacy notice of {{business}}.",
    calls:
      "I agree that {{business}} calls me by WhatsApp about my orders and appointments and, if I cannot be reached, leaves a message. I can end it at any time by writing STOP or by telling the staff. How my data is handled is described in the privacy notice of {{business}}.",
  },
  "pt-BR": {
    service:
      "Concordo que {{business}} me escreva pelo WhatsApp sobre as minhas próprias perguntas, consertos, horários marcados e reclamações. Isto não é publicidade. Posso encerrar a qualquer momento escrevendo SAIR ou avisando no balcão. O aviso de privacidade de {{business}} explica como meus dados são tratados.",
    updates:
      "Concordo que {{business}} me envie mensagens pelo WhatsApp sobre os meus pedidos: quando algo está pronto, a caminho ou atrasado, e lembretes dos meus horários marcados. Isto não é publicidade. Posso encerrar a qualquer momento escrevendo SAIR ou avisando no balcão. O aviso de privacidade de {{business}} explica como meus dados são tratados.",
    offers:
      "Concordo que {{business}} me envie publicidade por mensagem de WhatsApp: ofertas, novidades sobre produtos e serviços, convites e pedidos de avaliação. Posso encerrar a qualquer momento escrevendo SAIR ou avisando no balcão, e continuarei recebendo avisos sobre os meus pedidos. O aviso de privacidade de {{business}} explica como meus dados são tratados.",
    calls:
      "Concordo que {{business}} me ligue pelo WhatsApp sobre os meus pedidos e horários marcados e, se eu não atender, deixe uma mensagem. Posso encerrar a qualquer momento escrevendo SAIR ou avisando no balcão. O aviso de privacidade de {{business}} explica como meus dados são tratados.",
  },
};

const MOST = 1000;
const RULES: [rule: string, blocks: boolean, found: RegExp][] = [
  ["business_missing", true, /\{\{\s*business\s*\}\}|Backstube am Markt/u],
  ["messages_missing", true, /nachricht|schreib|message|writes to me|mensage|escrev/iu],
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
