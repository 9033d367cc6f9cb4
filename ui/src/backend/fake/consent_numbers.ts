// What a number typed at the till is, in the made-up core: enough countries to see every case on the screen.

import type { NumberCheck } from "../generated/NumberCheck";
import type { NumberProblem } from "../generated/NumberProblem";
import { phoneText } from "../../text/phone";

const CODES: Record<string, string> = {
  DE: "49", AT: "43", CH: "41", BR: "55", PT: "351", MX: "52", AR: "54", US: "1", GB: "44", ES: "34", FR: "33",
  IT: "39", NL: "31", PL: "48", TR: "90", BE: "32", LU: "352", IE: "353",
}; // prettier-ignore
/** Dialled before an area code within these countries, and left out from abroad. */
const TRUNK: Record<string, RegExp> = { IT: /^$/u, ES: /^$/u, US: /^1(?=\d{10})/u };
const SERVICE = /^(\+49(800|900|110|112|1180?)|\+55(0800|190)|\+1(800|900))/u;

type Found = Omit<NumberCheck, "known">;

export function checked(text: string, country: string): Found {
  const refused = (problem: NumberProblem["problem"]): Found => ({
    e164: null,
    shown: text.trim(),
    country,
    problem: { problem },
    trap: null,
    variant: null,
  });
  const typed = text.trim().replace(/\(0\)/gu, "");
  if (typed === "") return refused("empty");
  if (/[\p{L}@]/u.test(typed) || !/\d/u.test(typed)) return refused("not_a_number");
  const digits = typed.replace(/\D/gu, "");
  const preset = CODES[country] ?? "49";
  const abroad = /^\s*\+/u.test(typed) || digits.startsWith("00");
  const bare = abroad && !typed.startsWith("+") ? digits.slice(2) : digits;
  const withCode = !abroad && bare.startsWith(preset) && bare.length >= preset.length + 10;
  const whole = abroad || withCode ? bare : preset + bare.replace(TRUNK[country] ?? /^0/u, "");
  const found = Object.entries(CODES).find(([, code]) => whole.startsWith(code));
  if (abroad && (whole.startsWith("0") || whole.startsWith("999") || !found)) return refused("country");
  if (whole.length < 9) return refused("too_short");
  if (whole.length > 15) return refused("too_long");
  const e164 = `+${whole}`;
  const own = abroad ? (found?.[0] ?? country) : country;
  const [trap, variant] = otherSpelling(e164);
  const problem: NumberProblem | null = SERVICE.test(e164) ? { problem: "unlikely" } : null;
  return { e164, shown: phoneText(e164), country: own, problem, trap, variant };
}

/** Both spellings may be the same phone; WhatsApp knows many under the old one. */
export function otherSpelling(e164: string): [string | null, string | null] {
  const brazil = /^\+55(\d\d)(9?)(\d{8})$/u.exec(e164);
  if (brazil) return ["brazil_nine", `+55${brazil[1]}${brazil[2] ? "" : "9"}${brazil[3]}`];
  const mexico = /^\+52(1?)(\d{10})$/u.exec(e164);
  if (mexico) return ["mexico_one", `+52${mexico[1] ? "" : "1"}${mexico[2]}`];
  const argentina = /^\+54(9?)(\d{10})$/u.exec(e164);
  if (argentina) return ["argentina_nine", `+54${argentina[1] ? "" : "9"}${argentina[2]}`];
  return [null, null];
}
