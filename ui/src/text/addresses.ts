// Addresses within a line of text: where a link leads, whom to write to, which number to call. Written out with
// `http(s)://` anything the platform can parse is a link. Without it a word with dots may be anything (`file.txt`,
// "ok.see you"), and no list of the world's endings is kept here to tell; so it is a link only where it says so itself:
// it begins with `www.`, goes on with a path (`bank.example/pay`), or ends in `.com`, `.net` or `.org`, alone or before
// a country (`.com.br`), which are neither files nor words. E-mail addresses and telephone numbers are to be copied.

import { HIDDEN } from "./hidden";

export interface Link {
  kind: "link";
  url: string;
  text: string;
  host: string;
}

export interface Contact {
  kind: "contact";
  way: "email" | "phone";
  text: string;
  /** As one copies it: a number without its blanks, a host as the network sees it. */
  value: string;
}

export type Address = Link | Contact;

/** A character that nobody sees ends an address, so that none can hide in one. */
const SIGN = String.raw`[^\s<>"'{}|\\^` + "`" + `${HIDDEN}]`;
const UNSEEN = new RegExp(`[${HIDDEN}]`, "u");
const FULL = new RegExp(`https?://${SIGN}+`, "giu");

/** Not the second half of a word that something unseen cuts in two. */
const WHOLE = String.raw`(?<![\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff])`;

// Every repetition has its limit, and nothing can be cut in two ways: hostile text costs one walk.
const NAME = String.raw`(?:[\p{L}\p{N}][\p{L}\p{M}\p{N}-]{0,62}\.){1,8}(?:xn--[a-z0-9-]{1,59}|\p{L}{2,63})`;
const NAME_ENDS = String.raw`(?![\p{L}\p{M}\p{N}@-]|\.[\p{L}\p{N}])`;
const BARE = new RegExp(
  String.raw`${WHOLE}(?<![\p{L}\p{N}@/.\\=&?#%+-])(?<host>${NAME})${NAME_ENDS}(?<rest>(?::\d{2,5}(?!\d))?(?:[/?#]${SIGN}*)?)`,
  "giu",
);
const EMAIL = new RegExp(
  String.raw`${WHOLE}(?<![\p{L}\p{N}@/.\\=%+_-])(?<local>[a-z0-9][a-z0-9._%+-]{0,63})@(?<host>${NAME})${NAME_ENDS}`,
  "giu",
);

const GAP = String.raw`[ \u00a0\u202f./-]`;
const GROUPS = String.raw`(?:${GAP}{1,2}\d{2,12}(?!\d)){0,6}`;
/** With the country: `+49 (0)30 231250`, `0049 30 231250`, `+33 6 12 34 56 78`. */
const WORLDWIDE = String.raw`(?:\+|00)[1-9]\d{0,14}(?!\d)(?:${GAP}{0,2}\(\d{1,5}\)\d{0,12}(?!\d))?(?:${GAP}\d(?=${GAP}\d\d))?${GROUPS}`;
/** Within one country: `030 231250`, `0171/2312501`, `(11) 95550-1234`. */
const WITHIN = String.raw`(?:\(0[1-9]\d{1,4}\)|0[1-9]\d{1,10}(?!\d))${GROUPS}|\([1-9]\d\) ?\d{4,5}[- ]?\d{4}(?!\d)`;
/** Nothing of a longer row of digits: an account number is none. */
const PHONE = new RegExp(
  String.raw`(?<![\p{L}\p{N}+#/.,=_-])(?<!\d${GAP})(?:${WORLDWIDE}|${WITHIN})(?![\p{L}\p{N}@]|[.,:/-]\d)`,
  "gu",
);

/** More of them are text: no message needs them, and each is an element. */
const MOST = 300;

/** By where they begin; none overlaps another. */
export function addressesIn(text: string, most = MOST): Map<number, Address> {
  const found: { at: number; address: Address | null }[] = [];
  const look = (pattern: RegExp, read: (match: RegExpExecArray) => Address | null) => {
    for (const match of text.matchAll(pattern)) found.push({ at: match.index, address: read(match) });
  };
  look(FULL, ([raw]) => asLink(raw));
  if (text.includes("@")) look(EMAIL, email);
  if (text.includes(".")) look(BARE, bare);
  look(PHONE, phone);
  const kept = new Map<number, Address>();
  let end = 0;
  for (const { at, address } of found.sort((a, b) => a.at - b.at)) {
    if (kept.size >= most) break;
    if (!address || at < end) continue;
    kept.set(at, address);
    end = at + address.text.length;
  }
  return kept;
}

/** Only http and https, and only what the platform itself can parse; the host is what it really is. */
export function asLink(raw: string): Link | null {
  const text = raw.replace(/[.,;:!?)\]*_~]+$/u, "");
  try {
    const url = new URL(text);
    if ((url.protocol !== "http:" && url.protocol !== "https:") || !url.host) return null;
    return { kind: "link", url: url.href, text, host: url.host };
  } catch {
    return null;
  }
}

const GENERIC = new Set(["com", "net", "org"]);

function bare({ 0: whole, groups }: RegExpExecArray): Link | null {
  const host = groups?.host ?? "";
  const labels = host.split(".");
  const [name = "", ending = ""] = labels.slice(-2);
  // "Danke.Bis morgen/abends" is two sentences: an ending is not written with one capital.
  if (ending !== ending.toLowerCase() && host !== host.toUpperCase()) return null;
  if (!/\p{L}/u.test(name) || UNSEEN.test(host)) return null;
  const [last, before] = [ending.toLowerCase(), name.toLowerCase()];
  const said =
    (labels.length > 2 && labels[0]?.toLowerCase() === "www") ||
    /^(?::\d+)?\//u.test(groups?.rest ?? "") ||
    GENERIC.has(last) ||
    (labels.length > 2 && last.length === 2 && GENERIC.has(before));
  const link = said ? asLink(`https://${whole}`) : null;
  return link && { ...link, text: link.text.slice("https://".length) };
}

function email({ 0: text, groups }: RegExpExecArray): Contact | null {
  const host = asLink(`https://${groups?.host}`)?.host;
  if (!host || UNSEEN.test(text)) return null;
  return { kind: "contact", way: "email", text, value: `${groups?.local}@${host}` };
}

function phone([text]: RegExpExecArray): Contact | null {
  // The trunk zero in brackets is not dialled with the country in front.
  const signs = /^(?:\+|00)/u.test(text) ? text.replace("(0)", "").replace(/^00/u, "+") : text;
  const digits = signs.replace(/\D/gu, "");
  const value = signs.startsWith("+") ? `+${digits}` : digits;
  return digits.length < 8 || digits.length > 15 || (value === digits && digits.length < 9)
    ? null
    : { kind: "contact", way: "phone", text, value };
}
