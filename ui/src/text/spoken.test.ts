import { describe, expect, test } from "vitest";
import { stretches } from "./fold";
import { reveal } from "./hidden";
import { parseMarks, type Piece } from "./marks";
import { moneyText } from "./money";
import { initials } from "./person";
import { spoken } from "./spoken";

describe("somebody else's words within a sentence of ours", () => {
  test.each([
    ["Lena Brandt", "Lena Brandt"],
    ["knarB aneL\u202e", "knarB aneL[U+202E]"],
    ["Lena\u200b Brandt", "Lena[U+200B] Brandt"],
    ["  two\nlines ", "two lines"],
    ["שלום", "\u2068שלום\u2069"],
    ["\u2069\u2066", "[U+2069]"],
    ["👩🏽‍💻 Mia", "👩🏽‍💻 Mia"],
  ])("%j is said as %j", (text, said) => expect(spoken(text)).toBe(said));

  test("a wall is cut, and no emoji in two", () => {
    expect(spoken("a".repeat(64 * 1024))).toBe(`${"a".repeat(80)}…`);
    expect(spoken("👩🏽‍💻".repeat(100), 10)).toBe("👩🏽‍💻…");
  });
});

describe("marks piled up on a letter", () => {
  test("are a box from the ninth on", () =>
    expect(reveal(`Z${"\u0300\u0301".repeat(50)}a`)).toEqual([
      { kind: "text", text: `Z${"\u0300\u0301".repeat(4)}` },
      { kind: "hidden", code: "U+0300", why: "piled", count: 92 },
      { kind: "text", text: "a" },
    ]));

  test.each(["ä̃", "สวัสดีครับ ที่นี่", "בְּרֵאשִׁ֖ית", "Việt Nam", "நிலைக்கு"])("%s stays as it is written", (text) =>
    expect(reveal(text)).toEqual([{ kind: "text", text }]),
  );
});

test.each([
  ["links", "https://a.example "],
  ["bold words", "*a* "],
  ["boxes", "a\u200b "],
])("a wall of %s becomes no wall of elements", (_, unit) => {
  const elements = (pieces: Piece[]): number =>
    pieces.reduce((sum, one) => sum + (one.kind === "text" ? 0 : 1), 0);
  expect(elements(parseMarks(unit.repeat(5000)))).toBeLessThanOrEqual(400);
});

test.each([
  ["\u202eAnna \u200bBerg", "AB"],
  ["\u3164Anna", "A"],
  [`Z${"\u0300".repeat(300)} B`, `Z${"\u0300".repeat(3)}`],
  ["W".repeat(64 * 1024), "W"],
])("the initials of %j", (name, letters) => expect(initials(name)).toBe(letters));

test.each([
  [1e300, "EUR"],
  [1e300, "x".repeat(300)],
  [Number.NaN, "EUR"],
])("%d %s is no longer than a price may be", (amount, currency) =>
  expect(moneyText(amount, currency, "de-DE").length).toBeLessThan(30),
);

describe("a text longer than any of WhatsApp's", () => {
  test.each(["W", "ab cd\n", "\n", "👩🏽‍💻", "\u0301"])(
    "made of %j is laid out in stretches, all of it",
    (unit) => {
      const text = unit.repeat((64 * 1024) / unit.length);
      const parts = stretches(text);
      expect(parts.join("")).toBe(text);
      expect(Math.max(...parts.map(({ length }) => length))).toBeLessThanOrEqual(8192);
      expect(parts.length).toBeLessThan(20);
    },
  );
  test("ends a stretch with a line", () =>
    expect(stretches("ab cd\n".repeat(2000))[0]?.endsWith("\n")).toBe(true));
  test("is one stretch where WhatsApp would carry it", () =>
    expect(stretches("a".repeat(4096))).toEqual(["a".repeat(4096)]));
});
