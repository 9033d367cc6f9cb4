import { fireEvent, screen, within } from "@testing-library/svelte";
import axe from "axe-core";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { locale } from "../../../state/locale.svelte";
import {
  attach,
  backend,
  composer,
  goOn,
  key,
  last,
  open,
  PICTURE,
  send,
  session,
  settle,
  shelved,
  standStill,
  turnTo,
  type,
} from "../composer/writing.stage";

const ADVERT = "Cinnamon buns 20 % off on Saturday!!";
const dialog = () => screen.queryByTestId("guard-dialog");
const click = async (testid: string) => {
  await fireEvent.click(screen.getByTestId(testid));
  await settle(50);
};
/** So many others have got everything already that is written now. */
const crowd = (others: number) => (backend.watch.before = others);
const press = async (name: string) => {
  await fireEvent.keyDown(document.activeElement ?? document.body, { key: name });
  await settle(50);
};

async function warned(text = ADVERT) {
  await open();
  crowd(5);
  await type(text);
  await fireEvent.click(send());
  await settle(50);
}

beforeEach(standStill);
afterEach(goOn);
vi.setConfig({ testTimeout: 60_000 });

describe("a message that the guard warns of", () => {
  test("stays where it was written, with its quote, and nothing leaves", async () => {
    await open();
    const quoted = backend.thread(3).messages[0];
    session.conversation.writing.replyTo = quoted ?? null;
    crowd(5);
    const before = last();
    await type(ADVERT);
    await fireEvent.click(send());
    await settle(50);
    expect(dialog()).not.toBeNull();
    expect(composer().value).toBe(ADVERT);
    expect(session.conversation.writing.replyTo).toBe(quoted);
    expect(last()).toBe(before);
    expect(backend.watch.entries).toMatchObject([{ outcome: "not_sent", people: 6 }]);
  });

  test("is told by its number first, in words, with three reasons at most and what it leads to", async () => {
    await warned();
    const said = dialog() as HTMLElement;
    expect(said.getAttribute("role")).toBe("alertdialog");
    expect(within(said).getByRole("heading").textContent).toContain(
      "Aylin Demir would be the 6th person with advertising",
    );
    expect(within(said).getByTestId("guard-reasons").querySelectorAll("li")).toHaveLength(2);
    expect(said.textContent).toContain("WhatsApp locks the number");
    const named = document.getElementById(said.getAttribute("aria-labelledby") ?? "");
    expect(named?.textContent).toContain("6th");
  });

  test("offers to change it first, and Esc does the same", async () => {
    await warned();
    expect(document.activeElement).toBe(screen.getByTestId("guard-change"));
    const ways = [...(dialog()?.querySelectorAll(".ways button") ?? [])].map((one) =>
      one.getAttribute("data-testid"),
    );
    expect(ways).toEqual(["guard-change", "guard-dont", "guard-anyway"]);
    await press("Escape");
    expect(dialog()).toBeNull();
    expect(composer().value).toBe(ADVERT);
    expect(document.activeElement).toBe(composer());
  });

  test("that is not sent stays as a draft", async () => {
    await warned();
    await click("guard-dont");
    expect(dialog()).toBeNull();
    expect(screen.getByTestId("toast").textContent).toContain("stays as a draft with Aylin Demir");
    await settle(500);
    expect(backend.thread(3).draft).toBe(ADVERT);
  });

  test("goes out with a reason, the very same, and can be taken back for ten seconds", async () => {
    await warned();
    await click("guard-anyway");
    expect(screen.getByTestId<HTMLButtonElement>("guard-send").disabled).toBe(true);
    await click("guard-because-asked");
    await click("guard-send");
    expect(dialog()).toBeNull();
    expect(composer().value).toBe("");
    const { body, delivery } = last() ?? {};
    expect(body).toEqual({ kind: "text", text: ADVERT });
    expect((delivery?.leaves_at ?? 0) - backend.now()).toBeGreaterThan(9_000);
    expect(backend.watch.entries).toMatchObject([{ outcome: "overridden", reason: "asked" }]);
    await click("undo");
    expect(composer().value).toBe(ADVERT);
    expect(backend.watch.entries).toMatchObject([
      { outcome: "taken_back", reason: "asked", message_id: null },
    ]);
  });

  test("for another reason goes out only with words", async () => {
    await warned();
    const call = vi.spyOn(backend, "sendText");
    await click("guard-anyway");
    await click("guard-because-other");
    expect(document.activeElement).toBe(screen.getByTestId("guard-because-words"));
    await click("guard-send");
    expect(call).not.toHaveBeenCalled();
    expect(screen.getByRole("alertdialog").textContent).toContain("Please say in a few words why.");
    await fireEvent.input(screen.getByTestId("guard-because-words"), {
      target: { value: " The street is closed " },
    });
    await click("guard-send");
    expect(call).toHaveBeenCalledOnce();
    expect(backend.watch.entries[0]).toMatchObject({ reason: "other", text: "The street is closed" });
  });

  test("goes out once, however often one presses", async () => {
    await warned();
    const call = vi.spyOn(backend, "sendText");
    await click("guard-anyway");
    await click("guard-because-order");
    const form = screen.getByTestId("guard-because");
    void fireEvent.submit(form);
    void fireEvent.submit(form);
    await settle(50);
    expect(call).toHaveBeenCalledOnce();
    expect(
      backend.thread(3).messages.filter(({ body }) => body.kind === "text" && body.text === ADVERT),
    ).toHaveLength(1);
  });

  test("twice by Enter is warned of once", async () => {
    await open();
    crowd(5);
    await type(ADVERT);
    const call = vi.spyOn(backend, "sendText");
    void key("Enter");
    void key("Enter");
    await settle(50);
    expect(call).toHaveBeenCalledOnce();
    expect(backend.watch.entries).toHaveLength(1);
  });

  test("keeps its files beside it, and sends them with the reason", async () => {
    await open();
    crowd(5);
    await attach(PICTURE());
    await type("Look!!");
    await fireEvent.click(send());
    await settle(50);
    expect(dialog()).not.toBeNull();
    expect(shelved()).toHaveLength(1);
    expect(composer().value).toBe("Look!!");
    await click("guard-anyway");
    await click("guard-because-emergency");
    await click("guard-send");
    expect(last()).toMatchObject({ body: { kind: "media", media: { caption: "Look!!" } } });
    expect(shelved()).toHaveLength(0);
  });

  test("belongs to its conversation, whichever is open when the word comes", async () => {
    await open();
    crowd(5);
    await type(ADVERT);
    const real = backend.sendText.bind(backend);
    let answer = () => {};
    vi.spyOn(backend, "sendText").mockImplementationOnce(async (...asked) => {
      await new Promise<void>((done) => (answer = done));
      return real(...asked);
    });
    await fireEvent.click(send());
    await turnTo(4);
    answer();
    await settle(50);
    expect(within(dialog() as HTMLElement).getByRole("heading").textContent).toContain("Aylin Demir");
    expect(composer().value).not.toContain(ADVERT);
    await click("guard-anyway");
    await click("guard-because-asked");
    await click("guard-send");
    expect(last()?.body).toEqual({ kind: "text", text: ADVERT });
    expect(session.conversation.threadId).toBe(4);
    expect(screen.getByTestId("toast").textContent).toContain("Sent to Aylin Demir");
  });

  test("leads back to its conversation to be changed", async () => {
    await warned();
    await turnTo(4);
    await click("guard-change");
    await settle(100);
    expect(session.conversation.threadId).toBe(3);
    expect(composer().value).toBe(ADVERT);
  });

  test("is warned of anew where the reason no longer holds", async () => {
    await warned();
    const first = session.conversation.writing.warning?.verdict.id;
    await vi.advanceTimersByTimeAsync(61 * 60_000);
    await click("guard-anyway");
    await click("guard-because-asked");
    await click("guard-send");
    expect(dialog()).not.toBeNull();
    expect(session.conversation.writing.warning?.verdict.id).not.toBe(first);
    expect(composer().value).toBe(ADVERT);
  });

  test("explains each reason on a card, which Esc closes without closing the warning", async () => {
    await warned();
    const why = screen.getAllByTestId("guard-why")[0] as HTMLElement;
    why.focus();
    await fireEvent.click(why);
    await settle();
    const card = screen.getByTestId("guard-card");
    expect(card.textContent).toContain("WhatsApp, “Business Messaging Policy”");
    await fireEvent.keyDown(card, { key: "Escape" });
    await settle();
    expect(screen.queryByTestId("guard-card")).toBeNull();
    expect(dialog()).not.toBeNull();
    expect(document.activeElement).toBe(why);
  });

  test("comes back where the core failed in the middle", async () => {
    await warned();
    vi.spyOn(backend, "sendText").mockRejectedValueOnce({ code: "disk_full", message: "" });
    await click("guard-anyway");
    await click("guard-because-asked");
    await click("guard-send");
    expect(dialog()).toBeNull();
    expect(composer().value).toBe(ADVERT);
    expect(session.problem).toMatchObject({ code: "disk_full" });
  });
});

