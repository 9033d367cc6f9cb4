// People by name, number or username, as one types. One question is under way at a time, the last one typed waits,
// and an answer to what is typed no more is dropped.

import type { Backend } from "../backend/backend";
import type { PersonHit } from "../backend/generated/PersonHit";
import { queryOf } from "../text/chips";

export class People {
  hits = $state.raw<readonly PersonHit[]>([]);
  #wanted = "";
  #flying = false;

  constructor(
    private backend: Pick<Backend, "search">,
    private report: (error: unknown) => void,
  ) {}

  /** An empty text finds nobody. */
  ask(text: string): void {
    const wanted = text.trim();
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    if (wanted === "") this.hits = [];
    else if (!this.#flying) void this.#find();
  }

  async #find(): Promise<void> {
    this.#flying = true;
    let asked: string;
    do {
      asked = this.#wanted;
      try {
        const page = await this.backend.search(queryOf([], asked), null, 1);
        if (asked === this.#wanted) this.hits = page.people;
      } catch (error) {
        this.report(error);
      }
    } while (this.#wanted !== "" && asked !== this.#wanted);
    this.#flying = false;
  }
}
