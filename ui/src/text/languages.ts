// Languages named in the reader's own, and those that customers of a shop are likely to write in.

import { keeper } from "./kept";

/** BCP 47. A language without a country where the spelling is one; where it is two, both. */
export const CUSTOMER_LANGUAGES = [
  "ar", "bg", "cs", "da", "de", "el", "en", "es", "fa", "fr", "hr", "hu", "it", "nl", "pl", "pt-BR", "pt-PT",
  "ro", "ru", "sq", "sr", "sv", "tr", "uk", "vi", "zh",
]; // prettier-ignore

/** Without its region: "pt" of `pt-BR` and of `pt_PT`. */
export const primaryOf = (tag: string): string => tag.split(/[-_]/u)[0] ?? tag;

const namer = keeper<Intl.DisplayNames>();

/** As it stands within a sentence: "inglês". The tag may be written as Meta does, `pt_BR`. */
export function languageIn(tag: string, locale: string): string {
  try {
    const names = namer(locale, () => new Intl.DisplayNames(locale, { type: "language" }));
    return names.of(tag.replace("_", "-")) ?? tag;
  } catch {
    return tag;
  }
}

/** As it stands by itself: "Inglês". */
export function languageName(tag: string, locale: string): string {
  const name = languageIn(tag, locale);
  return name === tag ? tag : name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
}

type Choice = { tag: string; name: string };
const usual = keeper<Choice[]>();

/** In the order of their names; one that a customer has and the list has not is there, too. */
export function languageChoices(locale: string, current: string | null): Choice[] {
  const choices = usual(locale, () => named(CUSTOMER_LANGUAGES, locale));
  if (current === null || current === "" || CUSTOMER_LANGUAGES.includes(current)) return choices;
  return named([...CUSTOMER_LANGUAGES, current], locale);
}

function named(tags: string[], locale: string): Choice[] {
  const { compare } = new Intl.Collator(locale);
  return tags
    .map((tag) => ({ tag, name: languageName(tag, locale) }))
    .sort((a, b) => compare(a.name, b.name));
}
