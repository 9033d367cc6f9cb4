// Why a file cannot be sent, and what to do about it.

import type { AttachmentRefusal } from "../backend/generated/AttachmentRefusal";
import { m } from "../paraglide/messages.js";
import { sizeText } from "../text/size";
import type { Told } from "./failure";

export function attachmentRefusal(why: AttachmentRefusal, name: string, locale: string): Told {
  switch (why.reason) {
    case "too_large":
      return {
        sentence: m.composer_file_too_large({ name, limit: sizeText(why.limit, locale) }),
        next: m.composer_file_too_large_next(),
      };
    case "kind":
      return {
        sentence: m.composer_file_kind({ name, kind: why.mime_type || m.composer_file_kind_unknown() }),
        next: m.composer_file_kind_next(),
      };
    case "empty":
      return { sentence: m.composer_file_empty({ name }), next: m.composer_file_empty_next() };
  }
}
