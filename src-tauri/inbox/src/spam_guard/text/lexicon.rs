//! What languages say when they sell, ask for offers, thank, promise and greet: `assets/guard/*.toml`, read once.
//!
//! Every language is tried on every text, because a short text does not tell its language and people mix them; a score
//! counts within one language only, so that words which mean something else next door do not add up.
//! `assets/guard/README.md` tells a native speaker how to read and correct such a file.

use super::fold;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

/// A file as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    advertising: Vec<String>,
    coupon: Vec<String>,
    asks_offers: Vec<String>,
    acknowledges: Vec<String>,
    promises: Vec<String>,
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
    AsksOffers,
    Acknowledges,
    Promises,
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

#[derive(Debug)]
struct Entry {
    says: Says,
    language: u8,
    words: Vec<Pattern>,
}

#[derive(Debug)]
enum Pattern {
    Exact(String),
    Start(String),
    End(String),
    Middle(String),
}

impl Pattern {
    fn fits(&self, word: &str) -> bool {
        match self {
            Self::Exact(text) => word == text,
            Self::Start(text) => word.starts_with(text.as_str()),
            Self::End(text) => word.ends_with(text.as_str()),
            Self::Middle(text) => word.contains(text.as_str()),
        }
    }
}

/// Words between those of a promise: "let the two of you know" is one, too.
const BETWEEN: usize = 2;

impl Entry {
    /// Where it ends if it begins at `from`.
    fn reaches(&self, words: &[String], from: usize) -> Option<usize> {
        let gap = if self.says == Says::Promises {
            BETWEEN
        } else {
            0
        };
        let mut at = from;
        for (number, pattern) in self.words.iter().enumerate() {
            let gap = if number == 0 { 0 } else { gap };
            let end = words.len().min(at + gap + 1);
            at += words
                .get(at..end)?
                .iter()
                .position(|word| pattern.fits(word))?
                + 1;
        }
        Some(at)
    }
}

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
    entries: Vec<Entry>,
    exact: HashMap<String, Vec<usize>>,
    /// By their first three characters.
    starts: HashMap<String, Vec<usize>>,
    inside: Vec<usize>,
    days: HashSet<String>,
    /// The day of the week, 1 is Monday, whatever the language.
    weekdays: HashMap<String, char>,
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
            if let Some(day) = name.strip_prefix("day_").and_then(|day| day.chars().next()) {
                let words = words
                    .split_whitespace()
                    .map(|word| (fold::fold(word).text, day));
                lexicon.weekdays.extend(words);
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

impl Lexicon {
    fn take(&mut self, language: u8, file: File) {
        self.add(Says::Advertising, language, &file.advertising);
        self.add(Says::Coupon, language, &file.coupon);
        self.add(Says::AsksOffers, language, &file.asks_offers);
        self.add(Says::Acknowledges, language, &file.acknowledges);
        self.add(Says::Promises, language, &file.promises);
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
            let words: Vec<Pattern> = text.split_whitespace().flat_map(patterns).collect();
            let at = self.entries.len();
            match words.first() {
                None => continue,
                Some(Pattern::Exact(word)) => self.exact.entry(word.clone()).or_default().push(at),
                Some(Pattern::Start(word)) => {
                    self.starts.entry(first_three(word)).or_default().push(at)
                }
                Some(_) => self.inside.push(at),
            }
            self.entries.push(Entry {
                says,
                language,
                words,
            });
        }
    }

    /// A weekday or month as a value that is the same in all languages where it can be.
    pub(super) fn day(&self, word: &str) -> String {
        self.weekdays
            .get(word)
            .map_or_else(|| word.to_owned(), char::to_string)
    }

    pub(super) fn is_day(&self, word: &str) -> bool {
        self.days.contains(word) || self.weekdays.contains_key(word)
    }

    pub(super) fn is_shortener(&self, host: &str) -> bool {
        self.shorteners.contains(host)
    }

    /// Whether a word alone belongs to advertising: for words written with digits.
    pub(super) fn sells(&self, word: &str) -> bool {
        let sells = |at: &usize| {
            let entry = &self.entries[*at];
            matches!(
                entry.says,
                Says::Advertising | Says::Coupon | Says::Forbidden
            ) && entry.words.len() == 1
                && entry.words[0].fits(word)
        };
        word.chars().all(char::is_alphabetic)
            && word.chars().count() >= 3
            && self.beginning(word).any(|at| sells(&at))
    }

    fn beginning<'a>(&'a self, word: &'a str) -> impl Iterator<Item = usize> + 'a {
        let exact = self.exact.get(word).into_iter().flatten();
        let starts = self.starts.get(&first_three(word)).into_iter().flatten();
        let long = word.len() >= 7;
        let inside = self.inside.iter().filter(move |_| long);
        exact.chain(starts).chain(inside).copied()
    }

    fn raw_hits(&self, words: &[String]) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        for from in 0..words.len() {
            for at in self.beginning(&words[from]) {
                let entry = &self.entries[at];
                if let Some(to) = entry.reaches(words, from) {
                    hits.push(Hit {
                        says: entry.says,
                        language: entry.language,
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

fn patterns(word: &str) -> Vec<Pattern> {
    if word.starts_with('#') {
        return vec![Pattern::Exact(word.to_owned())];
    }
    let (start, end) = (word.starts_with('*'), word.ends_with('*'));
    let text = fold::fold(word.trim_matches('*')).text;
    // Written as the reader of texts cuts them: `buy-one` is two words, `don't` is one.
    let parts: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .flat_map(|part| match part.split_once('\'') {
            Some((head, tail)) if tail.chars().count() >= 3 => {
                vec![head.to_owned(), tail.to_owned()]
            }
            _ => vec![part.replace('\'', "")],
        })
        .filter(|part| !part.is_empty())
        .collect();
    let last = parts.len().saturating_sub(1);
    let pattern = |(at, text): (usize, String)| match (start && at == 0, end && at == last) {
        (true, true) => Pattern::Middle(text),
        (true, false) => Pattern::End(text),
        (false, true) => Pattern::Start(text),
        (false, false) => Pattern::Exact(text),
    };
    parts.into_iter().enumerate().map(pattern).collect()
}

/// An Arabic word without its article, or without the "and" before a future.
pub(super) fn without_article(word: &str) -> &str {
    let articles = ["وال", "بال", "ال", "لل"];
    let bare = articles
        .iter()
        .find_map(|article| word.strip_prefix(article));
    let future = || word.strip_prefix('و').filter(|bare| bare.starts_with('س'));
    bare.or_else(future)
        .filter(|bare| bare.chars().count() >= 2)
        .unwrap_or(word)
}

fn first_three(word: &str) -> String {
    word.chars().take(3).collect()
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
