// What staff does about a consent in the made-up core, and the question with buttons.

import type { ConsentChange } from "../generated/ConsentChange";
import type { ConsentPerson } from "../generated/ConsentPerson";
import type { ConsentRefusal } from "../generated/ConsentRefusal";
import type { ConsentResult } from "../generated/ConsentResult";
import type { LedgerLine } from "../generated/LedgerLine";
import type { SendResult } from "../generated/SendResult";
import type { FakeAct } from "./consent_fold";
import type { FakeLedger } from "./consent_ledger";
import { SHOP } from "./consent_wordings";
import { message } from "./world";

const DONE: ConsentResult = { kind: "done" };
const refused = (why: ConsentRefusal): ConsentResult => ({ kind: "refused", why });

export function change(ledger: FakeLedger, customerId: number, change: ConsentChange): ConsentResult {
  const locked = ledger.locked();
  if (locked) return refused(locked);
  const history = ledger.history(customerId);
  const about = "entry" in change ? history.find(({ entry }) => entry === change.entry) : undefined;
  if ("entry" in change && !about) return refused({ reason: "no_such_entry" });
  const staff = { channel: "staff", strength: "weak" as const };
  switch (change.kind) {
    case "withdraw":
      ledger.record(customerId, { ...staff, event: "withdrawn", purpose: change.scope, note: change.reason });
      break;
    case "pause":
      ledger.record(customerId, { ...staff, event: "paused", purpose: "offers", note: change.reason });
      break;
    case "answer": {
      const event = change.was_opt_out ? "withdrawn" : "dismissed";
      const purpose = about?.purpose ?? "offers";
      const act = {
        event,
        purpose,
        about: change.entry,
        note: about?.note ?? "",
        wamid: about?.wamid ?? null,
      };
      const now = Math.round(ledger.core.now());
      // They stopped when they wrote, not when somebody read it.
      const act_at = change.was_opt_out ? about?.act_at : now;
      ledger.record(customerId, { ...staff, ...act, act_at, recorded_at: now });
      break;
    }
    case "correct": {
      const purpose = about?.purpose ?? "";
      ledger.record(customerId, {
        ...staff,
        event: "corrected",
        purpose,
        about: change.entry,
        note: change.reason,
      });
      break;
    }
    case "minor":
      ledger.describe(customerId, { minor: change.yes, guardian: change.guardian });
  }
  tell(ledger, customerId);
  return DONE;
}

function tell(ledger: FakeLedger, customerId: number): void {
  const thread = ledger.core.threads.find(({ id }) => id === customerId);
  ledger.core.emit({ threads: thread ? [thread.id] : [], consents: true });
}

export function personOf(ledger: FakeLedger, customerId: number): ConsentPerson {
  const person = ledger.person(customerId);
  if (!person) throw { code: "not_found", message: "no such person" };
  const thread = ledger.core.threads.find(({ id }) => id === customerId);
  return {
    customer_id: customerId,
    name: person.name,
    thread_id: thread?.id ?? null,
    language: person.language,
    summary: ledger.summary(customerId),
    history: byDay(ledger.history(customerId)).map(lineOf),
    minor: person.minor,
  };
}

/** Without what only the fold needs. */
function lineOf(act: FakeAct): LedgerLine {
  const line: FakeAct = { ...act };
  delete line.about;
  delete line.source;
  return line;
}

/** Of the uses of one day on one purpose the newest stands for all. */
function byDay(history: readonly FakeAct[]): FakeAct[] {
  const seen = new Set<string>();
  return history.filter((act) => {
    if (act.event !== "used") return true;
    const key = `${act.purpose} ${new Date(act.act_at).toDateString()}`;
    return !seen.has(key) && seen.add(key);
  });
}

const ASKED: Record<string, string> = {
  de: `Dürfen wir, ${SHOP}, Ihnen hier Nachrichten schicken?`,
  "pt-BR": `Podemos, ${SHOP}, enviar mensagens para você por aqui?`,
  en: `May we, ${SHOP}, send you messages here?`,
};

export function ask(ledger: FakeLedger, threadId: number, purposes: string[], language: string): SendResult {
  const { core } = ledger;
  const thread = core.thread(threadId);
  const reasons = core.textRefusals(thread);
  if (reasons.length > 0) return { kind: "refused", reasons };
  for (const purpose of purposes)
    ledger.record(threadId, {
      event: "asked",
      purpose,
      channel: "whatsapp",
      wording: ledger.wordingFor(purpose, language),
    });
  const words = purposes.flatMap((purpose) => {
    const found = ledger.wordingFor(purpose, language);
    return found ? (ledger.wordings.of(found.id, found.version)?.shown ?? []) : [];
  });
  const text = [ASKED[language] ?? ASKED.en, ...words].join("\n\n");
  const sent = core.queue(thread, message(core.now(), "out", { kind: "text", text }));
  core.emit({ threads: [threadId], consents: true });
  return sent;
}
