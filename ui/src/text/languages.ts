// The languages that customers of a shop are likely to write in, named in the reader's own.

/** BCP 47. A language without a country where the spelling is one; where it is two, both. */
export const CUSTOMER_LANGUAGES = [
  "ar", "bg", "cs", "da", "de", "el", "en", "es", "fa", "fr", "hr", "hu", "it", "nl", "pl", "pt-BR", "pt-PT",
  "ro", "ru", "sq", "sr", "sv", "tr", "uk", "vi", "zh",
]; // prettier-ignore

export function languageName(tag: string, locale: string): string {
  try {
    const name = new Intl.DisplayNames(locale, { type: "language" }).of(tag) ?? tag;
    return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
  } catch {
    return tag;
  }
}

/** In the order of their names; one that a customer has and the list has not is there, too. */
export function languageChoices(locale: string, current: string | null): { tag: string; name: string }[] {
  const tags = new Set(CUSTOMER_LANGUAGES);
  if (current) tags.add(current);
  return [...tags]
    .map((tag) => ({ tag, name: languageName(tag, locale) }))
    .sort((a, b) => a.name.localeCompare(b.name, locale));
}
