// The rows of a long list, page by page, as they are scrolled to. Answers to a question that has been put differently by
// then are dropped; where reading goes wrong, nothing more is asked for until somebody says so.

export interface Page<Row, Cursor> {
  rows: readonly Row[];
  next: Cursor | null;
}

/** `after` `null`: from the first row on. */
export type AskPage<Row, Cursor, Answer extends Page<Row, Cursor>> = (
  after: Cursor | null,
  limit: number,
) => Promise<Answer>;

export class Pages<Row, Cursor, Answer extends Page<Row, Cursor> = Page<Row, Cursor>> {
  rows = $state.raw<readonly Row[]>([]);
  loaded = $state(false);
  failed = $state(false);
  #next = $state.raw<Cursor | null>(null);
  #loading = false;
  #turn = 0;

  /** `ahead`: rows ahead of what is seen when the next page is asked for; `arrived`: what else came with the first page. */
  constructor(
    private page: AskPage<Row, Cursor, Answer>,
    private size: { page: number; ahead: number },
    private arrived: (answer: Answer) => void = () => undefined,
  ) {}

  get more(): boolean {
    return this.#next !== null;
  }

  /** As many rows as stood there before, once more. */
  async reload(): Promise<void> {
    const turn = ++this.#turn;
    const { page } = this.size;
    const wanted = Math.max(page, Math.ceil(this.rows.length / page) * page);
    await this.#read(turn, null, wanted, (answer) => {
      this.rows = answer.rows;
      this.loaded = true;
      this.arrived(answer);
    });
  }

  /** Another list: it begins with nothing. */
  async anew(): Promise<void> {
    this.rows = [];
    this.#next = null;
    this.loaded = false;
    await this.reload();
  }

  /** The screen shows rows up to this one. */
  async seen(upTo: number): Promise<void> {
    const after = this.#next;
    if (after === null || this.#loading || this.failed || upTo < this.rows.length - this.size.ahead) return;
    this.#loading = true;
    try {
      await this.#read(
        this.#turn,
        after,
        this.size.page,
        ({ rows }) => (this.rows = [...this.rows, ...rows]),
      );
    } finally {
      this.#loading = false;
    }
  }

  async #read(turn: number, after: Cursor | null, limit: number, take: (answer: Answer) => void) {
    this.failed = false;
    try {
      const answer = await this.page(after, limit);
      if (turn !== this.#turn) return;
      this.#next = answer.next;
      take(answer);
    } catch (error) {
      if (turn !== this.#turn) return;
      this.failed = true;
      throw error;
    }
  }
}
