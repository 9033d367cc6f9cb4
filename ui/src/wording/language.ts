import { languageName } from "../text/languages";

/** A language written in itself, so that whoever needs it can read it. */
export function ownName(tag: string): string {
  return languageName(tag, tag);
}
