//! Who is who: from the identifiers Meta sends to one customer, the same in whatever order they came.
//!
//! A BSUID is one person. A number is not: it may be given up and pass to a stranger, so a row that knows
//! its person by number alone is *loose* and belongs to the person this number meant at that time:
//! the BSUID last seen with it, else the first one seen after, within the span between two releases of
//! the number. Whenever more is learnt about a number, its loose rows are pointed anew.
//! Persons that a change of number or BSUID ties together, or a merge by staff, are one customer.

mod address;
mod merging;
mod number_variant;
mod regroup;

pub(crate) use address::{address, number};
pub(crate) use merging::{Merging, merge};
pub(crate) use number_variant::variants;

use cloud_api::webhook::Peer;
use regroup::regroup;
use std::collections::BTreeSet;
use store::{
    Connection, Result,
    about_person::{self, About},
    consent,
    customer::{self, Person},
    message::{self, LooseMessage},
    thread,
};

/// A person, and how he was found.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub person: Person,
    /// The identifier itself, `b:…`, `w:…` or `g:…`.
    pub peer_key: String,
    /// The number, where it was all we had.
    pub loose_wa: String,
}

impl Found {
    pub fn about(&self) -> About<'_> {
        About {
            peer_key: &self.peer_key,
            person_id: self.person.id,
            loose_wa: &self.loose_wa,
        }
    }
}

/// What has to be brought in line before the transaction ends.
#[derive(Debug, Default)]
pub(crate) struct Touched {
    /// Threads whose cached columns have to be rebuilt.
    pub threads: BTreeSet<i64>,
    /// `(thread, message)` that changed: the thread only has to be rebuilt if this is the line it shows.
    pub lines: BTreeSet<(i64, i64)>,
    /// Customers of whom something is said that their threads show.
    pub customers: BTreeSet<i64>,
    /// Customers who were heard of: decides something only where several identifiers are one customer.
    pub heard: BTreeSet<i64>,
    /// Persons who stand for a number alone and may by now stand for nothing.
    pub loose_persons: BTreeSet<i64>,
    /// Customers whose consents may be otherwise now.
    pub consents: BTreeSet<i64>,
    /// Who has which label may have changed.
    pub labels: bool,
    /// Messages are another customer's now.
    pub regrouped: bool,
}

/// The identifier a peer is filed under: `b:…`, `w:…` or `g:…`.
pub(crate) fn peer_key(peer: &Peer) -> String {
    match (&peer.group_id, &peer.bsuid, &peer.wa_id) {
        (Some(group), ..) => format!("g:{group}"),
        (None, Some(bsuid), _) => format!("b:{bsuid}"),
        (None, None, wa) => format!("w:{}", wa.as_deref().unwrap_or_default()),
    }
}

/// The person a peer means at `at`, made if needed, and what the peer tells about identities noted.
pub(crate) fn find(db: &Connection, peer: &Peer, at: i64, touched: &mut Touched) -> Result<Found> {
    let found = find_person(db, peer, at, touched)?;
    touched.heard.insert(found.person.customer_id);
    Ok(found)
}

fn find_person(db: &Connection, peer: &Peer, at: i64, touched: &mut Touched) -> Result<Found> {
    let peer_key = peer_key(peer);
    let firm = |person| Found {
        person,
        peer_key: peer_key.clone(),
        loose_wa: String::new(),
    };
    match (&peer.group_id, &peer.bsuid, &peer.wa_id) {
        (None, Some(_), Some(wa)) => {
            let person = match customer::find(db, &peer_key)? {
                Some(person) => person,
                None => inherit(db, &peer_key, wa, at)?,
            };
            let news = customer::observe_identity(db, person.id, "wa_id", wa, at)?;
            if news {
                point_anew(db, wa, touched)?;
            }
            // Pointing anew may have moved him to another customer.
            let person = customer::get(db, person.id)?;
            if news {
                touch_customer(db, person.customer_id, touched)?;
            }
            Ok(firm(person))
        }
        (None, None, Some(wa)) => {
            let person = owner(db, wa, at)?;
            touched.loose_persons.insert(person.id);
            Ok(Found {
                loose_wa: wa.clone(),
                ..firm(person)
            })
        }
        // A group, a BSUID alone, or nothing to know him by: then kept in one place rather than lost.
        _ => Ok(firm(customer::ensure(db, &peer_key)?)),
    }
}

