import { expect, test, vi } from "vitest";
import { letGo } from "./let_go";

/** A player as far as it got; jsdom loads nothing by itself. */
function player(readyState: number, error: MediaError | null = null) {
  const film = document.createElement("video");
  film.src = "blob:film";
  Object.defineProperties(film, { readyState: { value: readyState }, error: { value: error } });
  return Object.assign(film, { pause: vi.fn(), load: vi.fn() });
}

test.each([
  ["with its first frame there", 2, null],
  ["that could not be played", 0, {} as MediaError],
])("a player %s is emptied at once", (_, readyState, error) => {
  const film = player(readyState, error);
  letGo(film);
  expect(film.hasAttribute("src")).toBe(false);
  expect(film.load).toHaveBeenCalledOnce();
});

test.each(["loadeddata", "error"])("a player that loads is emptied after its %s, once", (end) => {
  const film = player(0);
  letGo(film);
  film.dispatchEvent(new Event("loadedmetadata"));
  expect(film.hasAttribute("src")).toBe(true);
  film.dispatchEvent(new Event(end));
  film.dispatchEvent(new Event("error"));
  expect(film.hasAttribute("src")).toBe(false);
  expect(film.load).toHaveBeenCalledOnce();
});

test("a player without a film is emptied at once", () => {
  const film = player(0);
  film.removeAttribute("src");
  letGo(film);
  expect(film.load).toHaveBeenCalledOnce();
});
