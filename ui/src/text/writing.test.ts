import { describe, expect, test } from "vitest";
import { findEmoji, type Emoji } from "../emoji/emoji";
import { findReplies } from "../state/quick_replies.svelte";
import { blankFrom, blanks } from "./blanks";
import { languageChoices, languageIn, languageName } from "./languages";
import { sizeText } from "./size";
import { triggerAt } from "./trigger";

describe("a sign opens a menu", () => {
  test.each([
    ["/", 0, "/", ""],
    ["/dan", 0, "/", "dan"],
    ["Hallo /zeit", 6, "/", "zeit"],
    ["one\n/two", 4, "/", "two"],
    ["nice :her", 5, ":", "her"],
    ["/größe", 0, "/", "größe"],
  ])("%j at %i", (text, from, mark, query) =>
    expect(triggerAt(text, text.length)).toEqual({ mark, from, query }),
  );

  test.each(["and/or", "10:30", "https://", "/two words", ":)", ":-D", "a:b", ":d", "", "//"])(
    "%j does not",
    (text) => expect(triggerAt(text, text.length)).toBeNull(),
  );

  test("only up to the caret", () => {
    expect(triggerAt("/thanks a lot", 3)).toEqual({ mark: "/", from: 0, query: "th" });
  });

  test("a long word behind a sign is no shortcut", () => {
    const text = `/${"x".repeat(40)}`;
    expect(triggerAt(text, text.length)).toBeNull();
  });
});

test("open places are found with their labels, and the next one from where one stands", () => {
  const text = "Hello {{first_name}}, order {{ number }} and {not this} {{}}";
  expect(blanks(text).map(({ label }) => label)).toEqual(["first name", "number"]);
  expect(blankFrom(text, 10)?.label).toBe("number");
  expect(blankFrom(text, 45)).toBeNull();
});

test.each([
  [0, "en-GB", "0 bytes"],
  [840, "en-GB", "840 bytes"],
  [1000, "en-GB", "1 kB"],
  [1_250_000, "de", "1,2 MB"],
  [5 * 1024 * 1024, "en-GB", "5 MB"],
  [16 * 1024 * 1024, "pt-BR", "16 MB"],
  [3_000_000_000, "de", "2,8 GB"],
])("%i bytes in %s: %s", (bytes, locale, text) =>
  expect(sizeText(bytes, locale).replace(/\s/gu, " ")).toBe(text),
);

describe("a language", () => {
  test.each([
    ["en", "pt-BR", "inglês", "Inglês"],
    ["pt_BR", "de", "Portugiesisch (Brasilien)", "Portugiesisch (Brasilien)"],
    ["no language", "de", "no language", "no language"],
  ])("%s is named in %s within a sentence and by itself", (tag, reader, within, alone) => {
    expect(languageIn(tag, reader)).toBe(within);
    expect(languageName(tag, reader)).toBe(alone);
  });
});

describe("quick replies", () => {
  const all = [
    { shortcut: "zeiten", text: "Wir haben geöffnet" },
    { shortcut: "danke", text: "Vielen Dank" },
    { shortcut: "anzahlung", text: "Ein Drittel" },
    { shortcut: "Grüße", text: "Viele Grüße" },
  ];
  const found = (typed: string) => findReplies(all, typed).map(({ shortcut }) => shortcut);
  test.each([
    ["", ["anzahlung", "danke", "Grüße", "zeiten"]],
    ["an", ["anzahlung", "danke"]],
    ["gru", ["Grüße"]],
    ["zt", ["zeiten"]],
    ["geoff", ["zeiten"]],
    ["quark", []],
  ])("%j finds %j", (typed, shortcuts) => expect(found(typed)).toEqual(shortcuts));
});

test("an emoji is found by its name first, then by its words", () => {
  const emoji = (sign: string, ...words: string[]): Emoji => ({
    emoji: sign,
    name: words[0] ?? "",
    words,
    group: 0,
  });
  const all = [
    emoji("💘", "herz mit pfeil", "liebe"),
    emoji("❤️", "herz", "rot"),
    emoji("🌹", "rose", "herzlich"),
    emoji("🚗", "auto"),
  ];
  expect(findEmoji(all, "herz", 9).map((one) => one.emoji)).toEqual(["❤️", "💘", "🌹"]);
  expect(findEmoji(all, "Herz_mit", 9).map((one) => one.emoji)).toEqual(["💘"]);
  expect(findEmoji(all, " ", 9)).toEqual([]);
});

test("languages stand under their names in the reader's language; a rare one that a customer has is there", () => {
  const names = languageChoices("de", "haw").map(({ name }) => name);
  expect(names).toContain("Deutsch");
  expect(names).toContain("Hawaiisch");
  expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, "de")));
});
