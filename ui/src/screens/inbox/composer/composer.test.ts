import { fireEvent, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { TWO } from "../../../backend/fake/numbers";
import { HOUR } from "../../../text/countdown";
import {
  attach,
  backend,
  composer,
  goOn,
  key,
  last,
  open,
  PICTURE,
  session,
  settle,
  shelved,
  standStill,
  turnTo,
  type,
} from "./writing.stage";

beforeEach(standStill);
afterEach(goOn);

describe("a note", () => {
  const note = () => screen.getByTestId<HTMLTextAreaElement>("note");

  test("is saved as a note and can reach no customer", async () => {
    await open();
    const sent = [vi.spyOn(backend, "sendText"), vi.spyOn(backend, "sendAttachments")];
    await type("half an answer");
    await fireEvent.click(screen.getByTestId("tab-note"));
    await settle();
    expect(document.activeElement).toBe(note());
    expect(screen.queryByTestId("send")).toBeNull();
    await fireEvent.input(note(), { target: { value: "Always pays late" } });
    await fireEvent.keyDown(note(), { key: "Enter" });
    await settle(50);
    expect(last()).toMatchObject({ direction: "note", body: { kind: "note", text: "Always pays late" } });
    expect(note().value).toBe("");
    for (const call of sent) expect(call).not.toHaveBeenCalled();
    await fireEvent.keyDown(note(), { key: "Escape" });
    await settle();
    expect(composer().value).toBe("half an answer");
    expect(document.activeElement).toBe(composer());
  });

  test("half written is kept while other threads are looked at, and the next thread begins with an answer", async () => {
    await open();
    await fireEvent.click(screen.getByTestId("tab-note"));
    await fireEvent.input(note(), { target: { value: "ask for" } });
    await turnTo(4);
    expect(screen.queryByTestId("note")).toBeNull();
    await turnTo(3);
    await fireEvent.click(screen.getByTestId("tab-note"));
    await settle();
    expect(note().value).toBe("ask for");
    expect(backend.thread(3).draft).not.toContain("ask for");
  });

  test("comes back when it could not be saved", async () => {
    await open();
    vi.spyOn(backend, "saveNote").mockRejectedValue({ code: "disk_full", message: "" });
    await fireEvent.click(screen.getByTestId("tab-note"));
    await fireEvent.input(note(), { target: { value: "remember" } });
    await fireEvent.click(screen.getByTestId("note-save"));
    await settle(50);
    expect(note().value).toBe("remember");
  });

  test("can be written where only a template may be sent", async () => {
    await open(9);
    await fireEvent.click(screen.getByTestId("tab-note"));
    await settle();
    expect(screen.queryByTestId("picker")).toBeNull();
    expect(note()).not.toBeNull();
  });
});

describe("the field", () => {
  test("breaks lines with Enter and sends with Ctrl+Enter where the shop wants it so", async () => {
    await open(3, { settings: { enter_sends: false } });
    await type("one");
    expect(await key("Enter")).toBe(true);
    await settle();
    expect(last()?.direction).toBe("in");
    await key("Enter", { ctrlKey: true });
    await settle(50);
    expect(last()?.body).toMatchObject({ kind: "text", text: "one" });
  });

  test("leaves no menu behind when the text is sent past it", async () => {
    await open();
    await type("/th");
    expect(screen.queryByTestId("suggest")).not.toBeNull();
    await key("Enter", { ctrlKey: true });
    await settle(50);
    expect(last()?.body).toMatchObject({ text: "/th" });
    expect(screen.queryByTestId("suggest")).toBeNull();
  });

  test("is spelled in the customer's language, which can be said beside it", async () => {
    await open();
    expect(composer().lang).toBe("");
    await fireEvent.change(screen.getByTestId("composer-language"), { target: { value: "tr" } });
    await settle(50);
    expect(backend.thread(3).language).toBe("tr");
    expect(composer().lang).toBe("tr");
  });

  test("gives way where the customer is blocked, keeps the text, and comes back with the unblocking", async () => {
    await open();
    await type("Dear Aylin");
    await backend.blockCustomer(3, true);
    await settle(50);
    expect(screen.queryByTestId("composer")).toBeNull();
    expect(screen.getByTestId("draft-kept").textContent).toContain("Dear Aylin");
    await fireEvent.click(screen.getByTestId("unblock"));
    await settle(50);
    expect(composer().value).toBe("Dear Aylin");
  });

  test("gives way where the number was taken away, what waited is back, and it returns with the number", async () => {
    const start = { kind: "ready", profile: "shop", needs_number: false } as const;
    await open(3, { start, numbers: TWO });
    await type("On its way");
    await fireEvent.click(screen.getByTestId("send"));
    await settle(50);
    await session.removeNumber("100");
    await settle(50);
    expect(screen.queryByTestId("composer")).toBeNull();
    expect(screen.getByTestId("away").textContent).toContain("+49 30 231250 is not connected");
    expect(screen.getByTestId("draft-kept").textContent).toContain("On its way");
    await session.step(() => backend.connectShop());
    await settle(50);
    expect(composer().value).toBe("On its way");
  });

  test("shows text and files that are kept when the window closes", async () => {
    await open();
    await attach(PICTURE());
    await type("Until tomorrow");
    await backend.practiceJump(30 * HOUR);
    await settle(50);
    expect(screen.getByTestId("draft-kept").textContent).toContain("Until tomorrow");
    expect(screen.getByTestId("draft-kept").textContent).toContain("and 1 file");
    backend.receive(3, "Hello?");
    await settle(100);
    expect(composer().value).toBe("Until tomorrow");
    expect(shelved().length).toBe(1);
  });
});
