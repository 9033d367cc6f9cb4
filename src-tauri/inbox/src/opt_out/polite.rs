//! Politeness, which is left out before anything is read: `bitte`, `por favor`.

use super::fold::Word;
use std::collections::HashMap;

/// Polite words and phrases, in an order.
#[derive(Debug, Default)]
pub(super) struct Polite {
    phrases: Vec<Vec<String>>,
    /// Where those stand that begin with a word.
    by_first: HashMap<String, Vec<usize>>,
}

impl Polite {
    pub fn of(phrases: Vec<Vec<String>>) -> Self {
        let mut by_first: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, phrase) in phrases.iter().enumerate() {
            if let Some(first) = phrase.first() {
                by_first.entry(first.clone()).or_default().push(at);
            }
        }
        Self { phrases, by_first }
    }

    fn beginning_with(&self, word: &str) -> impl Iterator<Item = &Vec<String>> {
        let found = self.by_first.get(word).into_iter().flatten();
        found.filter_map(|&at| self.phrases.get(at))
    }

    /// How many words the first phrase has that `words` begin with.
    pub fn beginning(&self, words: &[Word]) -> Option<usize> {
        let begins = |phrase: &&Vec<String>| {
            let mut both = phrase.iter().zip(words);
            phrase.len() <= words.len() && both.all(|(said, word)| *said == word.text)
        };
        let found = self.beginning_with(&words.first()?.text).find(begins)?;
        Some(found.len())
    }

    /// Whether a word alone is among them.
    pub fn has(&self, word: &str) -> bool {
        self.beginning_with(word).any(|phrase| phrase.len() == 1)
    }
}
