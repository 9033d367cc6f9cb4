// What may stand in a slot of a template, and how its text looks with what stands there. Meta refuses bad values
// only at sending time; saying it while someone types is kinder.

import type { SlotFault } from "../backend/generated/SlotFault";
import type { SlotKind } from "../backend/generated/SlotKind";
import { textLength } from "./length";

export type { SlotFault };

/** The kinds whose value is the id of a file. */
export const FILE_KINDS: readonly SlotKind[] = ["image", "video", "document"];

export function isFileKind(kind: SlotKind): kind is "image" | "video" | "document" {
  return FILE_KINDS.includes(kind);
}

/** With a point or a comma, as people write it. */
const NUMBER = /^-?\d{1,3}([.,]\d+)?$/u;

function isDegrees(value: string, key: string): boolean {
  const most = key.endsWith(":latitude") ? 90 : 180;
  return NUMBER.test(value) && Math.abs(Number(value.replace(",", "."))) <= most;
}

/** The first thing that Meta would refuse, or `null`. `max` in characters, as the slot says. */
export function slotFault(
  value: string,
  kind: SlotKind = "text",
  max: number | null = null,
  key = "",
): SlotFault | null {
  if (value.trim() === "") return { fault: "empty" };
  if (isFileKind(kind)) return null;
  if (kind === "moment") return /^\d+$/u.test(value) ? null : { fault: "not_a_moment" };
  if (kind === "number") return isDegrees(value.trim(), key) ? null : { fault: "not_a_number" };
  if (/[\r\n]/u.test(value)) return { fault: "line_break" };
  if (value.includes("\t")) return { fault: "tab" };
  if (kind === "url_suffix" && /\s/u.test(value.trim())) return { fault: "space_in_address" };
  if (/ {5,}/u.test(value)) return { fault: "spaces" };
  const length = textLength(value);
  return max !== null && length > max ? { fault: "too_long", length, limit: max } : null;
}

/** The faults that are mended without asking what was meant. */
export const MENDABLE: readonly SlotFault["fault"][] = ["line_break", "tab", "spaces"];

/** In one line, with no more than single spaces where something was to go. */
export function mended(value: string): string {
  return value
    .replace(/\s*[\r\n\t]\s*/gu, " ")
    .replace(/ {5,}/gu, " ")
    .trim();
}

/** The part that a slot belongs to: slots of one part share its budget of characters. */
export function partOf(key: string): string {
  return key.split(":").slice(0, -1).join(":");
}

const PLACEHOLDER = /\{\{\s*(\w+)\s*\}\}/gu;

/** `{{1}}` and `{{first_name}}` replaced where there is a value; the others stay as they are. */
export function fillText(text: string, part: string, values: Readonly<Record<string, string>>): string {
  return text.replace(PLACEHOLDER, (whole, label: string) => values[`${part}:${label}`] || whole);
}

/** The end of a button's address has no label in its key. */
export function fillAddress(url: string, value: string | undefined): string {
  return url.replace(PLACEHOLDER, (whole) => value || whole);
}

/** What stands before the placeholder of an address. */
export function addressPrefix(url: string): string {
  return url.replace(PLACEHOLDER, "");
}

export interface FilledPart {
  text: string;
  /** A slot that has no value yet: `text` is its label. */
  open: boolean;
}

/** Cut at the placeholders that are still open. */
export function openSlots(text: string): FilledPart[] {
  return text
    .split(/(\{\{\s*\w+\s*\}\})/gu)
    .filter(Boolean)
    .map((piece) => {
      const label = /^\{\{\s*(\w+)\s*\}\}$/u.exec(piece)?.[1];
      return label ? { text: label.replaceAll("_", " "), open: true } : { text: piece, open: false };
    });
}
