#!/bin/sh
# Says in plain words that a window needs a screen, before anybody waits for a build.
[ "$(uname)" = Linux ] || exit 0
[ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || exit 0
cat >&2 <<'MESSAGE'
Guichet opens a window, and this session has no screen (neither DISPLAY nor WAYLAND_DISPLAY is set).
  - On a desktop: start it from a terminal of that desktop.
  - Over ssh: ssh -X, or look at pictures of it instead: make shots
  - To run its tests without a screen: make test
MESSAGE
exit 1
