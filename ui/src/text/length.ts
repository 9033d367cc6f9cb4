// How long a text is to the platform, which counts characters as people see code points, not UTF-16 units.

/** Meta's limit for the body of a text message. */
export const TEXT_LIMIT = 4096;
/** Meta's limit for the words under a picture, a video or a document. */
export const CAPTION_LIMIT = 1024;
/** With this many left they are shown. */
export const NEARLY = 296;

export function textLength(text: string): number {
  const pairs = text.match(/[\u{10000}-\u{10ffff}]/gu)?.length ?? 0;
  return text.length - pairs;
}
