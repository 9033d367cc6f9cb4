// Attachments, quick replies and notes of the made-up core.

import type { AttachmentView } from "../generated/AttachmentView";
import type { FakeCore } from "./parts";
import { message } from "./world";

let nextId = 1;

export function attach(
  core: FakeCore,
  threadId: number,
  filename: string,
  mimeType: string,
  bytes: ArrayBuffer,
): AttachmentView {
  const kind = /^(image|video|audio)\//u.exec(mimeType)?.[1] ?? "document";
  const view = {
    id: `file-${nextId++}`,
    kind,
    filename,
    mime_type: mimeType,
    size: bytes.byteLength,
    refused: bytes.byteLength === 0 ? ({ reason: "empty" } as const) : null,
  };
  const thread = core.thread(threadId);
  thread.attachments = [...thread.attachments, view];
  core.emit({ threads: [threadId] });
  return view;
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
