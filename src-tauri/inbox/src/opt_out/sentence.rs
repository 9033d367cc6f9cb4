//! Sentences that say it: a phrase of a language's file, and what around it speaks against taking it at its word.

use super::alone::bare;
use super::fold::{Word, Words};
use super::language::{
    ADVERTISING, About, LANGUAGES, Language, OTHERS, PLACES, QUESTIONS, THESE, TIMES, TOPICS,
};
use super::phrase::{Heard, Phrase, Set};
use super::{Hit, Scope, Tier};
use std::ops::Range;

/// A longer sentence is read by a person.
const MOST_WORDS: usize = 25;

pub(super) fn hits(words: &Words, after_marketing: bool) -> Vec<Hit> {
    let readings: Vec<Reading> = LANGUAGES
        .each
        .iter()
        .map(|language| Reading::of(language, words))
        .collect();
    // What is no opt-out in the language somebody writes is none in its neighbours either.
    let spoken = super::spoken(words, 0..readings.len());
    let heard = spoken.map(|language| readings[language].silent(words));
    let knows = |at: usize| super::known(words, at);
    let mut hits: Vec<Hit> = Vec::new();
    let mut threats: Vec<Range<usize>> = Vec::new();
    for (language, reading) in readings.iter().enumerate() {
        // A language that hardly knows a word of the message misunderstands it.
        if spoken.is_some_and(|spoken| knows(language) * 2 < knows(spoken)) {
            continue;
        }
        let mut silent = reading.silent(words);
        for (own, &other) in silent.iter_mut().zip(heard.iter().flatten()) {
            *own |= other;
        }
        for (about, from, to) in reading.said(words, &silent) {
            let Some((tier, scope)) =
                reading.judge(words, &silent, about, from, to, after_marketing)
            else {
                continue;
            };
            let passage = words.words[from].place.start..words.words[to].place.end;
            if about == About::Threat {
                threats.push(passage.clone());
            }
            hits.push(Hit {
                tier,
                scope,
                language,
                passage,
            });
        }
    }
    // What stands in the condition is not said by itself, in whatever language it was understood.
    let within = |hit: &Hit, threat: &Range<usize>| {
        hit.passage.start < threat.end && threat.start < hit.passage.end
    };
    for hit in &mut hits {
        if threats.iter().any(|threat| within(hit, threat)) {
            hit.tier = Tier::Ask;
        }
    }
    hits
}

/// Whether a shop's business is mentioned anywhere in the message.
pub(super) fn speaks_of_something_else(words: &Words) -> bool {
    let each = &LANGUAGES.each;
    let spoken = super::spoken(words, 0..each.len());
    let other = |set: &Set| matches!(*set, TOPICS | OTHERS | TIMES);
    let names =
        |language: &Language, word: &Word| language.sets_of(&word.text, false).iter().any(other);
    words.words.iter().any(|word| match spoken {
        Some(spoken) => names(&each[spoken], word),
        None => each.iter().any(|language| names(language, word)),
    })
}

