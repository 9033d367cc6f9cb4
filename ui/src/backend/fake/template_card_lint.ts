// The rules on carousels and limited-time offers that the screens have to show, as the core names and places them.

import type { TemplateDraft } from "../generated/TemplateDraft";
import type { TemplateFinding } from "../generated/TemplateFinding";
import { LIMITS } from "../../text/template_draft";
import { variables } from "../../text/template_text";

const finding = (rule: string, part: string, more: Partial<TemplateFinding> = {}): TemplateFinding => ({
  rule,
  part,
  severity: "refused",
  start: 0,
  end: 0,
  values: [],
  ...more,
});

const long = (part: string, text: string, limit: number) =>
  text.length > limit
    ? [finding("too_long", part, { start: limit, end: text.length, values: [String(limit)] })]
    : [];

export function checkOffer({ offer, category, footer, buttons }: TemplateDraft): TemplateFinding[] {
  if (!offer) return [];
  const code = buttons.findIndex(({ kind }) => kind === "copy_code");
  const link = buttons.some(({ kind }) => kind === "url");
  return [
    ...(offer.text.trim() === "" ? [finding("empty", "offer")] : []),
    ...long("offer", offer.text, LIMITS.offer),
    ...(category === "MARKETING" ? [] : [finding("offer_category", "category")]),
    ...(footer === "" ? [] : [finding("offer_footer", "footer", { end: footer.length })]),
    ...(!link || (offer.has_expiration && code < 0) || code > 0 ? [finding("offer_buttons", "buttons")] : []),
  ];
}

export function checkCards(draft: TemplateDraft): TemplateFinding[] {
  const { cards } = draft;
  if (cards.length === 0) return [];
  const sampled = (key: string) => draft.samples.some((one) => one.key === key && one.text.trim());
  const shape = (card: (typeof cards)[number]) =>
    [card.header.kind, card.body !== "", ...card.buttons.map(({ kind }) => kind)].join();
  const count = cards.length < LIMITS.cardsLeast || cards.length > LIMITS.cards;
  const own = cards.flatMap((card, at) => {
    const place = `card:${at}`;
    const few = card.buttons.length === 0 || card.buttons.length > LIMITS.cardButtons;
    return [
      ...(shape(card) === shape(cards[0] as typeof card) ? [] : [finding("card_shape", place)]),
      ...(card.header.file ? [] : [finding("sample_missing", `${place}:header`)]),
      ...long(`${place}:body`, card.body, LIMITS.cardBody),
      ...variables(card.body).flatMap(({ label, from, to }) =>
        sampled(`${place}:body:${label}`)
          ? []
          : [finding("sample_missing", `${place}:body`, { start: from, end: to })],
      ),
      ...(few ? [finding("card_buttons", `${place}:buttons`, { values: [String(LIMITS.cardButtons)] })] : []),
      ...card.buttons.flatMap(({ kind, text, value }, n) => {
        const part = `${place}:button:${n}`;
        const [end] = kind === "url" ? variables(value) : [];
        return [
          ...(text.trim() === "" ? [finding("empty", part)] : []),
          ...long(part, text, LIMITS.button),
          ...(kind === "url" && !/^https?:\/\/[^\s/]+\.[^\s/]+/iu.test(value)
            ? [finding("url_invalid", `${part}:value`, { end: value.length })]
            : []),
          ...(end && !sampled(part)
            ? [finding("sample_missing", `${part}:value`, { start: end.from, end: end.to })]
            : []),
        ];
      }),
    ];
  });
  return [...(count ? [finding("card_count", "cards", { values: [String(LIMITS.cards)] })] : []), ...own];
}
