// The file of a message while a component is on screen: an address to show it by, or that it cannot be shown.

import type { Files, KeptFile } from "./files";

export class ShownFile {
  file = $state.raw<KeptFile | null>(null);
  failed = $state(false);

  constructor(files: Files, of: () => { id: number; type: string } | null) {
    $effect(() => {
      const wanted = of();
      if (!wanted) return;
      let gone = false;
      files.take(wanted.id, wanted.type).then(
        (file) => !gone && (this.file = file),
        () => !gone && (this.failed = true),
      );
      return () => {
        gone = true;
        this.file = null;
        files.give(wanted.id);
      };
    });
  }
}
