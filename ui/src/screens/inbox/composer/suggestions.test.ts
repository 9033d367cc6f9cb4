import { fireEvent, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { loadEmoji } from "../../../emoji/emoji";
import {
  backend,
  composer,
  goOn,
  key,
  last,
  open,
  send,
  session,
  settle,
  standStill,
  type,
} from "./writing.stage";

beforeEach(standStill);
afterEach(goOn);

describe("quick replies", () => {
  test("open with a slash, stand there filled, and are chosen with arrows and Enter", async () => {
    await open();
    await type("/");
    const options = () => screen.getAllByTestId("suggestion");
    expect(options()[0]?.textContent).toContain("/address");
    expect(options().find((one) => one.textContent?.includes("/thanks"))?.textContent).toContain("Aylin");
    await key("ArrowDown");
    expect(options()[1]?.ariaSelected).toBe("true");
    expect(composer().getAttribute("aria-activedescendant")).toBe(options()[1]?.id);
    await key("Enter");
    await settle();
    expect(composer().value).toContain("a deposit of a third");
    expect(screen.queryByTestId("suggest")).toBeNull();
    expect(last()?.direction).toBe("in");
  });

  test("what nobody knows is marked for typing over, and nothing leaves while it is open", async () => {
    await open();
    await type("Good news. /ready");
    await key("Tab");
    await settle();
    const field = composer();
    expect(field.value).toContain("Good news. Hello Aylin, your order {{order_number}}");
    expect(field.value.slice(field.selectionStart, field.selectionEnd)).toBe("{{order_number}}");
    expect(send().disabled).toBe(true);
    expect(screen.getByTestId("open-blank").textContent).toContain("order number");
    await key("Enter");
    await settle();
    expect(last()?.direction).toBe("in");
    await key("Tab");
    expect(field.value.slice(field.selectionStart, field.selectionEnd)).toBe("{{me}}");
    // After the last one Tab leads on.
    expect(await key("Tab")).toBe(true);
  });

  test("a slash within words opens nothing", async () => {
    await open();
    await type("and/or");
    expect(screen.queryByTestId("suggest")).toBeNull();
  });

  test("Esc closes the menu first, then takes the quote away, then leaves the field", async () => {
    await open();
    session.conversation.writing.replyTo = session.conversation.rows.at(-1) ?? null;
    await settle();
    await type("/");
    await key("Escape");
    expect(screen.queryByTestId("suggest")).toBeNull();
    expect(screen.queryByTestId("composer-quote")).not.toBeNull();
    await key("Escape");
    await settle();
    expect(screen.queryByTestId("composer-quote")).toBeNull();
    expect(composer().value).toBe("/");
    await key("Escape");
    await settle();
    expect(document.activeElement).not.toBe(composer());
  });

  test("without any, the slash tells what they are for", async () => {
    await open();
    backend.replies = [];
    await type("/");
    expect(screen.getByTestId("suggest").textContent).toContain("Texts you write often");
    await type("/x");
    expect(screen.queryByTestId("suggest")).toBeNull();
  });
});

describe("the dialog of quick replies", () => {
  const rows = () => screen.getAllByTestId("reply-row").map((row) => row.textContent ?? "");
  const fill = async (shortcut: string, text: string) => {
    await fireEvent.input(screen.getByTestId("reply-shortcut"), { target: { value: shortcut } });
    await fireEvent.input(screen.getByTestId("reply-text"), { target: { value: text } });
  };
  const manage = async () => {
    await type("Hello /");
    await fireEvent.click(screen.getByTestId("replies-manage"));
    await settle(50);
  };

  test("opens from the menu and leaves no slash behind", async () => {
    await open();
    await manage();
    expect(rows()[0]).toContain("/address");
    expect(composer().value).toBe("Hello ");
  });

  test("makes new ones, under a word of their own", async () => {
    await open();
    await manage();
    await fireEvent.click(screen.getByTestId("reply-new"));
    await fill("/Hours", "x");
    expect(screen.getByRole("alert").textContent).toContain("/Hours exists already");
    expect(screen.getByTestId<HTMLButtonElement>("reply-save").disabled).toBe(true);
    await fill("/park here", "There are places behind the shop.");
    await fireEvent.click(screen.getByTestId("reply-save"));
    await settle(50);
    expect(rows().some((row) => row.includes("/parkhere"))).toBe(true);
    expect(backend.replies.at(-1)).toMatchObject({ text: "There are places behind the shop." });
  });

  test("changes and deletes, and takes a deletion back", async () => {
    await open();
    await manage();
    await fireEvent.click(screen.getByLabelText("Change /hours"));
    await settle();
    await fill("hours", "Closed on Mondays.");
    await fireEvent.click(screen.getByTestId("reply-save"));
    await settle(50);
    expect(rows().find((row) => row.includes("/hours"))).toContain("Closed on Mondays.");
    await fireEvent.click(screen.getByLabelText("Delete /hours"));
    await settle(50);
    expect(rows().some((row) => row.includes("/hours"))).toBe(false);
    await fireEvent.click(screen.getByTestId("reply-undo"));
    await settle(50);
    expect(rows().some((row) => row.includes("/hours"))).toBe(true);
  });

  test("in its form Esc leaves the form and not the dialog", async () => {
    await open();
    await manage();
    await fireEvent.click(screen.getByTestId("reply-new"));
    await settle();
    expect(await fireEvent.keyDown(screen.getByTestId("reply-text"), { key: "Escape" })).toBe(false);
    await settle();
    expect(rows().length).toBe(5);
  });
});

describe("emoji", () => {
  test("are found by name and put where the caret stands", async () => {
    await loadEmoji("en");
    await open();
    await type("Thanks!");
    composer().setSelectionRange(6, 6);
    await fireEvent.click(screen.getByTestId("emoji-open"));
    await settle(50);
    await fireEvent.input(screen.getByTestId("emoji-search"), { target: { value: "red heart" } });
    await settle(50);
    await fireEvent.keyDown(screen.getByTestId("emoji-search"), { key: "Enter" });
    await settle();
    expect(composer().value).toBe("Thanks❤️!");
    expect(screen.queryByTestId("emoji-picker")).toBeNull();
    await fireEvent.click(screen.getByTestId("emoji-open"));
    await settle(50);
    expect(screen.getAllByTestId("emoji")[0]?.textContent).toBe("❤️");
  });

  test("Esc puts them away and goes back to the text", async () => {
    await open();
    await fireEvent.click(screen.getByTestId("emoji-open"));
    await settle(50);
    await fireEvent.keyDown(screen.getByTestId("emoji-search"), { key: "Escape" });
    await settle();
    expect(screen.queryByTestId("emoji-picker")).toBeNull();
    expect(document.activeElement).toBe(composer());
  });

  test("come up while a name is typed behind a colon", async () => {
    await loadEmoji("en");
    await open();
    await type("Done :party");
    await settle(50);
    expect(screen.getAllByTestId("suggestion").map((one) => one.textContent?.trim())[0]).toContain("🎉");
    await key("Enter");
    await settle();
    expect(composer().value).toBe("Done 🎉");
  });
});
