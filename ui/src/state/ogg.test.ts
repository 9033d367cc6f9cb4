import { describe, expect, it } from "vitest";
import { oggSeconds } from "./ogg";

/** A page with one packet. */
function page(position: bigint, packet: number[]): number[] {
  const head = new DataView(new ArrayBuffer(27));
  [..."OggS"].forEach((sign, at) => head.setUint8(at, sign.charCodeAt(0)));
  head.setBigInt64(6, position, true);
  head.setUint8(26, 1);
  return [...new Uint8Array(head.buffer), packet.length, ...packet];
}
const letters = (text: string) => [...text].map((sign) => sign.charCodeAt(0));
/** Version, channels, pre-skip 312 (`0x138`), rate, gain, mapping. */
const OPUS = [...letters("OpusHead"), 1, 1, 0x38, 0x01, 0x80, 0xbb, 0, 0, 0, 0, 0];
const VORBIS = [1, ...letters("vorbis"), 0, 0, 0, 0, 1, 0x40, 0x1f, 0, 0, 0, 0, 0, 0];
/** As much of a `Blob` as is read; the one of jsdom cannot be. */
const part = (bytes: number[]): Blob =>
  ({
    size: bytes.length,
    slice: (from: number, to?: number) => part(bytes.slice(from, to)),
    arrayBuffer: async () => new Uint8Array(bytes).buffer,
  }) as unknown as Blob;
const file = (...pages: number[][]) => part(pages.flat());

describe("the length of a voice note", () => {
  it("is what its last page says, less what the decoder throws away at first", async () => {
    const long = page(
      -1n,
      Array.from({ length: 200 }, () => 7),
    );
    expect(await oggSeconds(file(page(0n, OPUS), page(96_312n, [1, 2, 3]), long))).toBe(2);
    expect(await oggSeconds(file(page(0n, VORBIS), page(12_000n, [1, 2, 3])))).toBe(1.5);
  });

  it("is unknown where the file is another, cut off or empty", async () => {
    for (const other of [
      file(),
      file(letters("OggS")),
      file(page(0n, letters("something else that is long enough"))),
      file(page(0n, OPUS)),
      file(letters("ID3 and then the sound of an MP3 that is long enough to be read")),
    ])
      expect(await oggSeconds(other)).toBeNull();
  });
});
