//! The lists: those that came with the app (`assets/content`), and the shop's own in their place.

use super::Hit;
use crate::{
    spam_guard::{Phrases, forbidden},
    view::{ContentKind, WordList},
};
use serde::Deserialize;
use std::sync::LazyLock;

/// A file as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    unlawful: Vec<String>,
    insulting: Vec<String>,
    discriminating: Vec<String>,
    violent: Vec<String>,
    sexual: Vec<String>,
    prohibited: Vec<String>,
    price: Vec<String>,
    date: Vec<String>,
    health: Vec<String>,
    misleading: Vec<String>,
    innocent: Vec<String>,
}

impl File {
    fn of(&self, kind: ContentKind) -> &[String] {
        match kind {
            ContentKind::Unlawful => &self.unlawful,
            ContentKind::Insulting => &self.insulting,
            ContentKind::Discriminating => &self.discriminating,
            ContentKind::Violent => &self.violent,
            ContentKind::Sexual => &self.sexual,
            ContentKind::Prohibited => &self.prohibited,
            ContentKind::Price => &self.price,
            ContentKind::Date => &self.date,
            ContentKind::Health => &self.health,
            ContentKind::Misleading => &self.misleading,
        }
    }
}

/// Languages that lists came with.
pub const LANGUAGES: [&str; 10] = ["ar", "de", "en", "es", "fr", "it", "nl", "pl", "pt", "tr"];

pub(crate) const KINDS: [ContentKind; 10] = [
    ContentKind::Unlawful,
    ContentKind::Insulting,
    ContentKind::Discriminating,
    ContentKind::Violent,
    ContentKind::Sexual,
    ContentKind::Prohibited,
    ContentKind::Price,
    ContentKind::Date,
    ContentKind::Health,
    ContentKind::Misleading,
];

static FILES: LazyLock<[File; 10]> = LazyLock::new(|| {
    // A file of ours that cannot be read says nothing; a test reads them all.
    [
        include_str!("../../../../assets/content/ar.toml"),
        include_str!("../../../../assets/content/de.toml"),
        include_str!("../../../../assets/content/en.toml"),
        include_str!("../../../../assets/content/es.toml"),
        include_str!("../../../../assets/content/fr.toml"),
        include_str!("../../../../assets/content/it.toml"),
        include_str!("../../../../assets/content/nl.toml"),
        include_str!("../../../../assets/content/pl.toml"),
        include_str!("../../../../assets/content/pt.toml"),
        include_str!("../../../../assets/content/tr.toml"),
    ]
    .map(|file| toml::from_str(file).unwrap_or_default())
});

/// The list that came with the app; empty where none did.
pub fn starter(language: &str, kind: ContentKind) -> &'static [String] {
    LANGUAGES
        .iter()
        .position(|known| *known == language)
        .map_or(&[], |at| FILES[at].of(kind))
}

/// What a phrase of a list says. Of two as long the former is believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Says {
    /// Looks like something and is not.
    Innocent,
    Kind(ContentKind),
}

/// All lists, ready to be looked for in texts.
#[derive(Debug, Clone)]
pub struct Lists {
    phrases: Phrases,
    says: Vec<Says>,
}

impl Default for Lists {
    /// As the app came.
    fn default() -> Self {
        Self::with(&[])
    }
}

impl Lists {
    /// Each of the shop's own lists in place of that of its language and kind.
    pub fn with(own: &[WordList]) -> Self {
        let mut lists = Self {
            phrases: Phrases::default(),
            says: Vec::new(),
        };
        for (language, file) in LANGUAGES.iter().zip(FILES.iter()) {
            for kind in KINDS {
                let replaced = own
                    .iter()
                    .any(|list| list.language == *language && list.kind == kind);
                if !replaced {
                    lists.add(Says::Kind(kind), file.of(kind));
                }
            }
            lists.add(Says::Innocent, &file.innocent);
        }
        for list in own {
            lists.add(Says::Kind(list.kind), &list.words);
        }
        for (subject, words) in forbidden() {
            let kind = match subject.as_str() {
                "adult" => ContentKind::Sexual,
                _ => ContentKind::Prohibited,
            };
            lists.add(Says::Kind(kind), &words);
        }
        lists
    }

    fn add(&mut self, says: Says, words: &[String]) {
        for text in words {
            // `*gun` is `gun`, too, however short.
            for text in [Some(text.as_str()), text.strip_prefix('*')]
                .into_iter()
                .flatten()
            {
                if self.phrases.add(text) {
                    self.says.push(says);
                }
            }
        }
    }

    pub(super) fn hits(&self, words: &[String]) -> Vec<Hit> {
        let mut hits = Vec::new();
        for (from, word) in words.iter().enumerate() {
            for phrase in self.phrases.beginning(word) {
                let Some(to) = self.phrases.reaches(phrase, words, from, 0) else {
                    continue;
                };
                hits.push(Hit {
                    says: self.says[phrase],
                    from,
                    to,
                });
            }
        }
        hits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_can_be_read_and_says_something_of_everything() {
        for language in LANGUAGES {
            let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/content");
            let text = std::fs::read_to_string(format!("{folder}/{language}.toml")).unwrap();
            toml::from_str::<File>(&text).unwrap_or_else(|problem| panic!("{language}: {problem}"));
            for kind in KINDS {
                let words = starter(language, kind);
                assert!(words.len() >= 4, "{language} {kind:?}");
                let mut once = words.to_vec();
                once.sort();
                once.dedup();
                assert_eq!(once.len(), words.len(), "twice in {language} {kind:?}");
            }
        }
        assert!(starter("xx", ContentKind::Violent).is_empty());
    }
}