test("the same words to five who asked nothing warn at the fifth, and an answer never does", async () => {
  await open(3);
  for (const thread of backend.threads) thread.lastInbound = backend.now() - 3_600_000;
  const said = "We are open from nine to six.";
  for (const thread of backend.threads.slice(0, 6)) {
    backend.receive(thread.id, "When are you open?");
    expect(await backend.sendText(thread.id, said, null)).toMatchObject({ kind: "queued" });
  }
  const kinds = [];
  for (const thread of backend.threads.slice(0, 6))
    kinds.push((await backend.sendText(thread.id, "New: walnut bread every Friday.", null)).kind);
  expect(kinds[4]).toBe("warned");
  expect(kinds.slice(0, 4)).toEqual(["queued", "queued", "queued", "queued"]);
});

describe("a template that the guard warns of", () => {
  async function fill() {
    await open(9);
    crowd(5);
    const row = screen.getAllByTestId("template-row")[0] as HTMLElement;
    await fireEvent.click(row);
    await settle(50);
    for (const field of document.querySelectorAll<HTMLInputElement>("[data-slot]"))
      if (!field.value) await fireEvent.input(field, { target: { value: "14:30" } });
    await settle(400);
  }

  const values = () =>
    [...document.querySelectorAll<HTMLInputElement>("[data-slot]")].map((one) => one.value);

  test("keeps its values", async () => {
    await fill();
    expect(screen.getByTestId("guard-line").textContent).toContain("6th person");
    const before = values();
    expect(before.join("")).not.toBe("");
    await click("picker-send");
    expect(dialog()).not.toBeNull();
    await click("guard-change");
    expect(values()).toEqual(before);
  });

  test("is sent with the reason, and its form is done with", async () => {
    await fill();
    await click("picker-send");
    await click("guard-anyway");
    await click("guard-because-order");
    await click("guard-send");
    expect(dialog()).toBeNull();
    expect(backend.thread(9).messages.at(-1)).toMatchObject({
      body: { kind: "template" },
      delivery: { state: "queued" },
    });
    expect(values()).toEqual([]);
  });
});

