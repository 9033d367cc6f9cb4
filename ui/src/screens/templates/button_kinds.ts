// The buttons that can be written, with their signs and names; and those an existing template may have beside them.

import ClipboardList from "@lucide/svelte/icons/clipboard-list";
import Contact from "@lucide/svelte/icons/contact";
import Link from "@lucide/svelte/icons/link";
import Phone from "@lucide/svelte/icons/phone";
import Reply from "@lucide/svelte/icons/reply";
import ShoppingBag from "@lucide/svelte/icons/shopping-bag";
import Ticket from "@lucide/svelte/icons/ticket";
import { m } from "../../paraglide/messages.js";

interface Kind {
  kind: string;
  icon: typeof Reply;
  text: () => string;
}

export const KINDS: readonly Kind[] = [
  { kind: "quick_reply", icon: Reply, text: m.editor_add_quick_reply },
  { kind: "url", icon: Link, text: m.editor_add_url },
  { kind: "phone_number", icon: Phone, text: m.editor_add_phone_number },
  { kind: "copy_code", icon: Ticket, text: m.editor_add_copy_code },
  { kind: "flow", icon: ClipboardList, text: m.editor_add_flow },
  { kind: "request_contact_info", icon: Contact, text: m.editor_add_request_contact_info },
];

const KEPT: readonly Kind[] = [
  { kind: "voice_call", icon: Phone, text: m.editor_button_voice_call },
  { kind: "catalog", icon: ShoppingBag, text: m.editor_button_catalog },
];

export function kindOf(kind: string): Kind {
  return [...KINDS, ...KEPT].find((one) => one.kind === kind) ?? { kind, icon: Reply, text: () => kind };
}
