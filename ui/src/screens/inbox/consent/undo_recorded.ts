// The way back from what staff has just recorded of somebody: of the shop's own doing, never of what the person said.

import { m } from "../../../paraglide/messages.js";
import { locale } from "../../../state/locale.svelte";
import type { Session } from "../../../state/session.svelte";
import { takeBack } from "../../../state/take_back";
import { consentRefusalText } from "../../../wording/counter";

/** `event` of the entry; `done` is said once it is taken back. */
export async function undoRecorded(
  session: Session,
  customerId: number,
  event: string,
  done = "",
): Promise<void> {
  const refused = await takeBack(
    session.backend,
    customerId,
    (line) => line.event === event && line.channel === "staff",
    m.consent_undo_reason(),
  );
  const said = refused ? consentRefusalText(refused, session.ticker.now ?? 0, locale.formats).sentence : done;
  if (said !== "") session.toasts.say(said);
}
