import { fireEvent, screen, within } from "@testing-library/svelte";
import { describe, expect, test, vi } from "vitest";
import {
  boxes,
  click,
  live,
  NOW,
  openCounter,
  playHere,
  press,
  seen,
  settle,
  start,
  tickPurpose,
  type,
} from "./counter.stage";

playHere();

const code = () => live.session.counter.ticket?.code ?? "";
const history = (id: number) => live.backend.ledger.history(id);

describe("a code to scan", () => {
  test("takes fewer than ten keys, with nothing ticked in advance, and its confirmation is seen at once", async () => {
    const backend = await start();
    let keys = 0;
    const key = async (name: string, more: KeyboardEventInit = {}) => {
      keys++;
      await press(name, more);
    };
    await key("O", { ctrlKey: true, shiftKey: true });
    expect(document.activeElement).toBe(screen.getByTestId("counter-number"));
    expect(boxes().map((box) => box.checked)).toEqual([false, false, false, false]);
    await key("Enter");
    await key("1");
    await key("3");
    await key("Enter");
    expect(seen("customer-view")).not.toBeNull();
    expect(seen("qr")).not.toBeNull();

    backend.counter.scan(code(), { phone: "+4915550100199", name: "Ida Sommer" });
    await settle();
    expect(screen.getByTestId("customer-view-thanks").textContent).toContain("Thank you, Ida Sommer!");
    await key("Enter");
    expect(keys).toBeLessThan(10);
    expect(seen("customer-view")).toBeNull();
    expect(screen.getByTestId<HTMLInputElement>("counter-number").value).toBe("");
    expect(document.activeElement).toBe(screen.getByTestId("counter-number"));
    expect(boxes().some((box) => box.checked)).toBe(false);
    // The digits of the next number must not tick what the next customer agrees to.
    expect(document.activeElement).toBe(screen.getByTestId("counter-number"));

    const [known] = backend.ledger.withNumber("+4915550100199");
    const states = backend.ledger.summary(known?.id ?? 0).purposes;
    expect(states.filter(({ usable }) => usable).map(({ purpose }) => purpose)).toEqual([
      "service",
      "offers",
    ]);
  });

  test("says who it was and until when they can be answered, also where the number was another one", async () => {
    const backend = await openCounter();
    await type("counter-number", "0155 501 00177");
    await tickPurpose("offers");
    await click("counter-go");
    await press("Escape");
    expect(screen.getByTestId("counter-ticket").dataset.state).toBe("waiting");
    backend.counter.scan(code(), { phone: "+4915550100199", name: "Ida Sommer" });
    await settle();
    const done = screen.getByTestId("counter-done");
    expect(done.textContent).toContain("Ida Sommer");
    expect(done.textContent).toContain("Sat");
    expect(within(done).getByTestId("counter-differs")).not.toBeNull();
    await click("counter-thread");
    expect(seen("counter-screen")).toBeNull();
    expect(live.session.conversation.head?.name.text).toBe("Ida Sommer");
  });

  test("another choice makes another code, and the earlier one counts no more", async () => {
    const backend = await openCounter();
    await tickPurpose("service");
    await click("counter-go");
    const first = code();
    await fireEvent.click(boxes().at(-1) as HTMLElement);
    await settle();
    expect(code()).not.toBe(first);
    expect(backend.counter.state(first).kind).toBe("cancelled");
    expect(live.session.counter.purposes).toEqual(["service", "calls"]);
  });

  test("stands for what was on the form, also for who is under age", async () => {
    const backend = await openCounter();
    await tickPurpose("service");
    await click("counter-go");
    await press("Escape");
    const first = code();
    await click("counter-minor");
    expect(document.activeElement).toBe(screen.getByTestId("counter-guardian"));
    expect(backend.counter.state(first).kind).toBe("cancelled");
  });

  test("expires, says that nothing was recorded, and gives a new one", async () => {
    await openCounter();
    await tickPurpose("service");
    await click("counter-go");
    await press("Escape");
    const first = code();
    await settle(11 * 60_000);
    expect(screen.getByTestId("counter-ticket").textContent).toContain("has expired");
    await click("counter-go");
    expect(code()).not.toBe(first);
    expect(seen("qr")).not.toBeNull();
  });

  test("works without a network, and says so", async () => {
    await openCounter(undefined, { connection: { unsure_since: NOW - 60_000 } });
    expect(seen("counter-offline")).not.toBeNull();
    await tickPurpose("service");
    await click("counter-go");
    expect(seen("qr")).not.toBeNull();
  });

  test("without a number of one's own there is none, and the other ways work", async () => {
    await openCounter((backend) => (backend.counter.ownNumber = ""));
    expect(screen.getByTestId("counter-way-signature").getAttribute("aria-pressed")).toBe("true");
    await click("counter-way-qr");
    expect(seen("counter-qr-none")).not.toBeNull();
    expect(seen("counter-go")).toBeNull();
  });
});