describe("the line above the field", () => {
  const line = () => screen.queryByTestId("guard-line")?.textContent ?? "";
  const heard = () => screen.getByTestId("guard-said").textContent ?? "";

  test.each([
    [0, ""],
    [1, ""],
    [2, "This makes 3 people who get this today"],
    [3, "This makes 4 people who get this today"],
    [4, "This would be the 5th person today with nearly the same text."],
  ])("after %i others says %j", async (others, said) => {
    await open();
    crowd(others);
    await type("Fresh buns on Saturday");
    await settle(400);
    expect(line().trim()).toBe(said);
  });

  test("waits for a pause, and goes when nothing is written", async () => {
    await open();
    crowd(3);
    const look = vi.spyOn(backend, "guardLook");
    for (const text of ["F", "Fr", "Fre", "Fres"]) await type(text);
    expect(look).not.toHaveBeenCalled();
    await settle(400);
    expect(look).toHaveBeenCalledOnce();
    expect(line()).not.toBe("");
    await type("");
    expect(line()).toBe("");
  });

  test("counts files, too, with words and without", async () => {
    await open();
    crowd(3);
    await attach(PICTURE());
    await settle(400);
    expect(line()).toContain("4 people");
    crowd(2);
    await type("Fresh buns");
    await settle(400);
    expect(line()).toContain("3 people");
    crowd(3);
    const look = vi.spyOn(backend, "guardLook");
    await fireEvent.click(screen.getByTestId("attachment-remove"));
    await settle(400);
    expect(look).toHaveBeenCalledOnce();
    await type("");
    expect(line()).toBe("");
  });

  test("is read out when it becomes louder, and not at every letter", async () => {
    await open();
    crowd(2);
    await type("Fresh buns");
    await settle(400);
    const first = heard();
    expect(first).toContain("3 people");
    crowd(3);
    await type("Fresh buns on");
    await settle(400);
    expect(line()).toContain("4 people");
    expect(heard()).toBe(first);
    crowd(4);
    await type("Fresh buns on Saturday");
    await settle(400);
    expect(heard()).toContain("5th person");
  });

  test("says nothing of its own where the guard cannot be asked", async () => {
    await open();
    vi.spyOn(backend, "guardLook").mockRejectedValue({ code: "internal", message: "" });
    await type("Fresh buns");
    await settle(400);
    expect(line()).toBe("");
    expect(session.problem).toBeNull();
  });
});

