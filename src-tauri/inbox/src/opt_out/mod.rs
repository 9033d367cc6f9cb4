//! Whether somebody asks us, in their own words, to stop writing.
//!
//! Three tiers. **Certain**: the whole message is a word for it, or a sentence plainly says so; it takes effect at once.
//! **Ask**: it may be meant so; one line asks the staff, and advertising waits. **No**: everything else, although words
//! such as `stop` are in it: "does the bus stop there?" is no opt-out, and a substring search would make it one.
//!
//! What a language says lies in `assets/opt_out`; this is only the engine. Every language is tried on every message,
//! because a word alone tells no language and people mix them.

mod alone;
mod fold;
mod language;
mod near;
mod phrase;
mod polite;
mod sentence;
mod sets;

use fold::Words;
use language::LANGUAGES;
use std::ops::Range;

/// How sure a message is an opt-out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    No,
    /// A person decides; advertising waits until they have.
    Ask,
    /// Takes effect without anybody looking.
    Certain,
}

/// What is not to be sent any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    Marketing,
    All,
}

/// What a message was recognised as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recognised {
    pub tier: Tier,
    /// For [`Tier::Ask`], what the question would be about. None only with [`Tier::No`].
    pub scope: Option<Scope>,
    /// ISO 639-1. None where the words are those of several languages (`Stop`).
    pub language: Option<&'static str>,
    /// The bytes of the message that decided.
    pub passage: Option<Range<usize>>,
}

/// The answer to our question whether we may write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Yes {
    /// Says by itself that somebody wants our messages: `START`, `ANMELDEN`, `ALTA`.
    StartWord,
    /// Only an answer to our question makes it one; the caller knows whether there was a question.
    YesWord,
    NoWord,
}

/// Something in a message that speaks for an opt-out.
#[derive(Debug, Clone)]
struct Hit {
    tier: Tier,
    scope: Scope,
    language: usize,
    passage: Range<usize>,
}

/// `after_marketing`: our latest message to this person before this one was advertising.
pub fn recognise(text: &str, after_marketing: bool) -> Recognised {
    let words = fold::words(text);
    let mut hits = alone::hits(&words, after_marketing);
    if hits.iter().all(|hit| hit.tier < Tier::Certain) {
        hits.extend(sentence::hits(&words, after_marketing));
        hits.extend(alone::inside(&words, after_marketing, &hits));
    }
    decide(&words, &hits)
}

fn decide(words: &Words, hits: &[Hit]) -> Recognised {
    let Some(tier) = hits.iter().map(|hit| hit.tier).max() else {
        return Recognised {
            tier: Tier::No,
            scope: None,
            language: None,
            passage: None,
        };
    };
    let hits = || hits.iter().filter(|hit| hit.tier == tier);
    let language = spoken(words, hits().map(|hit| hit.language));
    let own = |hit: &&Hit| language.is_none_or(|language| hit.language == language);
    let everything = hits().filter(own).find(|hit| hit.scope == Scope::All);
    let decisive = everything.or_else(|| hits().find(own));
    Recognised {
        tier,
        scope: decisive.map(|hit| hit.scope),
        language: language.map(|at| LANGUAGES.each[at].code),
        passage: decisive.map(|hit| hit.passage.clone()),
    }
}

/// Of the languages that recognised something, the one that knows most of the words.
fn spoken(words: &Words, candidates: impl Iterator<Item = usize>) -> Option<usize> {
    let mut known: Vec<(usize, usize)> = Vec::new();
    for language in candidates {
        if known.iter().all(|&(_, at)| at != language) {
            known.push((self::known(words, language), language));
        }
    }
    let most = known.iter().map(|&(count, _)| count).max()?;
    let mut best = known.iter().filter(|&&(count, _)| count == most);
    match (best.next(), best.next()) {
        (Some(&(_, language)), None) => Some(language),
        _ => None,
    }
}

/// How many of the words `language` knows.
fn known(words: &Words, language: usize) -> usize {
    let knows = |word: &&fold::Word| LANGUAGES.each[language].knows(&word.text);
    words.words.iter().filter(knows).count()
}

/// `text` as an answer to our question whether we may write. Only the whole message counts.
pub fn answer(text: &str) -> Option<Yes> {
    let words = fold::words(text);
    if words.any_question() {
        return None;
    }
    let said = |words: &[String]| {
        let all = &*LANGUAGES;
        if all.start.contains(words) {
            Some(Yes::StartWord)
        } else if all.yes.contains(words) {
            Some(Yes::YesWord)
        } else if all.no.contains(words) {
            Some(Yes::NoWord)
        } else {
            None
        }
    };
    let whole: Vec<String> = words.words.iter().map(|word| word.text.clone()).collect();
    let bare = alone::without_politeness(&words.words);
    let bare: Vec<String> = bare.into_iter().map(|at| whole[at].clone()).collect();
    said(&whole).or_else(|| said(&bare))
}