describe("the customer's view", () => {
  test("shows only the shop and the texts, in the customer's language, and Esc leads back to the same form", async () => {
    const backend = await openCounter();
    await type("counter-name", "Ida Sommer");
    await click("counter-language", 0);
    await tickPurpose("offers");
    await click("counter-go");
    const view = screen.getByTestId("customer-view");
    expect(view.lang).toBe("de");
    expect(view.textContent).toContain("Mit der Handykamera scannen");
    for (const thread of backend.threads) expect(view.textContent).not.toContain(thread.name.text);
    // Who writes meanwhile is not announced on a screen that a customer looks at.
    backend.receive(3, "A secret of somebody else");
    await settle(3000);
    expect(backend.notices).toEqual([]);

    await press("Escape");
    expect(seen("customer-view")).toBeNull();
    expect(screen.getByTestId<HTMLInputElement>("counter-name").value).toBe("Ida Sommer");
    expect(live.session.counter.purposes).toEqual(["offers"]);
    backend.receive(3, "And another");
    await settle(3000);
    expect(backend.notices).toHaveLength(1);
  });

  test("the wording switches with the customer's language, whatever that of the app", async () => {
    await openCounter();
    expect(boxes()[0]?.closest("label")?.textContent).toContain("I agree that Backstube am Markt");
    await fireEvent.click(
      screen
        .getAllByTestId("counter-language")
        .find((one) => one.dataset.language === "pt-BR") as HTMLElement,
    );
    await settle();
    expect(boxes()[0]?.closest("label")?.textContent).toContain("Concordo que Backstube am Markt");
    expect(screen.getByTestId("counter-go").textContent).toContain("Show the code");
  });
});

describe("the number", () => {
  test.each([
    ["0155 501 00177", "+49 155 501 001 77", null],
    ["0049 (0)155/50100177", "+49 155 501 001 77", null],
    ["+55 11 95550-1234", "+55 11 95550-1234", "brazil_nine"],
    ["+52 1 55 5550 1234", "+52 1 55 5550 1234", "mexico_one"],
    ["+54 9 11 5550-1234", "+54 9 11 5550-1234", "argentina_nine"],
  ])("%s is %s", async (typed, shown, trap) => {
    await openCounter();
    await type("counter-number", typed);
    expect(screen.getByTestId("counter-number-is").textContent).toContain(shown);
    expect(seen("counter-trap") !== null).toBe(trap !== null);
  });

  test("what is no number is said, and stops a recording with what to do", async () => {
    const backend = await openCounter();
    await click("counter-way-spoken");
    await tickPurpose("service");
    await type("counter-number", "ask for Ida");
    expect(screen.getByTestId("counter-number-problem").textContent).toContain("no phone number");
    const before = backend.ledger.acts.length;
    await click("counter-go");
    await fireEvent.submit(screen.getByTestId("counter-go").closest("form") as HTMLFormElement);
    await settle();
    expect(screen.getByTestId("consent-refusal").dataset.reason).toBe("number");
    expect(backend.ledger.acts.length).toBe(before);
  });

  test("a known one says who it is under any spelling, and nobody is entered twice", async () => {
    const backend = await openCounter((one) => one.ledger.seed());
    const people = backend.ledger.people().length;
    await type("counter-number", "030 / 231250-117");
    expect(screen.getByTestId("counter-known").textContent).toContain("Jonas Brandt");
    await click("counter-way-spoken");
    await tickPurpose("calls");
    await type("counter-place", "At the counter");
    await submit();
    expect(screen.getByTestId("counter-done").textContent).toContain("Jonas Brandt");
    expect(backend.ledger.people().length).toBe(people);
    expect(history(2)[0]).toMatchObject({
      event: "granted",
      purpose: "calls",
      channel: "spoken",
      strength: "weak",
    });
  });
});

