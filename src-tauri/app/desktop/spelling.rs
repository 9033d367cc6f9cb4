//! The spelling checker of the window follows the language that is being written: each customer's own in an answer,
//! the staff's in a note. WebKit knows one choice for the whole window, and takes none from `lang`.

use super::MAIN;
use tauri::{AppHandle, Manager};

/// Checks spelling in this language (BCP 47) from now on; where no dictionary of it is installed, not at all.
pub fn follow(app: &AppHandle, tag: &str) {
    let (Some(dictionary), Some(window)) = (dictionary(tag), app.get_webview_window(MAIN)) else {
        return;
    };
    if let Err(error) = window.with_webview(move |webview| check_in(&webview, &dictionary)) {
        tracing::warn!(%error, "the spelling checker could not be reached");
    }
}

#[cfg(target_os = "linux")]
fn check_in(webview: &tauri::webview::PlatformWebview, dictionary: &str) {
    use webkit2gtk::{WebContextExt, WebViewExt};
    if let Some(context) = webview.inner().context() {
        context.set_spell_checking_languages(&[dictionary]);
        context.set_spell_checking_enabled(true);
    }
}

/// Elsewhere the system's own checker finds the language out by itself.
#[cfg(not(target_os = "linux"))]
fn check_in(_: &tauri::webview::PlatformWebview, _: &str) {}

/// The name of its dictionary: `pt_BR` for `pt-BR`. None for what names no language.
fn dictionary(tag: &str) -> Option<String> {
    let mut parts = tag.split('-');
    let language = parts.next()?;
    let letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    if !(2..=3).contains(&language.len()) || !letters(language) {
        return None;
    }
    let language = language.to_ascii_lowercase();
    // Scripts and variants are not in the names.
    match parts.find(|part| part.len() == 2 && letters(part)) {
        Some(country) => Some(format!("{language}_{}", country.to_ascii_uppercase())),
        None => Some(language),
    }
}

#[cfg(test)]
mod tests {
    use super::dictionary;

    #[test]
    fn a_language_is_named_as_its_dictionary_is() {
        for (tag, name) in [
            ("de", Some("de")),
            ("pt-BR", Some("pt_BR")),
            ("PT-br", Some("pt_BR")),
            ("sr-Latn-RS", Some("sr_RS")),
            ("zh-Hans", Some("zh")),
            ("", None),
            ("d", None),
            ("../etc", None),
            ("de/../x", None),
        ] {
            assert_eq!(dictionary(tag).as_deref(), name, "{tag}");
        }
    }
}
