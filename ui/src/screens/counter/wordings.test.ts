import { fireEvent, screen, within } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { click, live, openCounter, playHere, press, seen, settle, toasts, type } from "./counter.stage";

playHere();

async function openWordings(purpose = "offers") {
  const backend = await openCounter();
  await click("counter-tab-wordings");
  await settle();
  const of = screen.getAllByTestId("wordings-purpose").find((one) => one.dataset.purpose === purpose);
  await fireEvent.click(of as HTMLElement);
  await settle();
  return backend;
}
const card = (language: string) =>
  screen.getAllByTestId("wording").find((one) => one.dataset.language === language) as HTMLElement;
const edit = async (language: string) => {
  await fireEvent.click(within(card(language)).getByTestId("wording-edit"));
  await settle();
};
const rules = () =>
  [...screen.getByTestId("wording-editor").querySelectorAll<HTMLElement>("li")].map(
    (one) => one.dataset.rule,
  );

test("what is missing is said while one types, and what the customer will read stands beside it", async () => {
  await openWordings();
  await edit("en");
  await type("wording-text", "I agree.");
  expect(rules()).toEqual([
    "business_missing",
    "messages_missing",
    "kinds_missing",
    "stop_missing",
    "privacy_missing",
  ]);
  await type(
    "wording-text",
    "{{business}} may send me messages with offers. STOP ends it. Privacy: in the shop.",
  );
  expect(rules()).toEqual([]);
  expect(screen.getByTestId("wording-editor").textContent).toContain(
    "Backstube am Markt may send me messages",
  );
});

test("a change is a new version; the earlier one stays as it was, word for word", async () => {
  const backend = await openWordings();
  const before = backend.ledger.wordings
    .current()
    .find(({ purpose, language }) => purpose === "offers" && language === "en");
  await edit("en");
  const text =
    "{{business}} may send me messages with offers on Fridays. STOP ends it. Privacy: in the shop.";
  await type("wording-text", text);
  await press("Enter", { ctrlKey: true });
  await settle();
  expect(toasts().join()).toContain("Saved as a new version");
  expect(card("en").textContent).toContain("Version 2");
  expect(card("en").textContent).toContain("Earlier versions");
  expect(card("en").textContent).toContain(before?.shown);
  expect(live.session.counter.form?.wordings.find(({ id }) => id === before?.id)?.version).toBe(2);
});

test("one that is saved unchanged makes no version", async () => {
  const backend = await openWordings();
  const count = backend.ledger.wordings.all.length;
  await edit("de");
  await click("wording-save");
  expect(backend.ledger.wordings.all.length).toBe(count);
});

test("a retired one is not offered at the counter, and a wording without the business cannot be ticked", async () => {
  const backend = await openWordings("calls");
  await fireEvent.click(within(card("en")).getByTestId("wording-retire"));
  await settle();
  await click("wordings-retire-do");
  await settle();
  expect(live.session.counter.offered.map(({ key }) => key)).toEqual(["service", "updates", "offers"]);
  backend.ledger.wordings.save(
    { id: "", purpose: "calls", language: "en", text: "You may call me." },
    backend.now() + 5,
  );
  backend.emit({ consents: true });
  await settle();
  await press("Escape");
  const box = screen
    .getAllByTestId<HTMLInputElement>("counter-purpose")
    .find((one) => one.dataset.purpose === "calls") as HTMLInputElement;
  expect(box.disabled).toBe(true);
  expect(box.closest("label")?.textContent).toContain("does not name your business");
});

test("a purpose of the shop's own is advertising unless somebody says otherwise, and goes with a way back", async () => {
  const backend = await openWordings();
  await click("wordings-add");
  await type("purpose-name", "Rezepte des Monats");
  await fireEvent.submit(screen.getByTestId("purpose-add").closest("form") as HTMLFormElement);
  await settle();
  expect(backend.ledger.purposes.at(-1)).toEqual({
    key: "own:rezepte-des-monats",
    label: "Rezepte des Monats",
    advertising: true,
  });
  expect(card("en").textContent).toContain("No wording");
  await click("wordings-remove");
  expect(backend.ledger.purposes).toHaveLength(4);
  await click("toast-undo");
  await settle();
  expect(backend.ledger.purposes).toHaveLength(5);
});

test("poster, cards and form are saved as PDF; a full disk leaves nothing behind and says so", async () => {
  const backend = await openCounter();
  await click("counter-print");
  await click("print-card");
  await click("print-do");
  await settle(300);
  expect(screen.getByTestId("print-done").textContent).toContain(".pdf");
  backend.takeout.answerWith = { kind: "failed", message: "No space left on device", disk_full: true };
  await click("print-do");
  await settle(300);
  expect(screen.getByTestId("print-failed").textContent).toContain("nothing was left behind");
  expect(seen("print-done")).toBeNull();
});
