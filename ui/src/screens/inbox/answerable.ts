// Which messages can be answered and reacted to: those of the customer, and our own that arrived, while the window
// lets anything but a template through.

import type { MessageRow } from "../../backend/generated/MessageRow";
import type { Foot } from "../../state/conversation.svelte";

const ARRIVED = new Set(["sent", "delivered", "read", "played"]);

export function answerable(row: MessageRow, foot: Foot): boolean {
  if (foot !== "composer" || row.revoked) return false;
  if (row.direction === "in") return true;
  return row.direction === "out" && row.delivery !== null && ARRIVED.has(row.delivery.state);
}

/** What there is to copy of a message; empty where it has no words. */
export function wordsOf({ body, revoked }: MessageRow): string {
  if (revoked) return "";
  switch (body.kind) {
    case "text":
    case "note":
    case "system":
    case "number_changed":
    case "buttons":
      return body.text;
    case "template":
      return [body.header, body.text, body.footer].filter(Boolean).join("\n");
    case "media":
      return body.media.caption ?? "";
    case "choice":
      return [body.title, body.description].filter(Boolean).join("\n");
    case "flow":
    case "order":
      return body.text;
    case "location":
      return [body.name, body.address, `${body.latitude}, ${body.longitude}`].filter(Boolean).join("\n");
    case "contacts":
      return body.cards
        .map(({ name, organization, phones, emails }) =>
          [name, organization, ...phones, ...emails].filter(Boolean).join("\n"),
        )
        .join("\n\n");
    default:
      return "";
  }
}
