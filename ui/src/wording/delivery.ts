// The word for each state of an own message.

import type { DeliveryState } from "../backend/generated/DeliveryState";
import { m } from "../paraglide/messages.js";

const LABELS: Record<DeliveryState, () => string> = {
  queued: m.delivery_queued,
  sending: m.delivery_sending,
  accepted: m.delivery_accepted,
  held: m.delivery_held,
  sent: m.delivery_sent,
  delivered: m.delivery_delivered,
  read: m.delivery_read,
  played: m.delivery_played,
  failed: m.delivery_failed,
  doubtful: m.delivery_doubtful,
  left_doubtful: m.delivery_left_doubtful,
  returned: m.delivery_returned,
};

export function deliveryLabel(state: DeliveryState): string {
  return LABELS[state]();
}
