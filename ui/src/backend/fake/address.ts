// Reads from the page's address which state of the made-up core to show: `?lang=de&start=damaged&unsure`.

import type { DeliveryState } from "../generated/DeliveryState";
import type { StartState } from "../generated/StartState";
import type { TemplateDrift } from "../generated/TemplateDrift";
import type { BatchHalt } from "../generated/BatchHalt";
import { acquaint } from "./acquaintance";
import { batchTemplates, customers, sentBefore } from "./batch_seed";
import { crowd, liveIn } from "./consent_seed";
import { FakeBackend } from "./fake";
import { wasBusy } from "./guard_seed";
import { hostileTexts } from "./hostile";
import { everyKind } from "./kinds";
import { ONE, TWO } from "./numbers";
import { manyTemplates } from "./template_catalogue";
import { livedIn } from "./template_shelf";
import { bodyOf, delivery, message } from "./world";
import type { Lang } from "./words";

/** What staff has done in the morning: pinned, handed out, put off, finished. */
function markSome(backend: FakeBackend): void {
  const set = (id: number, part: Partial<ReturnType<FakeBackend["thread"]>>) =>
    Object.assign(backend.thread(id), part);
  set(2, { assignee: "Anna Berg" });
  set(4, { assignee: "Murat Yildiz" });
  set(5, { assignee: "Clara Lopes" });
  set(6, { pinned: true });
  set(7, { snoozedUntil: backend.now() + 3 * 3_600_000 });
  set(11, { done: true });
  set(13, { done: true });
}

/** `templates=1000`: so many names in three languages; `sync=never|stale|offline|refused|running`; `unanswered`, `drift`. */
function dealWithTemplates(backend: FakeBackend, asked: URLSearchParams): void {
  const store = backend.templateStore;
  const names = asked.get("templates");
  if (names !== null) store.all = Number(names) > 0 ? [...store.all, ...manyTemplates(Number(names))] : [];
  const sync = asked.get("sync");
  if (sync === "never") store.syncedAt = null;
  if (sync === "stale") store.syncedAt = backend.now() - 14 * 60_000;
  if (sync === "running") store.running = Math.round(store.all.length * 0.4);
  if (sync === "offline") store.failed = { at: backend.now() - 40_000, code: null, details: "" };
  if (sync === "refused")
    store.failed = { at: backend.now() - 40_000, code: 131059, details: "Invalid cursor" };
  store.failWith = store.failed;
  const closed = backend.threads.filter((thread) => backend.windowOf(thread).state === "closed");
  const told = (state: DeliveryState, hours: number, drift: TemplateDrift[]) => {
    const at = backend.now() - hours * 3_600_000;
    const failure = { code: 132000, name: "template_parameter_count", details: null, drift, choice: null };
    return message(at, "out", bodyOf("template", "…"), {
      outbox_id: `earlier-${hours}`,
      delivery: delivery(state, at, { failure: state === "failed" ? failure : null }),
    });
  };
  for (const thread of closed) {
    if (asked.has("unanswered"))
      thread.messages = [...thread.messages, told("read", 20, []), told("delivered", 3, [])];
    if (asked.has("drift"))
      thread.messages = [
        ...thread.messages,
        told("failed", 0.1, [{ what: "slots", now: 3, sent: 2 }, { what: "text" }]),
      ];
  }
}

/** `consents`: a ledger that was lived in, with so many people more; `scan`: codes are scanned by themselves; `broken`. */
function dealWithConsents(backend: FakeBackend, asked: URLSearchParams, lang: Lang): void {
  if (lang === "pt-BR") backend.counter.country = "BR";
  if (asked.has("consents")) {
    liveIn(backend.ledger, lang);
    crowd(backend.ledger, Number(asked.get("consents")));
  }
  if (asked.has("scan")) backend.counter.scansAfter = Number(asked.get("scan")) || 6000;
  if (asked.has("broken")) backend.ledger.broken = `${backend.ledger.device}/7`;
}

/**
 * `batches`: a shop that has sent some, the newest under way; `batches=spam_rate`: it stands still for this reason;
 * `batches=none`: none yet. `people=140`: so many customers more. `warn`, `block`: what the guard says of the next.
 */
function dealWithBatches(backend: FakeBackend, asked: URLSearchParams, lang: Lang): void {
  const wanted = asked.get("batches");
  if (wanted === null) return;
  const store = backend.batchStore;
  backend.templateStore.all = [...batchTemplates(), ...backend.templateStore.all];
  customers(backend, Number(asked.get("people") ?? 140));
  if (wanted !== "none") sentBefore(backend, lang, (wanted || null) as BatchHalt | null);
  if (asked.has("warn"))
    store.warnWith = [
      { code: "new_contacts", number: 84 },
      { code: "quality", number: 1 },
    ];
  if (asked.has("block")) store.blockWith = [{ code: "template_state", number: 0 }];
}

