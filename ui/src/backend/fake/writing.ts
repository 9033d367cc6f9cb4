// Attachments, quick replies and notes of the made-up core.

import type { AttachmentRefusal } from "../generated/AttachmentRefusal";
import type { AttachmentView } from "../generated/AttachmentView";
import type { FilledReply } from "../generated/FilledReply";
import type { GuardOverride } from "../generated/GuardOverride";
import type { MessageRow } from "../generated/MessageRow";
import type { QuickReply } from "../generated/QuickReply";
import type { SendResult } from "../generated/SendResult";
import { firstName } from "./first_name";
import type { FakeCore } from "./parts";
import { message, type Thread } from "./world";

const MB = 1024 * 1024;
const LARGEST: Record<string, number> = { image: 5 * MB, video: 16 * MB, audio: 16 * MB, sticker: MB / 2 };
const TAKEN: Record<string, string[]> = {
  image: ["image/jpeg", "image/png"],
  sticker: ["image/webp"],
  video: ["video/mp4", "video/3gpp"],
  audio: ["audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"],
};
const NOT_TAKEN = /^image\/(?!gif)|^video\/|^audio\/|zip|executable|x-msdownload/u;
/** How long a file of the made-up core is on its way. */
const UPLOAD_MS = 1500;

let nextId = 1;

/** The files of the made-up core: beside drafts, and those that left as messages. */
export class FakeFiles {
  bytes = new Map<string, ArrayBuffer>();
  sent = new Map<string, AttachmentView>();

  /** The file that left with a message of ours. */
  sentIn(row: MessageRow | undefined): ArrayBuffer | undefined {
    const file = row?.outbox_id ? this.sent.get(row.outbox_id) : undefined;
    return file && this.bytes.get(file.id);
  }

  of(attachmentId: string): ArrayBuffer {
    return this.bytes.get(attachmentId) ?? new ArrayBuffer(0);
  }
}

function refusal(kind: string, mimeType: string, size: number): AttachmentRefusal | null {
  if (size === 0) return { reason: "empty" };
  if (kind === "document" && NOT_TAKEN.test(mimeType)) return { reason: "kind", mime_type: mimeType };
  const limit = LARGEST[kind] ?? 100 * MB;
  return size > limit ? { reason: "too_large", limit } : null;
}

export function attach(
  core: FakeCore,
  threadId: number,
  filename: string,
  mimeType: string,
  bytes: ArrayBuffer,
): AttachmentView {
  const kind = Object.keys(TAKEN).find((one) => TAKEN[one]?.includes(mimeType)) ?? "document";
  const size = bytes.byteLength;
  const view: AttachmentView = {
    id: `file-${nextId++}`,
    kind,
    filename,
    mime_type: mimeType,
    size,
    refused: refusal(kind, mimeType, size),
  };
  // What Meta would refuse is said and not kept.
  if (view.refused) return view;
  core.files.bytes.set(view.id, bytes);
  const thread = core.thread(threadId);
  thread.attachments = [...thread.attachments, view];
  core.emit({ threads: [threadId] });
  return view;
}

export function detach(core: FakeCore, id: string): void {
  for (const thread of core.threads) {
    if (!thread.attachments.some((one) => one.id === id)) continue;
    thread.attachments = thread.attachments.filter((one) => one.id !== id);
    core.emit({ threads: [thread.id] });
  }
}

export function orderAttachments(core: FakeCore, threadId: number, ids: readonly string[]): void {
  const thread = core.thread(threadId);
  const place = ({ id }: AttachmentView) => (ids.includes(id) ? ids.indexOf(id) : ids.length);
  thread.attachments = thread.attachments.toSorted((a, b) => place(a) - place(b));
  core.emit({ threads: [threadId] });
}

/** What the guard counts: the words, with the files beside them. */
export const written = (text: string, files: readonly AttachmentView[]): string =>
  files.length === 0 ? text : `${text} ${files.map(({ filename, size }) => `${filename} ${size}`).join(" ")}`;

