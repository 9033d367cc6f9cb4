// A player whose element has left the page is kept by WebKit until it happens to collect garbage: its threads and some
// 14 MB each. So it is emptied at once; but not while it still loads, for a player that is torn down then can stop
// WebKit's GStreamer, and the window with it.

/** `HTMLMediaElement.HAVE_CURRENT_DATA`: a first frame is there, and nothing is under way. */
const STANDS_STILL = 2;

export function letGo(player: HTMLMediaElement): void {
  player.pause();
  if (player.readyState >= STANDS_STILL || player.error || !player.src) return empty(player);
  const done = new AbortController();
  for (const end of ["loadeddata", "error"])
    player.addEventListener(
      end,
      () => {
        done.abort();
        empty(player);
      },
      { signal: done.signal },
    );
}

function empty(player: HTMLMediaElement): void {
  player.removeAttribute("src");
  player.load();
}
