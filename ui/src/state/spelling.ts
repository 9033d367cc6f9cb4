// The spelling checker goes with the field: an answer is in the customer's language, all else in the reader's own.
// Both stand in `lang`, as for screen readers, and the core tells the checker, which does not look there.

import type { Backend } from "../backend/backend";

const FIELDS = "textarea, input";

/** With the country that its dictionary is made for: the system's own, else the one most people mean. */
export function spelledAs(tag: string, system: readonly string[]): string {
  const wanted = localeOf(tag);
  if (!wanted) return "";
  const own = system.map(localeOf).find((one) => one?.language === wanted.language && one.region);
  const region = wanted.region ?? own?.region ?? wanted.maximize().region;
  return region ? `${wanted.language}-${region}` : wanted.language;
}

/** A system may call its language `C`, which is none. */
function localeOf(tag: string): Intl.Locale | null {
  try {
    return new Intl.Locale(tag);
  } catch {
    return null;
  }
}

export class Spelling {
  #current = "";

  constructor(private backend: Pick<Backend, "spellIn">) {}

  start(): () => void {
    const look = (event: FocusEvent) => {
      const field = event.target instanceof Element ? event.target.closest(FIELDS) : null;
      if (field) this.follow(field.closest<HTMLElement>("[lang]")?.lang ?? "");
    };
    addEventListener("focusin", look);
    return () => {
      removeEventListener("focusin", look);
      this.#current = "";
    };
  }

  follow(tag: string): void {
    const language = spelledAs(tag, navigator.languages);
    if (language === "" || language === this.#current) return;
    this.#current = language;
    // Without a checker one writes as before.
    void this.backend.spellIn(language).catch(() => undefined);
  }
}
