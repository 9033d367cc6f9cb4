import { afterEach, describe, expect, it } from "vitest";
import { Spelling, spelledAs } from "./spelling";

describe("the country of a spelling", () => {
  it("is the one that is named, else the system's, else the most likely", () => {
    expect(spelledAs("pt-PT", ["pt-BR"])).toBe("pt-PT");
    expect(spelledAs("de", ["en-GB", "de-AT"])).toBe("de-AT");
    expect(spelledAs("de", ["pt-BR"])).toBe("de-DE");
    expect(spelledAs("sr-Latn", [])).toBe("sr-RS");
    expect(spelledAs("en", ["C"])).toBe("en-US");
    expect(spelledAs("", [])).toBe("");
    expect(spelledAs("not a tag", [])).toBe("");
  });
});

describe("the spelling checker", () => {
  let stop = () => {};
  afterEach(() => stop());

  it("goes with the field one writes in, and is told only of what changed", () => {
    const told: string[] = [];
    stop = new Spelling({ spellIn: async (language) => void told.push(language) }).start();
    document.documentElement.lang = "pt-BR";
    const make = (tag: string, id: string, lang = "") =>
      Object.assign(document.createElement(tag), { id }, lang === "" ? {} : { lang });
    document.body.replaceChildren(
      make("textarea", "answer", "de-AT"),
      make("textarea", "note"),
      make("input", "search"),
      make("button", "button", "fr-FR"),
    );
    for (const id of ["answer", "button", "answer", "note", "search", "answer"])
      document.getElementById(id)?.focus();
    expect(told).toEqual(["de-AT", "pt-BR", "de-AT"]);
  });
});
