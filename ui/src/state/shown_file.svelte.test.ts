import { flushSync } from "svelte";
import { expect, test } from "vitest";
import type { Files } from "./files";
import { ShownFile } from "./shown_file.svelte";

test("a row that is read anew keeps its file, so that a film that loads or plays is not torn down", async () => {
  const asked: number[] = [];
  const given: number[] = [];
  const files = {
    take: (id: number) => {
      asked.push(id);
      return Promise.resolve({ url: `blob:${id}` });
    },
    give: (id: number) => given.push(id),
  } as unknown as Files;
  let row = $state.raw({ id: 7, type: "video/mp4" });
  let shown: ShownFile | undefined;
  const end = $effect.root(() => {
    shown = new ShownFile(files, () => ({ id: row.id, type: row.type }));
  });
  flushSync();
  await Promise.resolve();
  expect(shown?.file?.url).toBe("blob:7");

  row = { ...row };
  flushSync();
  expect(shown?.file?.url).toBe("blob:7");
  expect([asked, given]).toEqual([[7], []]);

  row = { id: 8, type: "video/mp4" };
  flushSync();
  await Promise.resolve();
  expect(shown?.file?.url).toBe("blob:8");
  expect([asked, given]).toEqual([[7, 8], [7]]);
  end();
  expect(given).toEqual([7, 8]);
});
