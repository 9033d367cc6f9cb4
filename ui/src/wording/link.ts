// What is odd about an address, in plain words.

import { m } from "../paraglide/messages.js";
import type { LinkParts, LinkTrick } from "../text/links";

export function trickText(trick: LinkTrick, parts: LinkParts): string {
  switch (trick) {
    case "userinfo":
      return m.conversation_link_userinfo({ host: parts.host });
    case "mixed_script":
      return m.conversation_link_mixed({ written: parts.written ?? parts.host });
    case "foreign_letters":
      return parts.written === null || parts.written.startsWith("xn--")
        ? m.conversation_link_punycode()
        : m.conversation_link_foreign({ written: parts.written });
    case "number":
      return m.conversation_link_number();
    case "port":
      return m.conversation_link_port();
    case "http":
      return m.conversation_link_http();
  }
}
