import { fireEvent, render, screen, within } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import App from "../../../App.svelte";
import { acquaint } from "../../../backend/fake/acquaintance";
import { FakeBackend } from "../../../backend/fake/fake";
import { Session } from "../../../state/session.svelte";

const NOW = new Date(2026, 10, 20, 14, 0, 0).getTime();
let session: Session;
let backend: FakeBackend;

async function settle(ms = 50) {
  await vi.advanceTimersByTimeAsync(ms);
  await tick();
}
const panel = () => screen.getByTestId("customer-panel");
const click = async (id: string) => {
  await fireEvent.click(screen.getByTestId(id));
  await settle();
};

beforeEach(async () => {
  localStorage.clear();
  vi.useFakeTimers({
    now: NOW,
    toFake: [
      "setTimeout",
      "clearTimeout",
      "Date",
      "performance",
      "requestAnimationFrame",
      "cancelAnimationFrame",
    ],
  });
  backend = new FakeBackend({ now: NOW });
  acquaint(backend, "en");
  session = new Session(backend);
  render(App, { session });
  await settle();
  await session.opening.open(1);
  await settle();
  (document.activeElement as HTMLElement | null)?.blur();
  await fireEvent.keyDown(document.body, { key: "i" });
  await settle();
});
afterEach(() => {
  session.stop();
  vi.useRealTimers();
});

describe("the customer panel", () => {
  test("shows every identifier, the number readable, the former one struck through", () => {
    const shown = screen.getAllByTestId("identity");
    expect(shown.map((one) => one.dataset.kind)).toEqual(["phone", "username", "bsuid", "phone"]);
    expect(shown[0]?.textContent).toContain("+55 11 55500-1234");
    expect(shown[3]?.querySelector("s")?.textContent).toBe("+55 11 55500-8830");
    expect(shown[3]?.textContent).toContain("No longer theirs");
    expect(screen.getAllByTestId("window-span")[0]?.textContent).toContain("Open until");
  });

  test("the shop's own name is edited in place; empty, the customer's own comes back", async () => {
    await click("customer-name-edit");
    const field = screen.getByTestId("customer-name");
    await fireEvent.input(field, { target: { value: "Marta (cakes)" } });
    await fireEvent.keyDown(field, { key: "Enter" });
    await settle();
    expect(within(panel()).getByRole("heading", { level: 2 }).textContent).toBe("Marta (cakes)");
    await click("customer-name-edit");
    await fireEvent.input(screen.getByTestId("customer-name"), { target: { value: "" } });
    await fireEvent.keyDown(screen.getByTestId("customer-name"), { key: "Enter" });
    await settle();
    expect(backend.thread(1).name.text).toBe("marta ✨");
  });

  test("a note half typed is saved to its customer when the next thread opens", async () => {
    await fireEvent.input(screen.getByTestId("customer-note"), { target: { value: "Call first" } });
    await session.opening.open(3);
    await settle();
    expect(backend.thread(1).note).toBe("Call first");
    expect(backend.thread(3).note).toBe("");
    expect(screen.getByTestId<HTMLTextAreaElement>("customer-note").value).toBe("");
  });

  test("labels are added by typing and taken away", async () => {
    const field = screen.getByTestId("customer-label-add");
    field.focus();
    await fireEvent.input(field, { target: { value: "inv" } });
    expect(screen.getAllByTestId("customer-label-option")[0]?.textContent?.trim()).toBe("Invoice");
    await fireEvent.keyDown(field, { key: "Enter" });
    await settle();
    expect(backend.thread(1).labels).toContain("Invoice");
    await fireEvent.click(screen.getByRole("button", { name: "Remove “Invoice”" }));
    await settle();
    expect(backend.thread(1).labels).not.toContain("Invoice");
  });

  test("somebody alike is looked at beside, put together, and separated again from the toast", async () => {
    await click("lookalike");
    expect(screen.getAllByTestId("merge-side").length).toBe(2);
    expect(screen.getByRole("dialog").textContent).toContain("The same number, written another way");
    await click("merge-do");
    expect(screen.getByTestId("merge").textContent).toContain("Marta Oliveira and Marta O.");
    await click("toast-undo");
    expect(screen.queryByTestId("merge")).toBeNull();
    expect(screen.queryByTestId("lookalike")).not.toBeNull();
  });

  test("blocking says what it does, and why WhatsApp refused it", async () => {
    await session.opening.open(10);
    await settle();
    await click("customer-block");
    expect(screen.getByRole("dialog").textContent).toContain("within 24 hours");
    await click("block-do");
    expect(screen.getByTestId("block-problem").textContent).toContain("has not written in the last 24 hours");
    expect(backend.thread(10).blocked).toBe(false);
  });
});
