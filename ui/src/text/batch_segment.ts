// Whom a batch is for, as somebody chooses it, and as the core is asked.

import type { Segment } from "../backend/generated/Segment";

/** When they last wrote. The days count from midnight, so that a count stays the same for the whole day. */
export type Wrote = "any" | "30" | "90" | "365" | "never" | "own";
export const WROTE: readonly Wrote[] = ["any", "30", "90", "365", "never", "own"];

export const EVERYBODY: Segment = {
  labels: [],
  without_labels: [],
  language: null,
  wrote_from: null,
  wrote_before: null,
  purpose: null,
  state: null,
};

/** Local midnight so many days before. */
export function midnightBefore(now: number, days: number): number {
  const day = new Date(now);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() - days).getTime();
}

/** `own`: from one midnight to another, both where they are chosen. */
export function wroteSpan(
  wrote: Wrote,
  own: Pick<Segment, "wrote_from" | "wrote_before">,
  now: number,
): Pick<Segment, "wrote_from" | "wrote_before"> {
  switch (wrote) {
    case "any":
      return { wrote_from: null, wrote_before: null };
    // Before every moment there is: whoever wrote at all wrote later.
    case "never":
      return { wrote_from: null, wrote_before: 0 };
    case "own":
      return own;
    default:
      return { wrote_from: midnightBefore(now, Number(wrote)), wrote_before: null };
  }
}

/** In or out; a label is never both wanted and unwanted. */
export function turnLabel(
  { labels, without_labels }: Pick<Segment, "labels" | "without_labels">,
  label: string,
  list: "labels" | "without_labels",
): Pick<Segment, "labels" | "without_labels"> {
  const there = list === "labels" ? labels.includes(label) : without_labels.includes(label);
  const drop = (all: readonly string[]) => all.filter((one) => one !== label);
  const add = (all: readonly string[], on: boolean) => (on ? [...drop(all), label] : drop(all));
  return {
    labels: add(labels, list === "labels" && !there),
    without_labels: add(without_labels, list === "without_labels" && !there),
  };
}
