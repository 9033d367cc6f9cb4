//! Words that say it alone: `STOP`, `Abmelden bitte`, `dar de baja`.

use super::fold::{Word, Words};
use super::language::{Alone, Keyword, LANGUAGES};
use super::polite::Polite;
use super::{Hit, Scope, Tier, near};
use std::ops::Range;

/// More words than this beside `stop` say something of their own.
const MOST_BESIDE_STOP: usize = 3;

/// Keywords that fill a clause.
struct Found {
    keyword: Keyword,
    languages: Vec<usize>,
    passage: Range<usize>,
}

/// The whole message is a keyword, or keywords.
pub(super) fn hits(words: &Words, after_marketing: bool) -> Vec<Hit> {
    let mut found = Vec::new();
    for clause in clauses(&words.words) {
        match alone(clause) {
            Some(one) => found.push(one),
            None if says_nothing(clause) => {}
            None if after_marketing && !found.is_empty() && is_signature(words, clause) => {}
            None => return Vec::new(),
        }
    }
    let asks = words.any_question();
    found
        .iter()
        .flat_map(|found| found.hits(after_marketing, asks))
        .collect()
}

/// A keyword fills a clause of a message that says more. `others`: what else was found in the message.
pub(super) fn inside(words: &Words, after_marketing: bool, others: &[Hit]) -> Vec<Hit> {
    let about_us = !others.is_empty();
    let mut hits = Vec::new();
    for clause in clauses(&words.words) {
        let Some(found) = alone(clause) else {
            continue;
        };
        let asks = clause.first().is_some_and(|word| words.asks(word.sentence));
        let plain = match found.keyword {
            Keyword::Unsubscribe => !super::sentence::speaks_of_something_else(words),
            Keyword::Stop => after_marketing && about_us,
            Keyword::AfterAdvertising if after_marketing && about_us => false,
            Keyword::AfterAdvertising => continue,
        };
        hits.extend(found.hits(after_marketing, asks || !plain));
    }
    hits
}

impl Found {
    fn hits(&self, after_marketing: bool, doubtful: bool) -> impl Iterator<Item = Hit> {
        let scope = match self.keyword {
            Keyword::Stop if !after_marketing => Scope::All,
            _ => Scope::Marketing,
        };
        let missing = self.keyword == Keyword::AfterAdvertising && !after_marketing;
        let tier = if doubtful || missing {
            Tier::Ask
        } else {
            Tier::Certain
        };
        self.languages.iter().map(move |&language| Hit {
            tier,
            scope,
            language,
            passage: self.passage.clone(),
        })
    }
}

pub(super) fn clauses(words: &[Word]) -> impl Iterator<Item = &[Word]> {
    words.chunk_by(|a, b| a.clause == b.clause)
}

/// Which of `words` are left without the polite words of any language.
pub(super) fn without_politeness(words: &[Word]) -> Vec<usize> {
    bare(words, &LANGUAGES.polite)
}

pub(super) fn bare(words: &[Word], polite: &Polite) -> Vec<usize> {
    let mut left = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        match polite.beginning(&words[at..]) {
            Some(length) => at += length,
            None => {
                left.push(at);
                at += 1;
            }
        }
    }
    left
}

/// The keyword a clause consists of, politeness and the like aside.
fn alone(clause: &[Word]) -> Option<Found> {
    let left = without_politeness(clause);
    // A letter by itself is a slip of the thumb.
    let left: Vec<&Word> = left
        .into_iter()
        .map(|at| &clause[at])
        .filter(|word| word.text.chars().nth(1).is_some() || is_digit(&word.text))
        .collect();
    let mut found: Option<Found> = None;
    let mut beside: Vec<&str> = Vec::new();
    let mut at = 0;
    while at < left.len() {
        if let Some((one, length)) = keyword(&left[at..]) {
            at += length;
            found = Some(match found {
                Some(before) => before.and(one),
                None => one,
            });
        } else {
            beside.push(&left[at].text);
            at += 1;
        }
    }
    let found = found?;
    let all = &*LANGUAGES;
    let fits = match found.keyword {
        Keyword::Unsubscribe => beside
            .iter()
            .all(|&word| all.beside_unsubscribe.contains(word) || all.beside_stop.contains(word)),
        Keyword::Stop | Keyword::AfterAdvertising => {
            beside.len() <= MOST_BESIDE_STOP
                && beside.iter().all(|&word| all.beside_stop.contains(word))
        }
    };
    fits.then_some(found)
}

