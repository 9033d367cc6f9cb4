// Passages that somebody should look at once more, in a text that has gone on since it was looked at.

import type { ContentFinding } from "../backend/generated/ContentFinding";

/** Those that still stand where they stood. */
export function stillThere(
  findings: readonly ContentFinding[],
  looked: string,
  now: string,
): ContentFinding[] {
  return findings.filter(
    ({ start, end }) =>
      end > start && end <= now.length && looked.slice(start, end) === now.slice(start, end),
  );
}

/** The text cut at the edges of the passages; overlapping ones are one. */
export function marked(
  text: string,
  findings: readonly ContentFinding[],
): { text: string; found: boolean }[] {
  const pieces: { text: string; found: boolean }[] = [];
  let at = 0;
  for (const { start, end } of findings.toSorted((a, b) => a.start - b.start)) {
    const from = Math.max(start, at);
    if (end <= from) continue;
    if (from > at) pieces.push({ text: text.slice(at, from), found: false });
    pieces.push({ text: text.slice(from, end), found: true });
    at = end;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), found: false });
  return pieces;
}
