// What keeps the list right without anybody asking: another section chosen, a window that ends, a minute that
// passed in which threads may have moved that are not loaded.

import { untrack } from "svelte";
import type { Inbox } from "./inbox.svelte";
import type { Sections } from "./sections.svelte";
import type { Ticker } from "./ticker.svelte";

const MINUTE = 60_000;

export function keepList(
  inbox: Inbox,
  sections: Sections,
  ticker: Ticker,
  guard: (work: Promise<unknown>) => Promise<void>,
): () => void {
  let minute = 0;

  /** Threads beyond the loaded rows move with time, too; the count of the section on screen tells. */
  async function recount() {
    const before = sections.countOf(sections.view);
    await sections.count();
    if (sections.countOf(sections.view) !== before) await inbox.reload();
  }

  return $effect.root(() => {
    let first = true;
    $effect(() => {
      void sections.query;
      if (!first) void untrack(() => guard(inbox.refresh()));
      first = false;
    });
    $effect(() => {
      const now = ticker.now;
      if (now === null) return;
      untrack(() => {
        void guard(inbox.tick(now));
        const current = Math.floor(now / MINUTE);
        if (minute !== 0 && current !== minute) void guard(recount());
        minute = current;
      });
    });
  });
}
