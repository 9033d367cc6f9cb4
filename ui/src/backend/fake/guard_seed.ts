// Months of a guard that was listened to, and overridden, for looking at its log.

import type { AuditEntry } from "../generated/AuditEntry";
import type { GuardReason } from "../generated/GuardReason";
import type { OverrideReason } from "../generated/OverrideReason";
import { digest } from "./guard";
import type { FakeGuard } from "./guard";
import type { FakeCore } from "./parts";
import { HOUR } from "./world";
import type { Lang } from "./words";

const CASES: GuardReason[][] = [
  [
    { code: "mass_similar", number: 6 },
    { code: "unasked", number: 5 },
    { code: "new_contacts", number: 2 },
  ],
  [
    { code: "promo", number: 7 },
    { code: "mass_similar", number: 7 },
    { code: "shouting", number: 0 },
  ],
  [{ code: "retry_too_soon", number: 17 }],
  [
    { code: "mass_media", number: 5 },
    { code: "unasked", number: 5 },
  ],
  [
    { code: "recent_spam_error", number: 4 },
    { code: "quality", number: 0 },
  ],
  [
    { code: "frequency", number: 3 },
    { code: "no_opt_out_hint", number: 0 },
  ],
  [{ code: "opted_out", number: 40 }],
];
const SAID: Record<Lang, string[]> = {
  en: ["The street is closed tomorrow, everybody has to know", "Asked for by the mother of the class"],
  de: ["Die Straße ist morgen gesperrt, das müssen alle wissen", "Die Klassenlehrerin hat darum gebeten"],
  "pt-BR": ["A rua estará fechada amanhã, todos precisam saber", "A professora da turma pediu"],
};
const BECAUSE: OverrideReason[] = ["asked", "asked", "order", "asked", "other", "emergency"];

export function wasBusy(guard: FakeGuard, core: FakeCore, lang: Lang, count: number): void {
  const staff = [...core.settingsView.staff, "Murat Yildiz", "Clara Lopes"].slice(0, 3);
  const entry = (at: number): AuditEntry => {
    const reasons = CASES[(at * 5) % CASES.length] ?? [];
    const blocked = ["retry_too_soon", "opted_out"].includes(reasons[0]?.code ?? "");
    const warned = (["overridden", "not_sent", "sent", "overridden"] as const)[at % 4];
    const outcome = blocked ? "blocked" : at % 8 === 6 ? "taken_back" : warned;
    const thread = core.threads[(at * 3) % core.threads.length];
    const reason = outcome === "overridden" ? (BECAUSE[(at >> 1) % BECAUSE.length] ?? "asked") : null;
    const people = Math.max(1, reasons[0]?.number ?? 1);
    const last = thread?.messages.at(-1);
    return {
      id: `seed-${at}`,
      at: Math.round(core.now() - (at + 1) * 7.3 * HOUR),
      staff: staff[(at * 2) % staff.length] ?? "",
      thread_id: at % 9 === 8 ? null : (thread?.id ?? null),
      customer: at % 9 === 8 ? "" : (thread?.name.text ?? ""),
      level: blocked ? "block" : "warn",
      reasons,
      people: blocked ? 1 : people,
      weight: blocked ? 0 : people - 0.8,
      threshold: 5,
      digest: digest(`seed ${at % 5}`),
      outcome: outcome ?? "sent",
      reason,
      text: reason === "other" ? (SAID[lang][(at >> 2) % 2] ?? "") : "",
      message_id: (outcome === "overridden" || outcome === "sent") && last ? last.id : null,
      batch_id: null,
    };
  };
  guard.entries = Array.from({ length: count }, (_, at) => entry(at));
}
