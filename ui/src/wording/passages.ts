// Passages of a text that somebody should look at once more, named with what is the matter with each.

import type { ContentFinding } from "../backend/generated/ContentFinding";
import { m } from "../paraglide/messages.js";
import { spoken } from "../text/spoken";
import { contentText } from "./guard";

const MOST = 2;
const LONGEST = 24;

/** The first of each kind; two say enough. */
export function passagesText(text: string, findings: readonly ContentFinding[]): string {
  return findings
    .filter((one, at) => findings.findIndex(({ kind }) => kind === one.kind) === at)
    .slice(0, MOST)
    .map(({ kind, start, end }) =>
      m.guard_passage({ passage: spoken(text.slice(start, end), LONGEST), kind: contentText(kind) }),
    )
    .join(", ");
}
