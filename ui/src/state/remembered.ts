// Small choices of this laptop's screen (a folded rail, a sort order) that are no settings of the shop. Nothing
// that a customer said or is called may be kept here: it lies outside the encrypted store.

const PREFIX = "guichet.";

export function remembered<T>(name: string, fallback: T): T {
  try {
    const kept = localStorage.getItem(PREFIX + name);
    return kept === null ? fallback : (JSON.parse(kept) as T);
  } catch {
    return fallback;
  }
}

export function remember(name: string, value: unknown): void {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // A full or forbidden storage costs only the memory of it.
  }
}
