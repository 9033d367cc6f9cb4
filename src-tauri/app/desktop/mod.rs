//! What reaches past the window into the desktop: notices, the tray, files that staff save, the spelling checker,
//! the clipboard, the log.

pub mod clipboard;
pub mod legible;
pub mod log;
pub mod notices;
pub mod saving;
pub mod spelling;
pub mod tray;

use tauri::{AppHandle, Manager};

/// The one window.
const MAIN: &str = "main";

/// Brings the window to the front, from wherever it was.
pub fn raise(app: &AppHandle) {
    let Some(window) = app.get_webview_window(MAIN) else {
        return;
    };
    let raised = window
        .show()
        .and_then(|()| window.unminimize())
        .and_then(|()| window.set_focus());
    if let Err(error) = raised {
        tracing::warn!(%error, "the window could not be raised");
    }
}
