import { fireEvent, screen, within } from "@testing-library/svelte";
import { expect, test } from "vitest";
import type { FakeBackend } from "../../../backend/fake/fake";
import {
  click,
  live,
  NOW,
  playHere,
  press,
  seen,
  settle,
  start,
  toasts,
  type,
} from "../../counter/counter.stage";

playHere();

const ASKING = 2;
const question = (backend: FakeBackend) =>
  backend.ledger.record(ASKING, {
    event: "questioned",
    purpose: "offers",
    channel: "whatsapp",
    note: "Always this advertising…",
    wamid: "wamid.1",
  });

async function open(threadId: number, prepare?: (backend: FakeBackend) => void) {
  const backend = await start((one) => {
    one.ledger.seed();
    prepare?.(one);
  });
  await live.session.opening.open(threadId);
  await settle(100);
  return backend;
}
async function panel() {
  (document.activeElement as HTMLElement | null)?.blur();
  await press("i");
  await settle(50);
  return screen.getByTestId("consent-part");
}
const purpose = (name: string) =>
  screen.getAllByTestId("consent-purpose").find((one) => one.dataset.purpose === name) as HTMLElement;
const offers = (backend: FakeBackend, id: number) =>
  backend.ledger.summary(id).purposes.find((one) => one.purpose === "offers");

test("the panel says for each purpose how somebody stands, in words, and why a consent cannot be used", async () => {
  await open(3, (backend) => {
    backend.ledger.record(3, { event: "withdrawn", purpose: "updates", channel: "whatsapp" });
    question(backend);
  });
  await panel();
  expect(purpose("service").textContent).toContain("Agreed");
  expect(purpose("service").textContent).toContain("QR code at the counter");
  expect(purpose("updates").textContent).toContain("Stopped");
  expect(screen.getByTestId("consent-part").textContent).toContain("No opt-in: Calls");
  await live.session.opening.open(ASKING);
  await settle(100);
  expect(purpose("offers").textContent).toContain("Agreed, not usable");
  expect(purpose("offers").textContent).toContain("somebody has to say");
});

test("a message that may be an opt-out is asked about above the field; yes stops offers and nothing else", async () => {
  const backend = await open(ASKING, question);
  expect(screen.getByTestId("opt-out-question").textContent).toContain("Always this advertising");
  await click("opt-out-yes");
  await settle(50);
  expect(seen("opt-out-question")).toBeNull();
  expect(offers(backend, ASKING)?.state).toBe("out");
  expect(backend.ledger.summary(ASKING).purposes[0]?.usable).toBe(true);
  expect(toasts().join()).toContain("Opt-out recorded");
});

test("a yes holds at once, and typed in by mistake is taken back by an entry of its own; the question stands again", async () => {
  const backend = await open(ASKING, (one) =>
    one.ledger.record(ASKING, {
      event: "questioned",
      purpose: "offers",
      channel: "whatsapp",
      act_at: NOW - 86_400_000,
      note: "Always this advertising…",
    }),
  );
  await click("opt-out-yes");
  await settle(50);
  expect(offers(backend, ASKING)?.state).toBe("out");
  await click("toast-undo");
  await settle(50);
  expect(toasts().join()).toContain("the question is open again");
  expect(screen.getByTestId("opt-out-question").textContent).toContain("Always this advertising");
  expect(offers(backend, ASKING)).toMatchObject({ state: "in", usable: false, why_not: "questioned" });
  expect(backend.ledger.history(ASKING).map(({ event }) => event)).toEqual(
    expect.arrayContaining(["questioned", "withdrawn", "corrected"]),
  );
});

test("no lets advertising go on, until it is taken back", async () => {
  const backend = await open(ASKING, question);
  expect(offers(backend, ASKING)?.usable).toBe(false);
  await click("opt-out-no");
  await settle(50);
  expect(offers(backend, ASKING)?.usable).toBe(true);
  expect(seen("opt-out-question")).toBeNull();
  await click("toast-undo");
  await settle(50);
  expect(offers(backend, ASKING)?.usable).toBe(false);
  expect(seen("opt-out-question")).not.toBeNull();
});

