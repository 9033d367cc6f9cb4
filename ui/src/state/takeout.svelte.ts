// One export under way: how far it is, and what came of it. There is never more than one.

import type { Backend } from "../backend/backend";
import type { ExportProgress } from "../backend/generated/ExportProgress";
import type { ExportRequest } from "../backend/generated/ExportRequest";
import type { ExportResult } from "../backend/generated/ExportResult";

type Core = Pick<Backend, "exportConsents" | "cancelExport" | "onExport">;

export class Takeout {
  running = $state(false);
  progress = $state.raw<ExportProgress | null>(null);
  result = $state.raw<ExportResult | null>(null);

  constructor(private backend: Core) {}

  async run(request: ExportRequest): Promise<void> {
    if (this.running) return;
    this.running = true;
    this.progress = this.result = null;
    const stop = this.backend.onExport((progress) => (this.progress = progress));
    try {
      this.result = await this.backend.exportConsents(request);
    } finally {
      stop();
      this.running = false;
      this.progress = null;
    }
  }

  async cancel(): Promise<void> {
    await this.backend.cancelExport();
  }

  forget(): void {
    if (!this.running) this.result = null;
  }
}
