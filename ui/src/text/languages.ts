// The languages that customers of a shop are likely to write in, named in the reader's own.

/** BCP 47. A language without a country where the spelling is one; where it is two, both. */
export const CUSTOMER_LANGUAGES = [
  "ar", "bg", "cs", "da", "de", "el", "en", "es", "fa", "fr", "hr", "hu", "it", "nl", "pl", "pt-BR", "pt-PT",
  "ro", "ru", "sq", "sr", "sv", "tr", "uk", "vi", "zh",
]; // prettier-ignore

/** By reader's language: making one takes longer than all its answers. */
const namers = new Map<string, Intl.DisplayNames>();

export function languageName(tag: string, locale: string): string {
  let namer = namers.get(locale);
  if (!namer) namers.set(locale, (namer = new Intl.DisplayNames(locale, { type: "language" })));
  try {
    const name = namer.of(tag) ?? tag;
    return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
  } catch {
    return tag;
  }
}

type Choice = { tag: string; name: string };
const usual = new Map<string, Choice[]>();

/** In the order of their names; one that a customer has and the list has not is there, too. */
export function languageChoices(locale: string, current: string | null): Choice[] {
  let choices = usual.get(locale);
  if (!choices) usual.set(locale, (choices = named(CUSTOMER_LANGUAGES, locale)));
  if (current === null || current === "" || CUSTOMER_LANGUAGES.includes(current)) return choices;
  return named([...CUSTOMER_LANGUAGES, current], locale);
}

function named(tags: string[], locale: string): Choice[] {
  const { compare } = new Intl.Collator(locale);
  return tags
    .map((tag) => ({ tag, name: languageName(tag, locale) }))
    .sort((a, b) => compare(a.name, b.name));
}
