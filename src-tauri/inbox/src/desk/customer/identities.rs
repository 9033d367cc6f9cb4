//! Every identifier seen with a customer, since when, until when, and which of them are his still.
//!
//! Still his are numbers nobody told us he left, and the ids no change of number or BSUID has replaced. Of a
//! customer whom staff merged that may be several: messages go to the first of a kind.

use crate::{customer::number_in_use, view::IdentityView};
use cloud_api::webhook::Peer;
use store::{
    Connection, Result, about_person,
    customer::{self, Person},
};

/// Identifiers of these persons: numbers first, then usernames and Meta's ids; of each kind first the one at
/// `address`, where messages go, then the others that are his, each newest first.
pub(super) fn identities(
    db: &Connection,
    persons: &[Person],
    address: &Peer,
) -> Result<Vec<IdentityView>> {
    let mut all = Vec::new();
    for person in persons {
        of_person(db, person, &mut all)?;
    }
    // The username of an id that was replaced is his still, until another is heard.
    if !all.iter().any(|i| i.kind == "username" && i.current) {
        let usernames = all.iter_mut().filter(|i| i.kind == "username");
        if let Some(newest) = usernames.max_by_key(|i| i.last_at) {
            newest.current = true;
        }
    }
    let is_address = |i: &IdentityView| {
        let there = match i.kind.as_str() {
            "phone" => &address.wa_id,
            "bsuid" => &address.bsuid,
            _ => return false,
        };
        there.as_ref() == Some(&i.value)
    };
    let rank = |i: &IdentityView| {
        let order = ["phone", "username", "bsuid", "parent_bsuid"];
        let kind = order.iter().position(|kind| *kind == i.kind);
        (kind.unwrap_or(order.len()), !is_address(i), !i.current)
    };
    all.sort_by(|x, y| (rank(x), y.last_at, &x.value).cmp(&(rank(y), x.last_at, &y.value)));
    Ok(all)
}

fn of_person(db: &Connection, person: &Person, all: &mut Vec<IdentityView>) -> Result<()> {
    let (kind, id) = person.key.split_once(':').unwrap_or_default();
    let seen = customer::identities(db, person.id)?;
    let heard = customer::heard_between(db, person.id)?;
    let spans = || seen.iter().map(|i| (i.first_at, i.last_at)).chain(heard);
    let first = spans().map(|(first, _)| first).min();
    let span = first.zip(spans().map(|(_, last)| last).max());
    let replaced = customer::is_replaced(db, person.id)?;
    match kind {
        "b" => note(all, "bsuid", id, span, !replaced),
        "g" => note(all, "group", id, span, true),
        _ if !id.is_empty() => {
            let in_use = number_in_use(db, &person.key)?.is_some();
            let number = id.split('@').next().unwrap_or(id);
            note(all, "phone", number, heard, in_use);
            // A username told of a number alone is noted as a name.
            for row in about_person::profile(db, person.id)? {
                if row.field == "username" && !row.value.is_empty() {
                    note(all, "username", &row.value, Some((row.at, row.at)), in_use);
                }
            }
        }
        _ => {}
    }
    for i in &seen {
        // Of several usernames or parents of one id the newest counts.
        let newer = |other: &&customer::Identity| {
            other.kind == i.kind && (other.last_at, &other.value) > (i.last_at, &i.value)
        };
        let (kind, current) = match i.kind.as_str() {
            "wa_id" => ("phone", !i.left),
            other => (other, !replaced && !seen.iter().any(|x| newer(&x))),
        };
        note(all, kind, &i.value, Some((i.first_at, i.last_at)), current);
    }
    Ok(())
}

/// Adds an identifier, or widens the span it is known from.
fn note(
    all: &mut Vec<IdentityView>,
    kind: &str,
    value: &str,
    span: Option<(i64, i64)>,
    current: bool,
) {
    let (first_at, last_at) = (span.map(|s| s.0), span.map(|s| s.1));
    let same = |i: &&mut IdentityView| i.kind == kind && i.value == value;
    match all.iter_mut().find(same) {
        Some(known) => {
            known.first_at = [known.first_at, first_at].into_iter().flatten().min();
            known.last_at = known.last_at.max(last_at);
            known.current |= current;
        }
        None => all.push(IdentityView {
            kind: kind.to_owned(),
            value: value.to_owned(),
            first_at,
            last_at,
            current,
        }),
    }
}
