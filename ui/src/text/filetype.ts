// What kind of file it is, for its picture and its three letters: by its ending, else by what it calls itself.

export type FileType = "pdf" | "text" | "table" | "archive" | "image" | "video" | "audio" | "other";

const ENDINGS: Record<string, FileType> = {
  pdf: "pdf",
  txt: "text",
  doc: "text",
  docx: "text",
  odt: "text",
  rtf: "text",
  xls: "table",
  xlsx: "table",
  ods: "table",
  csv: "table",
  zip: "archive",
  gz: "archive",
  rar: "archive",
  "7z": "archive",
  jpg: "image",
  jpeg: "image",
  png: "image",
  webp: "image",
  gif: "image",
  heic: "image",
  mp4: "video",
  mov: "video",
  mp3: "audio",
  ogg: "audio",
  m4a: "audio",
};

const NAMED: [RegExp, FileType][] = [
  [/pdf/u, "pdf"],
  [/sheet|excel|csv/u, "table"],
  [/zip|compressed/u, "archive"],
  [/^image\//u, "image"],
  [/^video\//u, "video"],
  [/^audio\//u, "audio"],
  [/^text\/|word|document/u, "text"],
];

/** `PDF`, `XLSX`; empty where neither name nor type tells. */
export function endingOf(filename: string | null, mimeType: string | null): string {
  const ending = /\.([a-z0-9]{1,5})$/iu.exec(filename?.trim() ?? "")?.[1];
  if (ending) return ending.toUpperCase();
  const named = mimeType?.split(";")[0]?.split("/").at(-1) ?? "";
  return /^[a-z0-9]{2,5}$/iu.test(named) ? named.toUpperCase() : "";
}

export function fileType(filename: string | null, mimeType: string | null): FileType {
  const ending = ENDINGS[endingOf(filename, null).toLowerCase()];
  return ending ?? NAMED.find(([pattern]) => pattern.test(mimeType ?? ""))?.[1] ?? "other";
}
