// The labels that customers bear, the most used first.

import type { Backend } from "../backend/backend";
import type { LabelCount } from "../backend/generated/LabelCount";
import { runner } from "./runner";

export class Labels {
  list = $state.raw<LabelCount[]>([]);

  constructor(private backend: Backend) {}

  reload = runner(async () => {
    const list = await this.backend.labels();
    this.list = list.toSorted((a, b) => b.customers - a.customers || a.label.localeCompare(b.label));
  });
}
