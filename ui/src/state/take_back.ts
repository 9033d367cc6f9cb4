// Takes back what was just recorded by mistake. The ledger forgets nothing: an entry of its own says that another one
// is wrong.

import type { Backend } from "../backend/backend";
import type { ConsentRefusal } from "../backend/generated/ConsentRefusal";
import type { LedgerLine } from "../backend/generated/LedgerLine";

type Core = Pick<Backend, "consentPerson" | "changeConsent">;

/** So long after it a slip of the shop's own can still be taken back; the core refuses to hear of it later. */
export const SLIP = 10 * 60_000;

const STOPS = ["withdrawn", "paused"];

/** A stop is only ever taken back by the person, but for one that the shop typed in and noticed at once. */
export function canBeCorrected({ event, channel, recorded_at }: LedgerLine, now: number): boolean {
  if (STOPS.includes(event)) return channel === "staff" && now - recorded_at < SLIP;
  return ["granted", "confirmed", "claimed"].includes(event);
}

export const isStop = ({ event }: LedgerLine): boolean => STOPS.includes(event);

/** The entry that was recorded last, of those that fit, no longer counts. What stands in the way, or null. */
export async function takeBack(
  core: Core,
  customerId: number,
  fits: (line: LedgerLine) => boolean,
  reason: string,
): Promise<ConsentRefusal | null> {
  const { history } = await core.consentPerson(customerId);
  // What staff says of an earlier message stands further down, where that message is.
  const [line] = history.filter(fits).toSorted((x, y) => y.recorded_at - x.recorded_at);
  if (!line) return null;
  const result = await core.changeConsent(customerId, { kind: "correct", entry: line.entry, reason });
  return result.kind === "refused" ? result.why : null;
}
