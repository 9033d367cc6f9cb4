// Chooses the core behind the window. `MODE` is a constant at build time: the made-up core and its
// people are not in the product's bundle.

import type { Backend } from "./backend";
import { tauri } from "./tauri";

export async function chooseBackend(): Promise<Backend> {
  if (import.meta.env.MODE === "fake") {
    const { fakeFromAddress } = await import("./fake/address");
    return fakeFromAddress(location.search);
  }
  return tauri;
}
