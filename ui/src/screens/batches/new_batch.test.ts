import { fireEvent, screen, within } from "@testing-library/svelte";
import axe from "axe-core";
import { describe, expect, test, vi } from "vitest";
import {
  choose,
  click,
  draft,
  live,
  openBatches,
  pickTemplate,
  playHere,
  press,
  settle,
  step,
  text,
  toCheck,
  toGo,
  type,
} from "./batches.stage";

playHere();

const button = (testid: string) => screen.getByTestId<HTMLButtonElement>(testid);
const rows = () => screen.queryAllByTestId("batch-template-row");

describe("the steps", () => {
  test("only templates that can be sent stand to choose from, and it is said how many do not", async () => {
    const backend = await openBatches();
    await click("batches-first");
    await settle(100);
    const able = backend.templateStore.all.filter(({ obstacle }) => obstacle === null);
    expect(rows().some(({ dataset }) => dataset.name === "spring_offer")).toBe(false);
    expect(rows().length).toBeLessThanOrEqual(able.length);
    expect(screen.getByTestId("batch-template-why")).toBeTruthy();
    await type("batch-template-search", "spring");
    expect(rows()).toHaveLength(0);
  });

  test("of many templates only those on the screen are drawn", async () => {
    await openBatches((backend) => {
      const [one] = backend.templateStore.all;
      backend.templateStore.all = Array.from({ length: 900 }, (_, at) => ({ ...one!, name: `many_${at}` }));
    });
    await click("batches-first");
    await settle(100);
    expect(rows().length).toBeLessThan(40);
    expect(rows()[0]?.closest("[role=listitem]")?.getAttribute("aria-setsize")).toBe("900");
  });

  test("a name goes into a field by a button, where the caret stands", async () => {
    await openBatches();
    await pickTemplate();
    expect(draft().plan?.choice.values).toEqual([
      { key: "body:1", text: "{{first_name}}" },
      { key: "body:2", text: "12,50 €" },
    ]);
    expect(text("template-preview")).toContain("irst name");
    const [field] = screen.getAllByTestId<HTMLTextAreaElement>("slot");
    await type("slot", "dear ");
    field?.setSelectionRange(5, 5);
    await click("batch-insert", 1);
    expect(field?.value).toBe("dear {{name}}");
  });

  test("a picture lies with no conversation", async () => {
    const backend = await openBatches();
    await click("batches-first");
    const pictured = draft().list?.templates.find(
      ({ obstacle, slots }) => obstacle === null && slots.some(({ kind }) => kind === "image"),
    );
    if (!pictured) throw new Error("no template with a picture");
    draft().choose(pictured);
    const [forBatch, forThread] = [
      vi.spyOn(backend, "attachForBatch"),
      vi.spyOn(backend, "attachForTemplate"),
    ];
    const file = new File([new Uint8Array(200)], "stollen.png", { type: "image/png" });
    file.arrayBuffer = async () => new ArrayBuffer(200);
    await draft().form?.take("header:media", "image", file);
    await settle();
    expect(forBatch).toHaveBeenCalledWith(
      draft().plan?.number_id,
      "image",
      "stollen.png",
      "image/png",
      expect.anything(),
    );
    expect(forThread).not.toHaveBeenCalled();
    expect(draft().values["header:media"]).not.toBe("");
  });

  test("nobody goes on before every field is filled, and the reason stands beside the button", async () => {
    await openBatches();
    await click("batches-first");
    expect(button("step-next").disabled).toBe(true);
    expect(text("step-why")).toBe("Choose a template first.");
    await type("batch-template-search", "stollen english");
    await click("batch-template-row");
    expect(text("step-why")).toContain("2 fields");
    await press("Enter", { ctrlKey: true });
    expect(step()).toBe("template");
  });

  test("keys walk forth and back, Esc down to the inbox, and everything is there on return", async () => {
    const backend = await openBatches();
    await pickTemplate();
    await press("Enter", { ctrlKey: true });
    expect(step()).toBe("people");
    await choose("segment-language", "pt");
    await settle(400);
    await press("Enter", { ctrlKey: true });
    expect(step()).toBe("check");
    await press("Escape");
    await press("Escape");
    expect(step()).toBe("template");
    await press("Escape");
    expect(screen.queryByTestId("step-place")).toBeNull();
    await press("Escape");
    expect(screen.queryByTestId("batches-screen")).toBeNull();
    const ask = vi.spyOn(backend, "startBatch");
    await press("b", { ctrlKey: true });
    await click("batches-first");
    expect(draft().segment.language).toBe("pt");
    expect(screen.getAllByTestId<HTMLTextAreaElement>("slot")[1]?.value).toBe("12,50 €");
    expect(ask).not.toHaveBeenCalled();
  });

  test("who comes back later hears what is different by then", async () => {
    const backend = await openBatches();
    await toGo();
    const { going } = draft().preflight!;
    await press("b", { ctrlKey: true });
    backend.ledger.record(draft().going.rows[0]!.customer_id, {
      event: "withdrawn",
      purpose: "offers",
      channel: "whatsapp",
    });
    await press("b", { ctrlKey: true });
    await settle(100);
    expect(step()).toBe("check");
    expect(text("batch-changed")).toContain(`instead of ${going}`);
  });

  test("a template that was paused meanwhile leads back to the choice", async () => {
    const backend = await openBatches();
    await toCheck();
    backend.templateStore.change("stollen_weekend", "en", { obstacle: { reason: "disabled" } });
    await settle(100);
    expect(step()).toBe("template");
    expect(draft().view).toBeNull();
  });

  test("a draft is thrown away only by its own button, asked once", async () => {
    await openBatches();
    await pickTemplate();
    await click("batch-discard");
    await click("discard-do");
    expect(draft().begun).toBe(false);
    expect(draft().view).toBeNull();
  });
});

