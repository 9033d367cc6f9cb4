// The language on screen. A rune, read by every message function, so that a switch redraws and never reloads.

import { overwriteGetLocale } from "../paraglide/runtime.js";

export const LANGUAGES = ["en", "de", "pt-BR"] as const;
export type Language = (typeof LANGUAGES)[number];

/** The first language of the system that the product speaks; English where it speaks none of them. */
export function matchLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const exact = LANGUAGES.find((language) => language.toLowerCase() === tag.toLowerCase());
    if (exact) return exact;
    const primary = tag.split("-")[0]?.toLowerCase();
    const near = LANGUAGES.find((language) => language.split("-")[0] === primary);
    if (near) return near;
  }
  return "en";
}

class Locale {
  current = $state<Language>("en");

  /** For dates and times. English without a country means neither `2:05 PM` nor month before day to us. */
  get formats(): string {
    return this.current === "en" ? "en-GB" : this.current;
  }

  /** `setting` is empty when the system decides. */
  choose(setting: string): void {
    this.current = matchLanguage(setting ? [setting] : navigator.languages);
    document.documentElement.lang = this.current;
  }
}

export const locale = new Locale();
overwriteGetLocale(() => locale.current);
