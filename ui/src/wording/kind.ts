// The word for a kind of message, for previews without a text.

import { m } from "../paraglide/messages.js";

const WORDS: Record<string, () => string> = {
  image: m.kind_image,
  video: m.kind_video,
  audio: m.kind_sound,
  voice: m.kind_audio,
  document: m.kind_document,
  sticker: m.kind_sticker,
  location: m.kind_location,
  contacts: m.kind_contacts,
  choice: m.kind_choice,
  button: m.kind_choice,
  interactive: m.kind_choice,
  flow: m.kind_flow,
  order: m.kind_order,
  template: m.kind_template,
  buttons: m.kind_buttons,
  note: m.kind_note,
  call: m.kind_call,
  system: m.kind_line,
  number_changed: m.kind_line,
  window_closed: m.body_closed_by_meta,
  window_closed_by_meta: m.body_closed_by_meta,
  unsupported: m.kind_unsupported,
};

export function kindWord(kind: string): string {
  if (kind === "" || kind === "text") return "";
  return (WORDS[kind] ?? m.kind_unsupported)();
}
