import { describe, expect, test } from "vitest";
import { parseBlocks, type Block } from "./blocks";
import { monthDays, shiftDay, weekStart } from "./calendar";
import { endingOf, fileType } from "./filetype";
import { beginningOf, isJumbo } from "./fold";
import { reveal } from "./hidden";
import { inspectLink, mapLink, misleads } from "./links";
import { asLink, type Link } from "./addresses";
import { plainText } from "./marks";
import { moneyText, totals } from "./money";
import { playTime } from "./playtime";

describe("characters that nobody sees", () => {
  const shown = (text: string) =>
    reveal(text)
      .map((piece) =>
        piece.kind === "text" ? piece.text : `[${piece.code}${piece.count > 1 ? `×${piece.count}` : ""}]`,
      )
      .join("");

  test.each([
    ["one that turns the text around", "abc\u202edcba", "abc[U+202E]dcba"],
    ["one between two letters", "pay\u200bpal", "pay[U+200B]pal"],
    ["a run is one box", "a\u200b\u2060\ufeffb", "a[U+200B×3]b"],
    ["tags that hide a message within a message", "hi\u{e0041}\u{e0042}", "hi[U+E0041×2]"],
    ["a control character", "a\u001b[31m", "a[U+001B][31m"],
    ["fillers that look like nothing", "\u3164", "[U+3164]"],
  ])("%s", (_, text, out) => expect(shown(text)).toBe(out));

  test.each([
    ["a family of emoji", "👨‍👩‍👧‍👦"],
    ["skin and profession", "👩🏽‍💻"],
    ["a heart with its variation", "❤️"],
    ["a key cap", "1️⃣"],
    ["the flag of England", "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}"],
    ["Persian with a non-joiner", "می\u200cخواهم"],
    ["Hindi with a joiner", "क्\u200dष"],
  ])("%s stays as it is", (_, text) => expect(reveal(text)).toEqual([{ kind: "text", text }]));

  test("a wall of them makes no more boxes than a reader needs", () => {
    const boxes = reveal("a\u200b".repeat(10_000)).filter((piece) => piece.kind === "hidden");
    expect(boxes.length).toBe(200);
  });
});

describe("marks for whole lines", () => {
  const short = (blocks: Block[]) =>
    blocks.map((block) => {
      if (block.kind !== "list") return `${block.kind}:${block.text}`;
      return `${block.first ?? "•"}:${block.items.join("|")}`;
    });

  test.each([
    ["plain\nlines", ["lines:plain\nlines"]],
    ["> one\n> two\nthree", ["quote:one\ntwo", "lines:three"]],
    ["- a\n* b\nc", ["•:a|b", "lines:c"]],
    ["1. a\n2. b\n9. c", ["1:a|b", "9:c"]],
    ["```\n- code\n> code\n```", ["lines:```\n- code\n> code\n```"]],
    ["```\n- open", ["lines:```", "•:open"]],
    ["-5 degrees\n*bold*\n1.5 litres", ["lines:-5 degrees\n*bold*\n1.5 litres"]],
  ])("%j", (text, out) => expect(short(parseBlocks(text))).toEqual(out));
});

