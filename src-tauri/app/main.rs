//! The desktop program. Everything it does is in the library, so that it can be built and tested without a window.

// A release on Windows opens no console beside its window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() {
    guichet_app::run();
}
