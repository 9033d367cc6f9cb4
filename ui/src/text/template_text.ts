// A template's text and its variables: `{{1}}` or `{{first_name}}`. Places are UTF-16 units, as the core counts them.

export interface Variable {
  label: string;
  from: number;
  to: number;
}

/** Every `{{…}}` in order, repeated ones too. One that is never closed is none. */
export function variables(text: string): Variable[] {
  return [...text.matchAll(/\{\{([\s\S]*?)\}\}/gu)].map((found) => ({
    label: (found[1] ?? "").trim(),
    from: found.index,
    to: found.index + found[0].length,
  }));
}

/** The labels of a text, each once; numbers in their order, names in that of the text. */
export function labels(text: string): string[] {
  const found = [...new Set(variables(text).map(({ label }) => label))].filter(Boolean);
  return found.every(isNumber) ? found.sort((a, b) => Number(a) - Number(b)) : found;
}

export const isNumber = (label: string) => /^\d+$/u.test(label);

const SPELT: Record<string, string> = { ä: "ae", ö: "oe", ü: "ue", ß: "ss", æ: "ae", ø: "o", å: "a" };

/** As Meta takes it, while somebody types: small letters, digits and underscores. */
export function asName(typed: string): string {
  return typed
    .toLowerCase()
    .replace(/[äöüßæøå]/gu, (letter) => SPELT[letter] ?? letter)
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9_]+/gu, "_")
    .replace(/^_+/u, "");
}

/** The name of a variable, or its number; empty where nothing of what was typed can be one. */
export function asLabel(typed: string): string {
  const name = asName(typed).replace(/_+$/u, "");
  if (isNumber(name)) return String(Number(name) || "");
  return name.replace(/^[0-9_]+/u, "");
}

/** The first number that is not in use. */
export function nextNumber(used: readonly string[]): string {
  let next = 1;
  while (used.includes(String(next))) next++;
  return String(next);
}

/** A stretch of text: `bad` and `risky` are places of findings, `slot` is a variable. */
export interface Stretch {
  text: string;
  slot: boolean;
  tone: "refused" | "risky" | "hint" | null;
}

export interface MarkedPlace {
  start: number;
  end: number;
  severity: "refused" | "risky" | "hint";
}

const RANK = { refused: 3, risky: 2, hint: 1 } as const;

/** Cuts a text at the edges of its variables and marked places; of two marks on one place the graver one shows. */
export function stretches(text: string, places: readonly MarkedPlace[]): Stretch[] {
  const slots = variables(text);
  const cuts = new Set([0, text.length]);
  for (const { from, to } of slots) cuts.add(from).add(to);
  for (const { start, end } of places) {
    cuts.add(Math.min(start, text.length)).add(Math.min(end, text.length));
  }
  const edges = [...cuts].sort((a, b) => a - b);
  return edges.slice(0, -1).map((from, at) => {
    const to = edges[at + 1] ?? text.length;
    const over = places.filter(({ start, end }) => start <= from && end >= to && end > start);
    const gravest = over.sort((a, b) => RANK[b.severity] - RANK[a.severity])[0];
    return {
      text: text.slice(from, to),
      slot: slots.some((slot) => slot.from <= from && slot.to >= to),
      tone: gravest?.severity ?? null,
    };
  });
}

export type Sign = "*" | "_" | "~" | "```";

/** Puts a sign around what is chosen, or takes it away where it stands there already. */
export function wrap(
  text: string,
  from: number,
  to: number,
  sign: Sign,
): { text: string; from: number; to: number } {
  const size = sign.length;
  const before = text.slice(0, from);
  const after = text.slice(to);
  if (before.endsWith(sign) && after.startsWith(sign))
    return {
      text: before.slice(0, -size) + text.slice(from, to) + after.slice(size),
      from: from - size,
      to: to - size,
    };
  // A mark beside a space is none: it goes around the words.
  const inside = text.slice(from, to);
  const lead = inside.length - inside.trimStart().length;
  const words = inside.trim();
  const start = from + lead;
  return {
    text: text.slice(0, start) + sign + words + sign + text.slice(start + words.length),
    from: start + size,
    to: start + size + words.length,
  };
}
