//! The desktop program. Everything it does is in the library, so that it can be built and tested without a window.

// A release on Windows opens no console beside its window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    // What needs no window is answered before anything of one is touched.
    if let Some(code) = guichet_app::on_the_command_line(std::env::args_os().skip(1)) {
        return code;
    }
    guichet_app::run();
    ExitCode::SUCCESS
}
