// What every section of the settings gets.

import type { Settings } from "../../backend/generated/Settings";

export interface SectionProps {
  settings: Settings;
  /** Saves at once. */
  change: (part: Partial<Settings>) => void;
}
