// Countries whose numbers a shop is likely to be told without a country code, named in the reader's language.

const COUNTRIES = [
  "AR", "AT", "AU", "BE", "BG", "BR", "CA", "CH", "CL", "CO", "CZ", "DE", "DK", "ES", "FI", "FR", "GB", "GR",
  "HR", "HU", "IE", "IN", "IT", "LU", "MA", "MX", "NL", "NO", "NZ", "PE", "PL", "PT", "RO", "RS", "RU", "SE",
  "SI", "SK", "SY", "TN", "TR", "UA", "US", "UY", "ZA",
]; // prettier-ignore

export function countryName(code: string, locale: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: "region" }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** By name; the preset stands in the list even where it is a rare one. */
export function countryChoices(locale: string, current: string): { code: string; name: string }[] {
  return [...new Set([...COUNTRIES, ...(current ? [current] : [])])]
    .map((code) => ({ code, name: countryName(code, locale) }))
    .sort((a, b) => a.name.localeCompare(b.name, locale));
}
