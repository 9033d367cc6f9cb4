import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { SearchPage } from "../backend/generated/SearchPage";
import type { SearchQuery } from "../backend/generated/SearchQuery";
import { queryOf } from "../text/chips";
import { Search } from "./search.svelte";

interface Call {
  text: string;
  from: number | null;
  answer(page: Partial<SearchPage>): Promise<void>;
  fail(): Promise<void>;
}
let calls: Call[];
let search: Search;
let reported: unknown[];

const hit = (message_id: number) => ({
  thread_id: 1,
  message_id,
  at: 1000 - message_id,
  name: "Marta",
  outgoing: false,
  kind: "text",
  snippet: "cake",
});
const hits = (from: number, count: number) => Array.from({ length: count }, (_, at) => hit(from + at));
const ask = (text: string) => search.ask(queryOf([], text));
const hitIds = () => search.hits.map((one) => one.message_id);

beforeEach(() => {
  vi.useFakeTimers();
  calls = [];
  reported = [];
  search = new Search(
    {
      search: (query: SearchQuery, from: number | null) =>
        new Promise((resolve, reject) => {
          const then = () => vi.advanceTimersByTimeAsync(0).then(() => undefined);
          calls.push({
            text: query.text,
            from,
            answer(page) {
              resolve({ people: [], hits: [], next: null, ...page });
              return then();
            },
            fail() {
              reject(new Error("broken"));
              return then();
            },
          });
        }),
    },
    (error) => reported.push(error),
  );
});
afterEach(() => void vi.useRealTimers());

describe("while somebody types", () => {
  test("the first letter is asked for at once, then only what stands when the core has answered", async () => {
    for (const text of ["c", "ca", "cak"]) ask(text);
    expect(calls.map(({ text }) => text)).toEqual(["c"]);
    await calls[0]?.answer({ hits: hits(50, 9) });
    expect(calls.map(({ text }) => text)).toEqual(["c", "cak"]);
    expect(search.searching).toBe(true);
    await calls[1]?.answer({ hits: hits(1, 2) });
    expect(hitIds()).toEqual([1, 2]);
    expect(search.searching).toBe(false);
  });

  test("an answer to what is typed no more is dropped", async () => {
    ask("ca");
    ask("cake");
    await calls[0]?.answer({ hits: hits(50, 9) });
    expect(hitIds()).toEqual([]);
    expect(search.answered).toBeNull();
  });

  test("further pages of what is typed no more are not asked for", async () => {
    ask("ca");
    ask("cake");
    await calls[0]?.answer({ next: 900 });
    expect(calls.map(({ text, from }) => [text, from])).toEqual([
      ["ca", null],
      ["cake", null],
    ]);
  });

  test("nothing comes after it was given up", async () => {
    ask("cake");
    search.stop();
    await calls[0]?.answer({ hits: hits(1, 1) });
    expect(search.hits).toEqual([]);
    expect(search.searching).toBe(false);
  });
});

describe("what comes in meanwhile", () => {
  test("stands above what was found, and that stays", async () => {
    ask("cake");
    await calls[0]?.answer({ hits: hits(10, 50), next: 59 });
    const { answered } = search;
    search.refresh();
    expect(search.searching).toBe(false);
    await calls[1]?.answer({ hits: hits(9, 50), next: 58 });
    expect(hitIds()[0]).toBe(9);
    expect(search.hits.length).toBe(51);
    expect(search.answered).toBe(answered);
    expect(search.more).toBe(true);
  });

  test("takes away what is no more, where the page tells of all there is", async () => {
    ask("cake");
    await calls[0]?.answer({ hits: hits(1, 3) });
    search.refresh();
    await calls[1]?.answer({ hits: hits(2, 2) });
    expect(hitIds()).toEqual([2, 3]);
  });

  test("waits behind a question, and several are one", async () => {
    ask("cake");
    search.refresh();
    search.refresh();
    expect(calls.length).toBe(1);
    await calls[0]?.answer({ hits: hits(1, 1) });
    expect(calls.length).toBe(2);
    await calls[1]?.answer({ hits: hits(1, 1) });
    expect(calls.length).toBe(2);
  });

  test("is nothing where nothing is looked for", () => {
    search.refresh();
    expect(calls).toEqual([]);
  });
});

describe("pages that hold little", () => {
  test("are read on until there is enough, and it is said that it goes on", async () => {
    ask("rare");
    await calls[0]?.answer({ next: 900 });
    expect(search.searching).toBe(true);
    expect(search.answered?.text).toBe("rare");
    await calls[1]?.answer({ hits: hits(1, 50), next: 400 });
    expect(calls.map(({ from }) => from)).toEqual([null, 900]);
    expect(search.searching).toBe(false);
    expect(search.more).toBe(true);
  });

  test("the next ones join those shown, until nothing older is left", async () => {
    ask("cake");
    await calls[0]?.answer({ hits: hits(1, 50), next: 50 });
    search.loadMore();
    search.loadMore();
    expect(calls.length).toBe(2);
    await calls[1]?.answer({ hits: hits(51, 3) });
    expect(search.hits.length).toBe(53);
    expect(search.more).toBe(false);
  });
});

test("a search that fails is said, and the next one works", async () => {
  ask("cake");
  await calls[0]?.fail();
  expect(search.failed).toBe(true);
  expect(reported.length).toBe(1);
  ask("cakes");
  await calls[1]?.answer({ hits: hits(1, 1) });
  expect(search.failed).toBe(false);
});
