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
    document.body.innerHTML = `<textarea id="answer" lang="de-AT"></textarea><textarea id="note"></textarea>
      <input id="search"><button id="button" lang="fr-FR">Ok</button>`;
    for (const id of ["answer", "button", "answer", "note", "search", "answer"])
      document.getElementById(id)?.focus();
    expect(told).toEqual(["de-AT", "pt-BR", "de-AT"]);
  });
});
