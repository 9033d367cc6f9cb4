// The file of a message while a component is on screen: an address to show it by, or that it cannot be shown.

import type { Files, KeptFile } from "./files";

export class ShownFile {
  file = $state.raw<KeptFile | null>(null);
  failed = $state(false);

  constructor(files: Files, of: () => { id: number; type: string } | null) {
    // By value: a row that is read anew is the same file. A player that is torn down while it loads can stop WebKit's
    // GStreamer, and the window with it.
    const id = $derived(of()?.id);
    const type = $derived(of()?.type ?? "");
    $effect(() => {
      const wanted = id;
      if (wanted === undefined) return;
      let gone = false;
      files.take(wanted, type).then(
        (file) => !gone && (this.file = file),
        () => !gone && (this.failed = true),
      );
      return () => {
        gone = true;
        this.file = null;
        files.give(wanted);
      };
    });
  }
}
