import { expect, test } from "vitest";
import type { PersonHit } from "../backend/generated/PersonHit";
import type { SearchQuery } from "../backend/generated/SearchQuery";
import { People } from "./people.svelte";

function stage() {
  const calls: { text: string; answer(names: string[]): Promise<void>; fail(): Promise<void> }[] = [];
  const reported: unknown[] = [];
  const people = new People(
    {
      search: ({ text }: SearchQuery) =>
        new Promise((resolve, reject) =>
          calls.push({
            text,
            async answer(names) {
              const people = names.map(
                (text) => ({ name: { text, phone: null, username: null } }) as PersonHit,
              );
              resolve({ people, hits: [], next: null });
              await new Promise((done) => setTimeout(done));
            },
            async fail() {
              reject(new Error("broken"));
              await new Promise((done) => setTimeout(done));
            },
          }),
        ),
    },
    (error) => reported.push(error),
  );
  return { people, calls, reported, names: () => people.hits.map(({ name }) => name.text) };
}

test("the first letters are asked for at once, and of those typed meanwhile the last", async () => {
  const { people, calls, names } = stage();
  for (const text of ["m", "ma", "mar"]) people.ask(text);
  expect(calls.map(({ text }) => text)).toEqual(["m"]);
  await calls[0]?.answer(["Murat"]);
  expect(names()).toEqual([]);
  expect(calls.map(({ text }) => text)).toEqual(["m", "mar"]);
  await calls[1]?.answer(["Marta"]);
  expect(names()).toEqual(["Marta"]);
});

test("nothing typed is nobody found, whatever is still under way", async () => {
  const { people, calls, names } = stage();
  people.ask("mar");
  people.ask("");
  await calls[0]?.answer(["Marta"]);
  expect(names()).toEqual([]);
  expect(calls.length).toBe(1);
});

test("a failure is told, and the next letters are asked for", async () => {
  const { people, calls, reported, names } = stage();
  people.ask("mar");
  await calls[0]?.fail();
  expect(reported.length).toBe(1);
  people.ask("mart");
  await calls[1]?.answer(["Marta"]);
  expect(names()).toEqual(["Marta"]);
});
