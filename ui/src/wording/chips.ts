// The words of search chips in the reader's language.

import { m } from "../paraglide/messages.js";
import { dateText } from "../text/moments";
import type { Chip, ChipKind, ChipWords, Has } from "../text/chips";

const NAMES: Record<ChipKind, () => string> = {
  from: m.search_chip_from,
  has: m.search_chip_has,
  before: m.search_chip_before,
  after: m.search_chip_after,
  label: m.search_chip_label,
  in: m.search_chip_in,
};
const TIPS: Record<ChipKind, () => string> = {
  from: m.search_tip_from,
  has: m.search_tip_has,
  before: m.search_tip_before,
  after: m.search_tip_after,
  label: m.search_tip_label,
  in: m.search_tip_in,
};
const HAS: Record<Has, () => string> = {
  image: m.search_has_image,
  video: m.search_has_video,
  audio: m.search_has_audio,
  document: m.search_has_document,
  location: m.search_has_location,
  contact: m.search_has_contact,
  sticker: m.search_has_sticker,
  link: m.search_has_link,
  note: m.search_has_note,
};

/** `from:`, as it may be typed in this language. */
export const chipName = (kind: ChipKind): string => `${NAMES[kind]()}:`;
export const chipTip = (kind: ChipKind): string => TIPS[kind]();
export const chipText = (chip: Chip): string => `${chipName(chip.kind)} ${chip.text}`;

export function chipWords(locale: string): ChipWords {
  return { has: (kind) => HAS[kind](), me: m.search_me, date: (at) => dateText(at, locale) };
}
