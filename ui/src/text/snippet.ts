// A search hit's text arrives with the hit between U+0002 and U+0003; it is drawn as text, never as markup.

export interface SnippetPart {
  text: string;
  hit: boolean;
}

/** The same parts as they are shown: where signs were put between those that were found, a hit goes on over them. */
export function shownParts(parts: readonly SnippetPart[], shown: string): SnippetPart[] {
  const found = parts.flatMap(({ text, hit }) => [...text].map((sign) => ({ sign, hit })));
  const out: SnippetPart[] = [];
  let at = 0;
  for (const sign of shown) {
    const same = found[at]?.sign === sign;
    const hit = same ? Boolean(found[at]?.hit) : Boolean(found[at - 1]?.hit && found[at]?.hit);
    if (same) at++;
    const last = out.at(-1);
    if (last?.hit === hit) last.text += sign;
    else out.push({ text: sign, hit });
  }
  return out;
}

export function snippetParts(snippet: string): SnippetPart[] {
  const parts: SnippetPart[] = [];
  let hit = false;
  let text = "";
  const push = () => {
    if (text) parts.push({ text, hit });
    text = "";
  };
  for (const sign of snippet) {
    if (sign === "\u0002" || sign === "\u0003") {
      push();
      hit = sign === "\u0002";
    } else text += sign;
  }
  push();
  return parts;
}
