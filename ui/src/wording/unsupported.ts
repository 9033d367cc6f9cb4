// What a message that cannot be shown here is, in people's words, by Meta's word for it (Meta, "Unsupported
// messages webhook"). A word that is new to us is shown as it came.

import { m } from "../paraglide/messages.js";
import { spoken } from "../text/spoken";

const WORDS: Record<string, () => string> = {
  poll_creation: m.conversation_what_poll,
  poll_update: m.conversation_what_poll_vote,
  edit: m.conversation_what_edit,
  pin: m.conversation_what_pin,
  keep_in_chat: m.conversation_what_pin,
  group_invite: m.conversation_what_group_invite,
  gif: m.conversation_what_gif,
  link_preview: m.conversation_what_link_preview,
  product: m.conversation_what_product,
  order: m.kind_order,
  reaction: m.conversation_what_reaction,
  button: m.kind_choice,
  list: m.kind_choice,
  interactive: m.kind_choice,
  image: m.kind_image,
  location: m.conversation_what_location,
  media_placeholder: m.conversation_what_view_once,
  hsm: m.kind_template,
};

export interface Unsupported {
  title: string;
  next: string;
}

export function unsupportedText(what: string): Unsupported {
  const word = WORDS[what]?.();
  if (word) return { title: m.conversation_unsupported({ what: word }), next: nextStep(what) };
  const named = what !== "" && what !== "unsupported" && what !== "unknown" && what !== "errors";
  return {
    title: named
      ? m.conversation_unsupported_named({ what: spoken(what, 60) })
      : m.conversation_unsupported_unknown(),
    next: nextStep(what),
  };
}

function nextStep(what: string): string {
  if (what === "edit" || what === "pin" || what === "keep_in_chat" || what === "reaction")
    return m.conversation_unsupported_nothing();
  if (what === "media_placeholder") return m.conversation_unsupported_view_once();
  return m.conversation_unsupported_next();
}
