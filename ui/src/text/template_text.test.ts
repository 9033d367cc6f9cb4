import { describe, expect, test } from "vitest";
import { asLabel, asName, labels, nextNumber, stretches, variables, wrap } from "./template_text";

describe("a name, typed freely", () => {
  test.each([
    ["Order ready", "order_ready"],
    ["Größe ändern", "groesse_aendern"],
    ["Promoção de São João", "promocao_de_sao_joao"],
    ["  A--B  ", "a_b_"],
    ["__x", "x"],
    ["👍", ""],
    ["Sale 50 %", "sale_50_"],
  ])("%j is %j", (typed, name) => expect(asName(typed)).toBe(name));
});

describe("the name of a variable", () => {
  test.each([
    ["First name", "first_name"],
    ["Größe der Torte ", "groesse_der_torte"],
    ["3", "3"],
    ["007", "7"],
    ["0", ""],
    ["2nd date", "nd_date"],
    ["!?", ""],
  ])("%j is %j", (typed, label) => expect(asLabel(typed)).toBe(label));

  test("the next number fills the first gap", () => {
    expect(nextNumber([])).toBe("1");
    expect(nextNumber(["1", "3"])).toBe("2");
  });
});

describe("variables in a text", () => {
  test("are found with their places, as UTF-16 counts them", () => {
    expect(variables("👍 {{ a }}{{1}}")).toEqual([
      { label: "a", from: 3, to: 10 },
      { label: "1", from: 10, to: 15 },
    ]);
  });
  test("one that is never closed is none", () => expect(variables("{{a} b")).toEqual([]));
  test("numbers come in their order, names in that of the text", () => {
    expect(labels("{{2}} {{1}} {{2}} {{10}}")).toEqual(["1", "2", "10"]);
    expect(labels("{{b}} {{a}} {{b}}")).toEqual(["b", "a"]);
  });
});

describe("marked places", () => {
  test("cut the text, and together they are the text again", () => {
    const text = "Hello {{name}}, bye";
    const pieces = stretches(text, [{ start: 4, end: 10, severity: "risky" }]);
    expect(pieces.map((piece) => piece.text).join("")).toBe(text);
    expect(pieces.filter(({ tone }) => tone === "risky").map((piece) => piece.text)).toEqual(["o ", "{{na"]);
    expect(
      pieces
        .filter(({ slot }) => slot)
        .map((piece) => piece.text)
        .join(""),
    ).toBe("{{name}}");
  });
  test("the graver one shows where two meet", () => {
    const [first] = stretches("ab", [
      { start: 0, end: 2, severity: "risky" },
      { start: 0, end: 2, severity: "refused" },
    ]);
    expect(first?.tone).toBe("refused");
  });
  test("places beyond the text are harmless", () => {
    expect(stretches("ab", [{ start: 1, end: 99, severity: "hint" }]).map(({ text }) => text)).toEqual([
      "a",
      "b",
    ]);
    expect(stretches("", [{ start: 0, end: 3, severity: "hint" }])).toEqual([]);
  });
});

describe("marks around what is chosen", () => {
  test.each([
    ["say it", 4, 6, "*", "say *it*"],
    ["say  it ", 3, 8, "_", "say  _it_ "],
    ["say *it*", 5, 7, "*", "say it"],
    ["ab", 1, 1, "~", "a~~b"],
    ["code", 0, 4, "```", "```code```"],
  ] as const)("%j from %i to %i with %j is %j", (text, from, to, sign, after) =>
    expect(wrap(text, from, to, sign).text).toBe(after),
  );
});
