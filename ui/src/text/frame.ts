// The place of a picture or a film in its bubble, kept before a byte of it is there, so that nothing moves when
// it comes. In rem, as everything around it.

import type { MediaView } from "../backend/generated/MediaView";

const WIDEST = 20;
const HIGHEST = 24;
/** A long screenshot or a panorama is cut to these. */
const NARROWEST = 10;
const FLATTEST = 6;

export interface Frame {
  ratio: number;
  width: number;
}

/** `usual`: the shape, width by height, where the file does not say. */
export function frameOf({ width, height }: Pick<MediaView, "width" | "height">, usual: number): Frame {
  const own = width && height ? width / height : usual;
  const ratio = Math.min(Math.max(own, NARROWEST / HIGHEST), WIDEST / FLATTEST);
  return { ratio, width: Math.min(WIDEST, HIGHEST * ratio) };
}
