// What jsdom lacks and the screens need: a size for scrolling elements, dialogs, and a place for blobs.

import { afterEach, beforeEach } from "vitest";
import { locale } from "../src/state/locale.svelte";

for (const [name, size] of [
  ["offsetHeight", 700],
  ["offsetWidth", 400],
] as const) {
  Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => size });
}
HTMLElement.prototype.scrollTo = () => undefined;
globalThis.ResizeObserver = class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
HTMLDialogElement.prototype.showModal = function () {
  this.open = true;
};
URL.createObjectURL = () => "blob:test";
URL.revokeObjectURL = () => undefined;

beforeEach(() => locale.choose("en"));
afterEach(() => {
  document.body.replaceChildren();
});
