// The part of the core about consents, behind Tauri's IPC.

import { invoke } from "@tauri-apps/api/core";
import type { ConsentBackend } from "./consents";
import { subscribe } from "./subscribe";

export const consents: ConsentBackend = {
  counterForm: () => invoke("counter_form"),
  checkNumber: (text, country) => invoke("check_number", { text, country }),
  startQr: (entry) => invoke("start_qr", { entry }),
  qrState: (code) => invoke("qr_state", { code }),
  cancelQr: (code) => invoke("cancel_qr", { code }),
  recordAtCounter: (entry, way) => invoke("record_at_counter", { entry, way }),
  keepEvidence: (kind, filename, mimeType, bytes) =>
    invoke("keep_evidence", new Uint8Array(bytes), {
      headers: { kind, filename: encodeURIComponent(filename), "mime-type": encodeURIComponent(mimeType) },
    }),
  evidence: (evidenceId) => invoke("evidence", { evidenceId }),
  printSheet: (sheet, language, purposes) => invoke("print_sheet", { sheet, language, purposes }),

  wordings: () => invoke("wordings"),
  checkWording: (draft) => invoke("check_wording", { draft }),
  saveWording: (draft) => invoke("save_wording", { draft }),
  retireWording: (wordingId) => invoke("retire_wording", { wordingId }),
  savePurpose: (purpose) => invoke("save_purpose", { purpose }),

  consents: (filter, after, limit) => invoke("consents", { filter, after, limit }),
  consentCounts: (filter) => invoke("consent_counts", { filter }),
  consentPerson: (customerId) => invoke("consent_person", { customerId }),
  changeConsent: (customerId, change) => invoke("change_consent", { customerId, change }),
  askOptIn: (threadId, purposes, language) => invoke("ask_opt_in", { threadId, purposes, language }),
  threadOfCustomer: (customerId) => invoke("thread_of_customer", { customerId }),

  checkLedger: () => invoke("check_ledger"),
  exportConsents: (request) => invoke("export_consents", { request }),
  cancelExport: () => invoke("cancel_export"),
  onExport: (listener) => subscribe("export", listener),

  chooseImport: (country) => invoke("choose_import", { country }),
  previewImport: (importId, mapping, country) => invoke("preview_import", { importId, mapping, country }),
  importConsents: (batch) => invoke("import_consents", { batch }),
  cancelImport: () => invoke("cancel_import"),

  erasurePreview: (customerId) => invoke("erasure_preview", { customerId }),
  erase: (customerId, reason) => invoke("erase", { customerId, reason }),
  retention: () => invoke("retention"),
  saveRetention: (retention) => invoke("save_retention", { retention }),
  due: () => invoke("due"),
  forgetEvidence: (entry) => invoke("forget_evidence", { entry }),
};
