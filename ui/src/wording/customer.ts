// Sentences about a customer: why somebody may be the same person, and what came of blocking.

import type { BlockResult } from "../backend/generated/BlockResult";
import { m } from "../paraglide/messages.js";

const ALIKE: Record<string, () => string> = {
  number_variant: m.customer_reason_number_variant,
  username: m.customer_reason_username,
  name: m.customer_reason_name,
};
const FOUND: Record<string, () => string> = {
  number: m.customer_reason_number,
  username: m.customer_reason_username_like,
  name: m.customer_reason_name_like,
};

/** Of one whom the core proposes by itself. */
export function alikeReason(reason: string): string {
  return ALIKE[reason]?.() ?? "";
}

/** Of one whom somebody looked for. */
export function foundReason(reason: string): string {
  return FOUND[reason]?.() ?? "";
}

/** `null` where it was done. */
export function blockProblem(result: BlockResult): string | null {
  switch (result.kind) {
    case "done":
      return null;
    case "not_recent":
      return m.customer_block_not_recent();
    case "not_reached":
      return m.customer_block_not_reached({ message: result.message });
    default:
      return m.customer_block_refused({ code: result.code, message: result.message });
  }
}
