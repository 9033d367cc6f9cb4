import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "svelte/compiler";
import { describe, expect, test } from "vitest";

type Messages = Record<string, unknown>;
const text = (language: string, area: string) => readFileSync(`messages/${language}/${area}`, "utf8");
const areas = readdirSync("messages/en");
const read = (language: string): Messages =>
  Object.assign({}, ...areas.map((area) => JSON.parse(text(language, area)) as Messages));
const english = read("en");

const placeholders = (value: unknown): string[] =>
  [...new Set([...JSON.stringify(value).matchAll(/\{(\w+)\}/gu)].map((found) => found[1] ?? ""))].sort();

test("every area is compiled", () => {
  const settings = JSON.parse(readFileSync("project.inlang/settings.json", "utf8"));
  const patterns: string[] = settings["plugin.inlang.messageFormat"].pathPattern;
  expect(patterns.map((path) => path.split("/").at(-1)).sort()).toEqual([...areas].sort());
});

test("no key stands in two areas", () => {
  const keys = areas.flatMap((area) => Object.keys(JSON.parse(text("en", area))));
  const twice = keys.filter((key, at) => key !== "$schema" && keys.indexOf(key) !== at);
  expect(twice).toEqual([]);
});

describe.each(["de", "pt-BR"])("%s", (language) => {
  const other = read(language);
  test("has the same messages as English", () => {
    expect(Object.keys(other).sort()).toEqual(Object.keys(english).sort());
  });
  test("has the same placeholders in each", () => {
    for (const [key, value] of Object.entries(english)) {
      expect(placeholders(other[key]), key).toEqual(placeholders(value));
    }
  });
  test("leaves nothing in English by oversight", () => {
    const same = Object.entries(english).filter(
      ([key, value]) => typeof value === "string" && value.split(" ").length > 3 && other[key] === value,
    );
    // A pattern of units reads the same in every language.
    expect(same.map(([key]) => key).filter((key) => key !== "window_left")).toEqual([]);
  });
});

test.each(["en", "de", "pt-BR"])("%s gives every plural a form for any number", (language) => {
  for (const [key, value] of Object.entries(read(language))) {
    if (Array.isArray(value)) expect(Object.keys(value[0].match), key).toContain("form=*");
  }
});

test.each(["en", "de", "pt-BR"])("%s never calls sending free", (language) => {
  const free = /\bfree of charge\b|\bfor free\b|\bgratis\b|\bkostenlos|\bkostenfrei|\bgrátis\b|\bgratuit/iu;
  expect(JSON.stringify(read(language))).not.toMatch(free);
});

function svelteFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return svelteFiles(path);
    return entry.name.endsWith(".svelte") ? [path] : [];
  });
}

/** Words that stand in a template or in an attribute that people read. */
function literals(node: unknown, found: string[] = []): string[] {
  if (Array.isArray(node)) for (const child of node) literals(child, found);
  else if (node && typeof node === "object") {
    const part = node as { type?: string; name?: string; data?: string; value?: unknown };
    if (part.type === "Text" && /\p{L}{2,}/u.test(part.data ?? "")) found.push(part.data?.trim() ?? "");
    if (part.type === "StyleDirective") return found;
    if (part.type === "Attribute" && !["aria-label", "title", "alt", "placeholder"].includes(part.name ?? ""))
      return found;
    for (const value of Object.values(node)) literals(value, found);
  }
  return found;
}

test("no text for people stands in a template: it comes from the messages", () => {
  const allowed = ["Guichet", "https://"];
  for (const path of svelteFiles("src")) {
    const { fragment } = parse(readFileSync(path, "utf8"), { modern: true });
    expect(
      literals(fragment).filter((text) => !allowed.includes(text)),
      path,
    ).toEqual([]);
  }
});

test("no template builds markup from a string", () => {
  for (const path of svelteFiles("src"))
    expect(readFileSync(path, "utf8"), path).not.toMatch(/\{@html|innerHTML/u);
});
