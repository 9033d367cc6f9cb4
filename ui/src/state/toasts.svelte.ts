// Short words about what was just done, with the way back. They go by themselves; nothing depends on seeing one.

export interface Toast {
  id: number;
  text: string;
  /** Takes it back; also on Z while the toast stands. */
  undo: (() => Promise<void>) | null;
  /** When it was said, on the monotonic clock of the window. */
  at: number;
}

const STAYS = 8000;
const MOST = 3;

export class Toasts {
  list = $state.raw<Toast[]>([]);
  #timers = new Map<number, ReturnType<typeof setTimeout>>();
  #next = 1;

  say(text: string, undo: (() => Promise<void>) | null = null): void {
    const toast = { id: this.#next++, text, undo, at: performance.now() };
    this.list = [...this.list, toast].slice(-MOST);
    this.#count(toast.id);
  }

  /** The newest that can be taken back. */
  get undoable(): Toast | undefined {
    return this.list.findLast((toast) => toast.undo !== null);
  }

  async undo(toast: Toast): Promise<void> {
    this.dismiss(toast.id);
    await toast.undo?.();
  }

  dismiss(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    this.list = this.list.filter((toast) => toast.id !== id);
  }

  /** While somebody points at it, it stays. */
  hold(id: number, on: boolean): void {
    clearTimeout(this.#timers.get(id));
    if (!on) this.#count(id);
  }

  clear(): void {
    for (const toast of this.list) this.dismiss(toast.id);
  }

  #count(id: number): void {
    this.#timers.set(
      id,
      setTimeout(() => this.dismiss(id), STAYS),
    );
  }
}
