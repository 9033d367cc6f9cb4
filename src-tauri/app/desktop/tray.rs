//! The tray, where the desktop has one: how much is unread, and a way back to the window. Never the only one.

use super::{MAIN, raise};
use practice::Language;
use std::path::Path;
use tauri::{
    App, AppHandle, Manager,
    menu::{Menu, MenuItem},
    tray::{TrayIconBuilder, TrayIconId},
};

const TRAY: &str = "guichet";
const OPEN: &str = "open";
const QUIT: &str = "quit";

/// Puts the icon there. Says so in the log where that is not possible.
pub fn put(app: &App, words: Words) {
    if !library_is_there() {
        return tracing::info!("no tray: this desktop has no library for it");
    }
    if let Err(error) = build(app, words) {
        tracing::info!(%error, "no tray");
    }
}

/// What the menu says.
pub struct Words {
    pub open: &'static str,
    pub quit: &'static str,
}

impl Words {
    pub fn of(language: Language) -> Self {
        let (open, quit) = match language {
            Language::De => ("Guichet öffnen", "Beenden"),
            Language::PtBr => ("Abrir o Guichet", "Sair"),
            Language::En => ("Open Guichet", "Quit"),
        };
        Self { open, quit }
    }
}

fn build(app: &App, words: Words) -> tauri::Result<()> {
    let open = MenuItem::with_id(app, OPEN, words.open, true, None::<&str>)?;
    let quit = MenuItem::with_id(app, QUIT, words.quit, true, None::<&str>)?;
    let mut tray = TrayIconBuilder::with_id(TRAY)
        .menu(&Menu::with_items(app, &[&open, &quit])?)
        .on_menu_event(|app, event| match event.id().as_ref() {
            OPEN => raise(app),
            QUIT => app.exit(0),
            _ => {}
        });
    if let Some(icon) = app.default_window_icon() {
        tray = tray.icon(icon.clone());
    }
    tray.build(app).map(drop)
}

/// Unread threads, beside the icon and in the window's title; 0 takes them away.
pub fn set_unread(app: &AppHandle, unread: u32) {
    let title = titled(unread);
    let count = (unread > 0).then(|| unread.to_string());
    let tray = app.tray_by_id(&TrayIconId::new(TRAY));
    let shown = tray.map_or(Ok(()), |tray| {
        tray.set_title(count.as_deref())
            .and_then(|()| tray.set_tooltip(Some(&title)))
    });
    let window = app.get_webview_window(MAIN);
    let titled = window.map_or(Ok(()), |window| window.set_title(&title));
    if let Err(error) = shown.and(titled) {
        tracing::warn!(%error, "the number of unread threads could not be shown");
    }
}

fn titled(unread: u32) -> String {
    match unread {
        0 => "Guichet".to_owned(),
        some => format!("({some}) Guichet"),
    }
}

/// The tray's library is opened when it is first used, and the program ends where it is missing: so look first.
fn library_is_there() -> bool {
    if !cfg!(target_os = "linux") {
        return true;
    }
    let names = ["libayatana-appindicator3.so.1", "libappindicator3.so.1"];
    let within = |folder: &Path| names.iter().any(|name| folder.join(name).exists());
    let roots = ["/usr/lib", "/usr/lib64", "/usr/local/lib", "/lib"];
    roots.into_iter().map(Path::new).any(|root| {
        within(root)
            || std::fs::read_dir(root).is_ok_and(|mut folders| {
                folders.any(|folder| folder.is_ok_and(|folder| within(&folder.path())))
            })
    })
}

#[cfg(test)]
mod tests {
    use super::titled;

    #[test]
    fn the_title_counts_only_what_is_there_to_count() {
        assert_eq!(titled(0), "Guichet");
        assert_eq!(titled(12), "(12) Guichet");
    }
}
