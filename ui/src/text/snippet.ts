// A search hit's text arrives with the hit between U+0002 and U+0003; it is drawn as text, never as markup.

export interface SnippetPart {
  text: string;
  hit: boolean;
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
