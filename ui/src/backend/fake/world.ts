// The made-up shop: its threads and messages, as the core would hold them.

import type { AttachmentView } from "../generated/AttachmentView";
import type { Body } from "../generated/Body";
import type { Delivery } from "../generated/Delivery";
import type { DeliveryState } from "../generated/DeliveryState";
import type { MessageRow } from "../generated/MessageRow";
import type { PersonName } from "../generated/PersonName";
import { PEOPLE, TALK, type Lang, type Person } from "./words";

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export interface Thread {
  id: number;
  name: PersonName;
  lastInbound: number | null;
  closedByMeta: number | null;
  unread: number;
  draft: string;
  attachments: AttachmentView[];
  done: boolean;
  snoozedUntil: number | null;
  pinned: boolean;
  assignee: string;
  labels: string[];
  language: string;
  note: string;
  blocked: boolean;
  messages: MessageRow[];
}

let nextId = 1000;

export function delivery(state: DeliveryState, at: number, more: Partial<Delivery> = {}): Delivery {
  return { state, leaves_at: null, sent_at: at, delivered_at: null, read_at: null, failure: null, ...more };
}

export function message(
  at: number,
  direction: MessageRow["direction"],
  body: Body,
  more: Partial<MessageRow> = {},
): MessageRow {
  return {
    id: nextId++,
    at,
    arrived: at * 1000,
    direction,
    body,
    quote: null,
    reactions: [],
    edited: false,
    revoked: false,
    outbox_id: null,
    delivery: null,
    origin: "live",
    referral: null,
    forwarded: false,
    staff: null,
    note_id: null,
    ...more,
  };
}

const text = (value: string): Body => ({ kind: "text", text: value });
const media = (kind: string, more: Partial<Extract<Body, { kind: "media" }>["media"]> = {}): Body => ({
  kind: "media",
  media: {
    kind,
    caption: null,
    filename: null,
    mime_type: null,
    state: "stored",
    size: null,
    animated: false,
    voice: kind === "audio",
    width: null,
    height: null,
    ...more,
  },
});

export function bodyOf(kind: string | undefined, line: string): Body {
  if (kind === "image") return media("image", { mime_type: "image/svg+xml" });
  if (kind === "audio") return media("audio", { mime_type: "audio/ogg" });
  if (kind === "location")
    return { kind: "location", latitude: 52.52, longitude: 13.405, name: null, address: null };
  if (kind === "template") {
    return {
      kind: "template",
      name: "order_ready",
      text: line,
      header: null,
      footer: null,
      buttons: [],
      header_kind: null,
      cards: [],
      offer: null,
    };
  }
  return text(line);
}

/** The first thread: one of everything that a conversation can show. */
function longTalk(lang: Lang, now: number, last: number): MessageRow[] {
  const line = TALK[lang];
  const t = (minutesBefore: number) => last - minutesBefore * 60_000;
  const asked = message(t(60 * 20), "in", text(line[0] ?? ""), {
    referral: { headline: "Instagram · Torten am Markt", text: null, source: "ad", url: null },
  });
  const wish = message(t(60 * 19.6), "in", text(line[2] ?? ""), {
    reactions: [{ emoji: "❤️", outgoing: true }],
  });
  const deliver = message(t(3), "in", text(line[6] ?? ""));
  return [
    asked,
    message(t(60 * 19.8), "out", text(line[1] ?? ""), {
      outbox_id: "a",
      delivery: delivery("read", t(60 * 19.8)),
    }),
    wish,
    message(t(60 * 19.5), "out", text(line[3] ?? ""), {
      outbox_id: "b",
      delivery: delivery("read", t(60 * 19.5)),
    }),
    message(t(20), "in", media("image", { mime_type: "image/svg+xml", caption: line[4] ?? "" })),
    message(t(18), "out", text(line[5] ?? ""), {
      outbox_id: "c",
      delivery: delivery("delivered", t(18)),
      quote: { message_id: wish.id, text: (line[2] ?? "").replace(/[*_]/gu, ""), outgoing: false },
    }),
    message(
      t(9),
      "in",
      media("document", { mime_type: "application/pdf", filename: "wish-list_birthday_2026.pdf" }),
    ),
    message(t(8), "in", { kind: "unsupported", what: "poll" }),
    deliver,
    message(t(2), "out", text(line[7] ?? ""), { outbox_id: "d", delivery: delivery("sent", t(2)) }),
    message(t(0), "in", text(line[8] ?? "")),
  ].filter((row) => row.at <= now);
}

function shortTalk(person: Person, lang: Lang, now: number): MessageRow[] {
  const line = person.line[lang];
  const wrote = person.wrote === null ? null : now - person.wrote * HOUR;
  if (!person.outgoing) return [message(wrote ?? now, "in", bodyOf(person.kind, line))];
  const at = (wrote ?? now - 50 * HOUR) + 240_000;
  const failure =
    person.state === "failed"
      ? { code: 131026, name: "undeliverable", details: null, drift: [], choice: null }
      : null;
  const own = message(at, "out", bodyOf(person.kind, line), {
    outbox_id: `out-${person.name}`,
    delivery: delivery(person.state ?? "sent", at, { failure }),
  });
  return wrote === null ? [own] : [message(wrote, "in", text("…")), own];
}

export function makeThreads(lang: Lang, now: number): Thread[] {
  return PEOPLE.map((person, index) => {
    const lastInbound = person.wrote === null ? null : now - person.wrote * HOUR;
    return {
      id: index + 1,
      name: { text: person.name, phone: person.phone, username: person.username ?? null },
      lastInbound,
      closedByMeta: null,
      unread: person.unread,
      draft: person.draft ?? "",
      attachments: [],
      done: false,
      snoozedUntil: null,
      pinned: false,
      assignee: "",
      labels: [],
      language: "",
      note: "",
      blocked: false,
      messages: index === 0 ? longTalk(lang, now, lastInbound ?? now) : shortTalk(person, lang, now),
    };
  });
}
