//! Words and phrases as `assets/guard/README.md` has people write them, and where a text has them.

use super::fold;
use super::slots::{is_unspaced, pairs};
use std::collections::HashMap;

/// A word shorter than this in UTF-8 holds no other.
const HOLDS_OTHERS: usize = 7;

#[derive(Debug, Clone)]
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

/// Phrases by their place in the order of adding.
#[derive(Debug, Clone, Default)]
pub(crate) struct Phrases {
    all: Vec<Vec<Pattern>>,
    exact: HashMap<String, Vec<usize>>,
    /// By their first three characters.
    starts: HashMap<String, Vec<usize>>,
    inside: Vec<usize>,
}

impl Phrases {
    /// Whether there was a word in it at all.
    pub fn add(&mut self, text: &str) -> bool {
        let words: Vec<Pattern> = text.split_whitespace().flat_map(patterns).collect();
        let at = self.all.len();
        match words.first() {
            None => return false,
            Some(Pattern::Exact(word)) => self.exact.entry(word.clone()).or_default().push(at),
            Some(Pattern::Start(word)) => {
                self.starts.entry(first_three(word)).or_default().push(at);
            }
            Some(_) => self.inside.push(at),
        }
        self.all.push(words);
        true
    }

    /// Phrases that may begin with `word`.
    pub fn beginning<'a>(&'a self, word: &'a str) -> impl Iterator<Item = usize> + 'a {
        let exact = self.exact.get(word).into_iter().flatten();
        let starts = self.starts.get(&first_three(word)).into_iter().flatten();
        let long = word.len() >= HOLDS_OTHERS;
        let inside = self.inside.iter().filter(move |_| long);
        exact.chain(starts).chain(inside).copied()
    }

    /// Where a phrase ends if it begins at `from`; so many other words may stand between those of it.
    pub fn reaches(
        &self,
        phrase: usize,
        words: &[String],
        from: usize,
        gap: usize,
    ) -> Option<usize> {
        let mut at = from;
        for (number, pattern) in self.all.get(phrase)?.iter().enumerate() {
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

    /// Whether the phrase is this one word.
    pub fn is_word(&self, phrase: usize, word: &str) -> bool {
        matches!(self.all.get(phrase).map(Vec::as_slice), Some([only]) if only.fits(word))
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
        .flat_map(|part| {
            if part.contains(is_unspaced) {
                pairs(&part)
            } else {
                vec![part]
            }
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
pub(crate) fn without_article(word: &str) -> &str {
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
