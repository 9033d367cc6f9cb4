// Whether this machine can play a kind of file at all. Asked before it is tried: without the decoder the system's
// player does not fail, it stands still, and the whole window with it.

/** How films and sound are coded, as WhatsApp takes them (Meta, "Media", supported types). */
const FILM = 'video/mp4; codecs="avc1.42E01E, mp4a.40.2"';
const CODED: Record<string, string> = {
  "video/mp4": FILM,
  "video/3gpp": FILM,
  "audio/ogg": "audio/ogg; codecs=opus",
  "audio/mp4": 'audio/mp4; codecs="mp4a.40.2"',
};

export function playable(mimeType: string): boolean {
  const type = mimeType.split(";")[0]?.trim().toLowerCase() ?? "";
  if (!/^(?:audio|video)\//u.test(type)) return true;
  const player = document.createElement("video");
  // A player that knows not even plain sound says nothing of anything.
  return player.canPlayType("audio/wav") === "" || player.canPlayType(CODED[type] ?? type) !== "";
}
