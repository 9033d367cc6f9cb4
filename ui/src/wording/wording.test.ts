import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { DeliveryState } from "../backend/generated/DeliveryState";
import type { Refusal } from "../backend/generated/Refusal";
import { LANGUAGES, locale, matchLanguage } from "../state/locale.svelte";
import { deliveryLabel } from "./delivery";
import { failureText } from "./failure";
import { NEXT } from "./failure_next";
import { refusalText } from "./refusal";

const STATES: DeliveryState[] = [
  "queued",
  "sending",
  "accepted",
  "held",
  "sent",
  "delivered",
  "read",
  "played",
  "failed",
  "doubtful",
  "left_doubtful",
  "returned",
];
const REFUSALS: Refusal[] = [
  { reason: "window_closed", since: 0, by_meta: false },
  { reason: "window_closed", since: 0, by_meta: true },
  { reason: "window_never" },
  { reason: "window_ending", closes_at: 0 },
  { reason: "empty" },
  { reason: "too_long", length: 5000, limit: 4096 },
  { reason: "template_values", slots: [{ key: "body:1", why: { fault: "empty" } }] },
  { reason: "template_unknown" },
  { reason: "template_not_approved", status: "PAUSED" },
  { reason: "template_obstacle", obstacle: { reason: "authentication" } },
  { reason: "on_hold", code: 190, name: "token_expired", since: 0 },
  { reason: "no_recipient" },
  { reason: "clock_unknown" },
  { reason: "opted_out", scope: "all", since: 0, erased: false },
  { reason: "opted_out", scope: "all", since: 0, erased: true },
  { reason: "opted_out", scope: "offers", since: 0, erased: false },
  { reason: "no_opt_in", purpose: "offers", label: "", state: "none", why_not: null },
  { reason: "no_opt_in", purpose: "own:1", label: "Club", state: "in", why_not: "too_weak" },
];

describe.each(LANGUAGES)("in %s", (language) => {
  test("every delivery state has a label of its own", () => {
    locale.choose(language);
    expect(new Set(STATES.map(deliveryLabel)).size).toBe(STATES.length);
  });

  test("every refusal has a sentence and a next step", () => {
    locale.choose(language);
    for (const refusal of REFUSALS) {
      const told = refusalText(refusal, 0, language);
      expect(told.sentence, refusal.reason).toMatch(/\p{L}.*[.:]?/u);
      expect(told.next, refusal.reason).toMatch(/\.$/u);
      expect(told.sentence + told.next).not.toMatch(/refusal_|undefined|\{/u);
    }
  });

  test("every failure has a sentence and a next step", () => {
    locale.choose(language);
    for (const name of Object.keys(NEXT)) {
      const told = failureText({ code: 1, name, details: null });
      expect(told.sentence, name).toMatch(/\.$/u);
      expect(told.next, name).toMatch(/\.$/u);
    }
  });

  test("a failure that nobody knows names its code and what Meta said", () => {
    locale.choose(language);
    const told = failureText({ code: 987654, name: "brand_new", details: "Something new." });
    expect(told.sentence).toContain("987654");
    expect(told.sentence).toContain("Something new.");
    expect(told.next).not.toBe("");
  });
});

test("every name of the core's error table is known here, and no other", () => {
  const table = ["mod", "table"].map((file) =>
    readFileSync(`../src-tauri/cloud-api/src/error/${file}.rs`, "utf8"),
  );
  const rows = table.join("").matchAll(/\b(?:rule|stop)\([^")]*"([a-z_]+)"/gu);
  const names = new Set([...rows].map((found) => found[1]));
  // `unknown` is what the fallback sentence is for.
  names.delete("unknown");
  expect(Object.keys(NEXT).sort()).toEqual([...names].sort());
});

test.each([
  [["pt-PT", "en"], "pt-BR"],
  [["de-AT"], "de"],
  [["fr-FR", "de-CH"], "de"],
  [["fr-FR"], "en"],
  [[], "en"],
])("a system in %j gets %s", (wanted, language) => expect(matchLanguage(wanted)).toBe(language));
