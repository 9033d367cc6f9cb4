// The guard and the batches, behind Tauri's IPC.

import { invoke } from "@tauri-apps/api/core";
import type { BatchBackend } from "./batches";
import type { GuardBackend } from "./guard";

export const guard: GuardBackend = {
  guardLook: (threadId, text) => invoke("guard_look", { threadId, text }),
  guardLookTemplate: (threadId, choice) => invoke("guard_look_template", { threadId, choice }),
  guardAudit: (query, after, limit) => invoke("guard_audit", { query, after, limit }),
  guardFigures: (from, to) => invoke("guard_figures", { from, to }),
  guardSettings: () => invoke("guard_settings"),
  setGuardSetting: (key, value) => invoke("set_guard_setting", { key, value }),
  wordLists: () => invoke("word_lists"),
  saveWordList: (language, kind, words) => invoke("save_word_list", { language, kind, words }),
  resetWordList: (language, kind) => invoke("reset_word_list", { language, kind }),
  checkName: (place, text) => invoke("check_name", { place, text }),
};

export const batches: BatchBackend = {
  batches: () => invoke("batches"),
  attachForBatch: (numberId, kind, filename, mimeType, bytes) =>
    invoke("attach_for_batch", new Uint8Array(bytes), {
      headers: {
        number: String(numberId),
        kind,
        filename: encodeURIComponent(filename),
        "mime-type": encodeURIComponent(mimeType),
      },
    }),
  batchPreflight: (plan) => invoke("batch_preflight", { plan }),
  batchCandidates: (plan, filter, after, limit) => invoke("batch_candidates", { plan, filter, after, limit }),
  startBatch: (go) => invoke("start_batch", { go }),
  pauseBatch: (batchId) => invoke("pause_batch", { batchId }),
  resumeBatch: (batchId) => invoke("resume_batch", { batchId }),
  stopBatch: (batchId) => invoke("stop_batch", { batchId }),
  batchPeople: (batchId, filter, after, limit) => invoke("batch_people", { batchId, filter, after, limit }),
  frequencyCap: () => invoke("frequency_cap"),
  setFrequencyCap: (cap) => invoke("set_frequency_cap", { cap }),
};
