// Thresholds and word lists of the made-up guard, as they come.

import type { ContentKind } from "../generated/ContentKind";
import type { GuardSetting } from "../generated/GuardSetting";
import type { WordList } from "../generated/WordList";

const set = (key: string, usual: number, least: number, most: number, step = 1): GuardSetting => ({
  key,
  value: usual,
  usual,
  least,
  most,
  step,
  is_switch: false,
});

export const USUAL: readonly GuardSetting[] = [
  set("crowd", 5, 4, 12),
  set("same_subject", 6, 5, 15),
  set("crowd_in_trouble", 3, 2, 5),
  set("drip", 25, 10, 60),
  set("stranger", 0.5, 0, 1, 0.1),
  set("opt_outs", 2, 1, 5),
  set("opt_outs_of", 20, 5, 100, 5),
  set("unanswered_marketing", 2, 1, 4),
  set("limit_share", 0.8, 0.5, 0.95, 0.05),
  set("yellow_batch", 10, 1, 50),
  set("content_people", 2, 1, 5),
  set("utility_people", 5, 2, 12),
  set("spam_error_hours", 24, 6, 72, 6),
  set("spam_error_days", 7, 1, 30),
  set("same", 0.5, 0.35, 0.7, 0.05),
  set("same_advertising", 0.38, 0.3, 0.6, 0.02),
  set("dialogs_per_staff", 3, 1, 10),
  { ...set("service_after_marketing_stop", 1, 0, 1), is_switch: true },
];

const WORDS: Record<string, Partial<Record<ContentKind, string[]>>> = {
  de: {
    unlawful: ["Schwarzarbeit", "ohne Rechnung", "gefälscht"],
    insulting: ["Idiot", "Dummkopf", "Vollpfosten"],
    discriminating: ["nur für Deutsche"],
    violent: ["verprügeln", "abstechen"],
    sexual: ["Escort"],
    prohibited: ["Munition", "Zigaretten", "rezeptfrei bestellen"],
    health: ["heilt", "garantiert abnehmen"],
    misleading: ["amtlich", "Sie haben gewonnen", "letzte Mahnung"],
  },
  en: {
    unlawful: ["no receipt", "counterfeit"],
    insulting: ["idiot", "moron"],
    discriminating: ["locals only"],
    violent: ["beat you up"],
    sexual: ["escort"],
    prohibited: ["ammunition", "cigarettes", "without a prescription"],
    health: ["cures", "guaranteed weight loss"],
    misleading: ["official", "you won", "last warning"],
  },
  pt: {
    unlawful: ["sem nota", "falsificado"],
    insulting: ["idiota", "burro"],
    discriminating: ["só para brasileiros"],
    violent: ["espancar"],
    sexual: ["acompanhante"],
    prohibited: ["munição", "cigarros", "sem receita"],
    health: ["cura", "emagrecimento garantido"],
    misleading: ["oficial", "você ganhou", "último aviso"],
  },
};

export const STARTER: readonly WordList[] = Object.entries(WORDS).flatMap(([language, kinds]) =>
  Object.entries(kinds).map(([kind, words]) => ({
    language,
    kind: kind as ContentKind,
    words: words ?? [],
    is_own: false,
  })),
);
