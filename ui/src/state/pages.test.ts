import { describe, expect, test } from "vitest";
import { Pages } from "./pages.svelte";

const SIZE = { page: 10, ahead: 3 };

/** Numbers from nought on; each answer waits until it is let go. */
function numbers(all: number) {
  const asked: { after: number | null; limit: number; answer: () => void; fail: () => void }[] = [];
  const pages = new Pages<number, number>(
    (after, limit) =>
      new Promise((answer, fail) => {
        const from = after === null ? 0 : after + 1;
        const rows = Array.from({ length: Math.min(limit, all - from) }, (_, at) => from + at);
        const end = from + rows.length;
        asked.push({
          after,
          limit,
          answer: () => answer({ rows, next: end < all ? end - 1 : null }),
          fail: () => fail(new Error("gone")),
        });
      }),
    SIZE,
  );
  return { pages, asked };
}

describe("a list that is read page by page", () => {
  test("asks for the next page shortly before its end is seen, once, and says when there are no more", async () => {
    const { pages, asked } = numbers(14);
    const first = pages.reload();
    asked[0]?.answer();
    await first;
    expect(pages).toMatchObject({ loaded: true, more: true });
    await pages.seen(6);
    expect(asked).toHaveLength(1);
    const second = pages.seen(7);
    await pages.seen(8);
    expect(asked).toHaveLength(2);
    expect(asked[1]).toMatchObject({ after: 9, limit: 10 });
    asked[1]?.answer();
    await second;
    expect(pages.rows).toHaveLength(14);
    expect(pages.more).toBe(false);
    await pages.seen(14);
    expect(asked).toHaveLength(2);
  });

  test("is read again as far as it stood", async () => {
    const { pages, asked } = numbers(30);
    for (const ask of [() => pages.reload(), () => pages.seen(10)]) {
      const work = ask();
      asked.at(-1)?.answer();
      await work;
    }
    void pages.reload();
    expect(asked.at(-1)).toMatchObject({ after: null, limit: 20 });
  });

  test("drops what was asked before it became another one", async () => {
    const { pages, asked } = numbers(30);
    const old = pages.reload();
    const next = pages.anew();
    asked[1]?.answer();
    await next;
    const more = pages.seen(10);
    const last = pages.anew();
    asked[0]?.answer();
    asked[2]?.answer();
    await Promise.all([old, more]);
    expect(pages.rows).toEqual([]);
    expect(pages.loaded).toBe(false);
    asked[3]?.answer();
    await last;
    expect(pages.rows).toHaveLength(10);
  });

  test("that could not be read says so and asks for no more until it is told to", async () => {
    const { pages, asked } = numbers(30);
    const first = pages.reload();
    asked[0]?.answer();
    await first;
    const second = pages.seen(10);
    asked[1]?.fail();
    await expect(second).rejects.toThrow("gone");
    expect(pages.failed).toBe(true);
    expect(pages.rows).toHaveLength(10);
    await pages.seen(10);
    expect(asked).toHaveLength(2);
    const again = pages.reload();
    expect(pages.failed).toBe(false);
    asked[2]?.answer();
    await again;
    void pages.seen(10);
    expect(asked).toHaveLength(4);
  });

  test("says nothing of a failure that nobody waits for any more", async () => {
    const { pages, asked } = numbers(30);
    const old = pages.reload();
    const next = pages.anew();
    asked[0]?.fail();
    asked[1]?.answer();
    await Promise.all([old, next]);
    expect(pages).toMatchObject({ failed: false, loaded: true });
  });
});
