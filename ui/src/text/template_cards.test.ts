import { describe, expect, test } from "vitest";
import type { TemplateDraft } from "../backend/generated/TemplateDraft";
import {
  cardsOfKind,
  insertCard,
  insertCardButton,
  orderCardButtons,
  orderCards,
  shapeOf,
  toShape,
  withCardButton,
} from "./template_cards";
import { emptyDraft, filesOf, newButton, partsOf, sampleSlots, withFile } from "./template_draft";

const file = (id: string) => ({ id, filename: `${id}.png`, mime_type: "image/png", size: 3 });
const link = (text: string) => ({ ...newButton("url", text), value: "https://a.example/{{1}}" });
const card = (body: string, id: string) => ({
  header: { kind: "image", text: "", file: file(id) },
  body,
  buttons: [newButton("quick_reply", "Keep"), link("See")],
});
const draft = (part: Partial<TemplateDraft> = {}): TemplateDraft => ({ ...emptyDraft("en"), ...part });
const carousel = draft({
  cards: [card("Bikes for {{1}}", "a"), card("Helmets", "b"), card("Bells", "c")],
  samples: [
    { key: "body:1", text: "whole" },
    { key: "card:0:body:1", text: "kids" },
    { key: "card:0:button:1", text: "bikes" },
    { key: "card:2:button:1", text: "bells" },
  ],
});

describe("another kind of message", () => {
  test("a carousel keeps the text and the buttons that cards can have", () => {
    const before = draft({
      header: { kind: "text", text: "Hi {{1}}", file: null },
      body: "New for {{1}} here",
      footer: "Shop",
      buttons: [newButton("flow", "Form"), newButton("quick_reply", "Keep")],
      samples: [
        { key: "header:1", text: "x" },
        { key: "body:1", text: "you" },
      ],
    });
    const after = { ...before, ...toShape(before, "carousel") };
    expect(shapeOf(after)).toBe("carousel");
    expect(after).toMatchObject({ header: null, footer: "", buttons: [], category: "MARKETING" });
    expect(after.cards.map(({ buttons }) => buttons.map(({ text }) => text))).toEqual([["Keep"], ["Keep"]]);
    expect(after.samples).toEqual([{ key: "body:1", text: "you" }]);
  });

  test("an offer has its code first, then its link with the sample of its end", () => {
    const before = draft({
      buttons: [newButton("quick_reply", "Keep"), link("See")],
      footer: "Shop",
      samples: [{ key: "button:1", text: "end" }],
    });
    const after = { ...before, ...toShape(before, "offer") };
    expect(shapeOf(after)).toBe("offer");
    expect(after.buttons.map(({ kind }) => kind)).toEqual(["copy_code", "url"]);
    expect([after.footer, after.samples]).toEqual(["", [{ key: "button:1", text: "end" }]]);
  });

  test("a plain message is left, and the category of an existing template", () => {
    const edited = { ...carousel, edits: "7", category: "UTILITY" };
    expect({ ...edited, ...toShape(edited, "message") }).toMatchObject({
      cards: [],
      samples: [{ key: "body:1", text: "whole" }],
    });
    expect(toShape(edited, "offer").category).toBeUndefined();
  });
});

describe("cards", () => {
  test("take their samples and files along when they move, and away when they go", () => {
    const moved = { ...carousel, ...orderCards(carousel, [2, 0]) };
    expect(moved.cards.map(({ body }) => body)).toEqual(["Bells", "Bikes for {{1}}"]);
    expect(moved.samples).toEqual([
      { key: "body:1", text: "whole" },
      { key: "card:1:body:1", text: "kids" },
      { key: "card:1:button:1", text: "bikes" },
      { key: "card:0:button:1", text: "bells" },
    ]);
    expect(filesOf(moved).map((one) => [one.place, one.file.id])).toEqual([
      ["card:0:header", "c"],
      ["card:1:header", "a"],
    ]);
  });

  test("get buttons and kinds of heading all together", () => {
    const fewer = { ...carousel, ...orderCardButtons(carousel, [1]) };
    expect(fewer.cards.every(({ buttons }) => buttons.length === 1 && buttons[0]?.kind === "url")).toBe(true);
    expect(fewer.samples.map(({ key }) => key)).toEqual([
      "body:1",
      "card:0:body:1",
      "card:0:button:0",
      "card:2:button:0",
    ]);
    const more = insertCardButton({ ...carousel, ...fewer }, "phone_number");
    expect(more.cards.map(({ buttons }) => buttons.map(({ kind }) => kind).join())).toEqual(
      Array(3).fill("url,phone_number"),
    );
    expect(cardsOfKind(carousel, "video").cards.every(({ header }) => header.file === null)).toBe(true);
    expect(cardsOfKind(carousel, "image").cards).toEqual(carousel.cards);
  });

  test("are built alike when one is added, and say each their own", () => {
    const grown = { ...carousel, ...insertCard(carousel) };
    expect(grown.cards[3]).toMatchObject({ header: { kind: "image", file: null }, body: "" });
    expect(grown.cards[3]?.buttons).toEqual(carousel.cards[2]?.buttons);
    const said = { ...grown, ...withCardButton(grown, 3, 0, { text: "Want it" }) };
    expect(said.cards.map(({ buttons }) => buttons[0]?.text)).toEqual(["Keep", "Keep", "Keep", "Want it"]);
  });

  test("ask for their samples after the message, and stand in the preview", () => {
    expect(sampleSlots(carousel).map(({ key }) => key)).toEqual([
      "card:0:body:1",
      "card:0:button:1",
      "card:1:button:1",
      "card:2:button:1",
    ]);
    expect(partsOf(carousel).cards[1]).toMatchObject({ body: "Helmets", header: { kind: "image" } });
    const without = { ...carousel, ...withFile(carousel, "card:1:header", null) };
    expect(filesOf(without).map(({ place }) => place)).toEqual(["card:0:header", "card:2:header"]);
  });
});
