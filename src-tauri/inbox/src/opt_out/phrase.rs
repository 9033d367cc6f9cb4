//! A phrase as the files write it, `stop ..2 <send> [me]`, and whether words say it.
//!
//! `word*` any word that begins so, `a/b` one or the other, `<group>` a word of that group, `[word]` may be missing,
//! `..2` up to two words of any kind.

use std::collections::HashMap;

/// A set of words, by number.
pub(super) type Set = usize;

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Word(Set),
    Maybe(Set),
    Gap(usize),
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

    /// Where the phrase ends when it begins with the first of `words`, each given by the sets it belongs to.
    pub fn ends(&self, words: &[&[Set]]) -> Option<usize> {
        ends(&self.0, words, 0)
    }
}

fn ends(parts: &[Part], words: &[&[Set]], at: usize) -> Option<usize> {
    let Some((part, rest)) = parts.split_first() else {
        return Some(at);
    };
    let here = |set: &Set| words.get(at).is_some_and(|sets| sets.contains(set));
    match part {
        Part::Word(set) => here(set).then(|| ends(rest, words, at + 1)).flatten(),
        Part::Maybe(set) => here(set)
            .then(|| ends(rest, words, at + 1))
            .flatten()
            .or_else(|| ends(rest, words, at)),
        Part::Gap(most) => (0..=*most)
            .take_while(|skip| at + skip <= words.len())
            .find_map(|skip| ends(rest, words, at + skip)),
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
        let (stop, me): (&[Set], &[Set]) = (&[11], &[12]);
        let (send, other): (&[Set], &[Set]) = (&[7], &[]);
        assert_eq!(phrase.ends(&[stop, send]), Some(2));
        assert_eq!(phrase.ends(&[stop, send, me]), Some(3));
        assert_eq!(phrase.ends(&[stop, other, send, other]), Some(3));
        assert_eq!(phrase.ends(&[stop, other, other, send]), None);
        assert_eq!(phrase.ends(&[stop]), None);
        assert_eq!(phrase.ends(&[other, stop, send]), None);
    }
}