test("the question with buttons goes into the conversation, after one has seen it", async () => {
  const backend = await open(3, (one) => one.ledger.forget(3));
  await panel();
  await click("consent-ask");
  await settle(50);
  const ask = screen.getByTestId("ask-dialog");
  expect(within(ask).getByTestId<HTMLButtonElement>("ask-send").disabled).toBe(true);
  await click("ask-purpose", 2);
  expect(ask.textContent).toContain("advertising by WhatsApp message");
  await click("ask-send");
  await settle(50);
  expect(offers(backend, 3)?.state).toBe("asked");
  expect(backend.thread(3).messages.at(-1)?.direction).toBe("out");
});

test("with the window closed it says when to ask, and leads to the counter with what is known", async () => {
  await open(10, (backend) => backend.ledger.forget(10));
  await panel();
  await click("consent-ask");
  await settle(50);
  expect(screen.getByTestId("ask-dialog").textContent).toContain("when the person writes next");
  await click("ask-record");
  await settle(400);
  expect(screen.getByTestId<HTMLInputElement>("counter-name").value).toBe("Hannah Lindqvist");
  expect(screen.getByTestId("counter-known").textContent).toContain("Hannah Lindqvist");
  expect(live.session.counter.purposes).toEqual([]);
});

test("a stop said elsewhere is taken down with how it was said, and holds at once", async () => {
  const backend = await open(3);
  await panel();
  await click("consent-withdraw");
  await settle(50);
  await click("withdraw-all");
  expect(screen.getByTestId<HTMLButtonElement>("withdraw-do").disabled).toBe(true);
  await type("withdraw-reason", "On the phone");
  await fireEvent.submit(screen.getByTestId("withdraw-dialog"));
  await settle(50);
  expect(backend.ledger.summary(3).out_of_all).not.toBeNull();
  expect(screen.getByTestId("consent-stopped").textContent).toContain("Wants no more messages");
  expect(seen("consent-ask")).toBeNull();
  const refused = await backend.sendText(3, "One more thing", null);
  expect(refused).toMatchObject({ kind: "refused", reasons: [{ reason: "opted_out", scope: "all" }] });
  backend.receive(3, "Are you open today?");
  expect((await backend.sendText(3, "Yes", null)).kind).toBe("queued");
});

test.each([
  ["withdraw-offers", "out", "Stop recorded: Offers and news"],
  ["withdraw-pause", "paused", "Asked for fewer messages"],
])(
  "%s typed in by mistake is taken back at once; what was agreed to counts again",
  async (choice, state, said) => {
    const backend = await open(3);
    await panel();
    await click("consent-withdraw");
    await settle(50);
    await click(choice);
    await type("withdraw-reason", "On the phone");
    await fireEvent.submit(screen.getByTestId("withdraw-dialog"));
    await settle(50);
    expect(offers(backend, 3)?.state).toBe(state);
    expect(toasts().join()).toContain(said);
    await click("toast-undo");
    await settle(50);
    expect(offers(backend, 3)?.state).toBe("in");
    expect(backend.ledger.history(3)[0]?.event).toBe("corrected");
  },
);

test("a template that lacks an opt-in is not to be picked, and says how to get one", async () => {
  const backend = await open(10, (one) => one.ledger.forget(10));
  const rows = screen.getAllByTestId("template-row");
  expect(rows.every((row) => row.getAttribute("aria-disabled") === "true")).toBe(true);
  expect(screen.getByTestId("picker-lacking").textContent).toContain("No opt-in for");
  await click("wanting-record");
  await settle(400);
  expect(seen("counter-screen")).not.toBeNull();
  backend.ledger.agreed(10, "en", 0);
  backend.emit({ threads: [10], consents: true, templates: true });
  await press("Escape");
  await settle(100);
  expect(
    screen.getAllByTestId("template-row").some((row) => row.getAttribute("aria-disabled") === "false"),
  ).toBe(true);
});

