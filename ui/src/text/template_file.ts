// Which files a slot takes (Meta, "Media": supported types and sizes), said before they are handed over.

export type FileSlotKind = "image" | "video" | "document";

export type FileFault =
  | { fault: "kind"; kind: FileSlotKind }
  | { fault: "large"; limit: number }
  | { fault: "empty" }
  | { fault: "gone" }
  | { fault: "failed" };

const MB = 1024 * 1024;
export const FILE_LIMITS: Record<FileSlotKind, number> = {
  image: 5 * MB,
  video: 16 * MB,
  document: 100 * MB,
};
const TAKEN: Record<FileSlotKind, readonly string[]> = {
  image: ["image/jpeg", "image/png"],
  video: ["video/mp4", "video/3gpp"],
  document: [],
};

/** For the `accept` of a file field. */
export function accepted(kind: FileSlotKind): string {
  return TAKEN[kind].join(",");
}

export function fileFault(kind: FileSlotKind, file: { type: string; size: number }): FileFault | null {
  if (file.size === 0) return { fault: "empty" };
  const fits =
    kind === "document" ? !/^(image|video|audio)\//u.test(file.type) : TAKEN[kind].includes(file.type);
  if (!fits) return { fault: "kind", kind };
  const limit = FILE_LIMITS[kind];
  return file.size > limit ? { fault: "large", limit } : null;
}
