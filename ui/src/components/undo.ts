// Ctrl+Z in text fields. WebKit on Linux knows how to take back what was typed, but has no key for it: a browser
// brings its own menu, and this window has none. By `event.key`, so that it is the Z that is printed.

export function takeBackTyped(event: KeyboardEvent): void {
  if (event.isComposing || event.altKey || !(event.ctrlKey || event.metaKey)) return;
  const { target } = event;
  if (!(target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement)) return;
  // The editor of templates takes back whole steps itself.
  if (target.closest("[data-own-undo]")) return;
  const key = event.key.toLowerCase();
  if (key !== "z" && !(key === "y" && !event.shiftKey)) return;
  // Whether or not the engine would have done it by itself, it is done once.
  event.preventDefault();
  document.execCommand?.(key === "y" || event.shiftKey ? "redo" : "undo");
}
