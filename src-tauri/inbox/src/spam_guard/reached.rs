//! Different people in the last 24 hours: those to whom a template went outside a window, which is what Meta's
//! messaging limit counts (Meta, "Messaging limits"), and those who got a content. Kept as it grows, so that a list of
//! 100,000 can ask after each.

use super::limits::DAY;
use super::near::Map;
use super::send::Person;
use std::collections::VecDeque;

#[derive(Debug, Clone, Default)]
pub(super) struct Reached {
    /// When last.
    last: Map<Person, i64>,
    /// By time.
    log: VecDeque<(i64, Person)>,
}

impl Reached {
    pub fn has(&self, person: Person, now: i64) -> bool {
        self.last.get(&person).is_some_and(|at| now - at < DAY)
    }

    pub fn is_empty(&self) -> bool {
        self.last.is_empty()
    }

    pub fn known(&self, now: i64) -> u32 {
        let old = self.log.iter().take_while(|(at, _)| now - at >= DAY);
        let gone = old
            .filter(|(at, person)| self.last.get(person) == Some(at))
            .count();
        u32::try_from(self.last.len() - gone).unwrap_or(u32::MAX)
    }

    pub fn insert(&mut self, person: Person, at: i64) {
        self.prune(at);
        let last = self.last.entry(person).or_insert(i64::MIN);
        if *last == at {
            return;
        }
        *last = at.max(*last);
        // What comes late by a little stands where it belongs.
        let later = self.log.iter().rev().take_while(|(of, _)| *of > at).count();
        self.log.insert(self.log.len() - later, (at, person));
    }

    /// Forgets who counts no more.
    pub fn prune(&mut self, now: i64) {
        while let Some(&(old, of)) = self.log.front().filter(|(old, _)| now - old >= DAY) {
            self.log.pop_front();
            if self.last.get(&of) == Some(&old) {
                self.last.remove(&of);
            }
        }
    }

    /// A send of `at` never left.
    pub fn taken_back(&mut self, person: Person, at: i64) {
        let Some(&last) = self.last.get(&person) else {
            return;
        };
        self.log.retain(|entry| *entry != (at, person));
        if last != at {
            return;
        }
        // They may have got it before in that time.
        match self.log.iter().rev().find(|(_, of)| *of == person) {
            Some((before, _)) => self.last.insert(person, *before),
            None => self.last.remove(&person),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_count_once_and_for_a_day() {
        let mut reached = Reached::default();
        reached.insert(1, 0);
        reached.insert(2, 10);
        reached.insert(1, 20);
        assert_eq!(reached.known(20), 2);
        assert_eq!(reached.known(DAY + 10), 1);
        assert!(reached.has(1, DAY) && !reached.has(2, DAY + 10));
        reached.insert(3, DAY + 15);
        assert_eq!(reached.known(DAY + 15), 2);
    }

    #[test]
    fn what_comes_late_or_is_taken_back_counts_as_if_it_had_come_in_order() {
        let mut reached = Reached::default();
        for (person, at) in [(1, 0), (2, 50), (1, 40), (1, 60)] {
            reached.insert(person, at);
        }
        reached.taken_back(1, 60);
        assert_eq!(reached.known(DAY + 39), 2);
        assert_eq!(reached.known(DAY + 45), 1);
        reached.taken_back(2, 50);
        assert!(!reached.has(2, 60) && reached.has(1, 60));
    }
}
