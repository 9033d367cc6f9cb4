// The lists of the made-up ledger: one line for each person and purpose, narrowed, counted and paged.

import type { ConsentCounts } from "../generated/ConsentCounts";
import type { ConsentCursor } from "../generated/ConsentCursor";
import type { ConsentFilter } from "../generated/ConsentFilter";
import type { ConsentPage } from "../generated/ConsentPage";
import type { ConsentRow } from "../generated/ConsentRow";
import type { ConsentState } from "../generated/ConsentState";
import type { FakeLedger } from "./consent_ledger";

const YEAR = 365 * 86_400_000;
const MONTH = 30 * 86_400_000;

export const NO_FILTER: ConsentFilter = {
  list: "",
  text: "",
  purpose: "",
  states: [],
  channel: "",
  wording: "",
  strengths: [],
  from: null,
  to: null,
  unused: false,
  expiring: false,
};

const cursorOf = ({ state, customer_id }: ConsentRow): ConsentCursor => ({
  since: state.since ?? 0,
  customer_id,
  purpose: state.purpose,
});
const inOrder = (a: ConsentCursor, b: ConsentCursor) =>
  b.since - a.since || b.customer_id - a.customer_id || a.purpose.localeCompare(b.purpose);

function rowsOf(ledger: FakeLedger): ConsentRow[] {
  return ledger.people().flatMap((person) => {
    const summary = ledger.summary(person.id);
    return summary.purposes
      .filter(({ state }) => state !== "none")
      .map((state) => ({
        customer_id: person.id,
        name: person.name,
        language: person.language,
        state,
        out_of_all: summary.out_of_all !== null,
      }));
  });
}

function inList(row: ConsentRow, list: string, now: number): boolean {
  const { state } = row;
  if (list === "offers_today") return state.purpose === "offers" && state.usable;
  if (list === "never_contact") return row.out_of_all || state.state === "out";
  if (list === "unconfirmed")
    return (
      ["asked", "claimed"].includes(state.state) ||
      (state.state === "in" && (!state.usable || aged(row, now)))
    );
  return true;
}

const aged = ({ state }: ConsentRow, now: number) =>
  Math.max(state.since ?? 0, state.last_used_at ?? 0) < now - YEAR;

/** Its name, and one version of it. */
const wordingOf = ({ state: { wording } }: ConsentRow) =>
  wording ? [wording.id, `${wording.id}@${wording.version}`] : [];

function fits(ledger: FakeLedger, row: ConsentRow, filter: ConsentFilter): boolean {
  const { state, name } = row;
  const now = ledger.core.now();
  const typed = filter.text.trim().toLowerCase().replace(/^@/u, "");
  const digits = typed.replace(/\D/gu, "");
  const found =
    typed === "" ||
    name.text.toLowerCase().includes(typed) ||
    (name.username?.includes(typed) ?? false) ||
    (digits.length > 2 && (name.phone?.includes(digits.replace(/^0/u, "")) ?? false));
  const since = state.since ?? 0;
  return (
    found &&
    (filter.purpose === "" || state.purpose === filter.purpose) &&
    (filter.channel === "" || state.channel === filter.channel) &&
    (filter.wording === "" || wordingOf(row).includes(filter.wording)) &&
    (filter.strengths.length === 0 || filter.strengths.includes(state.strength)) &&
    (filter.from === null || since >= filter.from) &&
    (filter.to === null || since < filter.to) &&
    (!filter.unused || (state.state === "in" && aged(row, now))) &&
    (!filter.expiring || expires(ledger, row, now))
  );
}

function expires(ledger: FakeLedger, row: ConsentRow, now: number): boolean {
  return ledger
    .history(row.customer_id)
    .some((act) => act.evidence.some(({ keep_until }) => (keep_until ?? Infinity) < now + MONTH));
}

export function pageOf(
  ledger: FakeLedger,
  filter: ConsentFilter,
  after: ConsentCursor | null,
  limit: number,
): ConsentPage {
  const now = ledger.core.now();
  const states = new Set<ConsentState>(filter.states);
  const all = rowsOf(ledger)
    .filter((row) => fits(ledger, row, filter) && inList(row, filter.list, now))
    .filter((row) => states.size === 0 || states.has(row.state.state))
    .sort((a, b) => inOrder(cursorOf(a), cursorOf(b)))
    .filter((row) => after === null || inOrder(after, cursorOf(row)) < 0);
  const rows = all.slice(0, limit);
  const last = rows.at(-1);
  return { rows, next: all.length > limit && last ? cursorOf(last) : null };
}

export function countsOf(ledger: FakeLedger, filter: ConsentFilter): ConsentCounts {
  const now = ledger.core.now();
  const all = rowsOf(ledger).filter((row) => fits(ledger, row, filter));
  const people = (list: string) =>
    new Set(all.filter((row) => inList(row, list, now)).map((row) => row.customer_id)).size;
  const listed = all.filter((row) => inList(row, filter.list, now));
  const states = new Map<ConsentState, number>();
  for (const { state } of listed) states.set(state.state, (states.get(state.state) ?? 0) + 1);
  return {
    offers_today: people("offers_today"),
    never_contact: people("never_contact"),
    unconfirmed: people("unconfirmed"),
    all: people(""),
    states: [...states].map(([state, rows]) => ({ state, rows })),
  };
}
