//! Other customers who may be the same person: proposed to staff, never decided by itself.
//!
//! Numbers are compared in the ways they may be written, never changed. A username can pass to somebody else
//! and two people can share a name, so these too are only questions.

use super::super::{Desk, not_found, threads};
use crate::{
    customer::{known_owner, variants},
    view::{IdentityView, Lookalike},
};
use std::collections::BTreeSet;
use store::{
    Connection, Result,
    customer::Person,
    lookup,
    thread::{self, Thread},
};

/// So many are proposed.
const PROPOSED: usize = 5;
/// So many are found by name, number or username.
const FOUND: usize = 20;
/// So many rows are read per way of looking.
const ROWS: i64 = 20;
/// Fewer digits are no number.
const DIGITS_MIN: usize = 3;

impl Desk {
    /// Customers by name, number or username, to merge this one with: 20 at most, never himself, never a group.
    /// `reason` says what fits: `name`, `username` or `number`. Work grows with the customers there are, not
    /// with their messages.
    pub fn merge_candidates(&self, thread_id: i64, text: &str) -> Result<Vec<Lookalike>> {
        let text = text.trim();
        self.store.read(|db| {
            let thread = thread::get(db, thread_id)?.ok_or_else(not_found)?;
            let mut found = Found::beside(db, &thread, FOUND);
            if text.is_empty() {
                return Ok(found.all);
            }
            if let Some(digits) = digits(text) {
                found.take("number", lookup::with_digits(db, &digits, ROWS)?)?;
            }
            for spelling in spellings(text) {
                for field in ["book", "name"] {
                    found.take("name", lookup::named_like(db, field, &spelling, ROWS)?)?;
                }
                let username = spelling.trim_start_matches('@');
                if !username.is_empty() {
                    found.take(
                        "username",
                        lookup::named_like(db, "username", username, ROWS)?,
                    )?;
                }
            }
            Ok(found.all)
        })
    }
}

/// Customers who may be the same as this one: by a number written another way, by username, by name.
pub(super) fn lookalikes(
    db: &Connection,
    thread: &Thread,
    now: i64,
    identities: &[IdentityView],
    names: [&str; 2],
) -> Result<Vec<Lookalike>> {
    let mut found = Found::beside(db, thread, PROPOSED);
    let of_kind = |kind: &'static str| {
        let his = identities
            .iter()
            .filter(move |i| i.kind == kind && i.current);
        his.map(|i| i.value.as_str())
    };
    for number in of_kind("phone") {
        for variant in variants(number) {
            found.take("number_variant", known_owner(db, &variant, now)?)?;
        }
    }
    for username in of_kind("username") {
        found.take("username", lookup::called(db, "username", username, ROWS)?)?;
    }
    for name in names.into_iter().filter(|name| !name.is_empty()) {
        for field in ["book", "name"] {
            found.take("name", lookup::called(db, field, name, ROWS)?)?;
        }
    }
    Ok(found.all)
}

/// Other customers, each once, for the first reason found.
struct Found<'a> {
    db: &'a Connection,
    thread: &'a Thread,
    customers: BTreeSet<i64>,
    all: Vec<Lookalike>,
    most: usize,
}

impl<'a> Found<'a> {
    fn beside(db: &'a Connection, thread: &'a Thread, most: usize) -> Self {
        Self {
            db,
            thread,
            customers: BTreeSet::from([thread.customer_id]),
            all: Vec::new(),
            most,
        }
    }

    fn take(&mut self, reason: &str, persons: impl IntoIterator<Item = Person>) -> Result<()> {
        for person in persons {
            if self.all.len() == self.most
                || person.key.starts_with("g:")
                || !self.customers.insert(person.customer_id)
            {
                continue;
            }
            // Somebody nothing was ever said with is nobody to merge.
            let threads = thread::of_customer(self.db, person.customer_id)?;
            let nearest = threads
                .iter()
                .max_by_key(|t| (t.number_id == self.thread.number_id, t.last_at));
            if let Some(nearest) = nearest {
                self.all.push(Lookalike {
                    thread_id: nearest.id,
                    name: threads::person_name(nearest),
                    reason: reason.to_owned(),
                });
            }
        }
        Ok(())
    }
}

/// The digits of what may be a number, without what one dials before it; `None` for anything else.
fn digits(text: &str) -> Option<String> {
    let is_number = |c: char| c.is_ascii_digit() || " +-()/.".contains(c);
    if !text.chars().all(is_number) {
        return None;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_start_matches('0');
    (digits.len() >= DIGITS_MIN).then(|| digits.to_owned())
}

/// SQLite folds the case of ASCII letters only: others are looked for in small and with a capital, too.
fn spellings(text: &str) -> Vec<String> {
    let mut all = vec![text.to_owned()];
    if !text.is_ascii() {
        let small = text.to_lowercase();
        let capital = |word: &str| {
            let mut letters = word.chars();
            let first = letters.next().map(char::to_uppercase);
            first
                .into_iter()
                .flatten()
                .chain(letters)
                .collect::<String>()
        };
        let capitals: Vec<_> = small.split(' ').map(capital).collect();
        for spelling in [capitals.join(" "), small] {
            if !all.contains(&spelling) {
                all.push(spelling);
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_however_it_is_written() {
        for (text, expected) in [
            ("+49 30 23125-101", Some("493023125101")),
            ("0049 30/23125101", Some("493023125101")),
            ("(030) 23125", Some("3023125")),
            ("12", None),
            ("000", None),
            ("Lena 123", None),
            ("", None),
        ] {
            assert_eq!(digits(text).as_deref(), expected, "{text:?}");
        }
    }

    #[test]
    fn letters_beyond_ascii_are_looked_for_in_both_cases() {
        for (text, expected) in [
            ("lena", vec!["lena"]),
            ("öz", vec!["öz", "Öz"]),
            ("ÖZ", vec!["ÖZ", "Öz", "öz"]),
            ("jörg öz", vec!["jörg öz", "Jörg Öz"]),
        ] {
            assert_eq!(spellings(text), expected);
        }
    }
}
