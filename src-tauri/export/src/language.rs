//! The three languages of headings and papers.

/// Of headings and papers, not of the people in them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    #[default]
    En,
    De,
    PtBr,
}

impl Language {
    /// From `de`, `pt-BR`, `en` and their relatives (`de-AT`, `pt_PT`); English for every other.
    pub fn of(tag: &str) -> Self {
        match tag.get(..2).map(str::to_ascii_lowercase).as_deref() {
            Some("de") => Self::De,
            Some("pt") => Self::PtBr,
            _ => Self::En,
        }
    }

    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
            Self::PtBr => "pt-BR",
        }
    }

    /// The one of three that is written in this language.
    pub(crate) fn pick<T: Copy>(self, [en, de, pt]: [T; 3]) -> T {
        match self {
            Self::En => en,
            Self::De => de,
            Self::PtBr => pt,
        }
    }

    /// What the papers say, as JSON.
    pub(crate) fn words(self) -> &'static str {
        self.pick([
            include_str!("../words/en.json"),
            include_str!("../words/de.json"),
            include_str!("../words/pt-BR.json"),
        ])
    }
}
