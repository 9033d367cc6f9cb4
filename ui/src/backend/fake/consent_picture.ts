// A signature as the screen at the till keeps one, and how it lies in the made-up store.

import type { EvidenceView } from "../generated/EvidenceView";
import type { FakeLedger } from "./consent_ledger";
import { digest } from "./consent_wordings";

const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAMgAAABQCAMAAABrs8qCAAAABGdBTUEAALGPC/xhBQAAACBjSFJNAAB6JgAAgIQAAPoAAACA6AAA" +
  "dTAAAOpgAAA6mAAAF3CculE8AAAADFBMVEX+/v6fqa4lOkdzgIjOuzLRAAAAB3RJTUUH6gsWDA45sTX39AAAAolJREFUaN7tWVGW" +
  "wyAIDHL/O2+NxgCiSRtIN33MT982W2RgRCTLEggEAoFAIBAIBAL/EvBtB4xopBfw215cB6YVj89KyQY8nglWBq9PrxVuUe2eCS8i" +
  "WbY3ENkV5aStdE8lIdECl8BlxfpYZmBLeCxXlOtfSNgKHssVVblnhFcqByJlAX9pcdcdiFST3kRENUFzIlspcd4j8jBH6yrZJOWc" +
  "EXmWm0t5y7j3HpHmwTgju/++RLAnYrte24LOGel2oPF6xNxlwzOp9G4bE9kDddUwTJu1/qEtEVITL5ZDnLfP/UNbIiRQswMKCqYB" +
  "mZ5CqBH5MHCaIzQqY08gNehk4PASrjz+MCPFmT5Qe1SGrpRpAWIjIwN0fJfRnIb5HQhQDVr2QlHxifsBEw3gnhnI86n6xZFIlP2H" +
  "aRAY+lRLIyzsglZ9Z0TUjEhzQIRWcax17RDZpina7zOPEqPOEBI+ehL0jKi1CFpmEp5pNEFxqAVIEQoZtUiHE8tM+3+cLVZNnXD0" +
  "CF1CskPty77i0W5j4CN1jLNSiaBNa6+0WUDZCXnRFNF8MYfJT3hKtfPQaLLZxaiOCFjA9pW4CqAVfZDZAdW8ch5aTWjldl4jCL27" +
  "jYcUWi7+mLobZhKMSJQW3fZlItD/jT27NfLKqludVDaa0uLJjIDZ6FEqC+vMRqvIg3MFXhnRzpRyTC/CvLhRm/V0IvaV1+isP1XP" +
  "K5LWrrAtBqeOudPLyRANiLwP0EbvrH80nKhA107A4vlagQ4hTOfZI2W5zZ7a3nlPpyeYKLxcBwTwTvv0MTZlub7DGNwBjInsdB6N" +
  "lcgvvJ6u7cnjE5JF9RM87npbeQ+Tn+ARCAQCgUAgEAgEAoHAE/EHcD8GySQ/0bwAAAAldEVYdGRhdGU6Y3JlYXRlADIwMjYtMTEt" +
  "MjJUMTI6MTQ6NTcrMDA6MDAnBSmlAAAAJXRFWHRkYXRlOm1vZGlmeQAyMDI2LTExLTIyVDEyOjE0OjU3KzAwOjAwVliRGQAAAABJ" +
  "RU5ErkJggg==";

export function keepPicture(ledger: FakeLedger, kind: string, keep_until: number | null): EvidenceView {
  const bytes = Uint8Array.from(atob(PNG), (sign) => sign.charCodeAt(0)).buffer;
  const id = digest(`${kind}${ledger.evidence.size}`);
  const view: EvidenceView = { id, kind, mime_type: "image/png", size: bytes.byteLength, keep_until };
  ledger.evidence.set(id, { view, bytes });
  return view;
}
