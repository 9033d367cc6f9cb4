// Files of the made-up core: drawn pictures, and a voice that hums. All made here, none taken from anywhere.

import type { MessageRow } from "../generated/MessageRow";
import { picture } from "./picture";

export function mediaOf(row: MessageRow | undefined): ArrayBuffer {
  const media = row?.body.kind === "media" ? row.body.media : null;
  if (media?.kind === "audio") return hum(media.voice ? 14 : 42, row?.id ?? 1);
  if (media?.kind === "sticker") return text(STICKER);
  if (media?.kind === "image") return (row?.id ?? 0) % 2 === 0 ? picture() : text(WINDOW);
  return text("made up");
}

function text(value: string): ArrayBuffer {
  return new TextEncoder().encode(value).buffer as ArrayBuffer;
}

const RATE = 8000;

/** Mono, 16 bit: words of a hum with pauses between them. */
function hum(seconds: number, seed: number): ArrayBuffer {
  const count = seconds * RATE;
  const bytes = new ArrayBuffer(44 + count * 2);
  const view = new DataView(bytes);
  const write = (at: number, word: string) =>
    [...word].forEach((char, offset) => view.setUint8(at + offset, char.charCodeAt(0)));
  write(0, "RIFF");
  view.setUint32(4, 36 + count * 2, true);
  write(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, RATE, true);
  view.setUint32(28, RATE * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  write(36, "data");
  view.setUint32(40, count * 2, true);
  for (let at = 0; at < count; at++) {
    const time = at / RATE;
    const word = Math.max(0, Math.sin(time * 2.1 + seed) + 0.45 * Math.sin(time * 7.3 + seed * 2));
    const loud = word * (0.55 + 0.45 * Math.sin(time * 0.9));
    view.setInt16(44 + at * 2, loud * 9000 * Math.sin(time * 2 * Math.PI * (140 + 30 * word)), true);
  }
  return bytes;
}

const WINDOW = `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="800" viewBox="0 0 600 800">
<rect width="600" height="800" fill="#dfe8e4"/><rect y="640" width="600" height="160" fill="#c2b49a"/>
<rect x="70" y="120" width="460" height="460" rx="10" fill="#3d5a57"/><rect x="92" y="142" width="416" height="416" fill="#f7edd9"/>
<path d="M50 120h500l-36-64H86z" fill="#c4674a"/><path d="M86 56h62l-24 64H50zM210 56h62l-10 64h-76zM334 56h62l14 64h-76z" fill="#f2dcc7"/>
<rect x="92" y="430" width="416" height="16" fill="#a9885f"/><g fill="#d9a252"><ellipse cx="180" cy="412" rx="52" ry="26"/><ellipse cx="310" cy="416" rx="44" ry="20"/><ellipse cx="420" cy="412" rx="48" ry="26"/></g>
<g stroke="#a8743a" stroke-width="5" fill="none"><path d="M150 402l14 18M176 396l14 20M202 398l12 18M392 400l12 18M420 394l12 20"/></g>
<rect x="150" y="250" width="300" height="90" rx="10" fill="#3d5a57"/><path d="M180 296h240" stroke="#f7edd9" stroke-width="8" stroke-linecap="round"/></svg>`;

const STICKER = `<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256" viewBox="0 0 256 256">
<style>@media (prefers-reduced-motion: no-preference){.w{animation:w 1.6s ease-in-out infinite;transform-origin:60px 150px}}@keyframes w{50%{transform:rotate(-14deg)}}</style>
<circle cx="134" cy="134" r="96" fill="#f5c84c"/><circle cx="104" cy="116" r="10" fill="#4a3a1d"/><circle cx="164" cy="116" r="10" fill="#4a3a1d"/>
<path d="M92 154q42 44 84 0" fill="none" stroke="#4a3a1d" stroke-width="10" stroke-linecap="round"/>
<g class="w"><path d="M22 92q-8 44 30 66 30 10 36-20" fill="#f5c84c" stroke="#d9a52c" stroke-width="6"/></g></svg>`;
