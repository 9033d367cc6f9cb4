// The words of a line in the middle of a conversation: what happened, where nobody said anything.

import type { MessageRow } from "../backend/generated/MessageRow";
import { m } from "../paraglide/messages.js";
import { deliveryLabel } from "./delivery";

export type LineKind = "returned" | "call" | "call_missed" | "number" | "closed" | "allowed" | "system";

export interface LineText {
  kind: LineKind;
  text: string;
}

/** `null` where the row is a bubble. */
export function lineOf(row: MessageRow): LineText | null {
  if (row.delivery?.state === "returned") return { kind: "returned", text: deliveryLabel("returned") };
  const { body } = row;
  switch (body.kind) {
    case "call":
      return call(body.event, body.from_customer);
    case "number_changed":
      return { kind: "number", text: m.body_number_changed({ text: body.text }).trim() };
    case "window_closed_by_meta":
      return { kind: "closed", text: m.body_closed_by_meta() };
    case "system":
      return { kind: "system", text: body.text };
    case "unsupported":
      if (body.what === "call_permission_granted")
        return { kind: "allowed", text: m.conversation_call_allowed() };
      if (body.what === "call_permission_denied")
        return { kind: "system", text: m.conversation_call_refused() };
      return null;
    case "text":
      return row.direction === "line" ? { kind: "system", text: body.text } : null;
    default:
      return null;
  }
}

/** Events by Meta, "Calls webhook". */
function call(event: string, fromCustomer: boolean): LineText {
  if (event === "rejected" || event === "missed")
    return {
      kind: "call_missed",
      text: fromCustomer ? m.conversation_call_missed() : m.conversation_call_declined(),
    };
  return { kind: "call", text: fromCustomer ? m.body_call_in() : m.body_call_out() };
}
