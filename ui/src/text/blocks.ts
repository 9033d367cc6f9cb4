// WhatsApp's marks for whole lines: `> ` quotes, `- ` or `* ` bullets, `1. ` numbers. What stands within three
// backticks is left alone, however many lines it has.

export type Block =
  | { kind: "lines"; text: string }
  | { kind: "quote"; text: string }
  | { kind: "list"; first: number | null; items: string[] };

/** More lines of this kind are text: no message needs them, and each is an element. */
const MOST = 300;

const QUOTE = /^> ?(?=\S)/u;
const BULLET = /^[-*•] +(?=\S)/u;
const NUMBER = /^(\d{1,3})\. +(?=\S)/u;

export function parseBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  const lines = text.split("\n");
  const fenced = linesInFences(lines);
  let marked = 0;
  lines.forEach((line, at) => {
    const last = blocks.at(-1);
    if (!fenced.has(at) && marked < MOST) {
      const quote = QUOTE.exec(line);
      const bullet = BULLET.exec(line);
      const number = NUMBER.exec(line);
      if (quote || bullet || number) marked++;
      if (quote) {
        const rest = line.slice(quote[0].length);
        if (last?.kind === "quote") last.text += `\n${rest}`;
        else blocks.push({ kind: "quote", text: rest });
        return;
      }
      const sign = bullet ?? number;
      if (sign) {
        const first = number ? Number(number[1]) : null;
        const item = line.slice(sign[0].length);
        // A number out of turn begins a list of its own, so that it reads as it was written.
        const follows =
          last?.kind === "list" &&
          (first === null || last.first === null
            ? first === last.first
            : last.first + last.items.length === first);
        if (follows && last?.kind === "list") last.items.push(item);
        else blocks.push({ kind: "list", first, items: [item] });
        return;
      }
    }
    if (last?.kind === "lines") last.text += `\n${line}`;
    else blocks.push({ kind: "lines", text: line });
  });
  return blocks;
}

/** Lines that stand, wholly or in part, between three backticks that are closed again. */
function linesInFences(lines: readonly string[]): Set<number> {
  const inside = new Set<number>();
  let open = -1;
  lines.forEach((line, at) => {
    for (let found = line.indexOf("```"); found >= 0; found = line.indexOf("```", found + 3)) {
      if (open < 0) open = at;
      else {
        for (let one = open; one <= at; one++) inside.add(one);
        open = -1;
      }
    }
  });
  return inside;
}