/// How long those of the phrases are that these words begin with.
fn lengths<'a>(
    phrases: impl IntoIterator<Item = &'a Phrase>,
    heard: &[Heard<'_>],
) -> impl Iterator<Item = usize> {
    let ends = phrases.into_iter().filter_map(|phrase| phrase.ends(heard));
    ends.filter(|&length| length > 0)
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
        for run in self.runs(words, &[]) {
            let heard = self.heard(words, &run);
            for at in 0..run.len() {
                for length in lengths(&self.language.nothing, &heard[at..]) {
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
        let spoken = self.runs(words, silent).into_iter().map(|run| (run, false));
        // "If you don't stop": silent as a stop, and the very thing that makes it a threat.
        let whole = self.runs(words, &[]).into_iter().map(|run| (run, true));
        for (run, threats) in spoken.chain(whole) {
            let of_kind = |(about, _): &&(About, Phrase)| (*about == About::Threat) == threats;
            let heard = self.heard(words, &run);
            for at in 0..run.len() {
                for (about, phrase) in self.language.phrases.iter().filter(of_kind) {
                    for length in lengths([phrase], &heard[at..]) {
                        said.push((*about, run[at], run[at + length - 1]));
                    }
                }
            }
        }
        said
    }

    fn heard(&self, words: &Words, run: &[usize]) -> Vec<Heard<'_>> {
        let heard = |&at: &usize| Heard {
            clause: words.words[at].clause,
            sets: &self.sets[at],
        };
        run.iter().map(heard).collect()
    }

    /// Words in a row within one sentence, without politeness, broken where somebody says nothing to us.
    fn runs(&self, words: &Words, silent: &[bool]) -> Vec<Vec<usize>> {
        let mut runs: Vec<Vec<usize>> = Vec::new();
        let mut before: Option<usize> = None;
        for &at in &self.left {
            if silent.get(at).copied().unwrap_or(false) {
                before = None;
                continue;
            }
            let sentence = words.words[at].sentence;
            if before != Some(sentence) {
                runs.push(Vec::new());
            }
            before = Some(sentence);
            if let Some(run) = runs.last_mut() {
                run.push(at);
            }
        }
        runs
    }

    fn is_lasting(&self, at: usize) -> bool {
        self.language
            .lasting
            .iter()
            .any(|set| self.sets[at].contains(set))
    }

    /// A word this language has no place for.
    fn is_strange(&self, words: &Words, at: usize) -> bool {
        let word = &words.words[at].text;
        self.sets[at].is_empty() && !self.language.knows(word) && !LANGUAGES.is_polite(word)
    }

    fn judge(
        &self,
        words: &Words,
        silent: &[bool],
        about: About,
        from: usize,
        to: usize,
        after_marketing: bool,
    ) -> Option<(Tier, Scope)> {
        let clauses = words.words[from].clause..=words.words[to].clause;
        let sentence = words.words[from].sentence;
        let around: Vec<usize> = self
            .left
            .iter()
            .copied()
            .filter(|&at| clauses.contains(&words.words[at].clause))
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
            _ if said_of(ADVERTISING) => Scope::Marketing,
            About::Messages if (from..=to).any(|at| self.sets[at].contains(&THESE)) => last,
            About::Messages | About::Contact | About::Number => Scope::All,
            About::This | About::Enough | About::Threat => last,
            About::Doubtful | About::DoubtfulAfterAdvertising => Scope::Marketing,
        };
        // Words that go onto a card or into a parcel are no messages to somebody.
        if said_of(PLACES) && about != About::Threat {
            return None;
        }
        let doubt = matches!(about, About::Doubtful | About::DoubtfulAfterAdvertising);
        if doubt && around.iter().any(|&at| silent[at]) {
            return None;
        }
        let lasts = around.iter().any(|&at| self.is_lasting(at));
        let ads = said_of(ADVERTISING);
        // What follows and nobody expects there makes the phrase a part of something else.
        let more = around.iter().any(|&at| {
            at > to && !self.is_lasting(at) && !LANGUAGES.is_polite(&words.words[at].text)
        });
        let trailing = around
            .iter()
            .filter(|&&at| at > to && self.is_strange(words, at))
            .count();
        let tier = match about {
            About::DoubtfulAfterAdvertising | About::Enough if !after_marketing => return None,
            About::Doubtful | About::DoubtfulAfterAdvertising | About::Threat => {
                if said_of(TOPICS) && !ads {
                    return None;
                }
                Tier::Ask
            }
            About::Advertising => Tier::Certain,
            _ if ads => Tier::Certain,
            About::Contact if said_of(TOPICS) => Tier::Ask,
            About::Contact => Tier::Certain,
            About::Messages if said_of(TOPICS) => {
                if !lasts {
                    return None;
                }
                Tier::Ask
            }
            About::Messages if trailing > 0 && !lasts => Tier::Ask,
            About::Messages => Tier::Certain,
            About::This if trailing > 0 => return None,
            About::Enough if more => return None,
            About::Number | About::List | About::This | About::Enough => {
                if said_of(TOPICS) || said_of(OTHERS) || said_of(TIMES) {
                    return None;
                }
                let elsewhere = anywhere(TOPICS) && !after_marketing;
                if elsewhere || trailing > 1 {
                    Tier::Ask
                } else {
                    Tier::Certain
                }
            }
        };
        let limited = about != About::Contact && said_of(TIMES);
        let doubtful = asked || long || limited || said_of(OTHERS);
        Some((if doubtful { Tier::Ask } else { tier }, scope))
    }
}
