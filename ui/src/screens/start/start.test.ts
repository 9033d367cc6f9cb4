import { fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, describe, expect, test, vi } from "vitest";
import App from "../../App.svelte";
import { FakeBackend } from "../../backend/fake/fake";
import type { StartState } from "../../backend/generated/StartState";
import { Session } from "../../state/session.svelte";

let session: Session;
afterEach(() => session.stop());

async function openApp(start: StartState): Promise<FakeBackend> {
  const backend = new FakeBackend({ start });
  session = new Session(backend);
  render(App, { session });
  await vi.waitFor(() => expect(session.start).not.toBeNull());
  return backend;
}

const inbox = () => screen.findByTestId("practice-banner");

test("a newcomer can practise at once", async () => {
  await openApp({ kind: "choose" });
  await fireEvent.click(screen.getByTestId("choose-practice"));
  expect(await inbox()).not.toBeNull();
});

test("the language chosen before anything is stored is kept", async () => {
  const backend = await openApp({ kind: "choose" });
  await fireEvent.change(screen.getByTestId("start-language"), { target: { value: "de" } });
  expect(screen.getByTestId("choose-practice").textContent).toContain("Übung beginnen");
  await fireEvent.click(screen.getByTestId("choose-practice"));
  expect((await inbox()).textContent).toContain("Nichts hier erreicht einen echten Kunden");
  expect(backend.settingsView.language).toBe("de");
});

test("connecting a number asks for everything it needs", async () => {
  const backend = await openApp({ kind: "choose" });
  const connect = vi.spyOn(backend, "connectShop");
  await fireEvent.click(screen.getByTestId("choose-connect"));
  const check = screen.getByTestId<HTMLButtonElement>("connect-check");
  const fields = {
    "phone-number-id": "101",
    "waba-id": "202",
    token: "secret",
    "relay-url": "https://relay.example",
    "relay-token": "other",
  };
  for (const [field, value] of Object.entries(fields)) {
    expect(check.disabled).toBe(true);
    await fireEvent.input(screen.getByTestId(field), { target: { value } });
  }
  await fireEvent.click(check);
  await fireEvent.click(await screen.findByTestId("connect-submit"));
  const form = {
    provider: "meta",
    phone_number_id: "101",
    waba_id: "202",
    token: "secret",
    app_secret: "",
    relay_url: "https://relay.example",
    relay_token: "other",
  };
  expect(connect).toHaveBeenCalledWith(form, ["101"]);
});

test("a wrong token is named at its field, and nothing is connected", async () => {
  await openApp({ kind: "choose" });
  await fireEvent.click(screen.getByTestId("choose-connect"));
  for (const field of ["phone-number-id", "waba-id", "relay-url", "relay-token"])
    await fireEvent.input(screen.getByTestId(field), { target: { value: "1" } });
  const token = screen.getByTestId("token");
  await fireEvent.input(token, { target: { value: "wrong" } });
  await fireEvent.click(screen.getByTestId("connect-check"));
  await vi.waitFor(() => expect(document.activeElement).toBe(token));
  expect(token.getAttribute("aria-invalid")).toBe("true");
  expect(screen.queryByTestId("connect-submit")).toBeNull();
  await fireEvent.click(screen.getByText("Back"));
  await fireEvent.click(screen.getByTestId("choose-connect"));
  expect(screen.getByTestId<HTMLInputElement>("relay-url").value).toBe("1");
});

test("where the key is gone there are three ways on", async () => {
  const backend = await openApp({ kind: "key_missing" });
  const anew = vi.spyOn(backend, "startEmpty");
  expect(screen.queryByTestId("retry-start")).not.toBeNull();
  expect(screen.queryByTestId("start-practice")).not.toBeNull();
  await fireEvent.click(screen.getByTestId("start-empty"));
  expect(anew).toHaveBeenCalledOnce();
});

test("from practice a way leads to a number of one's own, and back", async () => {
  await openApp({ kind: "ready", profile: "practice", needs_number: false });
  await inbox();
  await fireEvent.click(screen.getByTestId("settings"));
  await fireEvent.click(screen.getByTestId("settings-connect"));
  expect(screen.queryByTestId("connect-check")).not.toBeNull();
  await fireEvent.click(screen.getByText("Back"));
  expect(await inbox()).not.toBeNull();
});

describe("the keyring", () => {
  test("locked: try again, and no passphrase that could not open the store anyway", async () => {
    const backend = await openApp({ kind: "keyring_locked", has_store: true });
    const retry = vi.spyOn(backend, "retryKeyring");
    expect(screen.queryByTestId("use-passphrase")).toBeNull();
    await fireEvent.click(screen.getByTestId("retry-keyring"));
    expect(retry).toHaveBeenCalledOnce();
  });

  test("missing: a passphrase, typed twice and not too short", async () => {
    await openApp({ kind: "keyring_missing", has_store: false, timed_out: false });
    await fireEvent.click(screen.getByTestId("use-passphrase"));
    const submit = screen.getByTestId<HTMLButtonElement>("passphrase-submit");
    const type = (field: string, value: string) =>
      fireEvent.input(screen.getByTestId(field), { target: { value } });
    await type("passphrase", "short");
    await type("passphrase-repeat", "short");
    expect(submit.disabled).toBe(true);
    await type("passphrase", "wolke lampe tisch garten");
    await type("passphrase-repeat", "wolke lampe fisch");
    expect(submit.disabled).toBe(true);
    expect(screen.getByText("The two entries differ.")).not.toBeNull();
    await type("passphrase-repeat", "wolke lampe tisch garten");
    expect(submit.disabled).toBe(false);
    await fireEvent.click(submit);
    expect(await inbox()).not.toBeNull();
  });
});

test("a wrong passphrase is said, the right one opens", async () => {
  await openApp({ kind: "passphrase_needed", wrong: false });
  const field = screen.getByTestId("passphrase");
  await fireEvent.input(field, { target: { value: "wrong" } });
  await fireEvent.click(screen.getByTestId("passphrase-submit"));
  expect(await screen.findByRole("alert")).not.toBeNull();
  await fireEvent.input(field, { target: { value: "right" } });
  await fireEvent.click(screen.getByTestId("passphrase-submit"));
  expect(await inbox()).not.toBeNull();
});

test.each<[string, StartState, string]>([
  [
    "with a backup",
    { kind: "damaged", set_aside: "/data/aside.db", backup_at: 1_760_000_000_000 },
    "restore-backup",
  ],
  ["without one", { kind: "damaged", set_aside: "/data/aside.db", backup_at: null }, "start-empty"],
])("a damaged file %s is set aside in plain sight", async (_, start, button) => {
  await openApp(start);
  expect(screen.getByText("/data/aside.db")).not.toBeNull();
  await fireEvent.click(screen.getByTestId(button));
  expect(await inbox()).not.toBeNull();
});

test("a start that fails says why", async () => {
  await openApp({ kind: "failed", message: "no data folder" });
  expect(screen.getByText("no data folder")).not.toBeNull();
});
