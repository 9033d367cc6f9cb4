// "6th": the how-many-eth of a person or an offer. Portuguese has the feminine form, which both words take.

const ENGLISH: Partial<Record<Intl.LDMLPluralRule, string>> = { one: "st", two: "nd", few: "rd" };

export function ordinal(number: number, language: string): string {
  if (language === "de") return `${number}.`;
  if (language.startsWith("pt")) return `${number}ª`;
  const form = new Intl.PluralRules("en", { type: "ordinal" }).select(number);
  return `${number}${ENGLISH[form] ?? "th"}`;
}
