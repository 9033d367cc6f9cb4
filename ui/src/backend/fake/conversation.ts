// The parts of a conversation, in the made-up core.

import type { MessagePage } from "../generated/MessagePage";
import type { MessageRow } from "../generated/MessageRow";
import type { Place } from "../generated/Place";

const cursor = ({ at, arrived, id }: MessageRow) => ({ at, arrived, id });

export function pageOf(all: MessageRow[], place: Place, limit: number): MessagePage {
  const index = (id: number) => all.findIndex((row) => row.id === id);
  let start = Math.max(0, all.length - limit);
  let end = all.length;
  if (place.kind === "before") {
    end = Math.max(0, index(place.cursor.id));
    start = Math.max(0, end - limit);
  } else if (place.kind === "after") {
    start = index(place.cursor.id) + 1;
    end = Math.min(all.length, start + limit);
  } else if (place.kind !== "newest") {
    const found =
      place.kind === "around" ? index(place.message_id) : all.findIndex((row) => row.at >= place.at);
    const middle = found < 0 ? all.length : found;
    start = Math.max(0, middle - (place.kind === "around" ? Math.floor(limit / 2) : 10));
    end = Math.min(all.length, start + limit);
  }
  const rows = all.slice(start, end);
  const [first, last] = [rows[0], rows.at(-1)];
  return {
    rows,
    before: start > 0 && first ? cursor(first) : null,
    after: end < all.length && last ? cursor(last) : null,
  };
}
