// The threads beside the open one, read before anybody goes there: whoever steps through the list waits for no answer
// of the core. Only what can have stayed as it is: news of a thread, or a few seconds, and it is read anew.

import type { Backend } from "../backend/backend";
import type { Change } from "../backend/generated/Change";
import type { MessagePage } from "../backend/generated/MessagePage";
import type { ThreadHead } from "../backend/generated/ThreadHead";

export const PAGE = 60;
const KEPT_MS = 5000;

export interface Opened {
  head: ThreadHead;
  page: MessagePage;
}

type Reads = Pick<Backend, "threadHead" | "threadMessages">;

/** A thread as it is opened: at its newest messages, or around the first unread where that lies further up. */
export async function readThread(backend: Reads, threadId: number): Promise<Opened> {
  const [head, newest] = await Promise.all([
    backend.threadHead(threadId),
    backend.threadMessages(threadId, { kind: "newest" }, PAGE),
  ]);
  const unread = head.first_unread;
  if (unread === null || newest.before === null || newest.rows.some((row) => row.id === unread))
    return { head, page: newest };
  return {
    head,
    page: await backend.threadMessages(threadId, { kind: "around", message_id: unread }, PAGE),
  };
}

export class Ahead {
  #read = new Map<number, Promise<Opened>>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private backend: Reads) {}

  look(threadIds: readonly number[]): void {
    this.#forgetAll();
    for (const threadId of threadIds) {
      const read = readThread(this.backend, threadId);
      this.#read.set(threadId, read);
      read.catch(() => this.#read.get(threadId) === read && this.#read.delete(threadId));
    }
    this.#timer = setTimeout(() => this.#forgetAll(), KEPT_MS);
  }

  /** What was read of this thread, if nothing can have changed in it since. */
  take(threadId: number): Promise<Opened> | undefined {
    const read = this.#read.get(threadId);
    this.#read.delete(threadId);
    return read;
  }

  changed(change: Pick<Change, "threads" | "all_threads" | "connection">): void {
    if (change.all_threads || change.connection) this.#forgetAll();
    for (const threadId of change.threads) this.#read.delete(threadId);
  }

  #forgetAll(): void {
    clearTimeout(this.#timer);
    this.#read.clear();
  }
}