async function submit() {
  await fireEvent.submit(screen.getByTestId("counter-go").closest("form") as HTMLFormElement);
  await settle();
}

function drawable() {
  const pen = new Proxy({}, { get: () => () => undefined, set: () => true });
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(pen as never);
  vi.spyOn(HTMLCanvasElement.prototype, "toBlob").mockImplementation(function (
    this: HTMLCanvasElement,
    done: BlobCallback,
    type?: string,
  ) {
    const blob = new Blob(["picture"], { type });
    blob.arrayBuffer = async () =>
      new TextEncoder().encode(`${this.width}x${this.height}`).buffer as ArrayBuffer;
    done(blob);
  });
}

describe("other ways", () => {
  test("a signature is drawn, taken back stroke by stroke, and kept as the proof", async () => {
    drawable();
    const backend = await openCounter();
    await click("counter-way-signature");
    await type("counter-number", "0155 501 00177");
    await type("counter-name", "Ida Sommer");
    await tickPurpose("offers");
    await click("counter-go");
    const pad = screen.getByTestId("signature");
    const stroke = async () => {
      await fireEvent.pointerDown(pad, { button: 0, clientX: 10, clientY: 10 });
      await fireEvent.pointerMove(pad, { clientX: 40, clientY: 20 });
      await fireEvent.pointerUp(pad);
    };
    const agree = screen.getByTestId<HTMLButtonElement>("customer-view-agree");
    expect(agree.disabled).toBe(true);
    await stroke();
    expect(agree.disabled).toBe(false);
    await click("signature-undo");
    expect(agree.disabled).toBe(true);
    await stroke();
    await click("customer-view-agree");
    expect(screen.getByTestId("customer-view-thanks").textContent).toContain("Ida Sommer");
    const [person] = backend.ledger.withNumber("+4915550100177");
    expect(history(person?.id ?? 0)[0]).toMatchObject({
      channel: "signature",
      strength: "good",
      evidence: [{ kind: "signature", mime_type: "image/png" }],
    });

    await press("Escape");
    expect(document.activeElement).toBe(screen.getByTestId("counter-next"));
    await click("counter-undo");
    expect(screen.getByTestId("counter-done").dataset.undone).toBe("true");
    const offers = backend.ledger
      .summary(person?.id ?? 0)
      .purposes.find(({ purpose }) => purpose === "offers");
    expect(offers?.state).toBe("none");
    expect(history(person?.id ?? 0).map(({ event }) => event)).toContain("corrected");
  });

  test("whoever was recorded before the next customer came can still be taken back, for ten minutes", async () => {
    const backend = await openCounter();
    const record = async () => {
      await type("counter-number", "0155 501 00177");
      await click("counter-way-spoken");
      await tickPurpose("service");
      await click("counter-go");
      await click("counter-next");
    };
    const service = () => {
      const [person] = backend.ledger.withNumber("+4915550100177");
      return backend.ledger.summary(person?.id ?? 0).purposes[0]?.state;
    };
    await record();
    expect(screen.getByTestId("counter-last").textContent).toContain("Questions and requests");
    await click("counter-last-undo");
    expect(service()).toBe("none");
    expect(seen("counter-last")).toBeNull();

    await record();
    expect(service()).toBe("in");
    await settle(10 * 60_000);
    expect(seen("counter-last")).toBeNull();
  });

  test.each([
    ["offers", false, true],
    ["service", false, false],
    ["offers", true, false],
  ])("a spoken word for %s, allowed to carry them: %s, warns: %s", async (purpose, weak_offers, warns) => {
    await openCounter((one) => (one.ledger.retention = { ...one.ledger.retention, weak_offers }));
    await type("counter-number", "0155 501 00177");
    await click("counter-way-spoken");
    await tickPurpose(purpose);
    await submit();
    expect(screen.getByTestId("counter-done")).not.toBeNull();
    expect(seen("counter-weak") !== null).toBe(warns);
  });

  test("what was taken back already is not offered again", async () => {
    await openCounter();
    await type("counter-number", "0155 501 00177");
    await click("counter-way-spoken");
    await tickPurpose("service");
    await click("counter-go");
    await click("counter-undo");
    await click("counter-next");
    expect(seen("counter-last")).toBeNull();
  });

  test("a picture of a form crosses no larger than it has to be; what is no picture is said", async () => {
    drawable();
    vi.stubGlobal("createImageBitmap", async (file: File) => {
      if (file.name === "broken.jpg") throw new Error("no picture");
      return { width: 8000, height: 6000, close: () => undefined };
    });
    const backend = await openCounter();
    await click("counter-way-paper");
    const choose = async (file: File) => {
      await fireEvent.change(screen.getByTestId("counter-file"), { target: { files: [file] } });
      await settle();
    };
    await choose(new File(["x"], "broken.jpg", { type: "image/jpeg" }));
    expect(document.body.textContent).toContain("cannot be read");

    await choose(new File(["x"], "form.jpg", { type: "image/jpeg" }));
    expect(screen.getByTestId("counter-kept").textContent).toContain("form.jpg");
    const [kept] = [...backend.ledger.evidence.values()];
    expect(new TextDecoder().decode(kept?.bytes)).toBe("2500x1875");
    await type("counter-number", "0155 501 00177");
    await type("counter-form-number", "F-12");
    await tickPurpose("service");
    await submit();
    const [person] = backend.ledger.withNumber("+4915550100177");
    expect(history(person?.id ?? 0)[0]).toMatchObject({ channel: "paper", note: "F-12", strength: "good" });
  });

  test("a file that is too large or of the wrong kind is refused with what to do instead", async () => {
    await openCounter();
    await click("counter-way-paper");
    const choose = async (name: string, mime: string, size: number) => {
      const file = new File(["x"], name, { type: mime });
      file.arrayBuffer = async () => new ArrayBuffer(size);
      await fireEvent.change(screen.getByTestId("counter-file"), { target: { files: [file] } });
      await settle();
      return screen.getByTestId("consent-refusal");
    };
    expect((await choose("scan.pdf", "application/pdf", 40 * 1024 * 1024)).textContent).toContain(
      "Take a photo",
    );
    expect((await choose("song.mp3", "audio/mpeg", 10)).dataset.reason).toBe("evidence_kind");
  });

  test("a spoken word says what it is good for, and opens nothing that was stopped", async () => {
    await openCounter((one) =>
      one.ledger.record(2, {
        event: "withdrawn",
        purpose: "all",
        channel: "whatsapp",
        act_at: NOW - 86_400_000,
      }),
    );
    await click("counter-way-spoken");
    expect(screen.getByTestId("counter-spoken").textContent).toContain("not enough for offers");
    await type("counter-number", "030 231250117");
    expect(screen.getByTestId("counter-known").textContent).toContain("a spoken word does not");
    await tickPurpose("service");
    await submit();
    expect(screen.getByTestId("consent-refusal").dataset.reason).toBe("out");
    expect(screen.getByTestId("consent-refusal").textContent).toContain("scan the code or sign");
  });

  test("the form stays as it was typed while something is looked up in the inbox", async () => {
    await openCounter();
    await type("counter-number", "0155 501 00177");
    await tickPurpose("updates");
    await press("Escape");
    expect(seen("counter-screen")).toBeNull();
    await press("O", { ctrlKey: true, shiftKey: true });
    expect(screen.getByTestId<HTMLInputElement>("counter-number").value).toBe("0155 501 00177");
    expect(live.session.counter.purposes).toEqual(["updates"]);
  });

  test("a wording retired meanwhile is shown anew, and a ledger that was changed takes nothing", async () => {
    const backend = await openCounter();
    await type("counter-number", "0155 501 00177");
    await click("counter-way-spoken");
    await tickPurpose("service");
    const wording = backend.ledger.wordings
      .current()
      .find(({ purpose, language }) => purpose === "service" && language === "en");
    // Another laptop: this one has not heard of it yet.
    backend.ledger.wordings.save(
      { id: "", purpose: "service", language: "en", text: "Yes, {{business}} may send me messages." },
      NOW + 1,
    );
    backend.ledger.wordings.retire(wording?.id ?? "", NOW + 1);
    await submit();
    expect(screen.getByTestId("consent-refusal").dataset.reason).toBe("wording_retired");
    expect(boxes()[0]?.closest("label")?.textContent).toContain("may send me messages.");
    backend.ledger.broken = "7f3a90c2/3";
    await submit();
    expect(screen.getByTestId("consent-refusal").textContent).toContain("7f3a90c2/3");
  });
});