/// The thread a business number has with whom this peer means at `at`, if there is one. Changes nothing.
pub fn thread_with(
    db: &Connection,
    phone_number_id: &str,
    peer: &Peer,
    at: i64,
) -> Result<Option<thread::Thread>> {
    let Some(number_id) = store::number::find(db, phone_number_id)? else {
        return Ok(None);
    };
    let by_bsuid = match (&peer.group_id, &peer.bsuid) {
        (Some(group), _) => customer::find(db, &format!("g:{group}"))?,
        (None, Some(bsuid)) => customer::find(db, &format!("b:{bsuid}"))?,
        (None, None) => None,
    };
    let person = match (by_bsuid, &peer.wa_id) {
        (None, Some(wa)) if peer.group_id.is_none() => known_owner(db, wa, at)?,
        (found, _) => found,
    };
    let Some(person) = person else {
        return Ok(None);
    };
    match thread::find(db, number_id, person.customer_id)? {
        Some(id) => thread::get(db, id),
        None => Ok(None),
    }
}

/// A new BSUID takes over the customer its number stood for, so that an open thread stays the same thread.
fn inherit(db: &Connection, key: &str, wa: &str, at: i64) -> Result<Person> {
    let (start, _) = span(&customer::releases(db, wa)?, at);
    let heir = customer::ensure(db, key)?;
    if let Some(loose) = customer::find(db, &loose_key(wa, start))? {
        customer::set_customer(db, heir.id, loose.customer_id)?;
        customer::drop_if_empty(db, heir.customer_id)?;
    }
    customer::get(db, heir.id)
}

/// The person a number meant at `at`.
fn owner(db: &Connection, wa: &str, at: i64) -> Result<Person> {
    match known_owner(db, wa, at)? {
        Some(person) => Ok(person),
        None => customer::ensure(db, &loose_key(wa, span(&customer::releases(db, wa)?, at).0)),
    }
}

/// The same, if anything was heard of him.
pub(crate) fn known_owner(db: &Connection, wa: &str, at: i64) -> Result<Option<Person>> {
    let (start, end) = span(&customer::releases(db, wa)?, at);
    let seen = customer::seen_with(db, "wa_id", wa)?;
    let within = || {
        seen.iter()
            .filter(|(_, first)| start <= *first && *first < end)
    };
    match within()
        .rfind(|(_, first)| *first <= at)
        .or_else(|| within().next())
    {
        Some((person, _)) => Ok(Some(person.clone())),
        None => customer::find(db, &loose_key(wa, start)),
    }
}

fn loose_key(wa: &str, start: i64) -> String {
    if start == i64::MIN {
        format!("w:{wa}")
    } else {
        format!("w:{wa}@{start}")
    }
}

/// The number a loose person stands for, unless its owner has left it since.
pub(crate) fn number_in_use(db: &Connection, key: &str) -> Result<Option<String>> {
    let Some(rest) = key.strip_prefix("w:").filter(|rest| !rest.is_empty()) else {
        return Ok(None);
    };
    let (wa, start) = match rest.split_once('@') {
        Some((wa, start)) => (wa, start.parse().unwrap_or(i64::MIN)),
        None => (rest, i64::MIN),
    };
    let released = customer::releases(db, wa)?
        .last()
        .is_some_and(|&r| r > start);
    Ok((!released).then(|| wa.to_owned()))
}

/// The time between two releases of a number that `at` lies in.
fn span(releases: &[i64], at: i64) -> (i64, i64) {
    let start = releases
        .iter()
        .rfind(|&&r| r <= at)
        .copied()
        .unwrap_or(i64::MIN);
    let end = releases
        .iter()
        .find(|&&r| r > at)
        .copied()
        .unwrap_or(i64::MAX);
    (start, end)
}

/// The same customer under new identifiers.
pub(crate) fn change_identity(
    db: &Connection,
    old: &Peer,
    new: &Peer,
    at: i64,
    touched: &mut Touched,
) -> Result<()> {
    if known(old).is_none() || known(new).is_none() {
        return Ok(());
    }
    // What he had before belongs to the span that ends now.
    let before = find(db, old, at - 1, touched)?;
    if let Some(wa) = &old.wa_id
        && new.wa_id.is_some()
        && new.wa_id != old.wa_id
        && customer::release_number(db, wa, at)?
    {
        // Whoever had it may not have it any more.
        for (person, _) in customer::seen_with(db, "wa_id", wa)? {
            touch_customer(db, person.customer_id, touched)?;
        }
        point_anew(db, wa, touched)?;
    }
    let after = find(db, new, at, touched)?;
    if before.peer_key == after.peer_key {
        return Ok(());
    }
    let (a, b) = (
        meant(db, &before.peer_key, at - 1)?,
        meant(db, &after.peer_key, at)?,
    );
    customer::observe_change(db, &before.peer_key, &after.peer_key, at, a.id, b.id)?;
    regroup(db, [a.id, b.id], touched)
}

