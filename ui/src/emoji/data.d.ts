// Names and search words by Unicode CLDR. Declared by hand: the compiler need not read a megabyte for a type.

declare module "emoji-picker-element-data/*" {
  const data: {
    emoji: string;
    annotation: string;
    tags?: string[];
    shortcodes?: string[];
    group: number;
    version: number;
  }[];
  export default data;
}
