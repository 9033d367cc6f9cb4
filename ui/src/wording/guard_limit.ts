// The thresholds of the guard: what each is called and does, and how its value is written.

import type { GuardSetting } from "../backend/generated/GuardSetting";
import { m } from "../paraglide/messages.js";

type Told = { name: () => string; hint: () => string };

const LIMITS: Record<string, Told> = {
  crowd: { name: m.guard_limit_crowd, hint: m.guard_limit_crowd_hint },
  same_subject: { name: m.guard_limit_same_subject, hint: m.guard_limit_same_subject_hint },
  crowd_in_trouble: { name: m.guard_limit_crowd_in_trouble, hint: m.guard_limit_crowd_in_trouble_hint },
  drip: { name: m.guard_limit_drip, hint: m.guard_limit_drip_hint },
  stranger: { name: m.guard_limit_stranger, hint: m.guard_limit_stranger_hint },
  same: { name: m.guard_limit_same, hint: m.guard_limit_same_hint },
  same_advertising: { name: m.guard_limit_same_advertising, hint: m.guard_limit_same_advertising_hint },
  unanswered_marketing: {
    name: m.guard_limit_unanswered_marketing,
    hint: m.guard_limit_unanswered_marketing_hint,
  },
  utility_people: { name: m.guard_limit_utility_people, hint: m.guard_limit_utility_people_hint },
  service_after_marketing_stop: {
    name: m.guard_limit_service_after_marketing_stop,
    hint: m.guard_limit_service_after_marketing_stop_hint,
  },
  opt_outs: { name: m.guard_limit_opt_outs, hint: m.guard_limit_opt_outs_hint },
  opt_outs_of: { name: m.guard_limit_opt_outs_of, hint: m.guard_limit_opt_outs_of_hint },
  limit_share: { name: m.guard_limit_limit_share, hint: m.guard_limit_limit_share_hint },
  yellow_batch: { name: m.guard_limit_yellow_batch, hint: m.guard_limit_yellow_batch_hint },
  spam_error_hours: { name: m.guard_limit_spam_error_hours, hint: m.guard_limit_spam_error_hours_hint },
  spam_error_days: { name: m.guard_limit_spam_error_days, hint: m.guard_limit_spam_error_days_hint },
  content_people: { name: m.guard_limit_content_people, hint: m.guard_limit_content_people_hint },
  dialogs_per_staff: { name: m.guard_limit_dialogs_per_staff, hint: m.guard_limit_dialogs_per_staff_hint },
};

/** What belongs together stands together, the most important first; what nobody knows yet comes last. */
const GROUPS: readonly { id: string; name: () => string; keys: readonly string[] }[] = [
  {
    id: "crowd",
    name: m.guard_limits_group_crowd,
    keys: ["crowd", "same_subject", "crowd_in_trouble", "drip", "stranger", "same", "same_advertising"],
  },
  {
    id: "offers",
    name: m.guard_limits_group_offers,
    keys: [
      "unanswered_marketing",
      "utility_people",
      "opt_outs",
      "opt_outs_of",
      "service_after_marketing_stop",
    ],
  },
  {
    id: "number",
    name: m.guard_limits_group_number,
    keys: ["limit_share", "yellow_batch", "spam_error_hours", "spam_error_days"],
  },
  { id: "content", name: m.guard_limits_group_content, keys: ["content_people"] },
  { id: "voice", name: m.guard_limits_group_voice, keys: ["dialogs_per_staff"] },
];

export const limitName = (key: string): string => LIMITS[key]?.name() ?? key;
export const limitHint = (key: string): string => LIMITS[key]?.hint() ?? "";

export function limitGroups(
  settings: readonly GuardSetting[],
): { id: string; name: string; settings: GuardSetting[] }[] {
  const known = new Set(GROUPS.flatMap(({ keys }) => keys));
  const groups = GROUPS.map(({ id, name, keys }) => ({
    id,
    name: name(),
    settings: keys.flatMap((key) => settings.filter((one) => one.key === key)),
  }));
  const rest = settings.filter(({ key }) => !known.has(key));
  return [...groups, { id: "other", name: m.guard_limits_group_other(), settings: rest }].filter(
    (group) => group.settings.length > 0,
  );
}

const SHARES = ["limit_share", "same", "same_advertising"];
const isShare = (key: string) => SHARES.includes(key);

/** `5`, `0.5`, `80 %`. */
export function limitValue(key: string, value: number, locale: string): string {
  const style = isShare(key) ? "percent" : "decimal";
  return new Intl.NumberFormat(locale, { style, maximumFractionDigits: isShare(key) ? 0 : 2 }).format(value);
}

/** As somebody types it, in whatever way decimals and shares are written; `null` where it is no number. */
export function typedValue(key: string, typed: string): number | null {
  const bare = typed.replace(/[\s%\u00a0\u202f]/gu, "").replace(",", ".");
  if (!/^\d+(\.\d+)?$/u.test(bare)) return null;
  return isShare(key) ? Number(bare) / 100 : Number(bare);
}
