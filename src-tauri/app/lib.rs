//! The Tauri shell: the only Rust that imports tauri.

/// Opens the window and runs until it is closed.
pub fn run() {
    if let Err(error) = tauri::Builder::default().run(tauri::generate_context!()) {
        eprintln!("Guichet could not start: {error}");
        std::process::exit(1);
    }
}
