// Where the keyboard is to go. Widgets register what they can focus; keys and states ask for it by name, so
// that no part of the screen reaches into another's elements.

export type Place = "search" | "list" | "composer" | "picker";
export type DialogName = "settings" | "shortcuts" | "practice";

export class Focus {
  dialog = $state<DialogName | null>(null);
  /** What is typed into the search field; the list shows results instead of threads while it is not empty. */
  search = $state("");
  /** Moves the list's cursor: set by the list. */
  step: (by: number) => void = () => undefined;
  #places = new Map<Place, () => void>();

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
