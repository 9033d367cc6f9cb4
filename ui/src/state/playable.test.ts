import { afterEach, expect, test, vi } from "vitest";
import { playable } from "./playable";

afterEach(() => void vi.restoreAllMocks());

const plays = (...types: string[]) =>
  vi
    .spyOn(HTMLMediaElement.prototype, "canPlayType")
    .mockImplementation((asked) => (types.some((type) => asked.startsWith(type)) ? "maybe" : ""));

test("a film is played only where its own coding is", () => {
  plays("audio/wav", "audio/ogg", "audio/mpeg");
  expect(["video/mp4", "video/3gpp", "audio/mp4", "audio/amr"].map(playable)).toEqual(Array(4).fill(false));
  expect(["audio/ogg; codecs=opus", "Audio/MPEG", "image/png", ""].map(playable)).toEqual(
    Array(4).fill(true),
  );
});

test("a player that says nothing of anything is tried", () => {
  plays();
  expect(playable("video/mp4")).toBe(true);
});
