#!/bin/sh
# Puts on this machine what Guichet needs, and only what is missing.
#   src-tauri/setup.sh build    to build and open the app
#   src-tauri/setup.sh test     to run the window tests as well
# System packages come from apt (Debian 12 or newer, Ubuntu 22.04 or newer). Rust and Node are checked, not installed.
set -eu

purpose=${1:-build}
case $purpose in
    build | test) ;;
    *) echo "usage: src-tauri/setup.sh build|test" >&2; exit 2 ;;
esac
root=$(cd "$(dirname "$0")/.." && pwd)

missing=
need() { # need PACKAGE WHY: the command before it said whether it is there
    missing="$missing $1"
    printf '  %-28s %s\n' "$1" "$2"
}
command_there() { command -v "$1" >/dev/null 2>&1; }
library_there() { command_there pkg-config && pkg-config --exists "$1" 2>/dev/null; }
element_there() { command_there gst-inspect-1.0 && gst-inspect-1.0 --exists "$1" 2>/dev/null; }
font_there() { command_there fc-list && [ -n "$(fc-list "$1" family 2>/dev/null)" ]; }

{ command_there cc && command_there make; } || need build-essential "the C compiler that SQLCipher is built with, and make"
command_there pkg-config || need pkg-config "finds the libraries below"
library_there webkit2gtk-4.1 || need libwebkit2gtk-4.1-dev "draws the window"
library_there librsvg-2.0 || need librsvg2-dev "icons of the window"
library_there openssl || need libssl-dev "the cryptography of SQLCipher"
font_there "Noto Color Emoji" || need fonts-noto-color-emoji "emoji in messages; without it they are empty boxes"
if [ "$purpose" = test ]; then
    command_there Xvfb || need xvfb "a screen for the window tests"
    command_there xauth || need xauth "lets the tests open that screen"
    command_there xdotool || need xdotool "presses keys as a person does"
    command_there xclip || need xclip "puts things into the clipboard of that screen"
    command_there setxkbmap || need x11-xkb-utils "keyboards of other countries"
    command_there gst-launch-1.0 || need gstreamer1.0-tools "makes a film and a voice note to play"
    element_there x264enc || need gstreamer1.0-plugins-ugly "the picture of that film"
    element_there avdec_h264 || need gstreamer1.0-libav "the sound of that film, and plays films in the window"
    element_there qtdemux || need gstreamer1.0-plugins-good "opens films"
    command_there WebKitWebDriver || need webkit2gtk-driver "types and clicks in the window"
    command_there dbus-run-session || need dbus "a session bus of the tests' own"
    command_there gnome-keyring-daemon || need gnome-keyring "a keyring of the tests' own"
    [ -e /usr/libexec/at-spi-bus-launcher ] || [ -e /usr/lib/at-spi2-core/at-spi-bus-launcher ] ||
        need at-spi2-core "accessibility, as on a real desktop"
    font_there "DejaVu Sans" || need fonts-dejavu-core "letters on a machine without fonts"
fi

if [ -n "$missing" ]; then
    if ! command_there apt-get; then
        echo "Guichet needs the packages above. This machine has no apt: please install their equivalents, then start again." >&2
        exit 1
    fi
    sudo=
    if [ "$(id -u)" != 0 ]; then
        command_there sudo || { echo "Please install as root: apt-get install$missing" >&2; exit 1; }
        sudo=sudo
    fi
    echo "Installing the packages above with apt (another apt that is at work is waited for)."
    log=$(mktemp)
    apt() { # quiet while it works; all it said when it does not
        $sudo env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 -q "$@" </dev/null >"$log" 2>&1 ||
            { cat "$log" >&2; rm -f "$log"; echo "apt-get $1 failed; its message is above." >&2; exit 1; }
    }
    apt update
    # shellcheck disable=SC2086 # one word per package
    apt install -y --no-install-recommends $missing
    rm -f "$log"
fi

at_least() { # at_least WANTED FOUND, as 1.95 or 20.19
    [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]
}
command_there cargo || {
    [ ! -x "$HOME/.cargo/bin/cargo" ] || { echo "Rust is installed but not in PATH; run: . \"\$HOME/.cargo/env\"" >&2; exit 1; }
    echo "Guichet needs Rust 1.95 or newer. Install it from https://rustup.rs, then start again." >&2
    exit 1
}
rust=$(cargo --version | cut -d ' ' -f 2 | cut -d - -f 1)
at_least 1.95 "$rust" || { echo "Guichet needs Rust 1.95 or newer and found $rust. With rustup: rustup update stable" >&2; exit 1; }
{ command_there node && command_there npm; } || {
    echo "Guichet needs Node 20.19 or newer, with npm. Install it from https://nodejs.org, then start again." >&2
    exit 1
}
node=$(node --version | tr -d v)
at_least 20.19 "$node" || {
    echo "Guichet needs Node 20.19 or newer and found $node (Debian's and Ubuntu's own is often older): https://nodejs.org" >&2
    exit 1
}

# The same stamp that build.rs keeps, so that only one of the two installs.
stamp=$root/ui/node_modules/.guichet-lock
if ! cmp -s "$root/ui/package-lock.json" "$stamp"; then
    echo "Installing the packages of the interface (npm ci)."
    (cd "$root/ui" && npm ci --no-audit --no-fund --loglevel=error </dev/null >/dev/null)
    cp "$root/ui/package-lock.json" "$stamp"
fi