describe("where a link really leads", () => {
  const link = (text: string) => asLink(text) as Link;

  test.each([
    ["https://example.com/a", "example.com", []],
    ["http://example.com/", "example.com", ["http"]],
    ["https://bank.example@evil.example/login", "evil.example", ["userinfo"]],
    ["https://bank.example:x@evil.example/", "evil.example", ["userinfo"]],
    ["https://раураl.example/", "xn--l-7sba6dbr.example", ["mixed_script"]],
    ["https://bäckerei.example/", "xn--bckerei-5wa.example", ["foreign_letters"]],
    ["https://xn--bckerei-5wa.example/", "xn--bckerei-5wa.example", ["foreign_letters"]],
    ["http://192.0.2.1:8080/", "192.0.2.1:8080", ["number", "port", "http"]],
    ["https://[2001:db8::1]/", "[2001:db8::1]", ["number"]],
  ])("%s", (text, host, tricks) => {
    const parts = inspectLink(link(text));
    expect(parts.host).toBe(host);
    expect(parts.tricks).toEqual(tricks);
    expect(parts.before + parts.host + parts.after).toBe(link(text).url);
    expect(misleads(parts)).toBe(tricks.some((trick) => trick !== "http" && trick !== "port"));
  });

  test("a host that stands in the user's part, too, is taken from its own place", () => {
    const parts = inspectLink(link("https://evil.example@evil.example/"));
    expect(parts.before).toBe("https://evil.example@");
  });

  test("a place leads to a map that belongs to nobody's shop", () => {
    expect(mapLink(52.520008, 13.404954).url).toBe(
      "https://www.openstreetmap.org/?mlat=52.520008&mlon=13.404954#map=17/52.520008/13.404954",
    );
  });
});

describe("long texts", () => {
  test("short ones are whole, long ones begin", () => {
    expect(beginningOf("short")).toBeNull();
    expect(beginningOf("a".repeat(64 * 1024))?.length).toBeLessThanOrEqual(2400);
    expect(beginningOf("\n".repeat(500))?.length).toBe(39);
  });
  test("no emoji is cut in two", () => {
    const cut = beginningOf("👩🏽‍💻".repeat(1000)) as string;
    expect(cut.length % "👩🏽‍💻".length).toBe(0);
  });
  test.each([
    ["👍", true],
    ["👩🏽‍💻 ❤️ 🎉", true],
    ["👍👍👍👍", false],
    ["1", false],
    ["ok 👍", false],
  ])("%s large: %s", (text, large) => expect(isJumbo(text)).toBe(large));
});

test("a quote has the words without their marks", () =>
  expect(plainText("*bold* and _it_ \u202e")).toBe("bold and it [U+202E]"));

describe("orders", () => {
  test("one total for each currency", () => {
    const item = (quantity: number, price: number, currency: string) => ({ quantity, price, currency });
    expect(totals([item(2, 3, "EUR"), item(1, 5, "BRL"), item(1, 4, "EUR")])).toEqual([
      { currency: "EUR", amount: 10 },
      { currency: "BRL", amount: 5 },
    ]);
  });
  test("a currency that is none is shown as it came", () =>
    expect(moneyText(3, "gold coins", "en-GB")).toBe("3.00 gold coins"));
});

test.each([
  [7.9, "0:07"],
  [750, "12:30"],
  [3723, "1:02:03"],
])("%d seconds play for %s", (seconds, text) => expect(playTime(seconds)).toBe(text));

test.each([
  ["a.PDF", null, "PDF", "pdf"],
  [null, "application/pdf", "PDF", "pdf"],
  ["list.xlsx", "application/octet-stream", "XLSX", "table"],
  ["no ending", "text/plain; charset=utf-8", "PLAIN", "text"],
  ["invoice.pdf.exe", "application/pdf", "EXE", "pdf"],
])("the file %j of type %j ends in %s", (name, type, ending, kind) => {
  expect(endingOf(name, type)).toBe(ending);
  expect(fileType(name, type)).toBe(kind);
});

describe("the calendar", () => {
  test("a month is whole weeks, from the week's first day", () => {
    const days = monthDays(new Date(2026, 10, 20), 1);
    expect(days.length % 7).toBe(0);
    expect(days[0]?.getDay()).toBe(1);
    expect(days.filter((day) => day.getMonth() === 10).length).toBe(30);
  });
  test("a month on from the 31st is the last day of the next", () => {
    expect(shiftDay(new Date(2026, 0, 31), { months: 1 }).toDateString()).toBe(
      new Date(2026, 1, 28).toDateString(),
    );
  });
  test("weeks begin as they do where the reader lives", () => {
    expect([weekStart("de-DE"), weekStart("pt-BR"), weekStart("en-US")]).toEqual([1, 0, 0]);
  });
});
