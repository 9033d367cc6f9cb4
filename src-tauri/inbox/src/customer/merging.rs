//! Merging by hand: staff says that two identifiers are one customer, and may take that back.
//!
//! A merge ties persons as a change of number does, as long as its latest word does not undo it. Rows stay with
//! the person they were said of, so undoing gives each his own back.

use super::{Touched, find, known, meant, regroup::regroup_keeping};
use cloud_api::webhook::Peer;
use std::collections::BTreeSet;
use store::{
    Connection, Result,
    merge::{self, Merge},
};

/// A word about a merge.
#[derive(Debug)]
pub(crate) struct Merging<'a> {
    pub id: &'a str,
    pub a: &'a Peer,
    pub b: &'a Peer,
    /// Decides whom a number alone means.
    pub made_at: i64,
    pub undone: bool,
    pub at: i64,
}

/// Notes a word about a merge, and makes or parts the customer it speaks of. Groups are never merged.
pub(crate) fn merge(db: &Connection, said: &Merging<'_>, touched: &mut Touched) -> Result<()> {
    let is_person = |peer: &Peer| peer.group_id.is_none() && known(peer).is_some();
    if !is_person(said.a) || !is_person(said.b) {
        return Ok(());
    }
    let a_key = find(db, said.a, said.made_at, touched)?.peer_key;
    let b_key = find(db, said.b, said.made_at, touched)?.peer_key;
    if a_key == b_key {
        return Ok(());
    }
    let before = merge::get(db, said.id)?;
    let a = meant(db, &a_key, said.made_at)?.id;
    let b = meant(db, &b_key, said.made_at)?.id;
    let mut concerned = BTreeSet::from([a, b]);
    concerned.extend(before.iter().flat_map(|m| [m.a, m.b]));
    touched.loose_persons.extend(&concerned);
    let news = merge::observe(
        db,
        &Merge {
            id: said.id.to_owned(),
            a_key,
            b_key,
            a,
            b,
            made_at: said.made_at,
            undone: said.undone,
            at: said.at,
        },
    )?;
    if news {
        regroup_keeping(db, concerned, Some(a), touched)?;
    }
    Ok(())
}

/// Points every merge that names a number at the persons it means, now that more is known.
pub(super) fn point_anew(db: &Connection, key: &str, concerned: &mut BTreeSet<i64>) -> Result<()> {
    for m in merge::of_key(db, key)? {
        let a = meant(db, &m.a_key, m.made_at)?.id;
        let b = meant(db, &m.b_key, m.made_at)?.id;
        if (a, b) != (m.a, m.b) {
            merge::point_at(db, &m.id, a, b)?;
            concerned.extend([a, b, m.a, m.b]);
        }
    }
    Ok(())
}
