// Connecting the shop's own number: what is typed, what each check found, and when there is nothing in the way.

import type { Backend } from "../backend/backend";
import type { AccessCheck } from "../backend/generated/AccessCheck";
import type { AccessForm } from "../backend/generated/AccessForm";
import type { AccessStep } from "../backend/generated/AccessStep";
import type { FoundNumber } from "../backend/generated/FoundNumber";
import type { StartState } from "../backend/generated/StartState";

export const STEPS: AccessStep[] = ["token", "number", "account", "subscription", "relay", "self_test"];

export type Field = Exclude<keyof AccessForm, "provider">;

/** What is asked again when this field changes. */
const DEPENDS: Record<keyof AccessForm, AccessStep[]> = {
  provider: STEPS,
  token: ["token", "number", "account", "subscription"],
  phone_number_id: ["number", "account"],
  waba_id: ["account", "subscription"],
  relay_url: ["relay", "self_test"],
  relay_token: ["relay", "self_test"],
  app_secret: ["self_test"],
};

/** Which field a finding comes from. */
const BLAME: Record<string, Field> = {
  token_invalid: "token",
  token_scope_missing: "token",
  number_wrong_id: "phone_number_id",
  number_other_account: "phone_number_id",
  account_wrong_id: "waba_id",
  relay_down: "relay_url",
  relay_not_a_relay: "relay_url",
  relay_insecure: "relay_url",
  relay_refused: "relay_token",
  self_test_bad_secret: "app_secret",
};

const empty = (): AccessForm => ({
  provider: "meta",
  phone_number_id: "",
  waba_id: "",
  token: "",
  app_secret: "",
  relay_url: "",
  relay_token: "",
});

export class Assistant {
  form = $state(empty());
  checks = $state.raw<Partial<Record<AccessStep, AccessCheck>>>({});
  running = $state<AccessStep | null>(null);
  numbers = $state.raw<FoundNumber[]>([]);
  /** Further numbers of the account that are answered from here, too. */
  others = $state.raw<string[]>([]);
  connecting = $state(false);
  /** Counts up with every change, so that an answer to an older question is dropped. */
  #version = 0;

  complete = $derived.by(() => {
    const { form } = this;
    const wanted: Field[] = ["phone_number_id", "token", "relay_url", "relay_token"];
    if (form.provider === "meta") wanted.push("waba_id");
    return wanted.every((field) => form[field].trim() !== "");
  });

  checked = $derived(STEPS.every((step) => this.checks[step] !== undefined));

  failed = $derived(STEPS.filter((step) => this.checks[step]?.state === "failed"));

  /** Nothing in the way: warnings do not stop anybody. */
  ready = $derived(this.complete && this.checked && this.failed.length === 0 && !this.connecting);

  constructor(private backend: Pick<Backend, "checkAccess" | "connectShop">) {}

  set<K extends keyof AccessForm>(field: K, value: AccessForm[K]): void {
    if (this.form[field] === value) return;
    this.form[field] = value;
    this.#version += 1;
    this.running = null;
    const kept = { ...this.checks };
    for (const step of DEPENDS[field]) delete kept[step];
    this.checks = kept;
  }

  /** The first field that something is wrong with. */
  get wrongField(): Field | null {
    const step = this.failed[0];
    return step ? this.blame(step) : null;
  }

  blame(step: AccessStep): Field | null {
    return BLAME[this.checks[step]?.finding ?? ""] ?? null;
  }

  /** What was found wrong with this field. */
  wrongWith(field: Field): AccessCheck | null {
    const step = this.failed.find((one) => this.blame(one) === field);
    return (step && this.checks[step]) ?? null;
  }

  /** Every step that has no answer yet, one after the other. */
  async check(): Promise<void> {
    const version = this.#version;
    for (const step of STEPS) {
      const known = this.checks[step];
      if (known && known.state !== "failed" && !known.finding.startsWith("after_")) continue;
      this.running = step;
      const waits = this.#waits(step);
      const found = waits ? skipped(step, waits) : await this.#ask(step);
      if (version !== this.#version) return;
      this.checks = { ...this.checks, [step]: found };
      if (step === "account") this.numbers = found.numbers;
    }
    this.running = null;
  }

  async connect(): Promise<StartState> {
    this.connecting = true;
    try {
      const main = this.form.phone_number_id.trim();
      const others = this.others.filter((id) => id !== main);
      return await this.backend.connectShop({ ...this.form }, [main, ...others]);
    } finally {
      this.connecting = false;
    }
  }

  /** Pointless before something else is right: with a token that is not valid Meta answers nothing, and nothing goes through a
      relay that does not answer. */
  #waits(step: AccessStep): string | null {
    const asksMeta = step === "number" || step === "account" || step === "subscription";
    if (asksMeta && this.checks.token?.finding === "token_invalid") return "after_token";
    return step === "self_test" && this.checks.relay?.state === "failed" ? "after_relay" : null;
  }

  async #ask(step: AccessStep): Promise<AccessCheck> {
    try {
      return await this.backend.checkAccess({ ...this.form }, step);
    } catch {
      return { step, state: "failed", finding: "unexpected", detail: null, numbers: [] };
    }
  }
}

function skipped(step: AccessStep, finding: string): AccessCheck {
  return { step, state: "skipped", finding, detail: null, numbers: [] };
}
