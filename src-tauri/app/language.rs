//! Which of the three languages the system speaks, for whatever speaks before anybody chose one.

use practice::Language;

/// What was chosen, else what the environment of the process says.
pub fn spoken(chosen: &str) -> Language {
    chosen.parse().unwrap_or_else(|_| of_locale(&locale()))
}

/// Tells the window's script the same. WebKit itself knows only languages whose locale is installed, and a German
/// desktop need not have it.
pub fn introduction() -> String {
    let locale = locale();
    if locale.is_empty() || locale.starts_with('C') || locale == "POSIX" {
        return String::new();
    }
    let language = of_locale(&locale);
    format!(
        "Object.defineProperty(navigator, 'languages', {{ value: Object.freeze(['{language}']) }});"
    )
}

fn locale() -> String {
    let names = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter();
    let mut values = names.filter_map(|name| std::env::var(name).ok());
    values.find(|value| !value.is_empty()).unwrap_or_default()
}

/// `de_AT.UTF-8` is German, `pt_PT` the Portuguese there is, everything else English.
fn of_locale(locale: &str) -> Language {
    match locale.get(..2) {
        Some("de") => Language::De,
        Some("pt") => Language::PtBr,
        _ => Language::En,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_locale_finds_one_of_the_three_languages() {
        for (locale, language) in [
            ("de_AT.UTF-8", Language::De),
            ("pt_BR.UTF-8", Language::PtBr),
            ("pt_PT", Language::PtBr),
            ("en_GB.UTF-8", Language::En),
            ("C", Language::En),
            ("fr_FR", Language::En),
            ("", Language::En),
        ] {
            assert_eq!(of_locale(locale), language, "{locale}");
        }
        assert_eq!(spoken("de"), Language::De);
    }
}
