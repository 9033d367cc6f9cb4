import { render, screen } from "@testing-library/svelte";
import axe from "axe-core";
import { describe, expect, test } from "vitest";
import type { TemplateButtonView } from "../backend/generated/TemplateButtonView";
import type { TemplateParts } from "../backend/generated/TemplateParts";
import TemplatePreview from "./TemplatePreview.svelte";

const quick = (text: string): TemplateButtonView => ({ kind: "quick_reply", text, url: null, phone: null });
const parts = (more: Partial<TemplateParts>): TemplateParts => ({
  header: null,
  body: "Hello *{{1}}*, your order {{order}} is ready.",
  footer: null,
  buttons: [],
  cards: [],
  offer: null,
  unknown: [],
  ...more,
});
const shown = () => screen.getByTestId("template-preview");

describe("the preview", () => {
  test("draws WhatsApp's marks around values, and marks what is still open", () => {
    render(TemplatePreview, { parts: parts({}), values: { "body:1": "Ana" } });
    expect(shown().querySelector("strong")?.textContent).toBe("Ana");
    expect([...shown().querySelectorAll("mark")].map((mark) => mark.textContent)).toEqual(["order"]);
  });

  test("shows the address of a button with its end", () => {
    const button = { kind: "url", text: "Track", url: "https://shop.example/o/{{1}}", phone: null };
    render(TemplatePreview, { parts: parts({ buttons: [button] }), values: { "button:0": "4711" } });
    expect(screen.getByTitle("https://shop.example/o/4711").textContent?.trim()).toBe("Track");
  });

  test("folds more than three buttons into two and a list", async () => {
    render(TemplatePreview, { parts: parts({ buttons: ["a", "b", "c", "d"].map(quick) }) });
    const items = () => [...shown().querySelectorAll("li")].map((item) => item.textContent?.trim());
    expect(items()).toEqual(["a", "b", "See all options"]);
    screen.getByText("See all options").click();
    await Promise.resolve();
    expect(items().slice(0, 4)).toEqual(["a", "b", "c", "d"]);
  });

  test("shows a file, and a place for it while there is none", async () => {
    const image = parts({ header: { kind: "image", text: null } });
    const { rerender } = render(TemplatePreview, { parts: image });
    expect(shown().textContent).toContain("Picture");
    await rerender({
      parts: image,
      files: { "header:media": { url: "blob:1", kind: "image", filename: "cake.jpg" } },
    });
    expect(screen.getByAltText("cake.jpg").getAttribute("src")).toBe("blob:1");
  });

  test("counts an offer down and shows its code", () => {
    const offer = parts({
      offer: { text: "20 % off", has_expiration: true },
      buttons: [{ kind: "copy_code", text: "Copy code", url: null, phone: null }],
    });
    const values = { "offer:expires": "600000", "button:0": "CAKE20" };
    render(TemplatePreview, { parts: offer, values, now: 0, locale: "en" });
    expect(shown().textContent).toContain("Ends in 10:00");
    expect(shown().textContent).toContain("CAKE20");
  });

  test("puts the cards of a carousel side by side, each with its own values", async () => {
    const card = { header: { kind: "image", text: null }, body: "Only {{1}} left", buttons: [quick("Buy")] };
    render(TemplatePreview, {
      parts: parts({ cards: [card, card] }),
      values: { "card:1:body:1": "three" },
    });
    const cards = [1, 2].map((number) => screen.getByLabelText(`Card ${number} of 2`).textContent);
    expect(cards[0]).toContain("Only 1 left");
    expect(cards[1]).toContain("Only three left");
    expect((await axe.run(shown(), { rules: { "color-contrast": { enabled: false } } })).violations).toEqual(
      [],
    );
  });
});
