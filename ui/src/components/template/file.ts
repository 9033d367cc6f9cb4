/** A file for a slot, as far as a preview shows it. */
export interface PreviewFile {
  url?: string | undefined;
  kind: string;
  filename: string;
}

export type PreviewFiles = Readonly<Record<string, PreviewFile | undefined>>;

export type Values = Readonly<Record<string, string>>;
