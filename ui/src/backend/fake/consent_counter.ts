// The counter of the made-up core: recording, codes to be scanned, evidence.

import type { ConsentRefusal } from "../generated/ConsentRefusal";
import type { CounterEntry } from "../generated/CounterEntry";
import type { CounterForm } from "../generated/CounterForm";
import type { CounterResult } from "../generated/CounterResult";
import type { CounterWay } from "../generated/CounterWay";
import type { EvidenceResult } from "../generated/EvidenceResult";
import type { NumberCheck } from "../generated/NumberCheck";
import type { QrState } from "../generated/QrState";
import type { QrTicket } from "../generated/QrTicket";
import type { FakeAct } from "./consent_fold";
import type { FakeLedger } from "./consent_ledger";
import { checked } from "./consent_numbers";
import { digest, SHOP } from "./consent_wordings";
import { message } from "./world";

const LARGEST = 10 * 1024 * 1024;
const LASTS = 10 * 60_000;
const SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
const SENT: Record<string, (code: string) => string> = {
  de: (code) => `Ja, ich möchte Nachrichten von ${SHOP} bekommen. Code ${code}`,
  "pt-BR": (code) => `Sim, quero receber mensagens de ${SHOP}. Código ${code}`,
  en: (code) => `Yes, I would like to get messages from ${SHOP}. Code ${code}`,
};

export class FakeCounter {
  ownNumber = "4930231250";
  country = "DE";
  /** Scanned and sent by itself after so many milliseconds, for looking at it. */
  scansAfter: number | null = null;
  #codes = new Map<string, { entry: CounterEntry; ticket: QrTicket; state: QrState }>();
  #next = 0;

  constructor(private ledger: FakeLedger) {}

  form(): CounterForm {
    const { purposes, wordings } = this.ledger;
    return {
      business_name: SHOP,
      own_number: this.ownNumber,
      country: this.country,
      purposes,
      wordings: wordings.current(),
    };
  }

  check(text: string, country: string): NumberCheck {
    const found = checked(text, country);
    const known = found.e164 ? this.ledger.withNumber(found.e164) : [];
    return {
      ...found,
      known: known.map(({ id, name }) => ({ name, summary: this.ledger.summary(id) })),
    };
  }

  start(entry: CounterEntry): QrTicket {
    const code = this.#code();
    const text = (SENT[entry.language] ?? SENT.en)?.(code) ?? code;
    const ticket: QrTicket = {
      code,
      text,
      url: `https://wa.me/${this.ownNumber}?text=${encodeURIComponent(text)}`,
      modules: modules(text),
      expires_at: Math.round(this.ledger.core.now()) + LASTS,
    };
    this.#codes.set(code, { entry, ticket, state: { kind: "waiting" } });
    if (this.scansAfter !== null) setTimeout(() => this.scan(code), this.scansAfter);
    return ticket;
  }

  state(code: string): QrState {
    const found = this.#codes.get(code);
    if (!found) return { kind: "expired" };
    if (found.state.kind === "waiting" && this.ledger.core.now() >= found.ticket.expires_at)
      found.state = { kind: "expired" };
    return found.state;
  }

  cancel(code: string): void {
    const found = this.#codes.get(code);
    if (found?.state.kind === "waiting") found.state = { kind: "cancelled" };
  }

