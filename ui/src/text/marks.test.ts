import { describe, expect, test } from "vitest";
import { parseMarks, type Piece } from "./marks";
import { asLink } from "./addresses";

/** The tree in short: `b(…)`, `i(…)`, `s(…)`, `m(…)`, `<url>`, `[U+202E]`. */
function short(pieces: Piece[]): string {
  return pieces
    .map((piece) => {
      if (piece.kind === "text") return piece.text;
      if (piece.kind === "link") return `<${piece.url}>`;
      if (piece.kind === "contact") return `<${piece.value}>`;
      if (piece.kind === "hidden") return `[${piece.code}${piece.count > 1 ? `×${piece.count}` : ""}]`;
      return `${piece.mark.charAt(0)}(${short(piece.pieces)})`;
    })
    .join("");
}

describe("WhatsApp's marks", () => {
  test.each([
    ["plain", "plain"],
    ["*bold* and _it_ and ~no~ and `code`", "b(bold) and i(it) and s(no) and m(code)"],
    ["*bold _both_*", "b(bold i(both))"],
    ["```a *b*\nc```", "m(a *b*\nc)"],
    ["2*3*4", "2*3*4"],
    ["snake_case_name", "snake_case_name"],
    ["* not bold *", "* not bold *"],
    ["*open", "*open"],
    ["*over\nlines*", "*over\nlines*"],
    ["(*in brackets*)", "(b(in brackets))"],
    ["`*raw*`", "m(*raw*)"],
  ])("%s", (text, tree) => expect(short(parseMarks(text))).toBe(tree));
});

describe("links", () => {
  test.each([
    ["see https://example.com/a?b=c.", "see <https://example.com/a?b=c>."],
    ["*https://example.com*", "b(<https://example.com/>)"],
    ["HTTP://EXAMPLE.COM", "<http://example.com/>"],
    ["javascript:alert(1)", "javascript:alert(1)"],
    ["ftp://example.com", "ftp://example.com"],
    ["https://", "https://"],
    ["https://example.com/\u202egpj.exe", "<https://example.com/>[U+202E]gpj.exe"],
  ])("%s", (text, tree) => expect(short(parseMarks(text))).toBe(tree));

  test("the host shown is the one that is really opened", () => {
    expect(asLink("https://bank.example@evil.example/login")?.host).toBe("evil.example");
  });
});

describe("hostile text", () => {
  const texts = [
    "*a".repeat(32 * 1024),
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "*".repeat(5000),
    "_*~`".repeat(3000),
    "a".repeat(64 * 1024),
    "*".repeat(50) + "deep" + "*".repeat(50),
    "\u202eevil\u202c \u2066x\u2069",
    "👩🏽‍💻".repeat(200),
    "https://".repeat(2000),
    "\u0000\u0002\u0003",
  ];
  test.each(texts.map((text) => [text.slice(0, 20), text]))("%s stays text, all of it", (_, text) => {
    const kept = (pieces: Piece[]): number =>
      pieces.reduce((sum, piece) => {
        if (piece.kind === "mark") return sum + kept(piece.pieces);
        return sum + (piece.kind === "hidden" ? piece.count : piece.text.length);
      }, 0);
    const pieces = parseMarks(text);
    const signs = text.replace(/[*_~`]/gu, "").length;
    expect(kept(pieces)).toBeGreaterThanOrEqual(signs);
    expect(kept(pieces)).toBeLessThanOrEqual(text.length);
  });
});
