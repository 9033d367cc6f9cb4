// The sound of a notice: two soft notes, made here instead of loaded, because the window may fetch nothing.

const RATE = 22_050;
const SECONDS = 0.7;
/** Frequency in Hz and start in seconds: a fifth upwards, from E5 to B5. */
const NOTES = [
  [659.25, 0],
  [987.77, 0.13],
] as const;
const LOUDNESS = 0.16;
const HEADER = 44;

/** What stands at a moment of the sound, between -1 and 1. */
export function chimeAt(seconds: number): number {
  let sum = 0;
  for (const [hertz, start] of NOTES) {
    const t = seconds - start;
    if (t < 0) continue;
    // A bell without an edge: up within 8 ms, then slowly away, with a trace of the octave above.
    const swell = Math.min(1, t / 0.008) * Math.exp(-t * 7);
    const tone = Math.sin(2 * Math.PI * hertz * t) + 0.18 * Math.sin(4 * Math.PI * hertz * t);
    sum += swell * tone;
  }
  const fade = Math.min(1, (SECONDS - seconds) / 0.05);
  return Math.max(-1, Math.min(1, sum * LOUDNESS * Math.max(0, fade)));
}

/** The same as a WAV file, 16 bit and mono. */
export function chimeFile(): ArrayBuffer {
  const samples = Math.floor(RATE * SECONDS);
  const file = new DataView(new ArrayBuffer(HEADER + samples * 2));
  const word = (at: number, text: string) => {
    for (let index = 0; index < text.length; index++) file.setUint8(at + index, text.charCodeAt(index));
  };
  word(0, "RIFF");
  file.setUint32(4, file.byteLength - 8, true);
  word(8, "WAVEfmt ");
  file.setUint32(16, 16, true);
  file.setUint16(20, 1, true);
  file.setUint16(22, 1, true);
  file.setUint32(24, RATE, true);
  file.setUint32(28, RATE * 2, true);
  file.setUint16(32, 2, true);
  file.setUint16(34, 16, true);
  word(36, "data");
  file.setUint32(40, samples * 2, true);
  for (let at = 0; at < samples; at++)
    file.setInt16(HEADER + at * 2, Math.round(chimeAt(at / RATE) * 32_767), true);
  return file.buffer as ArrayBuffer;
}

let kept: HTMLAudioElement | null = null;

export function playChime(): void {
  kept ??= new Audio(URL.createObjectURL(new Blob([chimeFile()], { type: "audio/wav" })));
  kept.currentTime = 0;
  // A computer without sound still shows the notice.
  void kept.play()?.catch(() => undefined);
}
