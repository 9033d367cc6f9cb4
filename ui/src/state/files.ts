// The bytes of messages as addresses the window can show, kept for a while: a picture scrolled past and back to
// is not read from the store twice, and nothing is kept without end.

import type { Backend } from "../backend/backend";

export interface KeptFile {
  blob: Blob;
  url: string;
}

interface Entry {
  file: Promise<KeptFile>;
  users: number;
  bytes: number;
  /** Set once the bytes are here. */
  url: string | null;
}

const MOST_BYTES = 48 * 1024 * 1024;
const MOST_FILES = 80;

export class Files {
  /** In the order of their last use. */
  #entries = new Map<number, Entry>();

  constructor(private backend: Pick<Backend, "media">) {}

  /** Every `take` is followed by one `give`. */
  take(messageId: number, type: string): Promise<KeptFile> {
    const entry = this.#entries.get(messageId) ?? this.#read(messageId, type);
    entry.users++;
    return entry.file;
  }

  give(messageId: number): void {
    const entry = this.#entries.get(messageId);
    if (!entry) return;
    entry.users = Math.max(0, entry.users - 1);
    this.#entries.delete(messageId);
    this.#entries.set(messageId, entry);
    this.#makeRoom();
  }

  clear(): void {
    for (const { url } of this.#entries.values()) if (url) URL.revokeObjectURL(url);
    this.#entries.clear();
  }

  #read(messageId: number, type: string): Entry {
    const file = this.backend.media(messageId).then((bytes) => {
      const blob = new Blob([bytes], { type });
      const url = URL.createObjectURL(blob);
      // The thread was left meanwhile: nobody would ever let go of it.
      if (this.#entries.get(messageId) !== entry) URL.revokeObjectURL(url);
      else Object.assign(entry, { url, bytes: blob.size });
      return { blob, url };
    });
    const entry: Entry = { file, users: 0, bytes: 0, url: null };
    this.#entries.set(messageId, entry);
    // What could not be read is asked for again the next time.
    file.catch(() => this.#entries.get(messageId) === entry && this.#entries.delete(messageId));
    return entry;
  }

  #makeRoom(): void {
    let bytes = 0;
    for (const entry of this.#entries.values()) bytes += entry.bytes;
    for (const [messageId, entry] of this.#entries) {
      if (bytes <= MOST_BYTES && this.#entries.size <= MOST_FILES) return;
      if (entry.users > 0 || entry.url === null) continue;
      URL.revokeObjectURL(entry.url);
      this.#entries.delete(messageId);
      bytes -= entry.bytes;
    }
  }
}