  /** A customer scans the code and sends what stands there, from the number that was typed or from this one. */
  scan(code: string, from?: { phone: string; name: string }): void {
    const found = this.#codes.get(code);
    if (found?.state.kind !== "waiting") return;
    const { core } = this.ledger;
    const { entry, ticket } = found;
    const typed = checked(entry.number, entry.country).e164;
    const phone = from?.phone ?? typed ?? "+4915550100188";
    const at = Math.round(core.now());
    const known = this.ledger.withNumber(phone)[0];
    const like = core.threads[0];
    const id = known?.id ?? Math.max(...core.threads.map((one) => one.id)) + 1;
    const row = message(at, "in", { kind: "text", text: ticket.text });
    if (!core.threads.some((one) => one.id === id) && like) {
      const text = from?.name || entry.name || phone;
      const name = { text, phone, username: null };
      const blank = {
        draft: "",
        attachments: [],
        done: false,
        pinned: false,
        labels: [],
        note: "",
        assignee: "",
      };
      core.threads = [
        { ...like, ...blank, id, name, unread: 0, lastInbound: at, closedByMeta: null, language: entry.language, messages: [row] },
        ...core.threads,
      ]; // prettier-ignore
    } else {
      const thread = core.thread(id);
      thread.lastInbound = at;
      thread.messages = [...thread.messages, row];
    }
    this.#record(id, entry, {
      event: "confirmed",
      channel: "counter_qr",
      strength: "strong",
      time_source: "platform",
      wamid: `wamid.${digest(code).slice(0, 24)}`,
    });
    found.state = {
      kind: "confirmed",
      customer_id: id,
      thread_id: id,
      name: core.thread(id).name,
      at,
      number_differs: typed !== null && typed !== phone,
    };
    core.emit({ threads: [id], consents: true });
  }

  record(entry: CounterEntry, way: CounterWay): CounterResult {
    const refused = (why: ConsentRefusal): CounterResult => ({ kind: "refused", why });
    const locked = this.ledger.locked();
    if (locked) return refused(locked);
    if (entry.number.trim() === "") return refused({ reason: "nobody" });
    const { e164, problem } = checked(entry.number, entry.country);
    if (e164 === null || (problem && problem.problem !== "unlikely"))
      return refused({ reason: "number", problem: problem ?? { problem: "not_a_number" } });
    if (entry.purposes.length === 0) return refused({ reason: "no_purpose" });
    const retired = entry.wordings.find(({ id, version }) => {
      const wording = this.ledger.wordings.of(id, version);
      return !wording || wording.retired_at !== null;
    });
    if (retired) return refused({ reason: "wording_retired", wording: retired });
    const proof = way.way === "spoken" ? null : (this.ledger.evidence.get(way.evidence)?.view ?? null);
    if (way.way !== "spoken" && !proof) return refused({ reason: "no_evidence" });
    const known = this.ledger.withNumber(e164)[0];
    const summary = known && this.ledger.summary(known.id);
    const out =
      summary?.out_of_all ??
      summary?.purposes.find(({ purpose, state }) => state === "out" && entry.purposes.includes(purpose))
        ?.since;
    if (way.way === "spoken" && out !== null && out !== undefined)
      return refused({ reason: "out", since: out });
    const id = known?.id ?? this.ledger.meet(entry.name, e164, entry.language);
    const signed = way.way === "paper" ? way.signed_at : null;
    this.#record(id, entry, {
      event: "granted",
      channel: way.way,
      strength: way.way === "spoken" ? "weak" : "good",
      note: way.way === "spoken" ? way.place : way.way === "paper" ? way.form : "",
      evidence: proof ? [proof] : [],
      ...(signed === null ? {} : { act_at: signed, time_source: "stated" }),
    });
    this.ledger.core.emit({ threads: [id], consents: true });
    return { kind: "recorded", customer_id: id, summary: this.ledger.summary(id) };
  }

  #record(id: number, entry: CounterEntry, act: Partial<FakeAct> & Pick<FakeAct, "event">): void {
    const { wordings } = this.ledger;
    if (entry.minor !== null) this.ledger.describe(id, { minor: entry.minor, guardian: entry.guardian });
    for (const purpose of entry.purposes) {
      const wording = entry.wordings.find((one) => wordings.of(one.id, one.version)?.purpose === purpose);
      this.ledger.record(id, {
        ...act,
        purpose,
        recorded_at: Math.round(this.ledger.core.now()),
        wording: wording ?? null,
      });
    }
  }

  keep(kind: string, mime_type: string, bytes: ArrayBuffer): EvidenceResult {
    const refused = (why: ConsentRefusal): EvidenceResult => ({ kind: "refused", why });
    const size = bytes.byteLength;
    if (!/^image\/(png|jpeg|webp)$|^application\/pdf$/u.test(mime_type))
      return refused({ reason: "evidence_kind", mime_type });
    if (size > LARGEST) return refused({ reason: "evidence_too_large", size, limit: LARGEST });
    const id = digest(`${kind}${size}${this.#next++}`);
    const keep_until = this.ledger.keepUntil(this.ledger.core.now());
    const evidence = { id, kind, mime_type, size, keep_until };
    this.ledger.evidence.set(id, { view: evidence, bytes });
    return { kind: "kept", evidence };
  }

  #code(): string {
    let number = Number.parseInt(digest(`code${this.#next++}`).slice(0, 7), 16);
    let code = "";
    for (let at = 0; at < 4; at++) {
      code += SIGNS[number % SIGNS.length];
      number = Math.floor(number / SIGNS.length);
    }
    return code;
  }
}

/** Looks like a code to scan and is none: the core makes the real one. */
function modules(text: string): string[] {
  const size = 37;
  const bits = Array.from({ length: 24 }, (_, at) => digest(`${text}${at}`)).join("");
  const bit = (at: number) => (Number.parseInt(bits[at % bits.length] ?? "0", 16) >> (at % 4)) & 1;
  const finder = (x: number, y: number): string | null => {
    for (const [left, top] of [
      [0, 0],
      [size - 7, 0],
      [0, size - 7],
    ] as const) {
      const [dx, dy] = [x - left, y - top];
      if (dx < -1 || dy < -1 || dx > 7 || dy > 7) continue;
      const ring = Math.max(Math.abs(dx - 3), Math.abs(dy - 3));
      return ring === 3 || ring <= 1 ? "1" : "0";
    }
    return null;
  };
  return Array.from({ length: size }, (_, y) =>
    Array.from({ length: size }, (_, x) => finder(x, y) ?? String(bit(x * 31 + y * 57 + x * y))).join(""),
  );
}
