// Quick replies of the made-up shop.

import type { QuickReply } from "../generated/QuickReply";
import type { Lang } from "./words";

const REPLIES: Record<Lang, [string, string][]> = {
  en: [
    ["thanks", "Thank you, {{first_name}}! Is there anything else I can do for you?"],
    ["hours", "We are open Monday to Friday from 9 to 18, and on Saturday from 8 to 13."],
    ["ready", "Hello {{first_name}}, your order {{order_number}} is ready. Best wishes, {{me}}"],
    ["address", "You find us at the market square, number 4, next to the old town hall."],
    ["deposit", "We ask for a deposit of a third; the rest is due when you collect it."],
  ],
  de: [
    ["danke", "Vielen Dank, {{first_name}}! Kann ich sonst noch etwas für Sie tun?"],
    ["zeiten", "Wir haben montags bis freitags von 9 bis 18 Uhr geöffnet, samstags von 8 bis 13 Uhr."],
    ["fertig", "Guten Tag {{first_name}}, Ihre Bestellung {{bestellnummer}} ist fertig. Viele Grüße, {{me}}"],
    ["adresse", "Sie finden uns am Markt 4, gleich neben dem alten Rathaus."],
    ["anzahlung", "Wir bitten um ein Drittel als Anzahlung; der Rest ist bei der Abholung fällig."],
  ],
  "pt-BR": [
    ["obrigado", "Muito obrigado, {{first_name}}! Posso ajudar em mais alguma coisa?"],
    ["horario", "Abrimos de segunda a sexta das 9h às 18h e no sábado das 8h às 13h."],
    ["pronto", "Olá, {{first_name}}! Seu pedido {{numero}} está pronto. Abraços, {{me}}"],
    ["endereco", "Estamos na Praça do Mercado, 4, ao lado da antiga prefeitura."],
    ["sinal", "Pedimos um terço de sinal; o restante é pago na retirada."],
  ],
};

export function replies(lang: Lang): QuickReply[] {
  return REPLIES[lang].map(([shortcut, text], at) => ({ id: `made-${at}`, shortcut, text }));
}
