// A sentence for every rule that a draft of a template can break. The rules are named by the core
// (`cloud_api::template::check` and `inbox::template::lint`); a test holds this table against them. A rule that is
// new says its name and its values.

import type { FindingSeverity } from "../backend/generated/FindingSeverity";
import type { TemplateFinding } from "../backend/generated/TemplateFinding";
import { m } from "../paraglide/messages.js";
import { locale } from "../state/locale.svelte";
import { dateAndTime } from "../text/moments";
import { categoryText, statusText } from "./template_review";

type Values = { v1: string };

const one = (sentence: (values: Values) => string) => (values: readonly string[]) =>
  sentence({ v1: values[0] ?? "" });

/** A value that is a moment: Unix milliseconds. */
const moment = (sentence: (values: Values) => string) => (values: readonly string[]) =>
  sentence({ v1: dateAndTime(Number(values[0] ?? 0), locale.formats) });

export const RULES: Readonly<Record<string, (values: readonly string[], part: string) => string>> = {
  missing: (_, part) => {
    if (part.endsWith(":value")) return m.rule_missing_flow();
    return part === "name"
      ? m.rule_missing_name()
      : part === "body"
        ? m.rule_missing_body()
        : m.rule_missing();
  },
  name_characters: () => m.rule_name_characters(),
  name_taken: () => m.rule_name_taken(),
  name_blocked: one(m.rule_name_blocked),
  edited_lately: moment(m.rule_edited_lately),
  edits_used_up: moment(m.rule_edits_used_up),
  not_editable: ([status = ""]) => m.rule_not_editable({ v1: statusText(status) }),
  category_unknown: () => m.rule_category_unknown(),
  category_fixed: ([category = ""]) => m.rule_category_fixed({ v1: categoryText(category) }),
  too_long: one(m.rule_too_long),
  empty: (_, part) => (part === "body" ? m.rule_missing_body() : m.rule_empty()),
  part_twice: () => m.rule_part_twice(),
  unknown_part: () => m.rule_unknown_part(),
  braces: () => m.rule_braces(),
  variable_name: () => m.rule_variable_name(),
  variable_forbidden_character: () => m.rule_variable_forbidden_character(),
  variable_mixed: () => m.rule_variable_mixed(),
  variable_gap: () => m.rule_variable_gap(),
  variable_at_start: () => m.rule_variable_at_start(),
  variable_at_end: () => m.rule_variable_at_end(),
  variables_adjacent: () => m.rule_variables_adjacent(),
  too_many_variables: () => m.rule_too_many_variables(),
  header_variables: one(m.rule_header_variables),
  variable_not_allowed: () => m.rule_variable_not_allowed(),
  sample_missing: () => m.rule_sample_missing(),
  sample_file_kind: one(m.rule_sample_file_kind),
  sample_file_too_large: one(m.rule_sample_file_too_large),
  header_kind: () => m.rule_header_kind(),
  line_break: () => m.rule_line_break(),
  formatting: () => m.rule_formatting(),
  too_many_buttons: one(m.rule_too_many_buttons),
  buttons_not_grouped: () => m.rule_buttons_not_grouped(),
  button_twice: () => m.rule_button_twice(),
  url_invalid: () => m.rule_url_invalid(),
  url_variable: () => m.rule_url_variable(),
  url_to_whatsapp: () => m.rule_url_to_whatsapp(),
  phone_invalid: () => m.rule_phone_invalid(),
  card_count: one(m.rule_card_count),
  card_shape: () => m.rule_card_shape(),
  card_header_missing: () => m.rule_card_header_missing(),
  card_buttons: one(m.rule_card_buttons),
  offer_category: () => m.rule_offer_category(),
  cards_alone: () => m.rule_cards_alone(),
  offer_footer: () => m.rule_offer_footer(),
  offer_buttons: () => m.rule_offer_buttons(),
  duplicate: () => m.rule_duplicate(),
  promotional_words: () => m.rule_promotional_words(),
  review_request: () => m.rule_review_request(),
  opt_out_hint_missing: () => m.rule_opt_out_hint_missing(),
  business_name_missing: one(m.rule_business_name_missing),
};

export function findingText({
  rule,
  values,
  part,
}: Pick<TemplateFinding, "rule" | "values" | "part">): string {
  return RULES[rule]?.(values, part) ?? m.rule_other({ rule, values: values.join(", ") }).trim();
}

export function severityWord(severity: FindingSeverity): string {
  if (severity === "refused") return m.editor_severity_refused();
  return severity === "risky" ? m.editor_severity_risky() : m.editor_severity_hint();
}

/** Variables that most shops need, by the name they have in the text. */
export const USUAL_VARIABLES: Readonly<Record<string, () => string>> = {
  first_name: m.editor_var_first_name,
  order_number: m.editor_var_order_number,
  date: m.editor_var_date,
  time: m.editor_var_time,
  business_name: m.editor_var_business_name,
  amount: m.editor_var_amount,
};

/** Those and the ones of the examples. */
const KNOWN: Readonly<Record<string, () => string>> = {
  ...USUAL_VARIABLES,
  customer_name: m.editor_var_customer_name,
  collect_until: m.editor_var_collect_until,
  time_window: m.editor_var_time_window,
  open_from: m.editor_var_open_from,
  open_until: m.editor_var_open_until,
  subject: m.editor_var_subject,
  topic: m.editor_var_topic,
  news: m.editor_var_news,
  bring_along: m.editor_var_bring_along,
};

/** Named by its place alone, as Meta counts them. */
export const isNumbered = (label: string): boolean => /^\d+$/u.test(label);

/** What stands for one in a text: a bare number would read as a word of it. */
export function placeName(label: string): string {
  return isNumbered(label) ? m.picker_slot_numbered({ label }) : variableName(label);
}

/** What a variable is called here: in the language of the screen, where its name is one that is known. */
export function variableName(label: string): string {
  return KNOWN[label.replaceAll(" ", "_")]?.() ?? label.replaceAll("_", " ");
}
