// What kind of message a draft is, and the cards of a carousel. All cards are built alike (Meta, "Media card carousel
// templates"): what gives them their shape is changed on all of them at once.

import type { DraftButton } from "../backend/generated/DraftButton";
import type { DraftCard } from "../backend/generated/DraftCard";
import type { TemplateDraft } from "../backend/generated/TemplateDraft";
import { LIMITS, moveSamples, newButton } from "./template_draft";

export const SHAPES = ["message", "offer", "carousel"] as const;
export type Shape = (typeof SHAPES)[number];

/** Meta, "Media card carousel templates". */
export const CARD_BUTTON_KINDS: readonly string[] = ["quick_reply", "url", "phone_number"];
/** Meta, "Limited-time offer templates". */
export const OFFER_BUTTON_KINDS: readonly string[] = ["copy_code", "url"];
/** What may stand above a card, or an offer. */
export const CARD_HEADER_KINDS: readonly string[] = ["image", "video"];

type Cards = Pick<TemplateDraft, "cards" | "samples">;

export function shapeOf(draft: TemplateDraft): Shape {
  if (draft.cards.length > 0) return "carousel";
  return draft.offer ? "offer" : "message";
}

/** What becomes of a draft that is to be of another kind: what does not fit goes. */
export function toShape(draft: TemplateDraft, shape: Shape): Partial<TemplateDraft> {
  const samples = draft.samples.filter(({ key }) => !key.startsWith("card:"));
  // Both are advertising. The category of a template that is being changed is its own matter.
  const category = draft.edits === null ? { category: "MARKETING" } : {};
  if (shape === "message") return { cards: [], offer: null, samples };
  if (shape === "offer") {
    const fits = draft.header !== null && CARD_HEADER_KINDS.includes(draft.header.kind);
    const of = (kind: string) => draft.buttons.find((button) => button.kind === kind) ?? newButton(kind);
    const url = draft.buttons.findIndex(({ kind }) => kind === "url");
    return {
      ...category,
      cards: [],
      offer: { text: "", has_expiration: true },
      header: fits ? draft.header : null,
      footer: "",
      buttons: OFFER_BUTTON_KINDS.map(of),
      samples: moveSamples(samples, "button:", [-1, url]).filter(
        ({ key }) => fits || !key.startsWith("header:"),
      ),
    };
  }
  const usable = draft.buttons.filter(({ kind }) => CARD_BUTTON_KINDS.includes(kind));
  const buttons = usable.length > 0 ? usable.slice(0, LIMITS.cardButtons) : [newButton("url")];
  const card: DraftCard = { header: { kind: "image", text: "", file: null }, body: "", buttons };
  const stays = ({ key }: { key: string }) => !key.startsWith("header:") && !key.startsWith("button:");
  return {
    ...category,
    cards: Array.from({ length: LIMITS.cardsLeast }, () => card),
    offer: null,
    header: null,
    footer: "",
    buttons: [],
    samples: samples.filter(stays),
  };
}

/** Cards in another order, or fewer; `order` names the old places. */
export function orderCards(draft: TemplateDraft, order: readonly number[]): Cards {
  const cards = order.flatMap((at) => draft.cards[at] ?? []);
  return { cards, samples: moveSamples(draft.samples, "card:", order) };
}

/** One more, built like the last one and saying on its buttons what that says. */
export function insertCard(draft: TemplateDraft): Pick<TemplateDraft, "cards"> {
  const like = draft.cards.at(-1);
  const header = { kind: like?.header.kind ?? "image", text: "", file: null };
  const card = { header, body: "", buttons: like?.buttons ?? [newButton("url")] };
  return { cards: [...draft.cards, card] };
}

/** Pictures above all cards, or films. */
export function cardsOfKind(draft: TemplateDraft, kind: string): Pick<TemplateDraft, "cards"> {
  const header = { kind, text: "", file: null };
  return { cards: draft.cards.map((card) => (card.header.kind === kind ? card : { ...card, header })) };
}

export function withCard(
  draft: TemplateDraft,
  at: number,
  patch: Partial<DraftCard>,
): Pick<TemplateDraft, "cards"> {
  return { cards: draft.cards.map((card, place) => (place === at ? { ...card, ...patch } : card)) };
}

export function withCardButton(
  draft: TemplateDraft,
  card: number,
  at: number,
  patch: Partial<DraftButton>,
): Pick<TemplateDraft, "cards"> {
  const buttons = draft.cards[card]?.buttons ?? [];
  return withCard(draft, card, {
    buttons: buttons.map((button, place) => (place === at ? { ...button, ...patch } : button)),
  });
}

/** A button more on every card. */
export function insertCardButton(draft: TemplateDraft, kind: string): Pick<TemplateDraft, "cards"> {
  return { cards: draft.cards.map((card) => ({ ...card, buttons: [...card.buttons, newButton(kind)] })) };
}

/** The buttons of every card in another order, or fewer; `order` names the old places. */
export function orderCardButtons(draft: TemplateDraft, order: readonly number[]): Cards {
  const cards = draft.cards.map((card) => ({
    ...card,
    buttons: order.flatMap((at) => card.buttons[at] ?? []),
  }));
  const samples = draft.cards.reduce(
    (all, _, at) => moveSamples(all, `card:${at}:button:`, order),
    draft.samples,
  );
  return { cards, samples };
}
