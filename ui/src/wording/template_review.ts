// Words for the state of a template at Meta: what it is in, why, and what to do about it.

import type { CategoryMove } from "../backend/generated/CategoryMove";
import type { SubmitResult } from "../backend/generated/SubmitResult";
import type { TemplateActionResult } from "../backend/generated/TemplateActionResult";
import { m } from "../paraglide/messages.js";
import type { News } from "../state/template_news";
import { languageIn } from "../text/languages";

type Sentence = (() => string) | undefined;
const messages = m as unknown as Record<string, Sentence>;
const look = (key: string): string | null => messages[key]?.() ?? null;

export function statusText(status: string): string {
  return look(`review_status_${status.toUpperCase()}`) ?? m.review_status_other({ status });
}

export function qualityText(quality: string): string {
  return look(`review_quality_${quality.toUpperCase()}`) ?? m.review_quality_UNKNOWN();
}

export function categoryText(category: string): string {
  return look(`review_category_${category.toUpperCase()}`) ?? category;
}

export function reasonText(reason: string): string {
  return look(`review_reason_${reason}`) ?? reason.replaceAll("_", " ");
}

export interface Told {
  sentence: string;
  next: string;
}

export const REJECTIONS = [
  "ABUSIVE_CONTENT",
  "INCORRECT_CATEGORY",
  "INVALID_FORMAT",
  "PROMOTIONAL",
  "SCAM",
  "TAG_CONTENT_MISMATCH",
];

/** Why Meta rejected it, and what to change. */
export function rejectionText(reason: string): Told {
  const known = REJECTIONS.includes(reason.toUpperCase()) ? reason.toUpperCase() : "other";
  const why = known === "other" ? m.review_why_other({ reason: reason || "–" }) : look(`review_why_${known}`);
  return { sentence: m.review_rejected({ why: why ?? "" }), next: look(`review_do_${known}`) ?? "" };
}

/** `when`: the moment in words. */
export function moveText(move: CategoryMove, when: string): Told {
  const to = move.to.toUpperCase();
  if (to === "MARKETING")
    return { sentence: m.review_move_MARKETING({ when }), next: m.review_cost_MARKETING() };
  if (to === "UTILITY") return { sentence: m.review_move_UTILITY({ when }), next: m.review_cost_UTILITY() };
  return { sentence: m.review_move_other({ when, category: categoryText(to) }), next: m.review_cost_other() };
}

/** Meta, "Error codes", and the further numbers of templates; null: only Meta's own words say it. */
const REFUSALS: Readonly<Record<number, () => string>> = {
  10: m.editor_refused_access,
  200: m.editor_refused_access,
  80008: m.editor_refused_often,
  2388019: m.editor_refused_limit,
  2388023: m.editor_refused_name,
  2388024: m.editor_refused_name,
  2388039: m.editor_refused_status,
  2388040: m.editor_refused_long,
  2388047: m.editor_refused_header,
  2388072: m.editor_refused_body,
  2388073: m.editor_refused_footer,
  2388293: m.editor_refused_variables,
  2388299: m.editor_refused_edge,
};

export function submitText(result: Exclude<SubmitResult, { outcome: "handed_in" }>): Told {
  switch (result.outcome) {
    case "findings":
      return { sentence: m.editor_result_findings(), next: "" };
    case "doubtful":
      return { sentence: m.editor_result_doubtful(), next: m.editor_result_doubtful_next() };
    case "not_reached":
      return { sentence: m.editor_result_not_reached(), next: m.editor_result_not_reached_next() };
    case "refused": {
      const { code, title, details } = result;
      if (code === 0 && title === "app_unknown")
        return { sentence: m.editor_result_app_unknown(), next: m.editor_result_app_unknown_next() };
      if (code === 0 && title === "not_offered")
        return { sentence: m.editor_result_not_offered(), next: m.editor_result_not_offered_next() };
      const own = m.editor_refused_other({ details: details || title, code });
      const why = REFUSALS[code]?.() ?? own;
      const next = REFUSALS[code] && details ? m.review_meta_says({ text: details }) : "";
      return {
        sentence: m.editor_result_refused({ why }),
        next: [next, m.editor_result_refused_next()].filter(Boolean).join(" "),
      };
    }
  }
}

/** What came of deleting or unpausing; null where it is done. */
export function actionText(result: TemplateActionResult): string | null {
  if (result.outcome === "done") return null;
  if (result.outcome === "not_reached") return m.review_action_unreached();
  return m.review_action_refused({ details: REFUSALS[result.code]?.() ?? (result.details || result.title) });
}

/** What was heard of a template that waited for Meta. */
export function newsText({ kind, template }: News, locale: string): string {
  const told = { name: template.name, language: languageIn(template.language, locale) };
  return kind === "approved" ? m.review_toast_approved(told) : m.review_toast_rejected(told);
}
