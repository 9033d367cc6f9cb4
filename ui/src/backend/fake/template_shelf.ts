// Templates as they look after half a year: used, paused, rejected, moved, forgotten. For looking at the review.

import type { TemplateView } from "../generated/TemplateView";
import { DAY } from "./world";

type Lived = (now: number) => Partial<TemplateView>;

const LIVES: Record<string, Lived> = {
  "order_ready de": (now) => ({
    favourite: true,
    last_used_at: now - 3 * 3_600_000,
    checked_at: now - 20 * DAY,
    figures: { sent: 412, delivered: 405, read: 371, answered: 158, failed: 7 },
  }),
  "order_ready en": (now) => ({
    last_used_at: now - 4 * DAY,
    known_since: now - 260 * DAY,
    figures: { sent: 40, delivered: 39, read: 30, answered: 12, failed: 1 },
  }),
  "order_ready pt_BR": (now) => ({
    status: "PENDING",
    quality: "UNKNOWN",
    obstacle: { reason: "in_review" },
    known_since: now - 600_000,
  }),
  "reopen_question de": (now) => ({
    last_used_at: now - 2 * DAY,
    known_since: now - 90 * DAY,
    figures: { sent: 62, delivered: 60, read: 55, answered: 36, failed: 2 },
  }),
  "reopen_question en": (now) => ({ known_since: now - 90 * DAY, quality: "UNKNOWN" }),
  "reopen_question pt_BR": (now) => ({ known_since: now - 90 * DAY, quality: "UNKNOWN" }),
  "appointment_reminder de": (now) => ({
    last_used_at: now - 9 * DAY,
    known_since: now - 120 * DAY,
    moves_to: { to: "MARKETING", at: now + DAY },
    figures: { sent: 118, delivered: 116, read: 99, answered: 41, failed: 2 },
  }),
  "spring_offer de": (now) => ({
    last_used_at: now - DAY,
    known_since: now - 60 * DAY,
    obstacle: { reason: "paused", until: now + 2 * 3_600_000 },
    figures: { sent: 240, delivered: 221, read: 96, answered: 4, failed: 19 },
  }),
  "spring_offer en": (now) => ({
    known_since: now - DAY,
    rejection: {
      reason: "INVALID_FORMAT",
      recommendation: "Variables can't be at the start or end of the template.",
    },
  }),
  "new_hours en": (now) => ({
    known_since: now - 400 * DAY,
    quality: "YELLOW",
    last_used_at: now - 200 * DAY,
  }),
  "new_collection en": (now) => ({ known_since: now - 30 * DAY }),
};

export function livedIn(views: readonly TemplateView[], now: number): TemplateView[] {
  return views.map((view) => ({ ...view, ...LIVES[`${view.name} ${view.language}`]?.(now) }));
}
