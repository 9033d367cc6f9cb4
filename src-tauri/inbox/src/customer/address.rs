//! How a customer is addressed, and what number is shown of him.
//!
//! A BSUID and a number in one address say that they are one person, and every fact that carries both teaches
//! the store so. A customer may be several persons whom staff merged and may part again: so an address is that
//! of one of them, and never the BSUID of one with the number of another.

use super::number_in_use;
use cloud_api::webhook::Peer;
use store::{
    Connection, Result,
    customer::{self, Person},
};

/// Where a customer is reached now: who was heard of last on this business number, or anywhere without one.
/// Empty where every number he had has passed on.
pub(crate) fn address(db: &Connection, customer_id: i64, number_id: Option<i64>) -> Result<Peer> {
    for (person, _) in heard_last(db, customer_id, number_id)? {
        if let Some(peer) = address_of(db, &person)? {
            return Ok(peer);
        }
    }
    Ok(Peer::default())
}

/// The same for one person; `None` where the number that was all we had is not his any more.
fn address_of(db: &Connection, person: &Person) -> Result<Option<Peer>> {
    Ok(match person.key.split_once(':') {
        Some(("b", bsuid)) => Some(Peer {
            bsuid: Some(bsuid.to_owned()),
            wa_id: own_number(db, person.id)?,
            group_id: None,
        }),
        Some(("g", group)) => Some(Peer {
            group_id: Some(group.to_owned()),
            ..Peer::default()
        }),
        _ => number_in_use(db, &person.key)?.map(|wa_id| Peer {
            wa_id: Some(wa_id),
            ..Peer::default()
        }),
    })
}

/// The number last seen with a BSUID that its owner has not left.
fn own_number(db: &Connection, person_id: i64) -> Result<Option<String>> {
    let seen = customer::identities(db, person_id)?.into_iter();
    let in_use = seen.filter(|i| i.kind == "wa_id" && !i.left);
    Ok(in_use
        .max_by(|x, y| (x.last_at, &x.value).cmp(&(y.last_at, &y.value)))
        .map(|i| i.value))
}

/// The number to show: the one heard of last among all that are still his.
pub(crate) fn number(db: &Connection, customer_id: i64) -> Result<Option<String>> {
    let mut numbers = customer::numbers_in_use(db, customer_id)?;
    for (person, heard_at) in heard_last(db, customer_id, None)? {
        numbers.extend(number_in_use(db, &person.key)?.map(|wa| (wa, heard_at)));
    }
    numbers.sort_by(|(a, at), (b, bt)| (at, a).cmp(&(bt, b)));
    Ok(numbers.pop().map(|(wa, _)| wa))
}

/// The persons of a customer with the time each was heard of last, the last one first.
fn heard_last(
    db: &Connection,
    customer_id: i64,
    number_id: Option<i64>,
) -> Result<Vec<(Person, i64)>> {
    let persons = customer::of_customer(db, customer_id)?;
    if persons.len() > 1 {
        return customer::by_last_activity(db, customer_id, number_id);
    }
    // Mostly there is only one, and when he was heard of decides nothing.
    Ok(persons.into_iter().map(|person| (person, -1)).collect())
}
