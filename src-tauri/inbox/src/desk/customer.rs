//! The customer panel: who it is, what staff wrote down, merging and undoing that.

mod identities;
mod lookalike;
mod panel;
mod windows;

use super::{Desk, not_found, threads};
use crate::{
    apply_in,
    fact::{Fact, FactKind, NameField, Number, Trait},
    view::{CustomerChange, LabelCount},
};
use cloud_api::webhook::Peer;
use std::collections::BTreeMap;
use store::{
    Connection, Result, about_person, customer, label, merge,
    thread::{self, Thread},
};
use uuid::Uuid;

/// Longest label, in characters.
pub const LABEL_MAX: usize = 40;
/// Longest name the shop may give a customer, in characters.
pub const NAME_MAX: usize = 120;

impl Desk {
    /// Writes something down about the customer of a thread. What says nothing new is no fact.
    pub fn describe(&self, thread_id: i64, change: &CustomerChange) -> Result<()> {
        match change {
            CustomerChange::Name { text } => self.note(thread_id, |db, thread| {
                said_anew(
                    db,
                    thread,
                    NameField::Book.column(),
                    one_line(text, NAME_MAX),
                )
            }),
            CustomerChange::Language { tag } => self.note(thread_id, |db, thread| {
                of_trait(db, thread, Trait::Language, tag.trim().to_owned())
            }),
            CustomerChange::Note { text } => self.note(thread_id, |db, thread| {
                of_trait(db, thread, Trait::Note, text.trim_end().to_owned())
            }),
            CustomerChange::Label { label, on } => {
                self.note(thread_id, |db, thread| labelled(db, thread, label, *on))
            }
        }
    }

    /// Says that the customers of two threads are one; returns what to undo it by. The first thread stays the
    /// thread it is. Nothing is found where the two are one already, or one of them is a group or out of reach.
    pub fn merge(&self, thread_id: i64, other_thread_id: i64) -> Result<String> {
        let now = self.clock.now();
        let id = Uuid::now_v7().to_string();
        let change = self.store.write(|db| {
            let one = thread::get(db, thread_id)?.ok_or_else(not_found)?;
            let other = thread::get(db, other_thread_id)?.ok_or_else(not_found)?;
            if one.customer_id == other.customer_id {
                return Err(not_found());
            }
            let merged = FactKind::Merged {
                id: id.clone(),
                a: surest(db, &one)?,
                b: surest(db, &other)?,
                made_at: now,
                undone: false,
                at: now,
            };
            let number = Number::stored(db, one.number_id)?;
            apply_in(db, &[Fact::new(&number, merged)])
        })?;
        self.tell(change);
        Ok(id)
    }

    /// Takes a merge back: each gets what was said of him. Undone already, nothing happens.
    pub fn undo_merge(&self, merge_id: &str) -> Result<()> {
        let now = self.clock.now();
        let change = self.store.write(|db| {
            let m = merge::get(db, merge_id)?.ok_or_else(not_found)?;
            if m.undone {
                return Ok(None);
            }
            let undone = FactKind::Merged {
                id: m.id,
                a: peer_named(&m.a_key),
                b: peer_named(&m.b_key),
                made_at: m.made_at,
                undone: true,
                at: now.max(m.at + 1),
            };
            apply_in(db, &[Fact::new(&self.number(), undone)]).map(Some)
        })?;
        self.tell(change.unwrap_or_default());
        Ok(())
    }

    /// Every label in use, most used first. Spellings that differ in case only are one.
    pub fn labels(&self) -> Result<Vec<LabelCount>> {
        let mut by_name: BTreeMap<String, LabelCount> = BTreeMap::new();
        for (label, customers) in self.store.read(label::counts)? {
            let known = by_name.entry(label.to_lowercase()).or_insert(LabelCount {
                label,
                customers: 0,
            });
            known.customers += customers;
        }
        let mut labels: Vec<_> = by_name.into_values().collect();
        labels.sort_by_key(|l| std::cmp::Reverse(l.customers));
        Ok(labels)
    }

    /// The business number of a thread and how its customer is addressed, for calls to Meta about him.
    pub fn whom(&self, thread_id: i64) -> Result<(String, Peer)> {
        self.store.read(|db| {
            let thread = thread::get(db, thread_id)?.ok_or_else(not_found)?;
            let number = Number::stored(db, thread.number_id)?;
            Ok((number.phone_number_id, threads::peer(db, &thread)?))
        })
    }

