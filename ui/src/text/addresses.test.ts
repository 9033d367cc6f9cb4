import { describe, expect, test } from "vitest";
import { addressesIn } from "./addresses";

/** What was found in a text: `host <url>` of a link, the value of what is to be copied. */
function found(text: string): string[] {
  return [...addressesIn(text)].map(([at, address]) => {
    expect(text.slice(at, at + address.text.length)).toBe(address.text);
    return address.kind === "link" ? address.url : `${address.way} ${address.value}`;
  });
}

describe("links without http", () => {
  test.each([
    ["www.bakery.example", "https://www.bakery.example/"],
    ["Siehe www.bäckerei.example.", "https://www.xn--bckerei-5wa.example/"],
    ["WWW.BAKERY.EXAMPLE", "https://www.bakery.example/"],
    ["*www.bakery.example*", "https://www.bakery.example/"],
    ["(bank.example/pay?id=1)", "https://bank.example/pay?id=1"],
    ["Bank.example/x", "https://bank.example/x"],
    ["bank.example:8443/x", "https://bank.example:8443/x"],
    ["bakery-schmidt.com, bakery.org!", "https://bakery-schmidt.com/", "https://bakery.org/"],
    ["Site: padaria.com.br", "https://padaria.com.br/"],
  ])("%s", (text, ...urls) => expect(found(text)).toEqual(urls));

  test.each([
    "file.txt",
    "photo.jpg and price-list.pdf",
    "folder/file.txt",
    "ok.see you",
    "Danke.Bis morgen",
    "Hr.Mayer/Frau Mayer",
    "am 1.mai/2.mai",
    "z.B./d.h. usw.",
    "12.50/kg",
    "1.5.2026/abends",
    "version 2.0.1",
    "...com",
    "a@b.com/x".slice(1),
    "ftp://files.example.com/x",
    "und/oder",
  ])("%s is none", (text) => expect(found(text)).toEqual([]));

  test("a host that hides something is none", () => {
    expect(found("www.ba\u200bnk.com")).toEqual([]);
    expect(found("www.bank\u3164.example")).toEqual([]);
  });
});

describe("e-mail addresses", () => {
  test.each([
    ["to anna.berg+cake@bakery.example please", "email anna.berg+cake@bakery.example"],
    ["<anna@bakery.example>", "email anna@bakery.example"],
  ])("%s", (text, value) => expect(found(text)).toEqual([value]));

  test.each(["@anna", "anna@bakery", "5 @ 2.50", "a@b@c.example", "anna@bakery.example@evil.example"])(
    "%s is none",
    (text) => expect(found(text)).toEqual([]),
  );

  test("show a host of other letters for what it is", () => {
    const host = new URL("https://b\u0430nk.example").host;
    expect(host).toContain("xn--");
    expect(found("anna@b\u0430nk.example")).toEqual([`email anna@${host}`]);
  });

  test("what stands before the @ of a written-out link is no address", () => {
    expect(found("https://bank.example@evil.example/x")).toEqual(["https://bank.example@evil.example/x"]);
  });
});

describe("telephone numbers", () => {
  test.each([
    ["+49 30 231250", "+4930231250"],
    ["+49 (0)30 231250-17", "+493023125017"],
    ["0049 30 231250", "+4930231250"],
    ["Tel.: +4930231250", "+4930231250"],
    ["(+55 11 95550-1234)", "+5511955501234"],
    ["+33 6 12 34 56 78", "+33612345678"],
    ["+1 (555) 010-0143", "+15550100143"],
    ["030 2312501", "0302312501"],
    ["(030) 2312501", "0302312501"],
    ["0171/2312501", "01712312501"],
    ["☎️030 2312501", "0302312501"],
    ["(11) 95550-1234", "11955501234"],
  ])("%s", (text, value) => expect(found(text)).toEqual([`phone ${value}`]));

  test.each([
    "1234567890",
    "am 01.02.2026 um 10:00",
    "2026-11-20 14:00",
    "08:00-12:00",
    "DE89 3704 0044 0532 0130 00",
    "12,50 + 3,20",
    "+5",
    "00",
    "order A0123456789",
    "+123456789012345678",
  ])("%s is none", (text) => expect(found(text)).toEqual([]));
});

test("a wall of anything is looked through in one walk", () => {
  const walls = ["a.", "a", "www.", "0", "+1 ", "1 ", "(0)", "a@", "@", "https://", "a-", "x/", "+49 (0) "];
  for (const wall of walls) expect(addressesIn(wall.repeat(64 * 1024)).size).toBeLessThanOrEqual(300);
});
