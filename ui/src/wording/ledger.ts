// Words for the ledger as a managers' screen: what happened, which list is which, what a file is for.

import type { ExportFormat } from "../backend/generated/ExportFormat";
import { m } from "../paraglide/messages.js";

const EVENTS: Record<string, () => string> = {
  asked: m.consents_event_asked,
  granted: m.consents_event_granted,
  confirmed: m.consents_event_confirmed,
  claimed: m.consents_event_claimed,
  paused: m.consents_event_paused,
  withdrawn: m.consents_event_withdrawn,
  questioned: m.consents_event_questioned,
  dismissed: m.consents_event_dismissed,
  expired: m.consents_event_expired,
  corrected: m.consents_event_corrected,
  used: m.consents_event_used,
  merged: m.consents_event_merged,
  erased: m.consents_event_erased,
};
/** A word of a later version is shown as it stands. */
export const eventName = (event: string): string => EVENTS[event]?.() ?? event;

const SOURCES: Record<string, () => string> = {
  platform: m.consents_time_platform,
  laptop: m.consents_time_laptop,
  stated: m.consents_time_stated,
};
export const timeSource = (source: string): string => SOURCES[source]?.() ?? source;

const LISTS: Record<string, { name: () => string; hint: () => string; empty: () => string }> = {
  offers_today: {
    name: m.consents_list_offers_today,
    hint: m.consents_list_offers_today_hint,
    empty: m.consents_empty_offers_today,
  },
  never_contact: {
    name: m.consents_list_never_contact,
    hint: m.consents_list_never_contact_hint,
    empty: m.consents_empty_never_contact,
  },
  unconfirmed: {
    name: m.consents_list_unconfirmed,
    hint: m.consents_list_unconfirmed_hint,
    empty: m.consents_empty_unconfirmed,
  },
  "": { name: m.consents_list_all, hint: m.consents_list_all_hint, empty: m.consents_empty_all },
};
export const listName = (list: string): string => LISTS[list]?.name() ?? list;
export const listHint = (list: string): string => LISTS[list]?.hint() ?? "";
export const listEmpty = (list: string): string => LISTS[list]?.empty() ?? "";

const FORMATS: Record<ExportFormat, { name: () => string; text: () => string }> = {
  xlsx: { name: m.consents_format_xlsx, text: m.consents_format_xlsx_text },
  csv_semicolon: { name: m.consents_format_csv_semicolon, text: m.consents_format_csv_semicolon_text },
  csv: { name: m.consents_format_csv, text: m.consents_format_csv_text },
  pdf: { name: m.consents_format_pdf, text: m.consents_format_pdf_text },
  shopify: { name: m.consents_format_shopify, text: m.consents_format_shopify_text },
  json_lines: { name: m.consents_format_json_lines, text: m.consents_format_json_lines_text },
  person_pdf: { name: m.consents_format_person_pdf, text: m.consents_format_person_pdf_text },
  access_pdf: { name: m.consents_format_access_pdf, text: m.consents_format_access_pdf_text },
  person_json: { name: m.consents_format_person_json, text: m.consents_format_person_json_text },
};
export const formatName = (format: ExportFormat): string => FORMATS[format].name();
export const formatText = (format: ExportFormat): string => FORMATS[format].text();

const BROKEN: Record<string, () => string> = {
  changed: m.consents_broken_changed,
  missing: m.consents_broken_missing,
  out_of_place: m.consents_broken_out_of_place,
  personal_changed: m.consents_broken_personal_changed,
  signature: m.consents_broken_signature,
};
export const brokenText = (why: string): string => BROKEN[why]?.() ?? why;

const DUE: Record<string, () => string> = {
  withdrawn: m.consents_due_withdrawn,
  unused: m.consents_due_unused,
  claimed: m.consents_due_claimed,
};
export const dueText = (why: string): string => DUE[why]?.() ?? why;

const KINDS: Record<string, () => string> = {
  signature: m.consents_evidence_signature,
  photo: m.consents_evidence_photo,
  scan: m.consents_evidence_scan,
};
export const evidenceKind = (kind: string): string => KINDS[kind]?.() ?? kind;

const WARNINGS: Record<string, () => string> = {
  window_open: m.consents_erase_window_open,
  sending: m.consents_erase_sending,
};
/** What somebody should know before a person is erased. */
export const warningText = (warning: string): string => WARNINGS[warning]?.() ?? warning;
