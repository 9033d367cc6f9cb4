// What the window may ask of the guard: a look while somebody writes, the audit, thresholds, word lists.

import type { AuditCursor } from "./generated/AuditCursor";
import type { AuditFigures } from "./generated/AuditFigures";
import type { AuditPage } from "./generated/AuditPage";
import type { AuditQuery } from "./generated/AuditQuery";
import type { ContentFinding } from "./generated/ContentFinding";
import type { ContentKind } from "./generated/ContentKind";
import type { GuardSetting } from "./generated/GuardSetting";
import type { GuardVerdict } from "./generated/GuardVerdict";
import type { NamePlace } from "./generated/NamePlace";
import type { TemplateChoice } from "./generated/TemplateChoice";
import type { WordList } from "./generated/WordList";

export interface GuardBackend {
  /** What the guard would say if this were sent now. Records nothing. */
  guardLook(threadId: number, text: string): Promise<GuardVerdict>;
  guardLookTemplate(threadId: number, choice: TemplateChoice): Promise<GuardVerdict>;
  /** `onChange` with `guard` says when to ask again. */
  guardAudit(query: AuditQuery, after: AuditCursor | null, limit: number): Promise<AuditPage>;
  /** Per member of staff from … to (exclusive). */
  guardFigures(from: number, to: number): Promise<AuditFigures[]>;
  guardSettings(): Promise<GuardSetting[]>;
  /** Held within its bounds; answers with all of them as they stand then. */
  setGuardSetting(key: string, value: number): Promise<GuardSetting[]>;
  wordLists(): Promise<WordList[]>;
  saveWordList(language: string, kind: ContentKind, words: string[]): Promise<void>;
  /** Back to the list that came with the app. */
  resetWordList(language: string, kind: ContentKind): Promise<void>;
  checkName(place: NamePlace, text: string): Promise<ContentFinding[]>;
}
