// What an open place of a quick reply is called: those that the core fills have names of their own.

import { m } from "../paraglide/messages.js";

const KNOWN: Record<string, () => string> = {
  name: m.composer_replies_place_name,
  "first name": m.composer_replies_place_first,
  me: m.composer_replies_place_me,
};

export function blankWord(label: string): string {
  return (KNOWN[label] ?? (() => label))();
}