test("a send that is refused for want of an opt-in offers to ask for it", async () => {
  const backend = await open(3);
  backend.refuseWith = [
    { reason: "no_opt_in", purpose: "offers", label: "", state: "claimed", why_not: null },
  ];
  await fireEvent.input(screen.getByTestId("composer"), { target: { value: "Our offers" } });
  await settle(50);
  await click("send");
  await settle(50);
  expect(screen.getByTestId("refusal").textContent).toContain("Not proven yet: Offers and news.");
  await click("wanting-ask");
  await settle(50);
  const box = screen
    .getAllByTestId<HTMLInputElement>("ask-purpose")
    .find((one) => one.dataset.purpose === "offers");
  expect(box?.checked).toBe(true);
});

test("a purpose of the shop's own is refused by its name, wherever it is", async () => {
  const backend = await open(10, (one) => {
    one.ledger.forget(10);
    one.ledger.purposes = [
      ...one.ledger.purposes,
      { key: "own:0192", label: "Club news", advertising: true },
    ];
    one.ledger.record(10, { event: "granted", purpose: "own:0192", channel: "spoken", strength: "weak" });
  });
  const rows = screen.getAllByTestId("template-row").map((row) => row.textContent);
  expect(rows.join()).toContain("Club news");
  expect(rows.join()).not.toContain("0192");
  await live.session.opening.open(3);
  await settle(100);
  backend.refuseWith = [
    { reason: "no_opt_in", purpose: "own:0192", label: "Club news", state: "in", why_not: "too_weak" },
  ];
  await fireEvent.input(screen.getByTestId("composer"), { target: { value: "Our club" } });
  await settle(50);
  await click("send");
  await settle(50);
  expect(screen.getByTestId("refusal").textContent).toContain("(Club news)");
});

test("who was erased and comes back is said to be that, and no stop is put into their mouth", async () => {
  const backend = await open(3, (one) => {
    one.ledger.forget(3);
    one.ledger.describe(3, { erased: NOW - 40 * 86_400_000 });
  });
  await panel();
  const said = screen.getByTestId("consent-stopped").textContent;
  expect(said).toContain("everything about this person was erased");
  expect(said).not.toContain("Wants");
  expect(seen("consent-purpose")).toBeNull();
  const stop = { scope: "all", since: NOW - 40 * 86_400_000, erased: true };
  expect((await backend.templates(3)).templates[0]?.obstacle).toMatchObject({ reason: "opted_out", ...stop });
  expect((await backend.sendText(3, "Gladly", null)).kind).toBe("queued");
  backend.refuseWith = [{ reason: "opted_out", ...stop }];
  await fireEvent.input(screen.getByTestId("composer"), { target: { value: "Our offers" } });
  await settle(50);
  await click("send");
  await settle(50);
  expect(screen.getByTestId("refusal").textContent).toContain("everything about them was erased");
  expect(screen.getByTestId("refusal").textContent).toContain("Only they can reopen it");
});

test("a ledger that another program changed is said above the inbox, and leads to what is to be done", async () => {
  const backend = await open(3, (one) => (one.ledger.broken = "7f3a90c2/7"));
  expect(screen.getByTestId("strip-ledger").textContent).toContain("entry 7f3a90c2/7");
  await click("ledger-look");
  await settle(400);
  expect(live.session.consents.place).toBe("ledger");
  expect(screen.getByTestId("consents-screen").textContent).toContain("bring back the last backup");
  expect(seen("strip-ledger")).toBeNull();
  backend.ledger.broken = null;
  backend.emit({ consents: true, connection: true });
  await press("Escape");
  await settle(100);
  expect(seen("strip-ledger")).toBeNull();
});

test("nobody but the person undoes a stop: the counter takes no word for it, but a code that is scanned", async () => {
  const backend = await open(3, (one) =>
    one.ledger.record(3, { event: "withdrawn", purpose: "all", channel: "whatsapp", act_at: NOW - 1000 }),
  );
  await panel();
  await click("consent-record");
  await settle(400);
  expect(screen.getByTestId("counter-known").textContent).toContain("Only a message of their own");
  await click("counter-purpose");
  await click("counter-go");
  backend.counter.scan(live.session.counter.ticket?.code ?? "");
  await settle();
  const states = backend.ledger.summary(3);
  expect(states.out_of_all).toBeNull();
  expect(states.purposes.map(({ state }) => state)).toEqual(["in", "out", "out", "out"]);
});