    /// Applies what is to be said of the customer of a thread, as of now.
    fn note(
        &self,
        thread_id: i64,
        said: impl FnOnce(&Connection, &Thread) -> Result<Vec<Said>>,
    ) -> Result<()> {
        let now = self.clock.now();
        let change = self.store.write(|db| {
            let thread = thread::get(db, thread_id)?.ok_or_else(not_found)?;
            let peer = threads::peer(db, &thread)?;
            if peer == Peer::default() {
                return Err(not_found());
            }
            let number = Number::stored(db, thread.number_id)?;
            let facts: Vec<_> = said(db, &thread)?
                .into_iter()
                .map(|said| Fact::new(&number, said.fact(peer.clone(), now)))
                .collect();
            apply_in(db, &facts)
        })?;
        self.tell(change);
        Ok(())
    }
}

/// A new word about a customer, to stand in the place of the one there is.
struct Said {
    /// `None`: the name the shop gives him.
    what: Option<Trait>,
    value: String,
    /// Later than the word it replaces, even if the clock was set back meanwhile.
    not_before: i64,
}

impl Said {
    fn fact(self, peer: Peer, now: i64) -> FactKind {
        let (value, at) = (self.value, now.max(self.not_before));
        match self.what {
            Some(what) => FactKind::Described {
                peer,
                what,
                value,
                at,
            },
            None => FactKind::Named {
                peer,
                parent_bsuid: None,
                field: NameField::Book,
                value,
                at,
            },
        }
    }
}

/// The new word for a profile field; none where it is the word there is.
fn said_anew(db: &Connection, thread: &Thread, field: &str, value: String) -> Result<Vec<Said>> {
    let there = about_person::latest(db, thread.customer_id, field)?;
    let (old, at) = there.unwrap_or((String::new(), i64::MIN));
    Ok(if old == value {
        Vec::new()
    } else {
        vec![Said {
            what: None,
            value,
            not_before: at.saturating_add(1),
        }]
    })
}

fn of_trait(db: &Connection, thread: &Thread, what: Trait, value: String) -> Result<Vec<Said>> {
    let mut said = said_anew(db, thread, &what.field(), value)?;
    for word in &mut said {
        word.what = Some(what.clone());
    }
    Ok(said)
}

/// A label, in the spelling it has already; taken away in every spelling.
fn labelled(db: &Connection, thread: &Thread, label: &str, on: bool) -> Result<Vec<Said>> {
    let label = one_line(label, LABEL_MAX);
    if label.is_empty() {
        return Ok(Vec::new());
    }
    let folded = label.to_lowercase();
    let mut known = label::spellings(db)?;
    known.retain(|spelling| spelling.to_lowercase() == folded);
    if on {
        let spelling = known.into_iter().next().unwrap_or(label);
        return of_trait(db, thread, Trait::Label(spelling), flag(true));
    }
    let mut said = Vec::new();
    for spelling in known {
        said.extend(of_trait(db, thread, Trait::Label(spelling), flag(false))?);
    }
    Ok(said)
}

fn flag(on: bool) -> String {
    if on { "1" } else { "" }.to_owned()
}

/// Without line breaks and needless spaces, and no longer than `most` characters.
fn one_line(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let cut: String = line.chars().take(most).collect();
    cut.trim_end().to_owned()
}

/// The one identifier a merge names a customer by: what is said of a BSUID needs no number.
fn surest(db: &Connection, thread: &Thread) -> Result<Peer> {
    let peer = threads::peer(db, thread)?;
    match (&peer.group_id, &peer.bsuid, &peer.wa_id) {
        (None, Some(_), _) => Ok(Peer {
            wa_id: None,
            ..peer
        }),
        (None, None, Some(_)) => Ok(peer),
        _ => Err(not_found()),
    }
}

fn peer_named(key: &str) -> Peer {
    let (kind, value) = key.split_once(':').unwrap_or_default();
    let value = Some(value.to_owned());
    match kind {
        "b" => Peer {
            bsuid: value,
            ..Peer::default()
        },
        _ => Peer {
            wa_id: value,
            ..Peer::default()
        },
    }
}

/// The persons of a customer.
fn persons(db: &Connection, thread: &Thread) -> Result<Vec<customer::Person>> {
    customer::of_customer(db, thread.customer_id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_one_line_of_at_most_so_many_characters() {
        for (text, most, expected) in [
            ("  Stamm \n kunde\t", 40, "Stamm kunde"),
            ("", 40, ""),
            (" \n ", 40, ""),
            ("äöü ß", 3, "äöü"),
            ("zwei Wörter", 5, "zwei"),
        ] {
            assert_eq!(one_line(text, most), expected, "{text:?}");
        }
    }
}