/** `guard=4`: so many others got everything already that somebody writes; `guard=block`; `audit=200`: entries of its log. */
function dealWithGuard(backend: FakeBackend, asked: URLSearchParams, lang: Lang): void {
  const guard = asked.get("guard");
  if (guard === "block") backend.watch.blockWith = [{ code: "opted_out", number: 40 }];
  else if (guard !== null) backend.watch.before = Number(guard) || 0;
  if (asked.has("audit")) wasBusy(backend.watch, backend, lang, Number(asked.get("audit")) || 120);
}

const NOON = new Date(2026, 10, 20, 14, 7, 30).getTime();
const STARTS: Record<string, StartState> = {
  choose: { kind: "choose" },
  keyring_locked: { kind: "keyring_locked", has_store: true },
  keyring_missing: { kind: "keyring_missing", has_store: false, timed_out: true },
  key_missing: { kind: "key_missing" },
  passphrase: { kind: "passphrase_needed", wrong: true },
  damaged: {
    kind: "damaged",
    set_aside: "~/.local/share/guichet/shop/inbox.damaged-2026-11-20.db",
    backup_at: NOON - 9 * 3_600_000,
  },
  too_new: { kind: "too_new" },
  failed: { kind: "failed", message: "could not create the data folder" },
  number: { kind: "ready", profile: "shop", needs_number: true },
  shop: { kind: "ready", profile: "shop", needs_number: false },
};

/** Weekdays from nine to six, Saturday until one. */
const WEEK = [1, 2, 3, 4, 5, 6].map((day) => ({ day, from: 540, to: day === 6 ? 780 : 1080 }));

export function fakeFromAddress(query: string): FakeBackend {
  const asked = new URLSearchParams(query);
  const lang = (asked.get("lang") ?? "en") as Lang;
  const backend = new FakeBackend({
    lang,
    now: NOON,
    start: STARTS[asked.get("start") ?? ""],
    settings: {
      theme: asked.get("theme") ?? "",
      density: asked.get("density") ?? "comfortable",
      high_contrast: asked.get("contrast") === "more",
      staff: ["Anna Berg", "Murat Yildiz", "Clara Lopes"],
      me: "Anna Berg",
      hours: { days: asked.has("hours") ? WEEK : [] },
    },
    numbers: asked.has("numbers") ? TWO : ONE,
    laptopAheadBy: asked.has("skew") ? 250_000 : null,
    connection: {
      unsure_since: asked.has("unsure") ? NOON - 14 * 60_000 : null,
      hold: asked.has("hold") ? { code: 190, name: "token_invalid", since: NOON - 60_000 } : null,
      doubtful: 1,
    },
  });
  acquaint(backend, lang);
  dealWithConsents(backend, asked, lang);
  dealWithBatches(backend, asked, lang);
  dealWithGuard(backend, asked, lang);
  if (asked.has("review")) backend.templateStore.all = livedIn(NOON);
  if (asked.has("no-templates")) backend.templateStore.all = [];
  if (asked.has("many")) {
    const first = backend.thread(1).messages;
    const copies = Array.from({ length: 400 }, (_, at) =>
      first.map((row) => ({
        ...row,
        id: 5000 + at * 100 + (row.id % 100),
        at: row.at - (at + 1) * 7_200_000,
        outbox_id: null,
      })),
    );
    backend.thread(1).messages = [...copies.reverse().flat(), ...first].sort((a, b) => a.at - b.at);
  }
  if (asked.has("kinds")) backend.thread(1).messages = everyKind(lang, NOON, "Anna Berg");
  if (asked.has("hostile"))
    backend.thread(1).messages = hostileTexts().map((text, at) =>
      message(NOON - (500 - at) * 60_000, "in", { kind: "text", text }),
    );
  if (asked.has("names")) {
    // One that no head has room for, and one of whom only the number is known.
    const [long, none] = [backend.thread(1), backend.thread(2)];
    long.name = { ...long.name, text: "Dr. Annegret Oberhauser-Wallenstein, Konditorei am Marktplatz" };
    none.name = { ...none.name, text: none.name.phone ?? "", username: null };
  }
  dealWithTemplates(backend, asked);
  if (asked.has("unread")) backend.thread(1).unread = Number(asked.get("unread"));
  if (asked.has("marks")) markSome(backend);
  const wanted = Number(asked.get("threads") ?? 0);
  if (wanted > 0) {
    const some = backend.threads;
    backend.threads = Array.from({ length: wanted }, (_, at) => {
      const like = some[at % some.length] as (typeof some)[number];
      const name = at < some.length ? like.name : { ...like.name, text: `${like.name.text} ${at}` };
      return { ...like, id: at + 1, name };
    });
  }
  return backend;
}
