import { beforeEach, describe, expect, it, vi } from "vitest";
import { takeBackTyped } from "./undo";

describe("Ctrl+Z", () => {
  const done = vi.fn(() => true);
  beforeEach(() => {
    done.mockClear();
    Object.assign(document, { execCommand: done });
    document.body.replaceChildren(document.createElement("textarea"), document.createElement("button"));
  });

  function press(selector: string, init: KeyboardEventInit): boolean {
    const event = new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...init });
    addEventListener("keydown", takeBackTyped, { once: true });
    document.querySelector(selector)?.dispatchEvent(event);
    return event.defaultPrevented;
  }

  it("takes back what was typed, and brings it again with Shift or Y", () => {
    expect(press("textarea", { key: "z", ctrlKey: true })).toBe(true);
    expect(press("textarea", { key: "Z", ctrlKey: true, shiftKey: true })).toBe(true);
    expect(press("textarea", { key: "y", ctrlKey: true })).toBe(true);
    expect(done.mock.calls).toEqual([["undo"], ["redo"], ["redo"]]);
  });

  it("leaves other keys and other places alone", () => {
    expect(press("textarea", { key: "z" })).toBe(false);
    expect(press("textarea", { key: "c", ctrlKey: true })).toBe(false);
    expect(press("textarea", { key: "z", ctrlKey: true, isComposing: true })).toBe(false);
    expect(press("button", { key: "z", ctrlKey: true })).toBe(false);
    expect(done).not.toHaveBeenCalled();
  });
});