/** One message for each file; the words under the first that takes some, else before them. */
export function sendAttachments(
  core: FakeCore,
  threadId: number,
  text: string,
  insisted: GuardOverride | null = null,
): SendResult[] {
  const thread = core.thread(threadId);
  const files = thread.attachments;
  const reasons = core.textRefusals(thread);
  for (const { id, refused } of files) if (refused) reasons.push({ reason: "attachment", id, why: refused });
  if (reasons.length > 0) return [{ kind: "refused", reasons }];
  const word = core.watch.weigh(thread, written(text, files), insisted);
  if (word.held) return [word.held];

  const words = text.trim();
  const under = words ? files.find(({ kind }) => kind !== "audio" && kind !== "sticker") : undefined;
  const results: SendResult[] = [];
  thread.draft = "";
  thread.attachments = [];
  if (words && !under)
    results.push(
      core.queue(thread, message(core.now(), "out", { kind: "text", text: words }), 0, word.undoMs),
    );
  for (const file of files) {
    const media = {
      kind: file.kind,
      caption: file === under ? words : null,
      filename: file.filename,
      mime_type: file.mime_type,
      state: "stored" as const,
      size: file.size,
      voice: false,
      animated: false,
      width: null,
      height: null,
    };
    const row = message(core.now(), "out", { kind: "media", media });
    const result = core.queue(thread, row, UPLOAD_MS, word.undoMs);
    if (result.kind === "queued") {
      core.files.sent.set(result.outbox_id, file);
      upload(core, result.outbox_id, file.size);
    }
    results.push(result);
  }
  if (results[0]) word.left(results[0]);
  return results;
}

function upload(core: FakeCore, outboxId: string, size: number): void {
  const tell = (step: number) => {
    if (!core.files.sent.has(outboxId)) return;
    core.uploading({ outbox_id: outboxId, sent: Math.round((size * step) / 10), total: size });
    if (step < 10) setTimeout(() => tell(step + 1), UPLOAD_MS / 10);
  };
  setTimeout(() => tell(0), core.settingsView.undo_ms);
}

/** A message was taken back: its file is beside the draft again. */
export function takeBack(core: FakeCore, thread: Thread, outboxId: string): void {
  const file = core.files.sent.get(outboxId);
  if (!file) return;
  core.files.sent.delete(outboxId);
  thread.attachments = [...thread.attachments, file];
}

export function fillReplies(core: FakeCore, threadId: number | null): FilledReply[] {
  const name = threadId === null ? null : core.thread(threadId).name;
  const known: Record<string, string> = {
    name: name && name.text !== name.phone ? name.text : "",
    first_name: name && name.text !== name.phone ? firstName(name.text) : "",
    me: core.settingsView.me,
  };
  return core.replies.map(({ id, shortcut, text }) => {
    const missing = new Set<string>();
    const filled = text.replace(/\{\{\s*(\w+)\s*\}\}/gu, (whole, label: string) => {
      if (!known[label]) missing.add(label);
      return known[label] || whole;
    });
    return { id, shortcut, text: filled, missing: [...missing] };
  });
}

export function saveReply(core: FakeCore, reply: QuickReply): string {
  const id = reply.id || `reply-${nextId++}`;
  const others = core.replies.filter((one) => one.id !== id);
  const taken = (word: string) => others.some((one) => one.shortcut.toLowerCase() === word.toLowerCase());
  const wanted = reply.shortcut.replace(/\s/gu, "").slice(0, 30);
  let shortcut = wanted;
  for (let count = 2; taken(shortcut); count++) shortcut = `${wanted}${count}`;
  core.replies = reply.text.trim() === "" ? others : [...others, { id, shortcut, text: reply.text }];
  core.emit({ writing: true });
  return id;
}

export function saveNote(core: FakeCore, threadId: number, noteId: string | null, text: string): string {
  const thread = core.thread(threadId);
  const id = noteId ?? `note-${nextId++}`;
  const old = thread.messages.find((row) => row.note_id === id);
  const rest = thread.messages.filter((row) => row !== old);
  const note = message(
    old?.at ?? core.now(),
    "note",
    { kind: "note", text },
    { note_id: id, staff: core.settingsView.me },
  );
  thread.messages = text === "" ? rest : [...rest, note].sort((a, b) => a.at - b.at);
  core.emit({ threads: [threadId] });
  return id;
}
