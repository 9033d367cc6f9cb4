// Words for what Meta says about templates.

import type { TemplateObstacle } from "../backend/generated/TemplateObstacle";
import type { TemplateView } from "../backend/generated/TemplateView";
import { m } from "../paraglide/messages.js";
import { clockLeft, HOUR } from "../text/countdown";
import { dateText, spanText, timeOrDay } from "../text/moments";
import { noOptInText, optedOutText } from "./consent";
import { partName } from "./template_part";

export function templateStatus(status: string): string {
  switch (status.toUpperCase()) {
    case "PAUSED":
      return m.template_status_paused();
    case "REJECTED":
      return m.template_status_rejected();
    case "DISABLED":
      return m.template_status_disabled();
    case "PENDING":
    case "IN_APPEAL":
      return m.template_status_pending();
    case "DELETED":
    case "PENDING_DELETION":
      return m.template_status_deleted();
    default:
      return m.template_status_other({ status });
  }
}

const REASONS: Record<string, () => string> = {
  INCORRECT_CATEGORY: m.rejection_category,
  TAG_CONTENT_MISMATCH: m.rejection_category,
  INVALID_FORMAT: m.rejection_format,
  PROMOTIONAL: m.rejection_promotional,
  ABUSIVE_CONTENT: m.rejection_abusive,
  SCAM: m.rejection_scam,
  NONE: m.rejection_other,
};

/** Meta's word for why, in the reader's; one that is new as Meta writes it. */
export function rejectionReason(reason: string): string {
  return REASONS[reason.toUpperCase()]?.() ?? reason.toLowerCase().replaceAll("_", " ");
}

/** Time that is left: seconds in the last hour, else as coarse as it may be. */
const left = (ms: number, locale: string) => (ms < HOUR ? clockLeft(ms) : spanText(ms, locale));

/** Why a template cannot be picked, and until when. */
export function obstacleText(
  obstacle: TemplateObstacle,
  template: Pick<TemplateView, "rejection"> | null,
  now: number,
  locale: string,
): string {
  switch (obstacle.reason) {
    case "in_review":
      return m.template_status_pending();
    case "rejected":
      return template?.rejection
        ? m.obstacle_rejected({ reason: rejectionReason(template.rejection.reason) })
        : m.template_status_rejected();
    case "paused": {
      const { until } = obstacle;
      if (until === null) return m.template_status_paused();
      if (until <= now) return m.obstacle_paused_over();
      const when = timeOrDay(until, now, locale);
      return m.obstacle_paused_until({ when, left: left(until - now, locale) });
    }
    case "disabled":
      return m.template_status_disabled();
    case "status":
      return templateStatus(obstacle.status);
    case "authentication":
      return m.obstacle_authentication();
    case "parts":
      return m.obstacle_parts({ parts: obstacle.parts.map(partName).join(", ") });
    case "over_limit": {
      const { until } = obstacle;
      if (until === null || until <= now) return m.obstacle_over_limit();
      const when = timeOrDay(until, now, locale);
      return m.obstacle_over_limit_until({ when, left: left(until - now, locale) });
    }
    case "opted_out":
      return optedOutText(obstacle, now, locale).sentence;
    case "no_opt_in":
      return noOptInText(obstacle).sentence;
  }
}

export function templateCategory(category: string): string {
  switch (category.toUpperCase()) {
    case "UTILITY":
      return m.category_utility();
    case "MARKETING":
      return m.category_marketing();
    case "AUTHENTICATION":
      return m.category_authentication();
    default:
      return category;
  }
}

/** The class of price on Meta's bill. */
export function billedAs(category: string): string {
  switch (category.toUpperCase()) {
    case "UTILITY":
      return m.picker_billed_utility();
    case "MARKETING":
      return m.picker_billed_marketing();
    case "AUTHENTICATION":
      return m.picker_billed_authentication();
    default:
      return m.picker_billed_other({ category: category.toLowerCase() });
  }
}

/** Another class of price that Meta has announced. */
export function movesText(template: TemplateView, locale: string): string | null {
  const move = template.moves_to;
  if (!move) return null;
  const category = templateCategory(move.to);
  return move.at === null
    ? m.picker_moves_soon({ category })
    : m.picker_moves({ category, when: dateText(move.at, locale) });
}

/** `null` where Meta has no opinion yet. */
export function qualityText(quality: string): string | null {
  switch (quality.toUpperCase()) {
    case "GREEN":
      return m.picker_quality_green();
    case "YELLOW":
      return m.picker_quality_yellow();
    case "RED":
      return m.picker_quality_red();
    default:
      return null;
  }
}
