//! What languages say when they sell, ask for offers, thank, promise and greet: `assets/guard/*.toml`, read once.
//!
//! Every language is tried on every text, because a short text does not tell its language and people mix them; a score
//! counts within one language only, so that words which mean something else next door do not add up.
//! `assets/guard/README.md` tells a native speaker how to read and correct such a file.

use super::fold;
use super::phrases::{Phrases, without_article};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

/// A file as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    advertising: Vec<String>,
    coupon: Vec<String>,
    /// What begins something that nobody asked about: "by the way".
    asides: Vec<String>,
    asks_offers: Vec<String>,
    /// What a shop asks its customers for: everybody gets such a question about something of their own.
    requests: Vec<String>,
    acknowledges: Vec<String>,
    promises: Vec<String>,
    /// What a customer says who wants to hear from us: "let me know".
    asks_word: Vec<String>,
    greetings: Vec<String>,
    common: Vec<String>,
    days: Vec<String>,
    notices: Notices,
}

/// What makes a text a notice about the reader's own matter: `your` + `order` and somewhere `ready`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Notices {
    yours: Vec<String>,
    matters: Vec<String>,
    /// For languages that say "your order" in one word.
    your_matters: Vec<String>,
    status: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    shorteners: Vec<String>,
    forbidden: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Says {
    Advertising,
    Coupon,
    Aside,
    AsksOffers,
    Requests,
    Acknowledges,
    Promises,
    AsksWord,
    Greets,
    Common,
    Yours,
    Matter,
    YourMatter,
    Status,
    Forbidden,
    Means(u16),
    /// Much is meant so.
    MeansLittle(u16),
}

/// Words between those of a promise: "let the two of you know" is one, too.
const BETWEEN: usize = 2;

/// One thing said, and where.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit {
    pub says: Says,
    pub language: u8,
    pub entry: usize,
    pub from: usize,
    pub to: usize,
}

#[derive(Debug, Default)]
pub(super) struct Lexicon {
    phrases: Phrases,
    /// What each of the phrases says, and in which language.
    says: Vec<(Says, u8)>,
    days: HashSet<String>,
    /// The day of the week, 1 is Monday, and the month, whatever the language.
    dates: HashMap<String, String>,
    shorteners: HashSet<String>,
}

pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let languages = [
        include_str!("../../../../../assets/guard/ar.toml"),
        include_str!("../../../../../assets/guard/de.toml"),
        include_str!("../../../../../assets/guard/en.toml"),
        include_str!("../../../../../assets/guard/es.toml"),
        include_str!("../../../../../assets/guard/fr.toml"),
        include_str!("../../../../../assets/guard/it.toml"),
        include_str!("../../../../../assets/guard/nl.toml"),
        include_str!("../../../../../assets/guard/pl.toml"),
        include_str!("../../../../../assets/guard/pt.toml"),
        include_str!("../../../../../assets/guard/tr.toml"),
        include_str!("../../../../../assets/guard/others.toml"),
    ];
    let words = include_str!("../../../../../assets/guard/words.toml");
    let meanings = include_str!("../../../../../assets/guard/meanings.toml");
    // A file of ours that cannot be read says nothing; a test reads them all.
    let mut lexicon = Lexicon::default();
    for (language, file) in languages.iter().enumerate() {
        if let Ok(file) = toml::from_str::<File>(file) {
            lexicon.take(u8::try_from(language).unwrap_or(u8::MAX), file);
        }
    }
    if let Ok(words) = toml::from_str::<Words>(words) {
        lexicon.shorteners.extend(words.shorteners);
        for list in words.forbidden.values() {
            lexicon.add(Says::Forbidden, u8::MAX, list);
        }
    }
    if let Ok(meanings) = toml::from_str::<BTreeMap<String, String>>(meanings) {
        for (meaning, (name, words)) in meanings.iter().enumerate() {
            let meaning = u16::try_from(meaning).unwrap_or(u16::MAX);
            let month = || Some(format!("month {}", name.strip_prefix("month_")?));
            let day = name
                .strip_prefix("day_")
                .map(|day| day.chars().take(1).collect());
            if let Some(date) = day.or_else(month) {
                let words = words
                    .split_whitespace()
                    .map(|word| (fold::fold(word).text, date.clone()));
                lexicon.dates.extend(words);
                continue;
            }
            let words: Vec<String> = words
                .split_whitespace()
                .map(|word| word.replace('_', " "))
                .collect();
            let says = if name.ends_with('_') {
                Says::MeansLittle(meaning)
            } else {
                Says::Means(meaning)
            };
            lexicon.add(says, u8::MAX, &words);
        }
    }
    lexicon
});

