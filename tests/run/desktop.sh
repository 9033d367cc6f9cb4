#!/bin/sh
# Runs a command on a desktop of its own: a screen (Xvfb), a session bus, an unlocked gnome-keyring and an empty home.
#   tests/run/desktop.sh COMMAND [ARGUMENT…]
# Nothing of the caller's desktop, keyring or settings is seen or changed; Rust's own folders are kept.
set -eu

for tool in xvfb-run dbus-run-session gnome-keyring-daemon; do
    command -v "$tool" >/dev/null || { echo "$tool is missing; run src-tauri/setup.sh test" >&2; exit 1; }
done

CARGO_HOME=${CARGO_HOME:-$HOME/.cargo}
RUSTUP_HOME=${RUSTUP_HOME:-$HOME/.rustup}
export CARGO_HOME RUSTUP_HOME

home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
trap 'exit 130' INT TERM
mkdir -m 700 "$home/run"
export HOME="$home"
export XDG_DATA_HOME="$home/data" XDG_CONFIG_HOME="$home/config" XDG_CACHE_HOME="$home/cache" XDG_RUNTIME_DIR="$home/run"
export GDK_BACKEND=x11
unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS GNOME_KEYRING_CONTROL XAUTHORITY

# Not `exec`: the trap above still has to clear the home away.
xvfb-run -a -s "-screen 0 ${GUICHET_SCREEN:-1920x1200x24} -nolisten tcp" dbus-run-session -- sh -c '
    { printf "practice\n" | gnome-keyring-daemon --unlock --components=secrets
      gnome-keyring-daemon --start --components=secrets; } >/dev/null 2>&1
    exec "$@"' desktop "$@"
