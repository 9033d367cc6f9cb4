// Theme, density and contrast of the whole window, as marks on its root that the tokens answer to. High contrast
// also comes by itself where the system asks for it, from the first screen on.

import { createSubscriber } from "svelte/reactivity";
import type { Settings } from "../backend/generated/Settings";

// Absent in tests.
const system = globalThis.matchMedia?.("(prefers-contrast: more)") as MediaQueryList | undefined;
let wished = false;

function showContrast(): void {
  const { dataset } = document.documentElement;
  if (wished || system?.matches) dataset.contrast = "more";
  else delete dataset.contrast;
}

export function showLook(settings: Pick<Settings, "theme" | "density" | "high_contrast">): void {
  const { dataset } = document.documentElement;
  if (settings.theme) dataset.theme = settings.theme;
  else delete dataset.theme;
  dataset.density = settings.density === "compact" ? "compact" : "comfortable";
  wished = settings.high_contrast;
  showContrast();
}

const watchSystem = createSubscriber((update) => {
  system?.addEventListener("change", update);
  return () => system?.removeEventListener("change", update);
});

/** Whether the system asks for it, whatever is set here. */
export function contrastBySystem(): boolean {
  watchSystem();
  return system?.matches ?? false;
}

system?.addEventListener("change", showContrast);
showContrast();
