// Whether what customers write reaches this machine, and whether sending stands still.

import type { Backend } from "../backend/backend";
import type { ConnectionView } from "../backend/generated/ConnectionView";
import { runner } from "./runner";

export class Connection {
  view = $state<ConnectionView | null>(null);

  constructor(private backend: Backend) {}

  reload = runner(async () => {
    this.view = await this.backend.connection();
  });

  async liftHold(): Promise<void> {
    await this.backend.liftHold();
    await this.reload();
  }
}
