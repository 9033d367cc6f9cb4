// Search in the made-up core.

import type { SearchPage } from "../generated/SearchPage";
import type { SearchQuery } from "../generated/SearchQuery";
import type { FakeCore } from "./parts";

export function find(core: FakeCore, query: SearchQuery): SearchPage {
  const needle = query.text.toLowerCase();
  const hits = core.threads.flatMap((thread) =>
    thread.messages.flatMap((row) => {
      const body = row.body.kind === "text" ? row.body.text : "";
      const at = body.toLowerCase().indexOf(needle);
      if (at < 0) return [];
      const end = at + needle.length;
      const snippet = `${body.slice(Math.max(0, at - 30), at)}\u0002${body.slice(at, end)}\u0003${body.slice(end, end + 40)}`;
      const outgoing = row.direction === "out";
      return [
        {
          thread_id: thread.id,
          message_id: row.id,
          at: row.at,
          name: thread.name.text,
          outgoing,
          kind: "text",
          snippet,
        },
      ];
    }),
  );
  return { people: [], hits: hits.sort((a, b) => b.at - a.at), next: null };
}
