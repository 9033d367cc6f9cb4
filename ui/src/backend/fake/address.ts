// Reads from the page's address which state of the made-up core to show: `?lang=de&start=damaged&unsure`.

import type { StartState } from "../generated/StartState";
import { FakeBackend } from "./fake";
import type { Lang } from "./words";

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

export function fakeFromAddress(query: string): FakeBackend {
  const asked = new URLSearchParams(query);
  const backend = new FakeBackend({
    lang: (asked.get("lang") ?? "en") as Lang,
    now: NOON,
    start: STARTS[asked.get("start") ?? ""],
    settings: { theme: asked.get("theme") ?? "" },
    laptopAheadBy: asked.has("skew") ? 250_000 : null,
    connection: {
      unsure_since: asked.has("unsure") ? NOON - 14 * 60_000 : null,
      hold: asked.has("hold") ? { code: 190, name: "token_invalid", since: NOON - 60_000 } : null,
      doubtful: 1,
    },
  });
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
  return backend;
}
