// The numbers of the made-up shop, and what becomes of one that is taken away. All its threads are on the first.

import type { NumberRemoval } from "../generated/NumberRemoval";
import type { OwnNumber } from "../generated/OwnNumber";
import type { FakeBackend } from "./fake";

export const ONE: OwnNumber[] = [
  { number_id: 1, phone_number_id: "100", display: "+49 30 231250", connected: true },
];
export const TWO: OwnNumber[] = [
  ...ONE,
  { number_id: 2, phone_number_id: "101", display: "+49 30 231251", connected: true },
];

export async function removeNumber(core: FakeBackend, phoneNumberId: string): Promise<NumberRemoval> {
  const goes = (number: OwnNumber) => number.phone_number_id === phoneNumberId;
  if (!core.numbers.some((number) => number.connected && !goes(number))) return { kind: "last_one" };
  core.numbers = core.numbers.map((number) => (goes(number) ? { ...number, connected: false } : number));
  const waiting = core.threads.flatMap((thread) => thread.messages);
  if (!core.numbers[0]?.connected)
    for (const { delivery, outbox_id } of waiting)
      if (delivery?.state === "queued" && outbox_id) await core.undoSend(outbox_id);
  core.emit({ all_threads: true, connection: true });
  return { kind: "removed", start: await core.start() };
}
