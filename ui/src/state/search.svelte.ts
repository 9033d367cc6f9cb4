// Searching as one types: the field with its chips, and what was found. An answer to what is typed no more is
// dropped. One page of the core looks at a bounded number of messages and may hold few or none, so pages are read
// until there is enough to show or nothing older is left.

import type { Backend } from "../backend/backend";
import type { PersonHit } from "../backend/generated/PersonHit";
import type { SearchHit } from "../backend/generated/SearchHit";
import type { SearchQuery } from "../backend/generated/SearchQuery";
import { withChip, type Chip } from "../text/chips";

const PAUSE = 60;
const PAGE = 50;
/** Searches that may be under way at once: the one that is wanted, and one that is stale. */
const AT_ONCE = 2;

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
  /** `null` before anything was found or not. */
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
  #timer: ReturnType<typeof setTimeout> | undefined;
  #flying = 0;
  #waiting = false;

  constructor(
    private backend: Pick<Backend, "search">,
    private report: (error: unknown) => void,
  ) {}

  ask(query: SearchQuery): void {
    const turn = this.#take(query);
    this.searching = true;
    this.#timer = setTimeout(() => void this.#begin(turn), PAUSE);
  }

  /** Nothing is looked for any more. */
  stop(): void {
    this.#take(null);
    this.searching = false;
  }

  /** The next page, before the last one found is seen. */
  async loadMore(): Promise<void> {
    if (this.searching || this.#next === null || this.#query === null) return;
    this.searching = true;
    await this.#read(this.#turn, this.#query, this.#next);
  }

  #take(query: SearchQuery | null): number {
    clearTimeout(this.#timer);
    this.#query = query;
    this.#waiting = false;
    return ++this.#turn;
  }

  async #begin(turn: number): Promise<void> {
    // With enough under way the last wish waits, and whatever comes back first takes it up.
    this.#waiting = this.#flying >= AT_ONCE;
    if (this.#query && turn === this.#turn && !this.#waiting) await this.#read(turn, this.#query, null);
  }

  async #read(turn: number, query: SearchQuery, from: number | null): Promise<void> {
    const wanted = (from === null ? 0 : this.hits.length) + PAGE;
    let next = from;
    this.#flying++;
    try {
      do {
        const page = await this.backend.search(query, next, PAGE);
        if (turn !== this.#turn) break;
        const first = next === null;
        if (first) this.people = page.people;
        this.hits = first ? page.hits : [...this.hits, ...page.hits];
        this.answered = query;
        this.failed = false;
        next = this.#next = page.next;
      } while (next !== null && this.hits.length < wanted);
    } catch (error) {
      if (turn === this.#turn) {
        this.failed = true;
        this.answered = query;
        this.#next = null;
        this.report(error);
      }
    } finally {
      this.#flying--;
      if (turn === this.#turn) this.searching = false;
      if (this.#waiting) void this.#begin(this.#turn);
    }
  }
}
