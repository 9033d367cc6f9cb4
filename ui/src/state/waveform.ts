// The shape of a voice note: how loud it is, from its beginning to its end.

export interface Waveform {
  /** From 0 to 1. */
  peaks: number[];
  seconds: number;
}

const BARS = 44;
/** A decoder that is not there may never answer. */
const PATIENCE = 4000;
/** A longer one would take hundreds of megabytes to decode. */
const MOST_BYTES = 3 * 1024 * 1024;

/** `null` where this machine cannot tell. */
export async function waveformOf(blob: Blob): Promise<Waveform | null> {
  if (blob.size > MOST_BYTES || typeof OfflineAudioContext === "undefined") return null;
  try {
    const bytes = await blob.arrayBuffer();
    const decoded = await soon(new OfflineAudioContext(1, 1, 16_000).decodeAudioData(bytes));
    return decoded ? { peaks: peaksOf(decoded.getChannelData(0), BARS), seconds: decoded.duration } : null;
  } catch {
    return null;
  }
}

/** The loudest of each part, the loudest of all being 1. */
export function peaksOf(samples: Float32Array, bars: number): number[] {
  const part = Math.max(1, Math.floor(samples.length / bars));
  const peaks = Array.from({ length: bars }, (_, bar) => {
    let loudest = 0;
    const end = Math.min(samples.length, (bar + 1) * part);
    for (let at = bar * part; at < end; at += 4) loudest = Math.max(loudest, Math.abs(samples[at] ?? 0));
    return loudest;
  });
  const most = Math.max(...peaks);
  return most > 0 ? peaks.map((peak) => peak / most) : peaks;
}

function soon<T>(work: Promise<T>): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(null), PATIENCE);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