fn is_digit(text: &str) -> bool {
    text.chars().all(char::is_numeric)
}

impl Found {
    /// The clearer of two, over both their places.
    fn and(self, other: Self) -> Self {
        let passage = self.passage.start..other.passage.end;
        let clearer = if other.keyword > self.keyword {
            other
        } else {
            self
        };
        Self { passage, ..clearer }
    }
}

/// The keyword that `words` begin with, and how many words it has. The longest and clearest counts, one without a
/// slip before one with.
fn keyword(words: &[&Word]) -> Option<(Found, usize)> {
    let exactly = LANGUAGES.alone_by_first.get(&words.first()?.text);
    let exactly = exactly.map_or(&[][..], Vec::as_slice).iter();
    let exactly = exactly.filter_map(|&at| LANGUAGES.alone.get(at));
    let said = |alone: &&Alone| {
        let both = alone.words.iter().zip(words);
        alone.words.len() <= words.len() && both.into_iter().all(|(said, word)| word.text == *said)
    };
    let fitting: Vec<&Alone> = exactly.filter(said).collect();
    if !fitting.is_empty() {
        return best(words, &fitting);
    }
    let may_slip: Vec<bool> = words
        .iter()
        .take(LANGUAGES.longest_alone)
        .map(|word| word.text.chars().nth(3).is_some() && !LANGUAGES.is_word(&word.text))
        .collect();
    if !may_slip.contains(&true) {
        return None;
    }
    let nearly = |alone: &&Alone| {
        let mut both = alone.words.iter().zip(words).zip(&may_slip);
        alone.words.len() <= words.len()
            && both.all(|((said, word), slips)| is(&word.text, said, *slips))
    };
    let first = words[0].text.chars().count();
    let near = LANGUAGES.alone_near(first).into_iter();
    let near = near.filter_map(|at| LANGUAGES.alone.get(at));
    let fitting: Vec<&Alone> = near.filter(nearly).collect();
    best(words, &fitting)
}

fn best(words: &[&Word], fitting: &[&Alone]) -> Option<(Found, usize)> {
    let best = fitting
        .iter()
        .max_by_key(|alone| (alone.words.len(), alone.keyword))?;
    let length = best.words.len();
    let same = fitting
        .iter()
        .filter(|one| one.words.len() == length && one.keyword == best.keyword);
    let found = Found {
        keyword: best.keyword,
        languages: same.map(|alone| alone.language).collect(),
        passage: words[0].place.start..words[length - 1].place.end,
    };
    Some((found, length))
}

fn is(typed: &str, meant: &str, slips: bool) -> bool {
    typed == meant || slips && meant.chars().nth(3).is_some() && near::slipped(typed, meant)
}

/// A greeting or a farewell, with a name.
fn says_nothing(clause: &[Word]) -> bool {
    let left = without_politeness(clause);
    left.is_empty()
        || left.len() <= 2
            && left.len() < clause.len()
            && left.iter().all(|&at| nobody_knows(&clause[at]))
}

fn is_signature(words: &Words, clause: &[Word]) -> bool {
    let number = |clause: &[Word]| clause.first().map(|word| word.clause);
    let last = clauses(&words.words)
        .filter(|clause| !says_nothing(clause))
        .last();
    clause.len() <= 2 && last.and_then(number) == number(clause) && clause.iter().all(nobody_knows)
}

fn nobody_knows(word: &Word) -> bool {
    !LANGUAGES.is_word(&word.text)
        && LANGUAGES
            .each
            .iter()
            .all(|language| language.sets_of(&word.text, false).is_empty())
}
