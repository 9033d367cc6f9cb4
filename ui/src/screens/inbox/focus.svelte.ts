// Where the keyboard is to go, and what lies over the screen. Widgets register what they can focus; keys and
// states ask for it by name, so that no part of the screen reaches into another's elements.

import { getContext, setContext } from "svelte";
import { remember, remembered } from "../../state/remembered";
import { SearchInput } from "../../state/search.svelte";

export type Place = "search" | "list" | "sections" | "composer" | "picker" | "note" | "panel" | "date";
export type DialogName =
  "settings" | "shortcuts" | "practice" | "palette" | "snooze" | "assign" | "labels" | "quick-replies";

/** Below this the rail folds to icons while the customer panel is open. */
const NARROW = 1400;

export class Focus {
  dialog = $state<DialogName | null>(null);
  /** What an open dialog acts on: the list may move underneath it. */
  targets = $state.raw<number[]>([]);
  /** What is typed into the search field; the list shows results instead of threads while it is not empty. */
  readonly finding = new SearchInput();
  /** The customer panel on the right. */
  panel = $state(remembered("panel", false));
  /** Of the window, in pixels: set by the screen. */
  width = $state(NARROW);
  #folded = $state(remembered("rail", false));
  /** Moves the list's cursor: set by the list. */
  step: (by: number) => void = () => undefined;
  #places = new Map<Place, () => void>();

  /** All that is looked for, in words. */
  get search(): string {
    return this.finding.whole;
  }

  set search(text: string) {
    this.finding.whole = text;
  }

  /** The rail shows icons only. */
  get folded(): boolean {
    return this.#folded || (this.panel && this.width < NARROW);
  }

  fold(on: boolean): void {
    this.#folded = on;
    remember("rail", on);
    // On a narrow screen one makes room for the other.
    if (!on && this.folded) this.showPanel(false);
  }

  showPanel(on: boolean): void {
    this.panel = on;
    remember("panel", on);
  }

  /** Opens a dialog about these threads. */
  ask(dialog: DialogName, targets: number[] = []): void {
    this.targets = targets;
    this.dialog = dialog;
  }

  /** For `{@attach}`: makes an element the place of that name while it is on screen. */
  at(place: Place) {
    return (element: HTMLElement) => this.register(place, () => element.focus());
  }

  register(place: Place, go: () => void): () => void {
    this.#places.set(place, go);
    return () => {
      if (this.#places.get(place) === go) this.#places.delete(place);
    };
  }

  go(place: Place): boolean {
    const found = this.#places.get(place);
    found?.();
    return found !== undefined;
  }
}

const KEY = Symbol("focus");

export function provideFocus(focus: Focus): Focus {
  return setContext(KEY, focus);
}

export function useFocus(): Focus {
  return getContext(KEY);
}
