// Every pair of text and ground that the screens use, in every theme and contrast, by WCAG 2.2 (1.4.3, 1.4.6, 1.4.11).

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

type Tokens = Record<string, string>;
const css = readFileSync("src/tokens.css", "utf8").replace(/\/\*.*?\*\//gsu, "");

function block(selector: string): Tokens {
  const body = css.split(`${selector} {`)[1]?.split("}")[0] ?? "";
  return Object.fromEntries(
    [...body.matchAll(/--([\w-]+):\s*([^;]+);/gu)].map((found) => [found[1] ?? "", found[2] ?? ""]),
  );
}

const normal = block(":root");
const more = { ...normal, ...block(':root[data-contrast="more"]') };

/** Linear RGB of an `oklch()`, as CSS Color 4 converts it. */
function linear(color: string): number[] {
  const [l = 0, c = 0, h = 0] = (/oklch\(([^)]+)\)/u.exec(color)?.[1] ?? "").split(/\s+/u).map(Number);
  const [a, b] = [c * Math.cos((h * Math.PI) / 180), c * Math.sin((h * Math.PI) / 180)];
  const [x, y, z] = [
    (l + 0.3963377774 * a + 0.2158037573 * b) ** 3,
    (l - 0.1055613458 * a - 0.0638541728 * b) ** 3,
    (l - 0.0894841775 * a - 1.291485548 * b) ** 3,
  ];
  return [
    4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z,
    -1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z,
    -0.0041960863 * x - 0.7034186147 * y + 1.707614701 * z,
  ].map((part) => Math.min(1, Math.max(0, part)));
}

function ratio(one: string, two: string): number {
  const luminance = (color: string) => {
    const [r = 0, g = 0, b = 0] = linear(color);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [a, b] = [luminance(one), luminance(two)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** One side of `light-dark(…)`; a token that names another is followed. */
function valueOf(tokens: Tokens, name: string, dark: boolean): string {
  const value = tokens[name] ?? "";
  const other = /^var\(--([\w-]+)\)$/u.exec(value);
  if (other) return valueOf(tokens, other[1] ?? "", dark);
  return [...value.matchAll(/oklch\([^)]+\)/gu)][dark ? 1 : 0]?.[0] ?? "";
}

const GROUNDS = ["paper", "paper-deep", "surface", "surface-raised"];
const WASHES = ["soon", "open", "closed", "bad", "note", "guard"];
const text = (ink: string, grounds: string[]) => grounds.map((ground) => [ink, ground] as const);
const TEXTS = [
  ...text("ink", [
    ...GROUNDS,
    "accent-wash",
    "bubble-out",
    "bubble-in",
    "note-wash",
    "soon-wash",
    "bad-wash",
    "guard-wash",
  ]),
  ...text("on-guard", ["guard"]),
  ...text("surface", ["guard-ink"]),
  ...text("ink-soft", [...GROUNDS, "accent-wash", "bubble-out", "bubble-in", "note-wash", "closed-wash"]),
  ...text("ink-faint", [...GROUNDS, "bubble-out", "bubble-in"]),
  ...text("accent", [...GROUNDS, "accent-wash", "bubble-out"]),
  ...text("ink-soft", ["disabled"]),
  ...text("read", ["surface", "bubble-out", "paper"]),
  ...["accent", "accent-strong", "bad-ink"].flatMap((ground) => text("on-accent", [ground])),
  ...WASHES.flatMap((name) => text(`${name}-ink`, [`${name}-wash`, "surface", "surface-raised", "paper"])),
];
/** What is no text but must be seen: the edge of a field, the focus ring. */
const EDGES = [...text("line-strong", GROUNDS), ...text("focus", [...GROUNDS, "accent-wash", "bubble-out"])];

test("the way of counting is right", () => {
  expect(ratio("oklch(1 0 0)", "oklch(0 0 0)")).toBeCloseTo(21, 1);
  expect(ratio("oklch(0.5999 0 0)", "oklch(1 0 0)")).toBeCloseTo(3.95, 1);
});

describe.each([
  ["normal contrast", normal, 4.5, 3],
  ["high contrast", more, 7, 4.5],
] as const)("%s", (_, tokens, least, edge) => {
  describe.each([
    ["light", false],
    ["dark", true],
  ] as const)("%s", (_, dark) => {
    const of = (name: string) => valueOf(tokens, name, dark);

    test("every token is a colour of its own in both themes", () => {
      for (const name of new Set([...TEXTS, ...EDGES].flat()))
        expect(of(name), name).toMatch(/^oklch\([\d. ]+\)$/u);
    });

    test("every text can be read on every ground it stands on", () => {
      const low = TEXTS.map(([ink, ground]) => ({ ink, ground, is: ratio(of(ink), of(ground)) }));
      expect(low.filter(({ is }) => is < least)).toEqual([]);
    });

    test("edges and the focus ring stand out", () => {
      const low = EDGES.map(([line, ground]) => ({ line, ground, is: ratio(of(line), of(ground)) }));
      expect(low.filter(({ is }) => is < edge)).toEqual([]);
    });
  });
});

test("the initials of a person can be read in every hue", () => {
  const avatar = readFileSync("src/components/Avatar.svelte", "utf8");
  const [ground = "", ink = ""] = [...avatar.matchAll(/light-dark\((.+)\);/gu)].map(
    (found) => found[1] ?? "",
  );
  const hues = [...avatar.matchAll(/--hue: (\d+)/gu)].map((found) => found[1] ?? "");
  expect(hues.length).toBeGreaterThan(7);
  for (const hue of hues)
    for (const side of [0, 1]) {
      const color = (value: string) =>
        (value.match(/oklch\([^()]*\([^()]*\)\)/gu)?.[side] ?? "").replace("var(--hue)", hue);
      expect(ratio(color(ink), color(ground)), `${hue} ${side}`).toBeGreaterThanOrEqual(4.5);
    }
});
