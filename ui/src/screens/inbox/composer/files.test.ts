import { fireEvent, screen, within } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  attach,
  backend,
  composer,
  goOn,
  HEIC,
  key,
  last,
  open,
  PDF,
  PICTURE,
  send,
  session,
  settle,
  shelved,
  SOUND,
  standStill,
  turnTo,
  type,
} from "./writing.stage";

beforeEach(standStill);
afterEach(goOn);

describe("files", () => {
  test("leave as one message each, in their order, the words under the first that takes some", async () => {
    await open();
    await attach(SOUND(), PICTURE());
    expect(shelved()[0]).toContain("hello.mp3");
    expect(shelved()[1]).toContain("cake.png");
    expect(shelved()[1]).toMatch(/2\skB/u);
    await type("Like this?");
    expect(send().textContent).toContain("Send 2 files to");
    await fireEvent.click(send());
    await settle(50);
    expect(shelved()).toEqual([]);
    expect(composer().value).toBe("");
    const media = backend.thread(3).messages.slice(-2);
    expect(
      media.map(({ body }) => body.kind === "media" && [body.media.filename, body.media.caption]),
    ).toEqual([
      ["hello.mp3", null],
      ["cake.png", "Like this?"],
    ]);
  });

  test("sent with one press are taken back with one, together with the words", async () => {
    await open();
    const before = backend.thread(3).messages.length;
    await attach(PICTURE(), SOUND());
    await type("Like this?");
    await fireEvent.click(send());
    await settle(500);
    await key("Escape");
    await settle(100);
    expect(backend.thread(3).messages.length).toBe(before);
    expect(composer().value).toBe("Like this?");
    expect(shelved().length).toBe(2);
  });

  test("change places by drag, with Alt and an arrow key, and with the button", async () => {
    await open();
    await attach(SOUND(), PICTURE(), PDF());
    const names = () => shelved().map((text) => /[a-z]+\.[a-z0-9]+/u.exec(text)?.[0]);
    expect(names()).toEqual(["hello.mp3", "cake.png", "offer.pdf"]);
    const item = (at: number) => screen.getAllByTestId("attachment")[at] as HTMLElement;
    await fireEvent.dragStart(item(2));
    await fireEvent.dragOver(item(0));
    await fireEvent.drop(item(0));
    await settle(50);
    expect(names()).toEqual(["offer.pdf", "hello.mp3", "cake.png"]);
    const remove = screen.getAllByTestId("attachment-remove")[0] as HTMLElement;
    remove.focus();
    await fireEvent.keyDown(remove, { key: "ArrowRight", altKey: true });
    await settle(50);
    expect(names()).toEqual(["hello.mp3", "offer.pdf", "cake.png"]);
    expect(item(1).contains(document.activeElement)).toBe(true);
    await fireEvent.click(screen.getAllByTestId("attachment-advance")[1] as HTMLElement);
    await settle(50);
    expect(names()).toEqual(["hello.mp3", "cake.png", "offer.pdf"]);
    await fireEvent.keyDown(item(0), { key: "ArrowLeft", altKey: true });
    await settle(50);
    expect(names()).toEqual(["hello.mp3", "cake.png", "offer.pdf"]);
  });

  test("that WhatsApp does not take are told at once, and nothing leaves until they are removed", async () => {
    await open();
    await attach(PICTURE(), HEIC());
    expect(screen.getByRole("alert").textContent).toContain("does not take beach.heic");
    expect(screen.getByRole("alert").textContent).toContain("JPEG");
    expect(send().disabled).toBe(true);
    await fireEvent.click(
      within(screen.getAllByTestId("attachment")[1] as HTMLElement).getByLabelText("Remove beach.heic"),
    );
    await settle(50);
    expect(send().disabled).toBe(false);
    expect(screen.queryByRole("alert")).toBeNull();
  });

  test("larger than anything WhatsApp takes are not even read", async () => {
    await open();
    const film = new File(["x"], "wedding.mp4", { type: "video/mp4" });
    Object.defineProperty(film, "size", { value: 3_000_000_000 });
    const read = vi.fn();
    film.arrayBuffer = read;
    await attach(film);
    expect(screen.getByRole("alert").textContent).toContain("wedding.mp4 is too large");
    expect(read).not.toHaveBeenCalled();
    await fireEvent.click(screen.getByTestId("attachment-remove"));
    expect(shelved()).toEqual([]);
  });

  test("stay with their words where the core refuses to send them", async () => {
    await open();
    await attach(PICTURE());
    await type("Look");
    vi.spyOn(backend, "sendAttachments").mockResolvedValue([
      { kind: "refused", reasons: [{ reason: "no_recipient" }] },
    ]);
    await fireEvent.click(send());
    await settle(50);
    expect(screen.getByTestId("refusal").textContent).toContain("no address");
    expect(composer().value).toBe("Look");
    expect(shelved().length).toBe(1);
  });

  test("have less room for words than a message, unless none of them takes words", async () => {
    await open();
    await type("x".repeat(1030));
    expect(send().disabled).toBe(false);
    await attach(SOUND());
    expect(send().disabled).toBe(false);
    await attach(PICTURE());
    expect(send().disabled).toBe(true);
    expect(screen.getByText("6 characters too many under a file")).not.toBeNull();
  });

  test("can change places", async () => {
    await open();
    await attach(PICTURE(), SOUND());
    await fireEvent.click(screen.getByLabelText("Move hello.mp3 one place forward"));
    await settle(100);
    expect(backend.thread(3).attachments.map(({ filename }) => filename)).toEqual(["hello.mp3", "cake.png"]);
    expect(shelved()[0]).toContain("hello.mp3");
  });

  test("of a thread are there again when one comes back to it, and nowhere else", async () => {
    await open();
    await attach(PICTURE());
    await turnTo(4);
    expect(shelved()).toEqual([]);
    await turnTo(3);
    expect(shelved().length).toBe(1);
  });

  test("on their way tell how far they have come", async () => {
    await open();
    await attach(PICTURE());
    await fireEvent.click(send());
    await settle(50);
    const id = last()?.outbox_id ?? null;
    expect(session.uploads.of(id)).toBeNull();
    await settle(5700);
    expect(session.uploads.of(id)).toBeGreaterThan(0.2);
    expect(session.uploads.of(id)).toBeLessThan(1);
    await settle(2000);
    expect(session.uploads.of(id)).toBeNull();
  });

  test("are taken from the clipboard, but not the picture that an office program puts beside its words", async () => {
    await open();
    const data = (text: string) => ({ clipboardData: { files: [PICTURE()], getData: () => text } });
    await fireEvent.paste(composer(), data(""));
    await settle(50);
    expect(shelved().length).toBe(1);
    expect(await fireEvent.paste(composer(), data("A1 B1"))).toBe(true);
    await settle(50);
    expect(shelved().length).toBe(1);
  });

  test("a picture of the screen is asked for where the window was given none", async () => {
    await open();
    // jsdom cannot read a file that the page itself made.
    File.prototype.arrayBuffer = async () => new ArrayBuffer(4);
    session.backend.copiedPicture = async () => new Uint8Array([0x89, 0x50, 0x4e, 0x47]).buffer;
    const pasted = (text: string) => ({ clipboardData: { files: [], getData: () => text } });
    expect(await fireEvent.paste(composer(), pasted("Words"))).toBe(true);
    await settle(50);
    expect(shelved().length).toBe(0);
    await fireEvent.paste(composer(), pasted(""));
    await settle(50);
    expect(shelved().length).toBe(1);
    session.backend.copiedPicture = async () => new ArrayBuffer(0);
    await fireEvent.paste(composer(), pasted(""));
    await settle(50);
    expect(shelved().length).toBe(1);
  });

  test("are dropped onto the conversation; beside it nothing happens", async () => {
    await open();
    const dataTransfer = { types: ["Files"], files: [PICTURE()], dropEffect: "none" };
    await fireEvent.dragEnter(document.body, { dataTransfer });
    const zone = screen.getByTestId("drop-zone");
    expect(zone.textContent).toContain("Nothing is sent yet");
    expect(await fireEvent.drop(document.body, { dataTransfer })).toBe(false);
    await settle(50);
    expect(shelved()).toEqual([]);
    expect(screen.queryByTestId("drop-zone")).toBeNull();
    await fireEvent.dragEnter(document.body, { dataTransfer });
    await fireEvent.drop(screen.getByTestId("drop-zone"), { dataTransfer });
    await settle(50);
    expect(shelved().length).toBe(1);
  });
});
