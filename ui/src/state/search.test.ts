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
const pause = () => vi.advanceTimersByTimeAsync(60);

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
  test("only what stands still is asked for", async () => {
    ask("c");
    ask("ca");
    ask("cak");
    await pause();
    expect(calls.map(({ text }) => text)).toEqual(["cak"]);
  });

  test("an answer to what is typed no more is dropped", async () => {
    ask("ca");
    await pause();
    ask("cake");
    await pause();
    await calls[1]?.answer({ hits: hits(1, 2) });
    await calls[0]?.answer({ hits: hits(50, 9) });
    expect(search.hits.map((one) => one.message_id)).toEqual([1, 2]);
    expect(search.searching).toBe(false);
  });

  test("no more than two are under way, and the last wish is not forgotten", async () => {
    for (const text of ["a", "ab", "abc", "abcd"]) {
      ask(text);
      await pause();
    }
    expect(calls.map(({ text }) => text)).toEqual(["a", "ab"]);
    await calls[0]?.answer({});
    expect(calls.map(({ text }) => text)).toEqual(["a", "ab", "abcd"]);
    await calls[1]?.answer({ hits: hits(1, 1) });
    await calls[2]?.answer({ hits: hits(7, 1) });
    expect(search.hits.map((one) => one.message_id)).toEqual([7]);
  });

  test("nothing comes after it was given up", async () => {
    ask("cake");
    await pause();
    search.stop();
    await calls[0]?.answer({ hits: hits(1, 1) });
    expect(search.hits).toEqual([]);
    expect(search.searching).toBe(false);
  });
});

describe("pages that hold little", () => {
  test("are read on until there is enough, and it is said that it goes on", async () => {
    ask("rare");
    await pause();
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
    await pause();
    await calls[0]?.answer({ hits: hits(1, 50), next: 50 });
    void search.loadMore();
    void search.loadMore();
    expect(calls.length).toBe(2);
    await calls[1]?.answer({ hits: hits(51, 3) });
    expect(search.hits.length).toBe(53);
    expect(search.more).toBe(false);
  });
});

test("a search that fails is said, and the next one works", async () => {
  ask("cake");
  await pause();
  await calls[0]?.fail();
  expect(search.failed).toBe(true);
  expect(reported.length).toBe(1);
  ask("cakes");
  await pause();
  await calls[1]?.answer({ hits: hits(1, 1) });
  expect(search.failed).toBe(false);
});
