// What an address really is: the host that will be opened, and the tricks that make one look like another. The
// host is always shown as the network sees it (letters beyond a–z in their `xn--` form, Unicode TR 39).

import type { Link } from "./addresses";

export type LinkTrick =
  /** Something before an @ that looks like the host and is none. */
  | "userinfo"
  /** Letters of several alphabets within one word. */
  | "mixed_script"
  /** Letters beyond a–z, of one alphabet: proper in many names, and good for look-alikes. */
  | "foreign_letters"
  /** A bare number in place of a name. */
  | "number"
  /** A way in that is not the usual one. */
  | "port"
  /** Not encrypted on its way. */
  | "http";

export interface LinkParts {
  before: string;
  host: string;
  after: string;
  tricks: LinkTrick[];
  /** How the host was written, where it differs from what it is. */
  written: string | null;
}

const SCRIPTS = ["Latin", "Cyrillic", "Greek", "Armenian", "Hebrew", "Arabic", "Cherokee", "Han"].map(
  (script) => new RegExp(`\\p{Script=${script}}`, "u"),
);

export function inspectLink({ url: address, text }: Pick<Link, "url" | "text">): LinkParts {
  const url = new URL(address);
  const written = writtenHost(text);
  const at = address.indexOf(url.host, url.protocol.length + 2 + userinfo(url).length);
  const tricks: LinkTrick[] = [];
  if (url.username || url.password) tricks.push("userinfo");
  if (written.split(".").some(mixed)) tricks.push("mixed_script");
  else if (/(^|\.)xn--/u.test(url.hostname)) tricks.push("foreign_letters");
  if (/^[\d.]+$|^\[/u.test(url.hostname)) tricks.push("number");
  if (url.port) tricks.push("port");
  if (url.protocol === "http:") tricks.push("http");
  return {
    before: address.slice(0, at),
    host: url.host,
    after: address.slice(at + url.host.length),
    tricks,
    written: written && written.toLowerCase() !== url.hostname ? written : null,
  };
}

/** Where the text alone would mislead about where it leads. */
export function misleads({ tricks }: LinkParts): boolean {
  return tricks.some((trick) => trick !== "http" && trick !== "port");
}

function userinfo(url: URL): string {
  if (!url.username && !url.password) return "";
  return `${url.username}${url.password ? `:${url.password}` : ""}@`;
}

function writtenHost(text: string): string {
  const rest = text.replace(/^https?:\/\//iu, "").split(/[/?#\\]/u)[0] ?? "";
  return (rest.split("@").at(-1) ?? "").replace(/:\d*$/u, "");
}

function mixed(label: string): boolean {
  return SCRIPTS.filter((script) => script.test(label)).length > 1;
}

/** A place on a map that belongs to nobody's shop; opened only when asked for. */
export function mapLink(latitude: number, longitude: number): Link {
  const [lat, lon] = [latitude.toFixed(6), longitude.toFixed(6)];
  const url = `https://www.openstreetmap.org/?mlat=${lat}&mlon=${lon}#map=17/${lat}/${lon}`;
  return { kind: "link", url, text: url, host: "www.openstreetmap.org" };
}
