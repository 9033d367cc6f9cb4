//! Pictures of every screen, in every look and language: `make shots`.

mod album;
mod consents;
mod dialogs;
mod guard;
mod inbox;
mod kinds;
mod rare;
mod templates;

fn escape() -> String {
    fantoccini::key::Key::Escape.to_string()
}
