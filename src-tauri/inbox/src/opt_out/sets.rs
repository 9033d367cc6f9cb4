//! Sets of words, as the files of the languages write them.

use super::phrase::Set;
use super::{fold, near};
use std::collections::HashMap;

/// Which words belong to which sets: whole words, beginnings (`word*`), endings (`*word`) and middles (`*word*`).
#[derive(Debug, Default)]
pub(super) struct Sets {
    count: Set,
    exact: HashMap<String, Vec<Set>>,
    /// The long ones of them by their first letter: whoever slips, slips later.
    long: HashMap<char, Vec<String>>,
    /// By their first letter.
    stems: HashMap<char, Vec<(String, Set)>>,
    ends: Vec<(String, Set)>,
    middles: Vec<(String, Set)>,
    /// `!word` and `!word*`: not of the set after all. The flag says that more may follow.
    without: Vec<(String, bool, Set)>,
}

impl Sets {
    /// The whole words of all sets.
    pub fn words(&self) -> impl Iterator<Item = &String> {
        self.exact.keys()
    }

    /// A set of `words`, by the number it gets.
    pub fn add(&mut self, words: &[String]) -> Set {
        let set = self.count;
        self.count += 1;
        for word in words {
            for text in std::iter::once(word.clone()).chain(written_out(word)) {
                let folded = fold::word(&text);
                if word.starts_with('!') {
                    self.without.push((folded, word.ends_with('*'), set));
                    continue;
                }
                match (word.starts_with('*'), word.ends_with('*')) {
                    _ if folded.is_empty() => {}
                    (true, true) => self.middles.push((folded, set)),
                    (true, false) => self.ends.push((folded, set)),
                    (false, true) => {
                        let first = folded.chars().next().unwrap_or_default();
                        self.stems.entry(first).or_default().push((folded, set));
                    }
                    (false, false) => {
                        if is_long(&folded) && !self.exact.contains_key(&folded) {
                            let first = folded.chars().next().unwrap_or_default();
                            self.long.entry(first).or_default().push(folded.clone());
                        }
                        self.exact.entry(folded).or_default().push(set);
                    }
                }
            }
        }
        set
    }

    /// The sets `word` belongs to. `slips`: also when it is one slip away from one of their words.
    pub fn of(&self, word: &str, slips: bool) -> Vec<Set> {
        let mut sets = self.exact.get(word).cloned().unwrap_or_default();
        let first = word.chars().next().unwrap_or_default();
        let stems = self.stems.get(&first).map_or(&[][..], Vec::as_slice);
        let with = |list: &[(String, Set)], fits: &dyn Fn(&str) -> bool| -> Vec<Set> {
            let fitting = list.iter().filter(|(part, _)| fits(part));
            fitting.map(|&(_, set)| set).collect()
        };
        sets.extend(with(stems, &|part| word.starts_with(part)));
        sets.extend(with(&self.ends, &|part| word.ends_with(part)));
        sets.extend(with(&self.middles, &|part| word.contains(part)));
        if sets.is_empty() && slips && is_long(word) {
            sets = self.slipped(word, first, stems);
        }
        for (part, more, set) in &self.without {
            if word == part || *more && word.starts_with(part.as_str()) {
                sets.retain(|of| of != set);
            }
        }
        sets
    }

    fn slipped(&self, word: &str, first: char, stems: &[(String, Set)]) -> Vec<Set> {
        let mut sets = Vec::new();
        for text in self.long.get(&first).into_iter().flatten() {
            if near::slipped(word, text) {
                sets.extend(self.exact.get(text).into_iter().flatten());
            }
        }
        // `retrouve` is no slip of `retir…`, `campanello` none of `campagn…`.
        for (stem, set) in stems
            .iter()
            .filter(|(stem, _)| stem.chars().nth(6).is_some())
        {
            let letters = stem.chars().count();
            let begins = |count: usize| {
                let end = word.char_indices().nth(count);
                near::slipped(&word[..end.map_or(word.len(), |(at, _)| at)], stem)
            };
            if begins(letters) || begins(letters + 1) {
                sets.push(*set);
            }
        }
        sets
    }
}

/// Long enough for a slip to leave it recognisable: `primo` is no slip of `promo`.
fn is_long(word: &str) -> bool {
    word.chars().nth(5).is_some()
}

/// `ö` as it is written without the key for it.
pub(super) fn written_out(text: &str) -> Option<String> {
    text.contains(['ä', 'ö', 'ü']).then(|| {
        text.replace('ä', "ae")
            .replace('ö', "oe")
            .replace('ü', "ue")
    })
}
