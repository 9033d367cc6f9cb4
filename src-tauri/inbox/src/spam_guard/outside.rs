//! The people to whom a template went outside a window in the last 24 hours: what Meta's messaging limit counts
//! (Meta, "Messaging limits"). Kept so that a list of 100,000 can ask after each.

use super::limits::DAY;
use super::send::Person;
use std::collections::{HashMap, VecDeque};

#[derive(Debug, Clone, Default)]
pub(super) struct Outside {
    last: HashMap<Person, i64>,
    log: VecDeque<(i64, Person)>,
}

impl Outside {
    pub fn has(&self, person: Person, now: i64) -> bool {
        self.last.get(&person).is_some_and(|at| now - at < DAY)
    }

    pub fn known(&self, now: i64) -> u32 {
        let old = self.log.iter().take_while(|(at, _)| now - at >= DAY);
        let gone = old
            .filter(|(at, person)| self.last.get(person) == Some(at))
            .count();
        u32::try_from(self.last.len() - gone).unwrap_or(u32::MAX)
    }

    pub fn insert(&mut self, person: Person, at: i64) {
        while let Some(&(old, of)) = self.log.front().filter(|(old, _)| at - old >= DAY) {
            self.log.pop_front();
            if self.last.get(&of) == Some(&old) {
                self.last.remove(&of);
            }
        }
        if self.last.insert(person, at) != Some(at) {
            self.log.push_back((at, person));
        }
    }

    /// A send of `at` never left.
    pub fn taken_back(&mut self, person: Person, at: i64) {
        if self.last.get(&person) != Some(&at) {
            return;
        }
        self.last.remove(&person);
        self.log.retain(|entry| *entry != (at, person));
        // They may have been written to before in that time.
        if let Some((before, _)) = self.log.iter().rev().find(|(_, of)| *of == person) {
            self.last.insert(person, *before);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_count_once_and_for_a_day() {
        let mut outside = Outside::default();
        outside.insert(1, 0);
        outside.insert(2, 10);
        outside.insert(1, 20);
        assert_eq!(outside.known(20), 2);
        assert_eq!(outside.known(DAY + 10), 1);
        assert!(outside.has(1, DAY) && !outside.has(2, DAY + 10));
        outside.insert(3, DAY + 15);
        assert_eq!(outside.known(DAY + 15), 2);
    }
}
