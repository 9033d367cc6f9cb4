import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { SubmitResult } from "../backend/generated/SubmitResult";
import { LANGUAGES, locale } from "../state/locale.svelte";
import { moveText, REJECTIONS, rejectionText, statusText, submitText } from "./template_review";
import { findingText, RULES } from "./template_rule";

const META = "../src-tauri/cloud-api/src/template/check/mod.rs";
const OURS = "../src-tauri/inbox/src/template/lint/mod.rs";

const snake = (name: string) => name.replace(/(?<!^)([A-Z])/gu, "_$1").toLowerCase();

/** The variants of `enum Rule`, as they cross to the window. */
function rulesOfMeta(): string[] {
  const source = readFileSync(META, "utf8");
  const body = /pub enum Rule \{([\s\S]*?)\n\}/u.exec(source)?.[1] ?? "";
  return [...body.matchAll(/^ {4}([A-Z]\w*),/gmu)].map((found) => snake(found[1] ?? ""));
}

const rulesOfOurs = () =>
  [...readFileSync(OURS, "utf8").matchAll(/(?:Refused|Risky)\(\s*"([a-z_]+)"/gu)].map(
    (found) => found[1] ?? "",
  );

test("every rule of Meta's that the core checks has a sentence", () => {
  const rules = rulesOfMeta();
  expect(rules.length).toBeGreaterThan(30);
  expect(rules.filter((rule) => !(rule in RULES))).toEqual([]);
});

test.runIf(existsSync(OURS))("every rule of our own has a sentence", () => {
  const rules = rulesOfOurs();
  expect(rules.length).toBeGreaterThan(5);
  expect(rules.filter((rule) => !(rule in RULES))).toEqual([]);
});

describe.each(LANGUAGES)("in %s", (language) => {
  test("every rule says what is wrong, and says it differently", () => {
    locale.choose(language);
    const said = Object.keys(RULES).map((rule) => findingText({ rule, values: ["60"], part: "body" }));
    for (const sentence of said) expect(sentence).toMatch(/^\p{Lu}[^]*[.”“»]$/u);
    // `missing` and `empty` are the same to whoever looks at an empty message.
    expect(new Set(said).size).toBe(said.length - 1);
    expect(said.join()).not.toMatch(/undefined|rule_|\{v1\}/u);
  });

  test("a rule that is new says its name and its values", () => {
    locale.choose(language);
    const told = findingText({ rule: "too_shiny", values: ["7", "b"], part: "body" });
    expect(told).toContain("too_shiny");
    expect(told).toContain("7, b");
  });

  test("every rejection has a reason and a next step", () => {
    locale.choose(language);
    const told = [...REJECTIONS, "SOMETHING_NEW", ""].map(rejectionText);
    for (const { sentence, next } of told) {
      expect(sentence).not.toMatch(/review_|undefined/u);
      expect(next).toMatch(/\.$/u);
    }
    expect(new Set(told.map(({ next }) => next)).size).toBe(REJECTIONS.length + 1);
  });

  test("every outcome of handing in has a sentence, and a next step where there is one", () => {
    locale.choose(language);
    const refused = (code: number, title = "", details = ""): SubmitResult => ({
      outcome: "refused",
      code,
      title,
      details,
    });
    const results: SubmitResult[] = [
      refused(2388299),
      refused(1, "Odd", "Something odd"),
      refused(0, "app_unknown"),
      refused(0, "not_offered"),
      { outcome: "doubtful" },
      { outcome: "not_reached" },
    ];
    const told = results.map((result) => submitText(result as never));
    expect(new Set(told.map(({ sentence }) => sentence)).size).toBe(results.length);
    for (const { sentence, next } of told) {
      expect(sentence).not.toMatch(/editor_|undefined/u);
      expect(next).toMatch(/\.$/u);
    }
    expect(told[1]?.sentence).toContain("Something odd");
  });

  test("a change of category says what it will mean in price", () => {
    locale.choose(language);
    for (const to of ["MARKETING", "UTILITY", "AUTHENTICATION", "NEW"]) {
      const told = moveText({ to, at: 0 }, "21 Nov");
      expect(told.sentence).toContain("21 Nov");
      expect(told.next).toMatch(/\.$/u);
    }
    expect(statusText("APPROVED")).not.toBe("APPROVED");
    expect(statusText("NEW_STATE")).toContain("NEW_STATE");
  });
});
