// The rules on drafts that the screens have to show: a selection of the core's, with the same names and places.

import type { FindingSeverity } from "../generated/FindingSeverity";
import type { TemplateDraft } from "../generated/TemplateDraft";
import type { TemplateFinding } from "../generated/TemplateFinding";
import type { TemplateView } from "../generated/TemplateView";
import { checkCards, checkOffer } from "./template_card_lint";
import { LIMITS, MEDIA_KINDS } from "../../text/template_draft";
import { isNumber, labels, variables, type Variable } from "../../text/template_text";

const PROMOTIONAL =
  /\b(rabatt\w*|angebot\w*|sale|discount\w*|offer\w*|promoção|desconto\w*|oferta\w*|prozent)\b/giu;
const REVIEW = /\b(bewertung\w*|bewerten|review us|avalia[cç][aã]o)\b/giu;
const OPT_OUT = /\b(stopp?|parar|abbestellen|opt out|unsubscribe)\b/iu;

export function lint(draft: TemplateDraft, others: readonly TemplateView[]): TemplateFinding[] {
  const found: TemplateFinding[] = [];
  const add = (rule: string, part: string, more: Partial<TemplateFinding> = {}) =>
    found.push({ rule, part, severity: "refused", start: 0, end: 0, values: [], ...more });
  const place = ({ from, to }: Variable) => ({ start: from, end: to });
  const words = (rule: string, part: string, text: string, pattern: RegExp) => {
    for (const hit of text.matchAll(pattern))
      add(rule, part, { severity: "risky", start: hit.index, end: hit.index + hit[0].length });
  };
  const long = (part: string, text: string, limit: number) => {
    if (text.length > limit)
      add("too_long", part, { start: limit, end: text.length, values: [String(limit)] });
  };
  const sampled = (key: string) => draft.samples.some((sample) => sample.key === key && sample.text.trim());

  if (draft.name === "") add("missing", "name");
  const same = (one: TemplateView) => one.name === draft.name && one.language === draft.language;
  if (others.some((one) => same(one) && one.id !== draft.edits))
    add("name_taken", "name", { end: draft.name.length });

  const header = draft.header;
  if (header?.kind === "text") {
    if (header.text.trim() === "") add("empty", "header");
    long("header", header.text, LIMITS.header);
    if (variables(header.text).length > 1) add("header_variables", "header", { values: ["1"] });
    for (const one of variables(header.text))
      if (!sampled(`header:${one.label}`)) add("sample_missing", "header", place(one));
  } else if (header && MEDIA_KINDS.includes(header.kind) && !header.file) add("sample_missing", "header");

  const { body } = draft;
  const inBody = variables(body);
  if (body.trim() === "") add("empty", "body");
  long("body", body, draft.offer ? LIMITS.offerBody : LIMITS.body);
  const mixed = inBody.some(({ label }) => isNumber(label)) && inBody.some(({ label }) => !isNumber(label));
  for (const one of inBody) {
    if (!/^(\d+|[a-z][a-z0-9_]*)$/u.test(one.label)) add("variable_name", "body", place(one));
    else if (mixed && isNumber(one.label)) add("variable_mixed", "body", place(one));
    else if (!sampled(`body:${one.label}`)) add("sample_missing", "body", place(one));
  }
  const numbers = labels(body).filter(isNumber).map(Number);
  const gap = numbers.find((number, at) => number !== at + 1);
  const gapped = inBody.find(({ label }) => Number(label) === gap);
  if (gapped) add("variable_gap", "body", place(gapped));
  inBody.forEach((one, at) => {
    const next = inBody[at + 1];
    if (next && body.slice(one.to, next.from).trim() === "")
      add("variables_adjacent", "body", { start: one.from, end: next.to });
  });
  const [first, last] = [inBody[0], inBody.at(-1)];
  if (first && body.slice(0, first.from).trim() === "") add("variable_at_start", "body", place(first));
  if (last && body.slice(last.to).trim() === "") add("variable_at_end", "body", place(last));
  const plain = body.replace(/\{\{[^}]*\}\}/gu, " ").match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
  if (inBody.length > 0 && plain < 2 * inBody.length + 1)
    add("too_many_variables", "body", { severity: "risky", end: body.length });

  long("footer", draft.footer, LIMITS.footer);
  for (const one of variables(draft.footer)) add("variable_not_allowed", "footer", place(one));

  const changes = draft.buttons.filter((button, at) => {
    const before = draft.buttons[at - 1];
    return before && (before.kind === "quick_reply") !== (button.kind === "quick_reply");
  });
  if (changes.length > 1) add("buttons_not_grouped", "buttons");
  draft.buttons.forEach((button, at) => {
    const part = `button:${at}`;
    if (button.kind === "flow" && button.value.trim() === "") add("missing", `${part}:value`);
    if (button.kind === "request_contact_info") return;
    if (button.kind !== "copy_code") {
      if (button.text.trim() === "") add("empty", part);
      long(part, button.text, LIMITS.button);
    } else if (button.value.trim() === "") add("sample_missing", `${part}:value`);
    const whole = { start: 0, end: button.value.length };
    if (button.kind === "url") {
      if (!/^https?:\/\/[^\s/]+\.[^\s/]+/iu.test(button.value)) add("url_invalid", `${part}:value`, whole);
      const [end] = variables(button.value);
      if (end && end.to < button.value.length) add("url_variable", `${part}:value`, place(end));
      if (end && !sampled(part)) add("sample_missing", `${part}:value`, place(end));
    }
    if (button.kind === "phone_number" && !/^\+?[\d ()-]{5,20}$/u.test(button.value))
      add("phone_invalid", `${part}:value`, whole);
  });

  found.push(...checkOffer(draft), ...checkCards(draft));

  if (draft.category === "UTILITY") {
    words("promotional_words", "body", body, PROMOTIONAL);
    if (draft.language === "de") words("review_request", "body", body, REVIEW);
  } else if (body.trim() && !OPT_OUT.test(`${body} ${draft.footer}`)) {
    const severity: FindingSeverity = "risky";
    add("opt_out_hint_missing", "footer", { severity });
  }
  return found;
}
