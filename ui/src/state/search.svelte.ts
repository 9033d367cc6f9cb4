// Searching as one types: the field with its chips, and what was found. One question is under way at a time; of those
// typed meanwhile only the last one waits for it, and an answer to what is typed no more is dropped. One page of the
// core looks at a bounded number of messages and may hold few or none, so pages are read until there is enough to
// show or nothing older is left.

import type { Backend } from "../backend/backend";
import type { PersonHit } from "../backend/generated/PersonHit";
import type { SearchHit } from "../backend/generated/SearchHit";
import type { SearchPage } from "../backend/generated/SearchPage";
import type { SearchQuery } from "../backend/generated/SearchQuery";
import { withChip, type Chip } from "../text/chips";

const PAGE = 50;
const WISHES = ["anew", "more", "fresh"] as const;
type Wish = (typeof WISHES)[number];

/** What stands in the field. */
export class SearchInput {
  text = $state("");
  chips = $state.raw<readonly Chip[]>([]);

  get active(): boolean {
    return this.chips.length > 0 || this.text.trim() !== "";
  }

  /** All of it in one line; set, it is words alone. */
  get whole(): string {
    return [...this.chips.map(({ kind, text }) => `${kind}:${text}`), this.text.trim()].join(" ").trim();
  }

  set whole(text: string) {
    this.text = text;
    this.chips = [];
  }

  /** Only in this thread; what is typed stays. */
  inside(threadId: number, name: string): void {
    this.chips = withChip(this.chips, { kind: "in", value: threadId, text: name });
  }
}

export class Search {
  /** The question that is answered below; `null` before the first answer. */
  answered = $state.raw<SearchQuery | null>(null);
  people = $state.raw<readonly PersonHit[]>([]);
  hits = $state.raw<readonly SearchHit[]>([]);
  searching = $state(false);
  failed = $state(false);
  /** Older messages were not looked at yet. */
  get more(): boolean {
    return this.#next !== null;
  }

  #next = $state.raw<number | null>(null);
  #query: SearchQuery | null = null;
  #turn = 0;
  #flying = false;
  /** What is to be asked once the core has answered, the first of these first. */
  #waiting = new Set<Wish>();

  constructor(
    private backend: Pick<Backend, "search">,
    private report: (error: unknown) => void,
  ) {}

  ask(query: SearchQuery): void {
    this.#query = query;
    this.#turn++;
    this.searching = true;
    this.#waiting.clear();
    this.#soon("anew");
  }

  /** Nothing is looked for any more. */
  stop(): void {
    this.#query = null;
    this.#waiting.clear();
    this.#turn++;
    this.searching = false;
  }

  /** Messages came in or changed: the newest of what was found is looked for again, and nothing else moves. */
  refresh(): void {
    if (this.#query !== null) this.#soon("fresh");
  }

  /** The next page, before the last one found is seen. */
  loadMore(): void {
    if (!this.searching && this.more && this.#query !== null) this.#soon("more");
  }

  #soon(wish: Wish): void {
    this.#waiting.add(wish);
    if (!this.#flying) void this.#fly();
  }

  async #fly(): Promise<void> {
    const query = this.#query;
    const wish = WISHES.find((one) => this.#waiting.delete(one));
    if (query === null || wish === undefined) return;
    const turn = this.#turn;
    this.#flying = true;
    this.searching = wish !== "fresh";
    try {
      if (wish === "anew") await this.#read(query, null);
      else if (wish === "fresh") await this.#reread(query);
      else if (this.#next !== null) await this.#read(query, this.#next);
    } catch (error) {
      if (turn === this.#turn) {
        this.report(error);
        if (wish !== "fresh") {
          this.failed = true;
          this.answered = query;
          this.#next = null;
        }
      }
    } finally {
      this.#flying = false;
      if (turn === this.#turn) this.searching = false;
      void this.#fly();
    }
  }

  async #read(query: SearchQuery, from: number | null): Promise<void> {
    const turn = this.#turn;
    const wanted = (from === null ? 0 : this.hits.length) + PAGE;
    let next = from;
    do {
      const page = await this.backend.search(query, next, PAGE);
      if (turn !== this.#turn) return;
      const first = next === null;
      if (first) this.people = page.people;
      this.hits = first ? page.hits : [...this.hits, ...page.hits];
      this.answered = query;
      this.failed = false;
      next = this.#next = page.next;
    } while (next !== null && this.hits.length < wanted);
  }

  async #reread(query: SearchQuery): Promise<void> {
    const turn = this.#turn;
    const page = await this.backend.search(query, null, PAGE);
    if (turn !== this.#turn) return;
    this.people = page.people;
    this.hits = renewed(this.hits, page);
    if (page.next === null) this.#next = null;
  }
}

/** The page is the truth about the newest; what is older than its last hit stays as it was found. */
function renewed(hits: readonly SearchHit[], { hits: fresh, next }: SearchPage): readonly SearchHit[] {
  if (next === null) return fresh;
  const last = fresh.at(-1);
  if (!last) return hits;
  const known = new Set(fresh.map((hit) => hit.message_id));
  return [...fresh, ...hits.filter((hit) => hit.at <= last.at && !known.has(hit.message_id))];
}
