// A rough measure for a passphrase, for a hint and not for a promise: length counts, repetition does not.

export type Strength = "short" | "fair" | "strong";

export const SHORTEST = 12;

export function strengthOf(passphrase: string): Strength {
  const signs = [...passphrase.normalize("NFC")];
  const different = new Set(signs.map((sign) => sign.toLowerCase())).size;
  if (signs.length < SHORTEST || different < 6) return "short";
  const words = passphrase
    .trim()
    .split(/[\s\-_.]+/u)
    .filter((word) => word.length > 2).length;
  return signs.length >= 20 && different >= 10 && (words >= 4 || signs.length >= 26) ? "strong" : "fair";
}
