//! A phrase as the files write it, `stop ..2 <send> [me]`, and whether words say it.
//!
//! `word*` any word that begins so, `a/b` one or the other, `<group>` a word of that group, `[word]` may be missing,
//! `..2` up to two words of any kind, `,` where a clause may end.

use std::collections::HashMap;

/// A set of words, by number.
pub(super) type Set = usize;

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Word(Set),
    Maybe(Set),
    Gap(usize),
    Comma,
}

#[derive(Debug)]
pub(super) struct Phrase(Vec<Part>);

impl Phrase {
    /// `sets` makes a set of words written in the phrase itself. A group nobody defined is a set without words.
    pub fn read(
        text: &str,
        groups: &HashMap<&str, Set>,
        mut sets: impl FnMut(&[String]) -> Set,
    ) -> Self {
        let parts = text.split_whitespace().map(|part| {
            if part == "," {
                return Part::Comma;
            }
            if let Some(most) = part.strip_prefix("..") {
                return Part::Gap(most.parse().unwrap_or(0));
            }
            let bare = part
                .strip_prefix('[')
                .and_then(|part| part.strip_suffix(']'));
            let word = bare.unwrap_or(part);
            let group = word
                .strip_prefix('<')
                .and_then(|word| word.strip_suffix('>'));
            let set = match group {
                Some(name) => {
                    debug_assert!(groups.contains_key(name), "no group <{name}>");
                    groups.get(name).copied().unwrap_or(usize::MAX)
                }
                None => {
                    let words: Vec<String> = word.split('/').map(str::to_owned).collect();
                    sets(&words)
                }
            };
            if bare.is_some() {
                Part::Maybe(set)
            } else {
                Part::Word(set)
            }
        });
        Self(parts.collect())
    }

    /// The same, ending with its last word.
    pub fn to_last_word(mut self) -> Self {
        while matches!(self.0.last(), Some(Part::Gap(_))) {
            self.0.pop();
        }
        self
    }

    /// Where the phrase ends when it begins with the first of `words`.
    pub fn ends(&self, words: &[Heard]) -> Option<usize> {
        let clause = words.first()?.clause;
        ends(&self.0, words, 0, clause)
    }
}

/// A word: the clause it stands in and the sets it belongs to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Heard<'a> {
    pub clause: usize,
    pub sets: &'a [Set],
}

fn ends(parts: &[Part], words: &[Heard], at: usize, clause: usize) -> Option<usize> {
    let Some((part, rest)) = parts.split_first() else {
        return Some(at);
    };
    let next = words.get(at).filter(|word| word.clause == clause);
    let here = |set: &Set| next.is_some_and(|word| word.sets.contains(set));
    let on = |at: usize| ends(rest, words, at, clause);
    match part {
        Part::Word(set) => here(set).then(|| on(at + 1)).flatten(),
        Part::Maybe(set) => here(set).then(|| on(at + 1)).flatten().or_else(|| on(at)),
        Part::Gap(most) => {
            let same = words.get(at..).unwrap_or_default().iter();
            let same = same.take_while(|word| word.clause == clause).count();
            let most = same.min(*most);
            if rest.is_empty() {
                return Some(at + most);
            }
            (0..=most).find_map(|skip| on(at + skip))
        }
        Part::Comma => {
            let after = words.get(at).map_or(clause, |word| word.clause);
            ends(rest, words, at, after)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_gaps_and_what_may_be_missing() {
        let groups = HashMap::from([("send", 7)]);
        let mut next = 10;
        let phrase = Phrase::read("stop/end ..1 <send> [me]", &groups, |_| {
            next += 1;
            next
        });
        let word = |sets| Heard { clause: 0, sets };
        let (stop, me) = (word(&[11]), word(&[12]));
        let (send, other) = (word(&[7]), word(&[]));
        assert_eq!(phrase.ends(&[stop, send]), Some(2));
        assert_eq!(phrase.ends(&[stop, send, me]), Some(3));
        assert_eq!(phrase.ends(&[stop, other, send, other]), Some(3));
        assert_eq!(phrase.ends(&[stop, other, other, send]), None);
        assert_eq!(phrase.ends(&[stop]), None);
        assert_eq!(phrase.ends(&[other, stop, send]), None);
        let later = Heard { clause: 1, ..send };
        assert_eq!(phrase.ends(&[stop, later]), None);
        let phrase = Phrase::read("<send> , <send>", &groups, |_| 0);
        assert_eq!(phrase.ends(&[send, later]), Some(2));
        assert_eq!(phrase.ends(&[send, send]), Some(2));
    }
}
