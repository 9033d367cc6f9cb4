// Listening to what the core tells.

import { listen } from "@tauri-apps/api/event";
import type { Unlisten } from "./backend";

export function subscribe<T>(event: string, listener: (payload: T) => void): Unlisten {
  let stopped = false;
  const pending = listen<T>(event, ({ payload }) => {
    if (!stopped) listener(payload);
  });
  return () => {
    stopped = true;
    void pending.then((unlisten) => unlisten());
  };
}