fn known(peer: &Peer) -> Option<&String> {
    peer.bsuid.as_ref().or(peer.wa_id.as_ref())
}

/// Removes persons who stand for nothing any more.
pub(crate) fn sweep(db: &Connection, touched: &mut Touched) -> Result<()> {
    for id in std::mem::take(&mut touched.loose_persons) {
        let Ok(person) = customer::get(db, id) else {
            continue;
        };
        if person.key.starts_with("w:") && person.key != "w:" && customer::drop_if_unused(db, id)? {
            touch_customer(db, person.customer_id, touched)?;
            customer::drop_if_empty(db, person.customer_id)?;
        }
    }
    Ok(())
}

/// The person an identifier means at `at`.
fn meant(db: &Connection, key: &str, at: i64) -> Result<Person> {
    match key.strip_prefix("w:") {
        Some(wa) if !wa.is_empty() => owner(db, wa, at),
        _ => customer::ensure(db, key),
    }
}

/// Points every loose row of a number at the person it means, now that more is known.
fn point_anew(db: &Connection, wa: &str, touched: &mut Touched) -> Result<()> {
    let mut concerned = BTreeSet::new();
    for row in message::loose(db, wa)? {
        if let Some(person) = point_message(db, wa, &row, touched)? {
            concerned.extend([row.person_id, person]);
        }
    }
    for row in about_person::loose(db, wa)? {
        let person = owner(db, wa, row.at)?;
        if person.id != row.person_id {
            about_person::point_at(db, &row, person.id)?;
            touch_customer(db, person.customer_id, touched)?;
            concerned.extend([row.person_id, person.id]);
        }
    }
    for act in consent::loose(db, wa)? {
        let person = owner(db, wa, act.at)?;
        if person.id != act.person_id {
            if let Ok(before) = customer::get(db, act.person_id) {
                touched.consents.insert(before.customer_id);
            }
            consent::point_at(db, act, person.id)?;
            touched.consents.insert(person.customer_id);
            concerned.extend([act.person_id, person.id]);
        }
    }
    let key = format!("w:{wa}");
    for change in customer::changes_of_key(db, &key)? {
        let (old, new, at) = (&change.old_key, &change.new_key, change.at);
        let (a, b) = (meant(db, old, at - 1)?.id, meant(db, new, at)?.id);
        if (a, b) != (change.a, change.b) {
            customer::observe_change(db, old, new, at, a, b)?;
            concerned.extend([a, b, change.a, change.b]);
        }
    }
    merging::point_anew(db, &key, &mut concerned)?;
    // Persons that stood for the number alone and now stand for nothing.
    for person in customer::with_key_prefix(db, &key)? {
        if person.key == key || person.key.starts_with(&format!("{key}@")) {
            concerned.insert(person.id);
        }
    }
    regroup(db, concerned, touched)
}

/// Points one loose message at the person its number meant; says who, if that is news.
fn point_message(
    db: &Connection,
    wa: &str,
    row: &LooseMessage,
    touched: &mut Touched,
) -> Result<Option<i64>> {
    let person = owner(db, wa, row.at)?;
    if person.id == row.person_id {
        return Ok(None);
    }
    let target = thread::ensure(db, row.number_id, person.customer_id)?;
    message::move_to(db, row.id, person.id, target)?;
    touched.regrouped |= target != row.thread_id;
    touched.threads.extend([row.thread_id, target]);
    touched.loose_persons.extend([row.person_id, person.id]);
    Ok(Some(person.id))
}

/// A loose row may turn out older than first told, and then mean somebody else.
pub(crate) fn point_row_anew(
    db: &Connection,
    key: &str,
    wa: &str,
    touched: &mut Touched,
) -> Result<()> {
    if let Some(row) = message::loose_row(db, key)? {
        point_message(db, wa, &row, touched)?;
    }
    Ok(())
}

/// Every thread of a customer shows something of him.
pub(crate) fn touch_customer(
    db: &Connection,
    customer_id: i64,
    touched: &mut Touched,
) -> Result<()> {
    touched.customers.insert(customer_id);
    touched
        .threads
        .extend(thread::ids_of_customer(db, customer_id)?);
    Ok(())
}
