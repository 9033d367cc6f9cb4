//! Sentences that say it: a phrase of a language's file, and what around it speaks against taking it at its word.

use super::alone::bare;
use super::fold::{Word, Words};
use super::language::{
    ADVERTISING, About, LANGUAGES, Language, OTHERS, PLACES, QUESTIONS, THESE, TIMES, TOPICS,
};
use super::phrase::{Phrase, Set};
use super::{Hit, Scope, Tier};

/// A longer sentence is read by a person.
const MOST_WORDS: usize = 40;

pub(super) fn hits(words: &Words, after_marketing: bool) -> Vec<Hit> {
    let readings: Vec<Reading> = LANGUAGES
        .each
        .iter()
        .map(|language| Reading::of(language, words))
        .collect();
    // What is no opt-out in the language somebody writes is none in its neighbours either.
    let spoken = super::spoken(words, 0..readings.len());
    let heard = spoken.map(|language| readings[language].silent(words));
    let mut hits = Vec::new();
    for (language, reading) in readings.iter().enumerate() {
        let mut silent = reading.silent(words);
        for (own, &other) in silent.iter_mut().zip(heard.iter().flatten()) {
            *own |= other;
        }
        for (about, from, to) in reading.said(words, &silent) {
            let judged = reading.judge(words, &silent, about, from, after_marketing);
            hits.extend(judged.map(|(tier, scope)| Hit {
                tier,
                scope,
                language,
                passage: words.words[from].place.start..words.words[to].place.end,
            }));
        }
    }
    hits
}

/// Whether anywhere in the message, in any language, a shop's business is mentioned.
pub(super) fn speaks_of_something_else(words: &Words) -> bool {
    let other = |set: &Set| matches!(*set, TOPICS | PLACES | OTHERS | TIMES);
    let all = &*LANGUAGES;
    words.words.iter().any(|word| {
        all.each
            .iter()
            .any(|language| language.sets_of(&word.text, false).iter().any(other))
    })
}

/// The words of a message as one language understands them.
struct Reading<'a> {
    language: &'a Language,
    /// For each word the sets it belongs to.
    sets: Vec<Vec<Set>>,
    /// The words that are no politeness.
    left: Vec<usize>,
}

impl<'a> Reading<'a> {
    fn of(language: &'a Language, words: &Words) -> Self {
        let sets = |word: &Word| language.sets_of(&word.text, !LANGUAGES.is_word(&word.text));
        let mut left = Vec::with_capacity(words.words.len());
        let mut from = 0;
        for clause in super::alone::clauses(&words.words) {
            left.extend(
                bare(clause, &language.polite)
                    .into_iter()
                    .map(|at| from + at),
            );
            from += clause.len();
        }
        Self {
            language,
            sets: words.words.iter().map(sets).collect(),
            left,
        }
    }

    /// For each word whether it belongs to something that looks like an opt-out and is none.
    fn silent(&self, words: &Words) -> Vec<bool> {
        let mut silent = vec![false; words.words.len()];
        let nothing: Vec<&Phrase> = self.language.nothing.iter().collect();
        for run in self.runs(words, &[]) {
            for at in 0..run.len() {
                for length in self.lengths(&nothing, &run[at..]) {
                    run[at..at + length]
                        .iter()
                        .for_each(|&word| silent[word] = true);
                }
            }
        }
        silent
    }

    /// The phrases said, each from its first to its last word.
    fn said(&self, words: &Words, silent: &[bool]) -> Vec<(About, usize, usize)> {
        let mut said = Vec::new();
        for run in self.runs(words, silent) {
            for at in 0..run.len() {
                for (about, phrase) in &self.language.phrases {
                    for length in self.lengths(&[phrase], &run[at..]) {
                        said.push((*about, run[at], run[at + length - 1]));
                    }
                }
            }
        }
        said
    }

    fn lengths(&self, phrases: &[&Phrase], run: &[usize]) -> Vec<usize> {
        let sets: Vec<&[Set]> = run.iter().map(|&word| self.sets[word].as_slice()).collect();
        let ends = phrases.iter().filter_map(|phrase| phrase.ends(&sets));
        ends.filter(|&length| length > 0).collect()
    }

    /// Words in a row within one clause, without politeness, broken where somebody says nothing to us.
    fn runs(&self, words: &Words, silent: &[bool]) -> Vec<Vec<usize>> {
        let mut runs: Vec<Vec<usize>> = Vec::new();
        let mut before: Option<usize> = None;
        for &at in &self.left {
            if silent.get(at).copied().unwrap_or(false) {
                before = None;
                continue;
            }
            let clause = words.words[at].clause;
            if before != Some(clause) {
                runs.push(Vec::new());
            }
            before = Some(clause);
            if let Some(run) = runs.last_mut() {
                run.push(at);
            }
        }
        runs
    }

    fn judge(
        &self,
        words: &Words,
        silent: &[bool],
        about: About,
        from: usize,
        after_marketing: bool,
    ) -> Option<(Tier, Scope)> {
        let clause = words.words[from].clause;
        let sentence = words.words[from].sentence;
        let around: Vec<usize> = self
            .left
            .iter()
            .copied()
            .filter(|&at| words.words[at].clause == clause)
            .collect();
        let said_of = |set: Set| around.iter().any(|&at| self.sets[at].contains(&set));
        let anywhere = |set: Set| self.left.iter().any(|&at| self.sets[at].contains(&set));
        let asked = words.asks(sentence)
            || around
                .iter()
                .any(|&at| at < from && self.sets[at].contains(&QUESTIONS));
        let long = self
            .left
            .iter()
            .filter(|&&at| words.words[at].sentence == sentence)
            .count()
            > MOST_WORDS;
        let last = if after_marketing {
            Scope::Marketing
        } else {
            Scope::All
        };
        let scope = match about {
            About::Advertising | About::List => Scope::Marketing,
            About::Messages | About::Contact | About::This if said_of(ADVERTISING) => {
                Scope::Marketing
            }
            About::Messages if said_of(THESE) => last,
            About::Messages | About::Contact | About::Number => Scope::All,
            About::This => last,
            About::Doubtful | About::DoubtfulAfterAdvertising => Scope::Marketing,
        };
        // Words that go onto a card or into a parcel are no messages to somebody.
        if said_of(PLACES) {
            return None;
        }
        let doubt = matches!(about, About::Doubtful | About::DoubtfulAfterAdvertising);
        if doubt && around.iter().any(|&at| silent[at]) {
            return None;
        }
        let tier = match about {
            About::DoubtfulAfterAdvertising if !after_marketing => return None,
            About::Doubtful | About::DoubtfulAfterAdvertising => {
                if said_of(TOPICS) && !said_of(ADVERTISING) {
                    return None;
                }
                Tier::Ask
            }
            About::Advertising => Tier::Certain,
            About::Messages | About::Contact => {
                if said_of(TOPICS) && !said_of(ADVERTISING) {
                    Tier::Ask
                } else {
                    Tier::Certain
                }
            }
            About::Number | About::List | About::This => {
                if said_of(TOPICS) || said_of(OTHERS) || said_of(TIMES) {
                    return None;
                }
                if anywhere(TOPICS) && !after_marketing {
                    Tier::Ask
                } else {
                    Tier::Certain
                }
            }
        };
        let doubtful = asked || long || said_of(TIMES) || said_of(OTHERS);
        Some((if doubtful { Tier::Ask } else { tier }, scope))
    }
}
