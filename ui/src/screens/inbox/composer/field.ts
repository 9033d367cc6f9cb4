// What every field of the composer does with its textarea: grow with the text, send on the chosen key, and take
// in text without losing the browser's own undo.

/** Height after the text. WebKit has no `field-sizing`; the stylesheet sets the greatest height. */
export function fit(area: HTMLTextAreaElement): void {
  area.style.height = "auto";
  if (area.value === "") return;
  area.style.height = `${area.scrollHeight}px`;
}

/** Does this key send? Never in the middle of a composition (Japanese, accents): there Enter takes a word over. */
export function sends(event: KeyboardEvent, enterSends: boolean): boolean {
  // 229: some input methods report the Enter that ends a composition without `isComposing`.
  if (event.key !== "Enter" || event.isComposing || event.keyCode === 229) return false;
  if (event.ctrlKey || event.metaKey) return true;
  return enterSends && !event.shiftKey && !event.altKey;
}

/** Puts `text` in place of what stands between the two places, as if it had been typed. */
export function insert(area: HTMLTextAreaElement, text: string, from: number, to: number): void {
  area.focus();
  area.setSelectionRange(from, to);
  // The one way that Ctrl+Z takes back.
  const command = text === "" ? "delete" : "insertText";
  const typed = document.execCommand?.(command, false, text) ?? false;
  if (typed) return;
  area.setRangeText(text, from, to, "end");
  area.dispatchEvent(new InputEvent("input", { bubbles: true }));
}
