// The core behind Tauri's IPC.

import { invoke } from "@tauri-apps/api/core";
import type { Backend } from "./backend";
import { subscribe } from "./subscribe";
import { consents } from "./tauri_consents";
import { batches, guard } from "./tauri_guard";

export const tauri: Backend = {
  ...consents,
  ...guard,
  ...batches,

  start: () => invoke("start"),
  choosePractice: (language) => invoke("choose_practice", { language }),
  retryKeyring: () => invoke("retry_keyring"),
  createWithPassphrase: (passphrase) => invoke("create_with_passphrase", { passphrase }),
  unlock: (passphrase) => invoke("unlock", { passphrase }),
  restoreBackup: () => invoke("restore_backup"),
  startEmpty: () => invoke("start_empty"),
  checkAccess: (form, step) => invoke("check_access", { form, step }),
  connectShop: (form, numbers) => invoke("connect_shop", { form, numbers }),
  removeNumber: (phoneNumberId) => invoke("remove_number", { phoneNumberId }),

  listThreads: (query, before, limit) => invoke("list_threads", { query, before, limit }),
  threadRows: (threadIds) => invoke("thread_rows", { threadIds }),
  sectionCounts: (query) => invoke("section_counts", { query }),
  markThreads: (threadIds, change) => invoke("mark_threads", { threadIds, change }),
  ownNumbers: () => invoke("own_numbers"),
  arrivals: (messageIds) => invoke("arrivals", { messageIds }),
  threadHead: (threadId) => invoke("thread_head", { threadId }),
  threadMessages: (threadId, place, limit) => invoke("thread_messages", { threadId, place, limit }),
  search: (query, fromHit, limit) => invoke("search", { query, fromHit, limit }),

  customer: (threadId) => invoke("customer", { threadId }),
  describeCustomer: (threadId, change) => invoke("describe_customer", { threadId, change }),
  mergeCandidates: (threadId, text) => invoke("merge_candidates", { threadId, text }),
  mergeCustomers: (threadId, otherThreadId) => invoke("merge_customers", { threadId, otherThreadId }),
  undoMerge: (mergeId) => invoke("undo_merge", { mergeId }),
  labels: () => invoke("labels"),
  blockCustomer: (threadId, on) => invoke("block_customer", { threadId, on }),
  saveNote: (threadId, noteId, text) => invoke("save_note", { threadId, noteId, text }),

  attach: (threadId, filename, mimeType, bytes) =>
    invoke("attach", new Uint8Array(bytes), {
      headers: {
        thread: String(threadId),
        filename: encodeURIComponent(filename),
        "mime-type": encodeURIComponent(mimeType),
      },
    }),
  detach: (attachmentId) => invoke("detach", { attachmentId }),
  orderAttachments: (threadId, attachmentIds) => invoke("order_attachments", { threadId, attachmentIds }),
  attachment: (attachmentId) => invoke("attachment", { attachmentId }),
  sendAttachments: (threadId, text, replyTo, insisted) =>
    invoke("send_attachments", { threadId, text, replyTo, insisted }),
  quickReplies: (threadId) => invoke("quick_replies", { threadId }),
  rawQuickReplies: () => invoke("raw_quick_replies"),
  saveQuickReply: (reply) => invoke("save_quick_reply", { reply }),

  saveDraft: (threadId, text) => invoke("save_draft", { threadId, text }),
  markSeen: (threadId) => invoke("mark_seen", { threadId }),
  sendText: (threadId, text, replyTo, insisted) => invoke("send_text", { threadId, text, replyTo, insisted }),
  sendTemplate: (threadId, choice, insisted) => invoke("send_template", { threadId, choice, insisted }),
  sendReaction: (threadId, messageId, emoji) => invoke("send_reaction", { threadId, messageId, emoji }),
  undoSend: (outboxId) => invoke("undo_send", { outboxId }),
  settleDoubtful: (outboxId, again) => invoke("settle_doubtful", { outboxId, again }),

  templates: (threadId) => invoke("templates", { threadId }),
  syncTemplates: () => invoke("sync_templates"),
  saveTemplateValues: (threadId, name, language, values) =>
    invoke("save_template_values", { threadId, name, language, values }),
  favouriteTemplate: (name, language, on) => invoke("favourite_template", { name, language, on }),
  templateChecked: (name, language) => invoke("template_checked", { name, language }),
  attachForTemplate: (threadId, kind, filename, mimeType, bytes) =>
    invoke("attach_for_template", new Uint8Array(bytes), {
      headers: {
        thread: String(threadId),
        kind,
        filename: encodeURIComponent(filename),
        "mime-type": encodeURIComponent(mimeType),
      },
    }),
  templateDrafts: () => invoke("template_drafts"),
  saveTemplateDraft: (draft) => invoke("save_template_draft", { draft }),
  discardTemplateDraft: (draftId) => invoke("discard_template_draft", { draftId }),
  attachSample: (draftId, filename, mimeType, bytes) =>
    invoke("attach_sample", new Uint8Array(bytes), {
      headers: {
        draft: draftId,
        filename: encodeURIComponent(filename),
        "mime-type": encodeURIComponent(mimeType),
      },
    }),
  sample: (fileId) => invoke("sample", { fileId }),
  checkTemplate: (draft) => invoke("check_template", { draft }),
  submitTemplate: (draftId) => invoke("submit_template", { draftId }),
  editTemplate: (name, language) => invoke("edit_template", { name, language }),
  translateTemplate: (name, language, into) => invoke("translate_template", { name, language, into }),
  deleteTemplate: (name, language) => invoke("delete_template", { name, language }),
  unpauseTemplate: (name, language) => invoke("unpause_template", { name, language }),
  templateExamples: (language) => invoke("template_examples", { language }),
  media: (messageId) => invoke("media", { messageId }),
  saveMedia: (messageId) => invoke("save_media", { messageId }),

  clock: () => invoke("clock"),
  connection: () => invoke("connection"),
  liftHold: () => invoke("lift_hold"),
  settings: () => invoke("settings"),
  saveSettings: (settings) => invoke("save_settings", { settings }),
  renameStaff: (from, to) => invoke("rename_staff", { from, to }),
  openLink: (url) => invoke("open_link", { url }),
  painted: () => invoke("painted"),
  notify: (notice) => invoke("notify", { notice }),
  setBadge: (unread) => invoke("set_badge", { unread }),
  spellIn: (language) => invoke("spell_in", { language }),
  copiedPicture: () => invoke("copied_picture"),

  practiceCustomers: () => invoke("practice_customers"),
  practiceWrite: (customerId, text) => invoke("practice_write", { customerId, text }),
  practiceJump: (ms) => invoke("practice_jump", { ms }),
  practiceSpeed: (speed) => invoke("practice_speed", { speed }),

  onChange: (listener) => subscribe("change", listener),
  onClock: (listener) => subscribe("clock", listener),
  onUpload: (listener) => subscribe("upload", listener),
  onOpenThread: (listener) => subscribe("open-thread", listener),
};
