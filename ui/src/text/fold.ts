// A long text shows its beginning: 64 kilobytes in one bubble are for those who ask for them.

const LINES = 40;
const CHARS = 2400;

/** `null` where the text is short enough to be shown whole. */
export function beginningOf(text: string): string | null {
  if (text.length <= CHARS && !longerThan(text, LINES)) return null;
  let end = Math.min(CHARS, text.length);
  let line = 0;
  for (let at = text.indexOf("\n"); at >= 0 && at < end; at = text.indexOf("\n", at + 1))
    if (++line === LINES) end = at;
  return text.slice(0, boundary(text, end));
}

/** For where there is room for a line or two: no longer than this, whatever somebody calls himself. */
export function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, boundary(text, most))}…`;
}

/** No text of WhatsApp's is longer. Beyond it, each stretch is laid out by itself: a wall must not hold up the window. */
const STRETCH = 8192;

/** The whole text in parts, cut between lines where there are lines. */
export function stretches(text: string): string[] {
  const parts: string[] = [];
  let from = 0;
  while (text.length - from > STRETCH) {
    const end = from + STRETCH;
    const line = text.lastIndexOf("\n", end - 1);
    const to = line > from + STRETCH / 2 ? line + 1 : boundary(text, end);
    parts.push(text.slice(from, to));
    from = to;
  }
  parts.push(text.slice(from));
  return parts;
}

function longerThan(text: string, lines: number): boolean {
  let count = 1;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1))
    if (++count > lines) return true;
  return false;
}

/** Not through the middle of an emoji: a sign goes as a whole. */
function boundary(text: string, end: number): number {
  const from = Math.max(0, end - 64);
  const around = new Intl.Segmenter().segment(text.slice(from, end + 64));
  return from + (around.containing(end - from)?.index ?? end - from);
}

/** What most messages begin with, and no emoji does: they need not be looked at any closer. */
const LETTER_FIRST = /^\s*\p{L}/u;
const JUMBO = new RegExp("^(?:\\p{RGI_Emoji}\\s*){1,3}$", "v");

/** One to three emoji and nothing else are shown large. */
export function isJumbo(text: string): boolean {
  return text.length < 64 && !LETTER_FIRST.test(text) && JUMBO.test(text.trim());
}
