// How long an Ogg file plays (every voice note of WhatsApp is one): its pages say so, nothing has to be decoded.
// After RFC 3533 (pages) and RFC 7845 (Opus, whose time runs at 48 kHz and begins after the pre-skip).

const PAGE_HEAD = 27;
/** A page is never longer. */
const LONGEST_PAGE = PAGE_HEAD + 255 + 255 * 255;
const OPUS_RATE = 48_000;

const word = (view: DataView, at: number, text: string) =>
  at + text.length <= view.byteLength &&
  [...text].every((sign, index) => view.getUint8(at + index) === sign.charCodeAt(0));

/** Seconds; `null` for what is no Ogg file or does not say. */
export async function oggSeconds(blob: Blob): Promise<number | null> {
  const [head, tail] = await Promise.all([
    blob.slice(0, 128).arrayBuffer(),
    blob.slice(Math.max(0, blob.size - LONGEST_PAGE)).arrayBuffer(),
  ]);
  const first = new DataView(head);
  if (!word(first, 0, "OggS") || first.byteLength < PAGE_HEAD + 20) return null;
  const packet = PAGE_HEAD + first.getUint8(PAGE_HEAD - 1);
  const [rate, skip] = word(first, packet, "OpusHead")
    ? [OPUS_RATE, first.getUint16(packet + 10, true)]
    : word(first, packet, "\u0001vorbis")
      ? [first.getUint32(packet + 12, true), 0]
      : [0, 0];
  const end = lastPosition(new DataView(tail));
  return rate > 0 && end !== null && end > skip ? (end - skip) / rate : null;
}

/** The position that the last page states; the one of a page on which no packet ends is −1. */
function lastPosition(view: DataView): number | null {
  for (let at = view.byteLength - PAGE_HEAD; at >= 0; at--) {
    if (!word(view, at, "OggS")) continue;
    const position = view.getBigInt64(at + 6, true);
    if (position >= 0n) return Number(position);
  }
  return null;
}
