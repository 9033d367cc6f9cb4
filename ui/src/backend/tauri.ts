// The core behind Tauri's IPC. The only file that imports @tauri-apps.

import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { Backend, Unlisten } from "./backend";

function subscribe<T>(event: string, listener: (payload: T) => void): Unlisten {
  let stopped = false;
  const pending = listen<T>(event, ({ payload }) => {
    if (!stopped) listener(payload);
  });
  return () => {
    stopped = true;
    void pending.then((unlisten) => unlisten());
  };
}

export const tauri: Backend = {
  start: () => invoke("start"),
  choosePractice: (language) => invoke("choose_practice", { language }),
  retryKeyring: () => invoke("retry_keyring"),
  createWithPassphrase: (passphrase) => invoke("create_with_passphrase", { passphrase }),
  unlock: (passphrase) => invoke("unlock", { passphrase }),
  restoreBackup: () => invoke("restore_backup"),
  startEmpty: () => invoke("start_empty"),
  connectShop: (access) => invoke("connect_shop", { ...access }),

  listThreads: (before, limit) => invoke("list_threads", { before, limit }),
  threadHead: (threadId) => invoke("thread_head", { threadId }),
  threadMessages: (threadId, before, limit) => invoke("thread_messages", { threadId, before, limit }),
  search: (text, before, limit) => invoke("search", { text, before, limit }),

  saveDraft: (threadId, text) => invoke("save_draft", { threadId, text }),
  markSeen: (threadId) => invoke("mark_seen", { threadId }),
  sendText: (threadId, text, replyTo) => invoke("send_text", { threadId, text, replyTo }),
  sendTemplate: (threadId, choice) => invoke("send_template", { threadId, choice }),
  sendReaction: (threadId, messageId, emoji) => invoke("send_reaction", { threadId, messageId, emoji }),
  undoSend: (outboxId) => invoke("undo_send", { outboxId }),
  settleDoubtful: (outboxId, again) => invoke("settle_doubtful", { outboxId, again }),

  templates: (threadId) => invoke("templates", { threadId }),
  syncTemplates: () => invoke("sync_templates"),
  media: (messageId) => invoke("media", { messageId }),

  clock: () => invoke("clock"),
  connection: () => invoke("connection"),
  liftHold: () => invoke("lift_hold"),
  settings: () => invoke("settings"),
  saveSettings: (settings) => invoke("save_settings", { settings }),
  openLink: (url) => invoke("open_link", { url }),
  painted: () => invoke("painted"),

  practiceCustomers: () => invoke("practice_customers"),
  practiceWrite: (customerId, text) => invoke("practice_write", { customerId, text }),
  practiceJump: (ms) => invoke("practice_jump", { ms }),
  practiceSpeed: (speed) => invoke("practice_speed", { speed }),

  onChange: (listener) => subscribe("change", listener),
  onClock: (listener) => subscribe("clock", listener),
};
