// What is different between two looks at the same batch.

import type { Preflight } from "../backend/generated/Preflight";
import type { SkipReason } from "../backend/generated/SkipReason";

export interface BatchChange {
  before: number;
  now: number;
  /** More are skipped for this reason, or (below zero) fewer. */
  skips: readonly { why: SkipReason; by: number }[];
}

export function changeOf(before: Preflight, now: Preflight): BatchChange {
  const reasons = new Set([...before.skipped, ...now.skipped].map(({ why }) => why));
  const count = ({ skipped }: Preflight, why: SkipReason) =>
    skipped.find((one) => one.why === why)?.people ?? 0;
  return {
    before: before.going,
    now: now.going,
    skips: [...reasons]
      .map((why) => ({ why, by: count(now, why) - count(before, why) }))
      .filter(({ by }) => by !== 0),
  };
}