describe("whom it is for", () => {
  test("the count follows what is chosen, asked for once when somebody has done choosing", async () => {
    const backend = await openBatches();
    await pickTemplate();
    await click("step-next");
    await settle(400);
    const all = draft().preflight?.people ?? 0;
    const ask = vi.spyOn(backend, "batchPreflight");
    await fireEvent.change(screen.getByTestId("segment-language"), { target: { value: "de" } });
    await fireEvent.change(screen.getByTestId("segment-language"), { target: { value: "pt" } });
    await settle(400);
    expect(ask).toHaveBeenCalledTimes(1);
    expect(draft().preflight?.people).toBeLessThan(all);
    expect(text("live-count")).toContain(String(draft().preflight?.people));
    expect(text("live-going")).toContain(String(draft().preflight?.going));
  });

  test("a label is wanted, unwanted, or neither", async () => {
    await openBatches((backend) => {
      backend.thread(1).labels = ["Cakes"];
    });
    await pickTemplate();
    await click("step-next");
    await click("segment-label");
    expect(draft().segment).toMatchObject({ labels: ["Cakes"], without_labels: [] });
    await settle(400);
    expect(draft().preflight?.people).toBe(1);
    await click("segment-without");
    expect(draft().segment).toMatchObject({ labels: [], without_labels: ["Cakes"] });
    await click("segment-widen");
    expect(draft().narrowed).toBe(false);
  });

  test.each([
    ["30", { wrote_from: new Date(2026, 9, 21).getTime(), wrote_before: null }],
    ["never", { wrote_from: null, wrote_before: 0 }],
    ["any", { wrote_from: null, wrote_before: null }],
  ])("last wrote: %s", async (wrote, span) => {
    await openBatches();
    await pickTemplate();
    await click("step-next");
    await fireEvent.click(screen.getByTestId(`segment-wrote-${wrote}`));
    await settle(400);
    expect(draft().segment).toMatchObject(span);
  });

  test("own dates count from midnight to the end of the last day", async () => {
    await openBatches();
    await pickTemplate();
    await click("step-next");
    await fireEvent.click(screen.getByTestId("segment-wrote-own"));
    await settle(60);
    await choose("segment-from", "1 Nov 2026");
    await choose("segment-to", "10/11");
    expect(draft().segment.wrote_from).toBe(new Date(2026, 10, 1).getTime());
    expect(draft().segment.wrote_before).toBe(new Date(2026, 10, 11).getTime());
  });

  test("a purpose can be asked for, and exactly how people stand with it", async () => {
    await openBatches();
    await pickTemplate();
    await click("step-next");
    await choose("segment-purpose", "offers");
    const agreed = draft().preflight;
    expect(agreed?.skipped.some(({ why }) => why === "no_opt_in")).toBe(false);
    await choose("segment-state", "out");
    expect(draft().preflight?.going).toBe(0);
    expect(draft().preflight?.skipped[0]?.why).toBe("opted_out");
  });
});

