// The words of a line in the middle of a conversation: what happened, where nobody said anything.

import type { MessageRow } from "../backend/generated/MessageRow";
import { m } from "../paraglide/messages.js";
import { deliveryLabel } from "./delivery";

/** `null` where the row is a bubble. */
export function lineText(row: MessageRow): string | null {
  if (row.delivery?.state === "returned") return deliveryLabel("returned");
  switch (row.body.kind) {
    case "call":
      return row.body.from_customer ? m.body_call_in() : m.body_call_out();
    case "number_changed":
      return m.body_number_changed({ text: row.body.text }).trim();
    case "window_closed_by_meta":
      return m.body_closed_by_meta();
    case "system":
      return row.body.text;
    default:
      return row.direction === "line" && row.body.kind === "text" ? row.body.text : null;
  }
}
