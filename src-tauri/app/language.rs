//! Which of the three languages the system speaks, for whatever speaks before anybody chose one.

use practice::Language;

/// As the window does: what was chosen, else what the environment of the process says.
pub fn spoken(chosen: &str) -> Language {
    chosen.parse().unwrap_or_else(|_| {
        let first = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
        of_locale(&first.unwrap_or_default())
    })
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
