import { fireEvent, screen, within } from "@testing-library/svelte";
import axe from "axe-core";
import { describe, expect, test, vi } from "vitest";
import { catalogue, manyTemplates } from "../../backend/fake/template_catalogue";
import {
  click,
  field,
  openTemplates,
  playHere,
  press,
  row,
  rules,
  settle,
  type,
  write,
  NOW,
} from "./templates.stage";

playHere();

describe("beside the inbox", () => {
  test("a key leads there and Esc back; the inbox waits as it was left", async () => {
    await openTemplates();
    expect(screen.getByTestId("template-review")).toBeTruthy();
    expect(screen.getByTestId("rail-templates").getAttribute("aria-current")).toBe("page");
    await press("Escape");
    expect(screen.queryByTestId("templates-screen")).toBeNull();
    await fireEvent.click(screen.getAllByTestId("thread-row")[0] as HTMLElement);
    await settle(50);
    await fireEvent.input(screen.getByTestId("composer"), { target: { value: "half a sentence" } });
    await press("t", { ctrlKey: true });
    expect(screen.getByTestId("templates-screen")).toBeTruthy();
    expect(screen.getByTestId("composer").closest<HTMLElement>(".inbox")?.inert).toBe(true);
    await press("Escape");
    expect(screen.getByTestId<HTMLTextAreaElement>("composer").value).toBe("half a sentence");
  });

  test("keys of the inbox do nothing to threads that are out of sight", async () => {
    const backend = await openTemplates();
    (document.activeElement as HTMLElement).blur();
    const mark = vi.spyOn(backend, "markThreads");
    for (const key of ["e", "u", "p", "j"]) await press(key);
    expect(mark).not.toHaveBeenCalled();
    expect(screen.getByTestId("templates-screen")).toBeTruthy();
  });

  test("a section of the rail leads back to the inbox", async () => {
    await openTemplates();
    await click("rail-item", 1);
    expect(screen.queryByTestId("templates-screen")).toBeNull();
  });

  test("what is being written is there again after a look at the inbox", async () => {
    await openTemplates();
    await click("review-new");
    await type("editor-body", "Half a template");
    await press("t", { ctrlKey: true });
    expect(screen.queryByTestId("templates-screen")).toBeNull();
    await press("t", { ctrlKey: true });
    expect(field("editor-body").value).toBe("Half a template");
  });
});

describe("the review", () => {
  test("shows numbers, not only bars", async () => {
    await openTemplates();
    const text = row("order_ready", "en").textContent ?? "";
    expect(text).toContain("39 of 40");
    expect(text).toContain("12 of 40");
  });

  test("says what is wrong and what to do", async () => {
    await openTemplates();
    await click("review-filter-look");
    expect(row("spring_offer", "en").textContent).toContain("the places are marked");
    expect(row("spring_offer", "en").textContent).toContain("Variables can't be at the start");
    expect(row("spring_offer", "de").textContent).toContain("Paused by Meta until");
    expect(row("appointment_reminder", "de").textContent).toContain("advertising rate");
    expect(row("reopen_question", "de")).toBeUndefined();
  });

  test("“still right” settles what nobody has checked", async () => {
    const backend = await openTemplates();
    const old = row("order_ready", "en");
    await fireEvent.click(within(old).getByTestId("review-right"));
    await settle(1500);
    expect(within(row("order_ready", "en")).queryByTestId("review-note")).toBeNull();
    expect(
      backend.templateStore.all.find(({ id }) => id === "order_ready-en")?.checked_at,
    ).toBeGreaterThanOrEqual(NOW);
  });

  test("finds by words of the text", async () => {
    await openTemplates();
    await type("review-search", "kuchen mitnehmen");
    expect(screen.getAllByTestId("review-row").map((one) => one.dataset.name)).toEqual(["spring_offer"]);
    await type("review-search", "xyz");
    expect(screen.getByTestId("review-none").textContent).toContain("xyz");
  });

  test("deletes only after it said what that means, and says when Meta said no", async () => {
    const backend = await openTemplates();
    await fireEvent.click(within(row("order_ready", "en")).getByTestId("review-more"));
    await settle();
    await click("review-more-delete");
    const dialog = screen.getByTestId("delete-dialog");
    expect(dialog.textContent).toContain("30 days");
    backend.drafting.actWith = { outcome: "not_reached" };
    await click("delete-do");
    expect(within(dialog).getByRole("alert").textContent).toContain("not reached");
    backend.drafting.actWith = { outcome: "done" };
    await click("delete-do");
    await settle(50);
    expect(row("order_ready", "en")).toBeUndefined();
    expect(row("order_ready", "de")).toBeTruthy();
  });

  test("lets a paused one go on", async () => {
    await openTemplates();
    await fireEvent.click(within(row("spring_offer", "de")).getByTestId("review-unpause"));
    await settle(1500);
    expect(row("spring_offer", "de").textContent).toContain("Approved");
  });

  test("makes a new language from an existing one", async () => {
    const backend = await openTemplates();
    await fireEvent.click(within(row("new_hours", "en")).getByTestId("review-more"));
    await settle();
    await click("review-more-translate");
    await fireEvent.change(screen.getByTestId("translate-language"), { target: { value: "fr" } });
    await click("translate-do");
    expect(field("editor-name").value).toBe("new_hours");
    expect(screen.getByTestId<HTMLSelectElement>("editor-language").value).toBe("fr");
    await type("editor-body", "À partir du {{1}} nous ouvrons à {{2}} heures, à bientôt.");
    expect(backend.drafting.drafts).toMatchObject([{ name: "new_hours", language: "fr", edits: null }]);
  });

  test("a thousand templates are not drawn at once", async () => {
    await openTemplates((backend) => {
      const [one] = backend.templateStore.all;
      if (one)
        backend.templateStore.all = Array.from({ length: 1000 }, (_, at) => ({
          ...one,
          name: `many_${at}`,
          id: `${at}`,
        }));
    });
    expect(screen.getAllByTestId("review-row").length).toBeLessThan(100);
    await type("review-search", "many 999");
    expect(screen.getAllByTestId("review-row")).toHaveLength(1);
  });
});