describe("words to look at once more", () => {
  test("are marked under the field and named beside it; the text stays as it is", async () => {
    await open();
    await type("You idiot, cigarettes are sold out");
    await settle(400);
    const marks = [...screen.getByTestId("guard-marks").querySelectorAll(".found")].map(
      (one) => one.textContent,
    );
    expect(marks).toEqual(["idiot", "cigarettes"]);
    expect(screen.getByTestId("guard-found").textContent).toContain("“idiot” (insulting)");
    expect(composer().value).toBe("You idiot, cigarettes are sold out");
    await fireEvent.click(send());
    await settle(50);
    expect(last()?.body).toEqual({ kind: "text", text: "You idiot, cigarettes are sold out" });
  });

  test("lose their mark when they are changed", async () => {
    await open();
    await type("You idiot");
    await settle(400);
    await type("You friend");
    expect(screen.queryByTestId("guard-marks")).toBeNull();
  });
});

test("what is held back says why and what to do, and cannot be overridden", async () => {
  await open();
  backend.watch.blockWith = [{ code: "retry_too_soon", number: 17 }];
  await type("New offer");
  await fireEvent.click(send());
  await settle(400);
  const refusal = screen.getByTestId("refusal");
  expect(refusal.textContent).toContain("in 17 hours");
  expect(refusal.textContent).toContain("Wait until then.");
  expect(within(refusal).getByTestId("guard-why")).not.toBeNull();
  expect(dialog()).toBeNull();
  expect(screen.queryByTestId("guard-line")).toBeNull();
  expect(composer().value).toBe("New offer");
});

test.each([
  ["en", "light"],
  ["de", "dark"],
  ["pt-BR", "light"],
])("the dialog has no fault that axe finds: %s, %s", async (language, theme) => {
  await warned();
  locale.choose(language);
  document.documentElement.dataset["theme"] = theme;
  await settle();
  vi.useRealTimers();
  const faults = async () => {
    const found = await axe.run(dialog() as HTMLElement, { rules: { "color-contrast": { enabled: false } } });
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  };
  expect(await faults()).toEqual([]);
  await fireEvent.click(screen.getByTestId("guard-anyway"));
  await fireEvent.click(screen.getByTestId("guard-because-other"));
  expect(await faults()).toEqual([]);
  delete document.documentElement.dataset["theme"];
});
