// Words for the parts of a template: what its heading is, and what this version does not know.

import { m } from "../paraglide/messages.js";

const HEADERS: Record<string, () => string> = {
  image: m.template_header_image,
  gif: m.template_header_image,
  video: m.template_header_video,
  document: m.template_header_document,
  location: m.template_header_location,
};

/** `image` as "Picture"; a kind that is new as Meta calls it. */
export function headerKind(kind: string): string {
  return HEADERS[kind]?.() ?? kind;
}

const PARTS: Record<string, () => string> = {
  catalog: m.template_part_catalog,
  mpm: m.template_part_products,
  spm: m.template_part_products,
  product: m.template_part_products,
  carousel: m.template_part_carousel,
  limited_time_offer: m.template_part_offer,
  request_contact_info: m.template_part_contact,
  flow: m.template_part_flow,
  otp: m.template_part_otp,
  voice_call: m.template_part_call,
  order_details: m.template_part_order,
};

/** What of a template cannot be sent from here, in words; Meta's own word where it is a new one. */
export function partName(part: string): string {
  const word = part.toLowerCase().split(":").at(-1) ?? part;
  return PARTS[word]?.() ?? HEADERS[word]?.() ?? word.replaceAll("_", " ");
}

export function unknownParts(parts: readonly string[]): string {
  return m.template_parts_unknown({ parts: parts.map(partName).join(", ") });
}
