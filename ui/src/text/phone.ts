// Telephone numbers as people of their country write them, for reading only: what is stored and copied stays as
// it was received. A country that is not known here gets groups of three.

import type { PersonName } from "../backend/generated/PersonName";

/** Country codes of one and two digits (ITU E.164); all others have three. */
const ONE = new Set(["1", "7"]);
const TWO = new Set(
  (
    "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 " +
    "81 82 84 86 90 91 92 93 94 95 98"
  ).split(" "),
);

type Grouping = (national: string) => string[];

const by =
  (...sizes: number[]): Grouping =>
  (national) =>
    sum(sizes) === national.length ? cut(national, sizes) : threes(national);

/** An area code of this many digits, the rest in threes. */
const area =
  (digits: (national: string) => number): Grouping =>
  (national) => {
    const size = digits(national);
    return [national.slice(0, size), ...threes(national.slice(size))];
  };

const COUNTRIES: Record<string, Grouping> = {
  "1": by(3, 3, 4),
  "7": by(3, 3, 2, 2),
  "30": by(3, 3, 4),
  "31": (n) => (n.startsWith("6") ? by(1, 4, 4)(n) : by(2, 3, 4)(n)),
  "32": (n) => by(...(n.length === 9 ? [3, 2, 2, 2] : [1, 3, 2, 2]))(n),
  "33": by(1, 2, 2, 2, 2),
  "34": by(3, 3, 3),
  "351": by(3, 3, 3),
  "352": by(3, 3, 3),
  "39": area((n) => (/^0[26]/u.test(n) ? 2 : 3)),
  "40": by(3, 3, 3),
  "41": by(2, 3, 2, 2),
  "420": by(3, 3, 3),
  "43": area((n) => (n.startsWith("1") ? 1 : 3)),
  "44": (n) => by(...(n.startsWith("20") ? [2, 4, 4] : [4, 6]))(n),
  "45": by(2, 2, 2, 2),
  "46": by(2, 3, 2, 2),
  "47": by(3, 2, 3),
  "48": by(3, 3, 3),
  // Area codes have two to five digits: the four largest cities two, mobile networks three, the rest mostly four.
  "49": area((n) => (/^(30|40|69|89)/u.test(n) ? 2 : /^(1[567]|[2-9][0-9]1)/u.test(n) ? 3 : 4)),
  "52": (n) => {
    const old = n.length === 11 && n.startsWith("1");
    const rest = old ? n.slice(1) : n;
    const grouped = by(...(/^(33|55|56|81)/u.test(rest) ? [2, 4, 4] : [3, 3, 4]))(rest);
    return old ? ["1", ...grouped] : grouped;
  },
  "54": (n) => {
    const mobile = n.length === 11 && n.startsWith("9");
    const rest = mobile ? n.slice(1) : n;
    const grouped = hyphened(by(...(rest.startsWith("11") ? [2, 4, 4] : [3, 3, 4]))(rest));
    return mobile ? ["9", ...grouped] : grouped;
  },
  "55": (n) => (n.length === 10 || n.length === 11 ? hyphened(cut(n, [2, n.length - 6, 4])) : threes(n)),
  "61": by(3, 3, 3),
  "90": by(3, 3, 2, 2),
  "91": by(5, 5),
};

/** `number`: digits, with or without a plus, and however somebody else has grouped them. */
export function phoneText(number: string): string {
  const digits = number.replace(/^\+|[\s().-]/gu, "");
  if (!/^\d{5,15}$/u.test(digits)) return number;
  const code = countryCode(digits);
  const national = digits.slice(code.length);
  return [`+${code}`, ...(COUNTRIES[code] ?? threes)(national)].join(" ");
}

/** What a person is called; who has no name but a number is called by it, as it is written here. */
export function nameText(name: string): string {
  return name.startsWith("+") ? phoneText(name) : name;
}

/** The number of somebody who is not already called by it. */
export function numberBeside({ text, phone }: Pick<PersonName, "text" | "phone">): string | undefined {
  return phone !== null && phone !== text ? phoneText(phone) : undefined;
}

function countryCode(digits: string): string {
  if (ONE.has(digits.slice(0, 1))) return digits.slice(0, 1);
  return TWO.has(digits.slice(0, 2)) ? digits.slice(0, 2) : digits.slice(0, 3);
}

function cut(text: string, sizes: number[]): string[] {
  let at = 0;
  return sizes.map((size) => text.slice(at, (at += size)));
}

/** Groups of three; what is left over stands at the end, but never alone. */
function threes(text: string): string[] {
  const rest = text.length % 3;
  const full = Math.floor(text.length / 3);
  if (full === 0 || rest === 0) return text.match(/.{1,3}/gu) ?? [];
  if (rest === 2) return cut(text, [...Array<number>(full).fill(3), 2]);
  return cut(text, [...Array<number>(full - 1).fill(3), 2, 2]);
}

/** The last two groups belong together: `55500-1234`. */
function hyphened(groups: string[]): string[] {
  if (groups.length < 3) return groups;
  return [...groups.slice(0, -2), groups.slice(-2).join("-")];
}

const sum = (sizes: number[]) => sizes.reduce((all, size) => all + size, 0);
