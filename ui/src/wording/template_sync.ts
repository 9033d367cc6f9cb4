// How fresh the list of templates is, and what to do when Meta did not give it.

import type { SyncFailure } from "../backend/generated/SyncFailure";
import type { TemplateSync } from "../backend/generated/TemplateSync";
import { m } from "../paraglide/messages.js";
import { agoText } from "../text/moments";

export function syncText(sync: TemplateSync, now: number, locale: string): string {
  const number = (count: number) => count.toLocaleString(locale);
  const total = number(sync.total);
  if (sync.running !== null) {
    const loaded = number(sync.running);
    return sync.total > 0 ? m.picker_syncing({ loaded, total }) : m.picker_syncing_some({ loaded });
  }
  if (sync.at === null) return m.picker_sync_never();
  return m.picker_synced({ ago: agoText(sync.at, now, locale), loaded: number(sync.loaded), total });
}

/** Codes of Meta's for a token that no longer opens anything, and for calls that came too fast. */
const TOKEN = [0, 10, 102, 190, 200];
const TOO_FAST = [4, 17, 80007, 130429];

export function syncFailureText(failure: SyncFailure, now: number, locale: string): string {
  const { code, details } = failure;
  if (code === null) return m.picker_sync_offline({ ago: agoText(failure.at, now, locale) });
  if (TOKEN.includes(code)) return m.picker_sync_signin({ code });
  if (TOO_FAST.includes(code)) return m.picker_sync_wait({ code });
  return m.picker_sync_refused({ code, details });
}
