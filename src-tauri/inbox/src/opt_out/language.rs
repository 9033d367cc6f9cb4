//! What one language says when it opts out: `assets/opt_out/*.toml`, read once.
//!
//! `assets/opt_out/README.md` tells a native speaker how to read and correct such a file.

use super::fold;
use super::phrase::{Phrase, Set};
use super::polite::Polite;
use super::sets::{Sets, written_out};
use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// A file as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    keywords: Keywords,
    words: Lists,
    #[serde(default)]
    groups: HashMap<String, Vec<String>>,
    says: Says,
    answers: Answers,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Keywords {
    stop: Vec<String>,
    unsubscribe: Vec<String>,
    after_advertising: Vec<String>,
    typos: Vec<String>,
    not_typos: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    polite: Vec<String>,
    beside_stop: Vec<String>,
    beside_unsubscribe: Vec<String>,
    common: Vec<String>,
    advertising: Vec<String>,
    topics: Vec<String>,
    places: Vec<String>,
    these: Vec<String>,
    times: Vec<String>,
    others: Vec<String>,
    questions: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Says {
    nothing: Vec<String>,
    advertising: Vec<String>,
    messages: Vec<String>,
    contact: Vec<String>,
    number: Vec<String>,
    list: Vec<String>,
    this: Vec<String>,
    enough: Vec<String>,
    threat: Vec<String>,
    doubtful: Vec<String>,
    doubtful_after_advertising: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Answers {
    start: Vec<String>,
    yes: Vec<String>,
    no: Vec<String>,
}

/// What a phrase is about, and with that how far it reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    /// Names advertising: whatever else the sentence is about.
    Advertising,
    /// Messages or writing in general.
    Messages,
    /// Any contact at all.
    Contact,
    /// Our having their number.
    Number,
    /// Being on a list.
    List,
    /// Sending "this", or anything: what came last.
    This,
    /// Wanting "this" no more: what came last, if that was advertising.
    Enough,
    /// What would happen if we did not stop: a stop on a condition, for a person to read.
    Threat,
    /// May be meant so.
    Doubtful,
    /// May be meant so in reply to advertising.
    DoubtfulAfterAdvertising,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Keyword {
    /// A word of any shop: counts only in reply to advertising.
    AfterAdvertising,
    /// Says stop; what is to stop depends on what came before.
    Stop,
    /// Says that a subscription ends.
    Unsubscribe,
}

/// Words that stand for a keyword, folded.
#[derive(Debug)]
pub(super) struct Alone {
    pub words: Vec<String>,
    pub keyword: Keyword,
    pub language: usize,
}

/// Sets every language has, by number.
pub(super) const ADVERTISING: Set = 0;
pub(super) const TOPICS: Set = 1;
pub(super) const PLACES: Set = 2;
pub(super) const TIMES: Set = 3;
pub(super) const OTHERS: Set = 4;
pub(super) const QUESTIONS: Set = 5;
pub(super) const THESE: Set = 6;

#[derive(Debug)]
pub(super) struct Language {
    pub code: &'static str,
    /// The sets whose words say that something is to stay so: "stop", "any more".
    pub lasting: Vec<Set>,
    pub phrases: Vec<(About, Phrase)>,
    /// What looks like an opt-out and is none.
    pub nothing: Vec<Phrase>,
    pub polite: Polite,
    sets: Sets,
    known: HashSet<String>,
}

impl Language {
    /// The sets `word` belongs to. `slips`: also when it is one slip away from one of their words.
    pub fn sets_of(&self, word: &str, slips: bool) -> Vec<Set> {
        self.sets.of(word, slips)
    }

    pub fn knows(&self, word: &str) -> bool {
        self.known.contains(word)
    }
}

/// All languages together.
#[derive(Debug)]
pub(super) struct Languages {
    pub each: Vec<Language>,
    pub alone: Vec<Alone>,
    /// Where those stand that begin with a word.
    pub alone_by_first: HashMap<String, Vec<usize>>,
    /// The same by the letters of that word.
    alone_by_length: Vec<Vec<usize>>,
    /// Words of the longest.
    pub longest_alone: usize,
    pub polite: Polite,
    pub beside_stop: HashSet<String>,
    pub beside_unsubscribe: HashSet<String>,
    /// Words of their own: never somebody's slip.
    words: HashSet<String>,
    pub start: HashSet<Vec<String>>,
    pub yes: HashSet<Vec<String>>,
    pub no: HashSet<Vec<String>>,
}

impl Languages {
    /// Whether `word` alone is polite in any language.
    pub fn is_polite(&self, word: &str) -> bool {
        self.polite.has(word)
    }

    /// Where those stand whose first word has as many letters, or one more or fewer.
    pub fn alone_near(&self, letters: usize) -> Vec<usize> {
        let near = letters.saturating_sub(1)..=letters + 1;
        let near = near.filter_map(|letters| self.alone_by_length.get(letters));
        let mut near: Vec<usize> = near.flatten().copied().collect();
        near.sort_unstable();
        near
    }

    pub fn is_word(&self, word: &str) -> bool {
        self.words.contains(word)
    }
}

macro_rules! files {
    ($($code:literal),*) => {
        [$(($code, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/opt_out/", $code, ".toml")))),*]
    };
}

const FILES: [(&str, &str); 11] = files!(
    "en", "de", "pt", "es", "it", "fr", "tr", "nl", "pl", "ar", "ru"
);

pub(super) static LANGUAGES: LazyLock<Languages> = LazyLock::new(read);

fn read() -> Languages {
    let mut all = Languages {
        each: Vec::new(),
        alone: Vec::new(),
        alone_by_first: HashMap::new(),
        alone_by_length: Vec::new(),
        longest_alone: 0,
        polite: Polite::default(),
        beside_stop: HashSet::new(),
        beside_unsubscribe: HashSet::new(),
        words: HashSet::new(),
        start: HashSet::new(),
        yes: HashSet::new(),
        no: HashSet::new(),
    };
    let mut polite: Vec<Vec<String>> = Vec::new();
    for (code, text) in FILES {
        #[expect(
            clippy::expect_used,
            reason = "the files are part of the program and a test reads them"
        )]
        let file: File = toml::from_str(text).expect(code);
        add(&mut all, &mut polite, code, &file);
    }
    for (at, alone) in all.alone.iter().enumerate() {
        all.longest_alone = all.longest_alone.max(alone.words.len());
        if let Some(first) = alone.words.first() {
            let known = all.alone_by_first.entry(first.clone()).or_default();
            known.push(at);
            let letters = first.chars().count();
            if all.alone_by_length.len() <= letters {
                all.alone_by_length.resize(letters + 1, Vec::new());
            }
            all.alone_by_length[letters].push(at);
        }
    }
    // The longest first, so that `por favor` goes as a whole.
    polite.sort_by_key(|words| std::cmp::Reverse(words.len()));
    all.polite = Polite::of(polite);
    all
}

fn add(all: &mut Languages, all_polite: &mut Vec<Vec<String>>, code: &'static str, file: &File) {
    let language = all.each.len();
    let mut known = HashSet::new();
    let keywords = &file.keywords;
    for (texts, keyword) in [
        (&keywords.unsubscribe, Keyword::Unsubscribe),
        (&keywords.stop, Keyword::Stop),
        (&keywords.typos, Keyword::Stop),
        (&keywords.after_advertising, Keyword::AfterAdvertising),
    ] {
        for words in spellings(texts) {
            known.extend(words.iter().cloned());
            all.alone.push(Alone {
                words,
                keyword,
                language,
            });
        }
    }
    let lists = &file.words;
    let polite = spellings(&lists.polite);
    known.extend(polite.iter().flatten().cloned());
    for (list, into) in [
        (&lists.beside_stop, &mut all.beside_stop),
        (&lists.beside_unsubscribe, &mut all.beside_unsubscribe),
        (&lists.common, &mut HashSet::new()),
    ] {
        let words: Vec<String> = spellings(list).into_iter().flatten().collect();
        known.extend(words.iter().cloned());
        into.extend(words);
    }
    let mut sets = Sets::default();
    for list in [
        &lists.advertising,
        &lists.topics,
        &lists.places,
        &lists.times,
        &lists.others,
        &lists.questions,
        &lists.these,
    ] {
        sets.add(list);
    }
    let groups: HashMap<&str, Set> = file
        .groups
        .iter()
        .map(|(name, list)| (name.as_str(), sets.add(list)))
        .chain([("advertising", ADVERTISING), ("these", THESE)])
        .collect();
    let lasting = ["more", "again", "stop", "nimmer"];
    let lasting = lasting
        .iter()
        .filter_map(|name| groups.get(name).copied())
        .collect();
    let mut phrase = |text: &String| Phrase::read(text, &groups, |words| sets.add(words));
    let says = &file.says;
    let mut phrases = Vec::new();
    for (texts, about) in [
        (&says.advertising, About::Advertising),
        (&says.messages, About::Messages),
        (&says.contact, About::Contact),
        (&says.number, About::Number),
        (&says.list, About::List),
        (&says.this, About::This),
        (&says.enough, About::Enough),
        (&says.threat, About::Threat),
        (&says.doubtful, About::Doubtful),
        (
            &says.doubtful_after_advertising,
            About::DoubtfulAfterAdvertising,
        ),
    ] {
        phrases.extend(texts.iter().map(|text| (about, phrase(text).without_end())));
    }
    let nothing = says.nothing.iter().map(&mut phrase).collect();
    known.extend(sets.words().cloned());
    all.words.extend(known.iter().cloned());
    all.words
        .extend(spellings(&keywords.not_typos).into_iter().flatten());
    all_polite.extend(polite.iter().cloned());
    for (texts, into) in [
        (&file.answers.start, &mut all.start),
        (&file.answers.yes, &mut all.yes),
        (&file.answers.no, &mut all.no),
    ] {
        for words in spellings(texts) {
            all.words.extend(words.iter().cloned());
            into.insert(words);
        }
    }
    all.each.push(Language {
        code,
        lasting,
        phrases,
        nothing,
        polite: Polite::of(polite),
        sets,
        known,
    });
}

/// Each text as its words, folded; with `ö` also as it is written without the key for it.
fn spellings(texts: &[String]) -> Vec<Vec<String>> {
    let mut all = Vec::new();
    for text in texts {
        let words = |text: &str| -> Vec<String> {
            let words = fold::words(text).words;
            words.into_iter().map(|word| word.text).collect()
        };
        all.push(words(text));
        if let Some(written) = written_out(text) {
            all.push(words(&written));
        }
    }
    all.retain(|words| !words.is_empty());
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_read_and_says_something_of_every_kind() {
        assert_eq!(LANGUAGES.each.len(), FILES.len());
        for language in &LANGUAGES.each {
            for about in [
                About::Advertising,
                About::Messages,
                About::Contact,
                About::Number,
                About::List,
                About::This,
                About::Enough,
                About::Threat,
                About::Doubtful,
                About::DoubtfulAfterAdvertising,
            ] {
                let says = language.phrases.iter().any(|(of, _)| *of == about);
                assert!(says, "{} says nothing about {about:?}", language.code);
            }
        }
    }
}