describe("the preflight", () => {
  test("names who gets it and why others do not; each reason opens its people", async () => {
    await openBatches();
    await toCheck();
    const { going, skipped } = draft().preflight!;
    expect(text("preflight-going")).toBe(String(going));
    const shown = screen.getAllByTestId("preflight-skip");
    expect(shown.map(({ dataset }) => dataset.why)).toEqual(skipped.map(({ why }) => why));
    const at = shown.findIndex(({ dataset }) => dataset.why === "opted_out");
    await click("preflight-skip", at);
    const people = within(screen.getByTestId("skipped-people")).getAllByTestId("batch-person");
    expect(people).toHaveLength(skipped[at]!.people);
    expect(people.every(({ dataset }) => dataset.state === "opted_out")).toBe(true);
  });

  test("each person's own message can be paged through, by buttons and by arrow keys", async () => {
    await openBatches();
    await toCheck();
    const first = text("body-preview");
    expect(text("reads-place")).toMatch(/^1 of /u);
    await press("ArrowRight");
    expect(text("reads-place")).toMatch(/^2 of /u);
    expect(text("body-preview")).not.toBe(first);
    await click("reads-previous");
    expect(text("body-preview")).toBe(first);
    await press("ArrowLeft");
    expect(text("reads-place")).toMatch(/^1 of /u);
    expect(text("reads-person")).toContain(draft().shown?.name.split(" ")[0]);
  });

  test("the share of the limit is a lower bound", async () => {
    await openBatches((backend) => {
      backend.batchStore.limit = 250;
      backend.batchStore.limitUsed = 200;
    });
    await toCheck();
    expect(text("preflight-limit")).toContain("At least 200 used");
    expect(text("preflight-limit")).toContain("240 of 250");
  });

  test("what should be looked at is a hint with a next step, and stands in nobody's way", async () => {
    await openBatches();
    await click("batches-first");
    await type("batch-template-search", "new hours");
    await click("batch-template-row");
    await type("slot", "Monday");
    await type("slot", "half past seven", 1);
    await click("step-next");
    await settle(400);
    await click("step-next");
    const checks = screen.getAllByTestId("preflight-check").map(({ dataset }) => dataset.check);
    expect(checks).toContain("business_name_missing");
    expect(checks).toContain("same_for_everybody");
    expect(checks).not.toContain("opt_out_hint_missing");
    expect(button("step-next").disabled).toBe(false);
  });

  test("what refuses the whole is said, and nobody goes on", async () => {
    await openBatches((backend) => {
      backend.connectionView = {
        ...backend.connectionView,
        hold: { code: 190, name: "token_invalid", since: backend.now() },
      };
    });
    await toCheck();
    expect(screen.getByTestId("refusal")).toBeTruthy();
    expect(button("step-next").disabled).toBe(true);
  });

  test("what the guard blocks goes no further", async () => {
    await openBatches((backend) => {
      backend.batchStore.blockWith = [{ code: "template_state", number: 0 }];
    });
    await toCheck();
    expect(screen.getByTestId("preflight-guard").dataset.level).toBe("block");
    expect(text("step-why")).toContain("guard refuses");
    expect(button("step-next").disabled).toBe(true);
  });
});

