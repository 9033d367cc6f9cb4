import { describe, expect, test } from "vitest";
import type { AccessCheck } from "../backend/generated/AccessCheck";
import type { AccessForm } from "../backend/generated/AccessForm";
import type { AccessStep } from "../backend/generated/AccessStep";
import { Assistant, STEPS } from "./access.svelte";

type Say = (form: AccessForm, step: AccessStep) => Partial<AccessCheck>;

function assistant(say: Say = () => ({})) {
  const asked: AccessStep[] = [];
  const connected: [AccessForm, string[]][] = [];
  const it = new Assistant({
    checkAccess: async (form, step) => {
      asked.push(step);
      return { step, state: "passed", finding: `${step}_ok`, detail: null, numbers: [], ...say(form, step) };
    },
    connectShop: async (form, numbers) => {
      connected.push([form, numbers]);
      return { kind: "ready", profile: "shop", needs_number: false };
    },
  });
  it.set("phone_number_id", "101");
  it.set("waba_id", "202");
  it.set("token", "secret");
  it.set("relay_url", "https://relay.example");
  it.set("relay_token", "other");
  return { it, asked, connected };
}

describe("the assistant", () => {
  test("asks every step, and connects only when nothing failed", async () => {
    const { it, asked, connected } = assistant();
    expect(it.ready).toBe(false);
    await it.check();
    expect(asked).toEqual(STEPS);
    expect(it.ready).toBe(true);
    it.others = ["103", "101"];
    await it.connect();
    expect(connected[0]?.[1]).toEqual(["101", "103"]);
  });

  test("names the field that is wrong, and asks Meta nothing more with a wrong token", async () => {
    const { it, asked } = assistant((_, step) =>
      step === "token" ? { state: "failed", finding: "token_invalid" } : {},
    );
    await it.check();
    expect(asked).toEqual(["token", "relay", "self_test"]);
    expect(it.wrongField).toBe("token");
    expect(it.checks.number?.state).toBe("skipped");
    expect(it.ready).toBe(false);
  });

  test("asks again only what a changed field concerns", async () => {
    const { it, asked } = assistant((form, step) =>
      step === "relay" && form.relay_token === "other" ? { state: "failed", finding: "relay_refused" } : {},
    );
    await it.check();
    expect(it.wrongWith("relay_token")?.finding).toBe("relay_refused");
    expect(it.checks.self_test?.finding).toBe("after_relay");
    asked.length = 0;
    it.set("relay_token", "right");
    expect(it.checks.relay).toBeUndefined();
    await it.check();
    expect(asked).toEqual(["relay", "self_test"]);
    expect(it.ready).toBe(true);
  });

  test("what waited for the relay is asked once it answers, with nothing changed", async () => {
    let down = true;
    const { it, asked } = assistant((_, step) =>
      step === "relay" && down ? { state: "failed", finding: "relay_down" } : {},
    );
    await it.check();
    expect(asked).not.toContain("self_test");
    down = false;
    asked.length = 0;
    await it.check();
    expect(asked).toEqual(["relay", "self_test"]);
    expect(it.ready).toBe(true);
  });

  test("warnings stop nobody", async () => {
    const { it } = assistant((_, step) =>
      step === "number" ? { state: "warning", finding: "number_quality_low" } : {},
    );
    await it.check();
    expect(it.ready).toBe(true);
  });

  test("an answer to what was asked before a change is dropped", async () => {
    let answer: (() => void) | undefined;
    const { it } = assistant();
    const slow = new Assistant({
      checkAccess: (_, step) =>
        new Promise((resolve) => {
          answer = () =>
            resolve({ step, state: "failed", finding: "token_invalid", detail: null, numbers: [] });
        }),
      connectShop: it.connect.bind(it),
    });
    const checking = slow.check();
    slow.set("token", "another");
    answer?.();
    await checking;
    expect(slow.checks).toEqual({});
    expect(slow.running).toBeNull();
  });

  test("at 360dialog a number needs no account id", () => {
    const { it } = assistant();
    it.set("provider", "dialog360");
    it.set("waba_id", "");
    expect(it.complete).toBe(true);
  });
});
