// What every part of the made-up core may use of the whole.

import type { Change } from "../generated/Change";
import type { Settings } from "../generated/Settings";
import type { WindowView } from "../generated/WindowView";
import type { Thread } from "./world";

export interface FakeCore {
  threads: Thread[];
  settingsView: Settings;
  now(): number;
  thread(id: number): Thread;
  windowOf(thread: Thread): WindowView;
  emit(change: Partial<Change>): void;
}
