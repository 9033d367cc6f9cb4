import { fireEvent, screen, within } from "@testing-library/svelte";
import { describe, expect, test, vi } from "vitest";
import { click, field, openTemplates, playHere, row, rules, settle, type, write } from "./templates.stage";

playHere();

const cards = () => screen.getAllByTestId("editor-card");
const inCard = (at: number, testid: string, n = 0) =>
  within(cards()[at] as HTMLElement).getAllByTestId<HTMLTextAreaElement>(testid)[n] as HTMLTextAreaElement;
const texts = () => cards().map((_, at) => inCard(at, "editor-card-body").value);

async function input(element: HTMLElement, value: string) {
  await fireEvent.input(element, { target: { value } });
  await settle(500);
}

async function attach(at: number) {
  const file = new File(["x"], `card-${at}.png`, { type: "image/png" });
  const files = [Object.assign(file, { arrayBuffer: async () => new Uint8Array([1, 2]).buffer })];
  await fireEvent.change(inCard(at, "sample-input"), { target: { files } });
  await settle(500);
}

async function carousel() {
  const backend = await openTemplates();
  await write("New in the shop this week. Reply STOP to hear no more of it.");
  await click("editor-shape-carousel");
  for (const at of [0, 1]) {
    await input(inCard(at, "editor-card-body"), `Bike ${at}`);
    await input(inCard(at, "editor-button-text"), "See it");
    await input(inCard(at, "editor-button-value"), "https://bikes.example/x");
    await attach(at);
  }
  return backend;
}

describe("a carousel", () => {
  test("is written, handed in with a sample for each card, and approved", async () => {
    const backend = await carousel();
    expect(rules()).toEqual([]);
    const submit = vi.spyOn(backend, "submitTemplate");
    expect(backend.drafting.drafts[0]?.cards.map(({ header }) => header.file?.filename)).toEqual([
      "card-0.png",
      "card-1.png",
    ]);
    await click("editor-hand-in");
    await settle(100);
    expect(submit).toHaveBeenCalledTimes(1);
    expect(screen.getByTestId("handed-in")).toBeTruthy();
    await settle(10_000);
    await fireEvent.click(within(row("cake_ready", "en")).getByTestId("review-edit"));
    await settle(50);
    expect(texts()).toEqual(["Bike 0", "Bike 1"]);
  });

  test("has two to ten cards, moved by buttons and by keys", async () => {
    await carousel();
    expect(inCard(0, "editor-card-remove")).toHaveProperty("disabled", true);
    await click("editor-card-add");
    await input(inCard(2, "editor-card-body"), "Bike 2");
    await fireEvent.keyDown(inCard(2, "editor-card-body"), { key: "ArrowUp", altKey: true });
    await settle(50);
    expect(texts()).toEqual(["Bike 0", "Bike 2", "Bike 1"]);
    expect(document.activeElement).toBe(inCard(1, "editor-card-body"));
    await fireEvent.click(inCard(0, "editor-card-remove"));
    await settle(50);
    expect(texts()).toEqual(["Bike 2", "Bike 1"]);
    for (let n = 0; n < 8; n++) await click("editor-card-add");
    expect(screen.getByTestId("editor-card-add")).toHaveProperty("disabled", true);
  });

  test("has the same buttons on all cards", async () => {
    await carousel();
    await click("editor-cards-add-quick_reply");
    expect(cards().map((one) => within(one).getAllByTestId("editor-button").length)).toEqual([2, 2]);
    expect(screen.queryByTestId("editor-cards-add-url")).toBeNull();
    await fireEvent.click(screen.getAllByTestId("editor-cards-remove-button")[0] as HTMLElement);
    await settle(50);
    expect(cards().map((one) => within(one).getAllByTestId("editor-button").length)).toEqual([1, 1]);
  });

  test("says what stands against it at its card, and leads there", async () => {
    await carousel();
    await input(inCard(1, "editor-button-value"), "bikes");
    expect(within(cards()[1] as HTMLElement).getByTestId("finding").dataset.rule).toBe("url_invalid");
    await click("editor-refused");
    expect(document.activeElement).toBe(inCard(1, "editor-button-value"));
  });

  test("says that a card has no text once it is handed in, and leads to its field", async () => {
    await carousel();
    await click("editor-card-add");
    await attach(2);
    expect(rules()).toEqual([]);
    await click("editor-hand-in");
    await settle(50);
    expect(rules()).toEqual(["card_shape"]);
    expect(document.activeElement).toBe(inCard(2, "editor-card-body"));
  });

  test("gives every card its picture back when its end is taken back", async () => {
    const backend = await carousel();
    await click("editor-shape-message");
    await settle(500);
    expect(backend.drafting.drafts[0]?.cards).toEqual([]);
    await click("editor-undo");
    await settle(500);
    expect(backend.drafting.drafts[0]?.cards.map(({ header }) => header.file?.filename)).toEqual([
      "card-0.png",
      "card-1.png",
    ]);
  });
});

describe("other kinds", () => {
  test("an offer needs its line, its code and its link", async () => {
    const backend = await openTemplates();
    await write("Bikes for less today. Reply STOP to hear no more of it.");
    await click("editor-shape-offer");
    await type("editor-offer", "A line that is far too long");
    expect(rules()).toContain("too_long");
    await type("editor-offer", "Today only!");
    const [code, url] = screen.getAllByTestId<HTMLTextAreaElement>("editor-button-value");
    await input(code as HTMLElement, "BIKE25");
    await input(url as HTMLElement, "https://bikes.example");
    await input(screen.getByTestId("editor-button-text"), "To the shop");
    expect(rules()).toEqual([]);
    expect(screen.queryByTestId("editor-footer")).toBeNull();
    expect(backend.drafting.drafts[0]).toMatchObject({
      category: "MARKETING",
      offer: { text: "Today only!", has_expiration: true },
    });
  });

  test("a flow asks for its id, a request for contact details for nothing", async () => {
    await openTemplates();
    await write();
    await click("editor-add-flow");
    await input(screen.getByTestId("editor-button-text"), "Choose");
    await click("editor-add-request_contact_info");
    await click("editor-hand-in");
    await settle(50);
    expect(rules()).toEqual(["missing"]);
    expect(document.activeElement).toBe(field("editor-button-value"));
    await type("editor-button-value", "991");
    await settle(500);
    expect(rules()).toEqual([]);
  });
});