/// Words that have no place in a business's messages, whatever its language, by subject.
pub(crate) fn forbidden() -> BTreeMap<String, Vec<String>> {
    let words = include_str!("../../../../../assets/guard/words.toml");
    toml::from_str::<Words>(words)
        .map(|words| words.forbidden)
        .unwrap_or_default()
}

impl Lexicon {
    fn take(&mut self, language: u8, file: File) {
        self.add(Says::Advertising, language, &file.advertising);
        self.add(Says::Coupon, language, &file.coupon);
        self.add(Says::Aside, language, &file.asides);
        self.add(Says::AsksOffers, language, &file.asks_offers);
        self.add(Says::Requests, language, &file.requests);
        self.add(Says::Acknowledges, language, &file.acknowledges);
        self.add(Says::Promises, language, &file.promises);
        self.add(Says::AsksWord, language, &file.asks_word);
        self.add(Says::Greets, language, &file.greetings);
        self.add(Says::Common, language, &file.common);
        self.add(Says::Yours, language, &file.notices.yours);
        self.add(Says::Matter, language, &file.notices.matters);
        self.add(Says::YourMatter, language, &file.notices.your_matters);
        self.add(Says::Status, language, &file.notices.status);
        self.days
            .extend(file.days.iter().map(|day| fold::fold(day).text));
    }

    fn add(&mut self, says: Says, language: u8, list: &[String]) {
        for text in list {
            if self.phrases.add(text) {
                self.says.push((says, language));
            }
        }
    }

    /// A weekday or month as a value that is the same in all languages where it can be.
    pub(super) fn day(&self, word: &str) -> String {
        self.dates
            .get(word)
            .cloned()
            .unwrap_or_else(|| word.to_owned())
    }

    pub(super) fn is_day(&self, word: &str) -> bool {
        self.days.contains(word) || self.dates.contains_key(word)
    }

    pub(super) fn is_shortener(&self, host: &str) -> bool {
        self.shorteners.contains(host)
    }

    /// Whether a word alone belongs to advertising: for words written with digits.
    pub(super) fn sells(&self, word: &str) -> bool {
        let sells = |at: usize| {
            matches!(
                self.says[at].0,
                Says::Advertising | Says::Coupon | Says::Forbidden
            ) && self.phrases.is_word(at, word)
        };
        word.chars().all(char::is_alphabetic)
            && word.chars().count() >= 3
            && self.phrases.beginning(word).any(sells)
    }

    fn raw_hits(&self, words: &[String]) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        for from in 0..words.len() {
            for at in self.phrases.beginning(&words[from]) {
                let (says, language) = self.says[at];
                let gap = if says == Says::Promises { BETWEEN } else { 0 };
                if let Some(to) = self.phrases.reaches(at, words, from, gap) {
                    hits.push(Hit {
                        says,
                        language,
                        entry: at,
                        from,
                        to,
                    });
                }
            }
        }
        hits
    }

    /// Everything the words say. Of two readings of one kind in one language that overlap, the longer.
    pub(super) fn hits(&self, words: &[String]) -> Vec<Hit> {
        let mut hits = self.raw_hits(words);
        if words.iter().any(|word| without_article(word) != word) {
            let bare: Vec<String> = words
                .iter()
                .map(|word| without_article(word).to_owned())
                .collect();
            hits.extend(self.raw_hits(&bare));
        }
        hits.sort_by_key(|hit| {
            (
                hit.says,
                hit.language,
                hit.from,
                usize::MAX - hit.to,
                hit.entry,
            )
        });
        let mut kept: Vec<Hit> = Vec::with_capacity(hits.len());
        for hit in hits {
            let overlaps = kept.last().is_some_and(|last| {
                last.says == hit.says && last.language == hit.language && hit.from < last.to
            });
            if !overlaps {
                kept.push(hit);
            }
        }
        kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_can_be_read() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/guard");
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            let Some("toml") = path.extension().and_then(|end| end.to_str()) else {
                continue;
            };
            let text = std::fs::read_to_string(&path).unwrap();
            match path.file_stem().and_then(|name| name.to_str()) {
                Some("words") => drop(toml::from_str::<Words>(&text).unwrap()),
                Some("meanings") => {
                    drop(toml::from_str::<BTreeMap<String, String>>(&text).unwrap())
                }
                _ => drop(
                    toml::from_str::<File>(&text)
                        .unwrap_or_else(|problem| panic!("{path:?}: {problem}")),
                ),
            }
        }
    }
}
