// As the core greets somebody (`inbox::naming::first_name`): by the first word, and the titles before it.

const TITLES = new Set(
  `mr mrs ms miss mx sir madam dr prof professor herr herrn frau seu dona sr sra srta senhor senhora dra doutor doutora
  profa professora`.split(/\s+/u),
);

export function firstName(name: string): string {
  const words = name.trim().split(/\s+/u);
  const at = words.findIndex((word) => !TITLES.has(word.replace(/\.$/u, "").toLowerCase()));
  return words.slice(0, (at < 0 ? words.length : at) + 1).join(" ");
}