describe("among many", () => {
  const standing = () => document.activeElement?.getAttribute("aria-label");

  test("arrows go from template to template with the same button, and up to the search", async () => {
    await openTemplates();
    screen.getByTestId("review-search").focus();
    await press("ArrowDown");
    expect(standing()).toBe("Show the whole template: “appointment_reminder”, German");
    within(row("appointment_reminder", "de")).getByTestId("review-edit").focus();
    await press("ArrowDown");
    expect(standing()).toBe("Edit “new_collection”, English");
    await press("PageDown");
    expect(standing()).toBe("Edit “reopen_question”, German");
    await press("ArrowUp");
    await press("Home");
    expect(standing()).toBe("Edit “appointment_reminder”, German");
    await press("ArrowUp");
    expect(document.activeElement).toBe(screen.getByTestId("review-search"));
  });

  test("the last of three thousand has the keyboard after one press", async () => {
    await openTemplates((backend) => (backend.templateStore.all = manyTemplates(1000)));
    expect(screen.getAllByTestId("review-row").length).toBeLessThan(40);
    screen.getByTestId("review-search").focus();
    await press("ArrowDown");
    await press("End");
    const last = manyTemplates(1000)
      .map(({ name }) => name)
      .sort()
      .at(-1);
    expect(standing()).toContain(last);
    expect(document.activeElement?.closest("[role=listitem]")?.getAttribute("aria-posinset")).toBe("3000");
  });

  test("what is written elsewhere is shown whole, with why", async () => {
    const strange = catalogue(NOW).map((one) =>
      one.name === "advent_cakes" ? { ...one, parts: { ...one.parts, unknown: ["poll"] } } : one,
    );
    const backend = await openTemplates((one) => (one.templateStore.all = strange));
    const edit = vi.spyOn(backend, "editTemplate");
    await type("review-search", "advent");
    await click("review-edit");
    expect(edit).not.toHaveBeenCalled();
    expect(screen.getByTestId("review-fixed").textContent).toContain("changed from here: poll.");
    expect(screen.getAllByLabelText(/Card \d of 3/u)).toHaveLength(3);
    await type("review-search", "login");
    await click("review-edit");
    expect(screen.getByTestId("review-fixed").textContent).toContain("One-time codes");
  });
});

describe("nothing yet", () => {
  test("teaches what a template is, and three examples lead to a draft", async () => {
    await openTemplates((backend) => (backend.templateStore.all = []));
    await settle(50);
    expect(screen.getByTestId("review-empty").textContent).toContain("approved beforehand");
    expect(screen.getAllByTestId("example")).toHaveLength(3);
    await click("example-use");
    await settle(500);
    expect(field("editor-name").value).toBe("order_ready_to_collect");
    expect(rules()).toEqual([]);
  });

  test("all examples stand by reason, in the language one chooses", async () => {
    await openTemplates();
    await click("review-example");
    await settle(50);
    expect(screen.getAllByTestId("example")).toHaveLength(6);
    await fireEvent.change(screen.getByTestId("examples-language"), { target: { value: "de" } });
    await settle(50);
    expect(screen.getAllByTestId("example")[0]?.textContent).toContain("Guten Tag");
  });
});

describe("to everybody", () => {
  async function faults(): Promise<string[]> {
    vi.useRealTimers();
    const found = await axe.run(screen.getByTestId("templates-screen"), {
      rules: { "color-contrast": { enabled: false } },
    });
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  }

  test("the review has no fault that axe finds", async () => {
    await openTemplates((backend) =>
      backend.drafting.save({ ...backend.drafting.edit("order_ready", "de") }),
    );
    expect(await faults()).toEqual([]);
  });

  test("the editor has none", async () => {
    await openTemplates();
    await write("{{first_name}}, a discount {{date}}");
    await click("editor-header-text");
    await click("editor-add-url");
    await click("editor-add-copy_code");
    expect(await faults()).toEqual([]);
  });

  test("the examples have none", async () => {
    await openTemplates();
    await click("review-example");
    expect(await faults()).toEqual([]);
  });
});
