import { fireEvent, render, screen } from "@testing-library/svelte";
import axe from "axe-core";
import { describe, expect, test, vi } from "vitest";
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
    expect(cards[0]).toContain("Only Field 1 left");
    expect(cards[1]).toContain("Only three left");
    expect((await axe.run(shown(), { rules: { "color-contrast": { enabled: false } } })).violations).toEqual(
      [],
    );
  });

  test("goes from card to card by keys and by buttons", async () => {
    const card = { header: null, body: "One of them", buttons: [quick("Buy")] };
    const wide = { scrollWidth: 664, clientWidth: 300 };
    for (const [name, value] of Object.entries(wide))
      vi.spyOn(HTMLElement.prototype, name as "scrollWidth", "get").mockReturnValue(value);
    vi.spyOn(HTMLElement.prototype, "offsetLeft", "get").mockImplementation(function (this: HTMLElement) {
      return this.className.includes("card")
        ? 224 * [...(this.parentElement?.children ?? [])].indexOf(this)
        : 0;
    });
    vi.spyOn(HTMLElement.prototype, "scrollTo").mockImplementation(function (this: HTMLElement, to: unknown) {
      this.scrollLeft = (to as ScrollToOptions).left ?? 0;
    } as HTMLElement["scrollTo"]);
    render(TemplatePreview, { parts: parts({ cards: [card, card, card] }) });
    const cards = screen.getByTestId("cards");
    await fireEvent.scroll(cards);
    cards.focus();
    await fireEvent.keyDown(cards, { key: "ArrowRight" });
    expect(cards.scrollLeft).toBe(224);
    expect(screen.getByText("Card 2 of 3")).not.toBeNull();
    await fireEvent.keyDown(cards, { key: "End" });
    expect(cards.scrollLeft).toBe(448);
    await fireEvent.click(screen.getByTestId("card-before"));
    expect(cards.scrollLeft).toBe(224);
    await fireEvent.keyDown(cards, { key: "Home" });
    expect(cards.scrollLeft).toBe(0);
    expect(screen.getByTestId<HTMLButtonElement>("card-before").disabled).toBe(true);
  });

  test("lets each text run in its own direction", () => {
    const arabic = "مرحبًا {{1}}، طلبك جاهز";
    const card = { header: null, body: arabic, buttons: [quick("اشترِ")] };
    render(TemplatePreview, {
      parts: parts({
        header: { kind: "text", text: arabic },
        body: `${arabic}\nYour order is ready`,
        footer: "مخبز السوق",
        buttons: [quick("سآتي اليوم")],
        cards: [card],
        offer: { text: "خصم", has_expiration: false },
      }),
    });
    const texts = [...shown().querySelectorAll<HTMLElement>(".rich, .one span, .offer strong")];
    expect(texts).toHaveLength(7);
    expect(texts.map((one) => one.getAttribute("dir"))).toEqual(texts.map(() => "auto"));
  });
});
