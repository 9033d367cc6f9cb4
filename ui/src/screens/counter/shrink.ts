// A photo of a form is made smaller in the window: what crosses to the core is a proof, not forty megabytes.

/** Longer edge, in pixels: a page of A4 is legible at 200 dpi. */
export const EDGE = 2500;
const QUALITY = 0.85;
/** A small file may stay as it is. */
const SMALL = 3 * 1024 * 1024;

/** Null: this is no picture that can be read. Anything but a picture is left to the core to judge. */
export async function shrunk(file: File): Promise<Blob | null> {
  if (!file.type.startsWith("image/")) return file;
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file);
  } catch {
    return null;
  }
  try {
    const { width, height } = picture;
    const scale = Math.min(1, EDGE / Math.max(width, height));
    const kept = /^image\/(jpeg|png|webp)$/u.test(file.type);
    if (scale === 1 && kept && file.size <= SMALL) return file;
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(width * scale));
    canvas.height = Math.max(1, Math.round(height * scale));
    const pen = canvas.getContext("2d");
    if (!pen) return null;
    // What is transparent would become black.
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  } finally {
    picture.close();
  }
}