describe("the sending", () => {
  test("the exact number stands on the button; prices and dates need somebody who looked", async () => {
    const backend = await openBatches();
    const start = vi.spyOn(backend, "startBatch");
    await toGo();
    const { going } = draft().preflight!;
    expect(text("batch-send")).toBe(`Send to ${going} people`);
    expect(text("batch-true")).toContain("prices and dates or times");
    expect(button("batch-send").disabled).toBe(true);
    await fireEvent.click(screen.getByTestId("batch-checked"));
    await type("batch-checked-by", "Murat Yildiz");
    await type("batch-name", "Stollen");
    await click("batch-send");
    expect(start.mock.calls[0]?.[0]).toMatchObject({
      going,
      checked_by: "Murat Yildiz",
      insisted: null,
      plan: { name: "Stollen", number_id: 1 },
    });
    expect(screen.getByTestId("batch-page").dataset.state).toBe("running");
    expect(draft().begun).toBe(false);
  });

  test("where the core wants it checked though nothing was seen, it is asked for", async () => {
    const backend = await openBatches();
    vi.spyOn(backend.batchStore, "start").mockReturnValueOnce({ kind: "not_checked" });
    await click("batches-first");
    await type("batch-template-search", "help menu");
    await click("batch-template-row");
    await click("batch-insert");
    await click("step-next");
    await settle(400);
    await click("step-next");
    await click("step-next");
    expect(screen.queryByTestId("batch-true")).toBeNull();
    await click("batch-send");
    expect(screen.getByTestId("batch-not-checked")).toBeTruthy();
    expect(button("batch-send").disabled).toBe(true);
    await fireEvent.click(screen.getByTestId("batch-checked"));
    await settle();
    await click("batch-send");
    expect(screen.getByTestId("batch-page")).toBeTruthy();
  });

  test("other people than a moment ago: back to the check, with what is different", async () => {
    const backend = await openBatches();
    await toGo();
    const before = draft().preflight!.going;
    const gone = draft().going.rows[0]!.customer_id;
    backend.ledger.record(gone, { event: "withdrawn", purpose: "offers", channel: "whatsapp" });
    await fireEvent.click(screen.getByTestId("batch-checked"));
    await settle();
    await click("batch-send");
    await settle(100);
    expect(step()).toBe("check");
    expect(text("batch-changed")).toContain(`${before - 1} people get it instead of ${before}`);
    expect(text("batch-changed")).toContain("1 more: Wants no more of it");
    await click("step-next");
    // The words are the same: whoever looked need not look again.
    expect(screen.getByTestId<HTMLInputElement>("batch-checked").checked).toBe(true);
    await click("batch-send");
    expect(screen.getByTestId("batch-page")).toBeTruthy();
  });

  test("against a warning it goes only with a reason; Esc closes, and Change leads back to the template", async () => {
    const backend = await openBatches((fake) => {
      fake.batchStore.warnWith = [{ code: "new_contacts", number: 40 }];
    });
    const start = vi.spyOn(backend, "startBatch");
    await toGo();
    expect(screen.getByTestId("preflight-guard").dataset.level).toBe("warn");
    await fireEvent.click(screen.getByTestId("batch-checked"));
    await settle();
    await click("batch-send");
    await fireEvent.keyDown(screen.getByTestId("guard-dialog"), { key: "Escape" });
    await settle();
    expect(screen.queryByTestId("guard-dialog")).toBeNull();
    expect(step()).toBe("go");
    await click("batch-send");
    await click("guard-change");
    expect(step()).toBe("template");
    expect(draft().missing).toBe(0);
    for (let at = 0; at < 3; at++) {
      await click("step-next");
      await settle(400);
    }
    await click("batch-send");
    await click("guard-anyway");
    await fireEvent.click(screen.getByTestId("guard-because-asked"));
    await settle();
    await fireEvent.submit(screen.getByTestId("guard-because"));
    await settle(100);
    expect(start.mock.calls.at(-1)?.[0].insisted).toMatchObject({ id: "batch-warning", reason: "asked" });
    expect(screen.getByTestId("batch-page")).toBeTruthy();
  });

  test("pressed twice it starts once", async () => {
    const backend = await openBatches();
    const start = vi.spyOn(backend, "startBatch");
    await toGo();
    await fireEvent.click(screen.getByTestId("batch-checked"));
    await settle();
    void fireEvent.click(screen.getByTestId("batch-send"));
    void fireEvent.click(screen.getByTestId("batch-send"));
    await settle(100);
    expect(start).toHaveBeenCalledTimes(1);
  });
});

test.each(["light", "dark"])("every step can be read by machines, %s", async (theme) => {
  await openBatches(undefined, { settings: { theme } });
  const look = async () => {
    const { violations } = await axe.run(screen.getByTestId("batches-screen"), {
      rules: { "color-contrast": { enabled: false } },
    });
    expect(violations.map(({ id, nodes }) => `${step()} ${id}: ${nodes[0]?.html}`)).toEqual([]);
  };
  await pickTemplate();
  vi.useRealTimers();
  await look();
  for (const next of ["people", "check", "go"] as const) {
    draft().goTo(next);
    await vi.waitFor(() => expect(draft().current).toBe(true));
    await vi.waitFor(() => expect(draft().counting).toBe(false));
    await look();
  }
  expect(live.session.batches.place).toBe("new");
});
