//! How everybody a batch may be for is addressed: what `customer::address` says of one, of all in one walk.

use crate::{batch::audience::Somebody, customer, view::SkipReason};
use cloud_api::webhook::Peer;
use std::collections::{HashMap, HashSet};
use store::{Connection, Result, batch_people as look};

/// How each is addressed, as `customer::address` says for one. Groups are no customers and go.
pub(super) fn addresses(db: &Connection, number_id: i64, people: &mut Vec<Somebody>) -> Result<()> {
    let released: HashMap<String, i64> = look::released(db)?.into_iter().collect();
    let mut own: HashMap<i64, (i64, String)> = HashMap::new();
    look::numbers(db, |person_id, wa, last_at| {
        if released.get(&wa).is_some_and(|left| *left > last_at) {
            return;
        }
        let found = own.entry(person_id).or_default();
        if (last_at, wa.as_str()) > (found.0, found.1.as_str()) {
            *found = (last_at, wa);
        }
    })?;
    let (mut at, mut several, mut groups) = (0, Vec::new(), HashSet::new());
    look::persons(db, |customer_id, person_id, key| {
        while people
            .get(at)
            .is_some_and(|who| who.customer_id < customer_id)
        {
            at += 1;
        }
        let Some(who) = people
            .get_mut(at)
            .filter(|who| who.customer_id == customer_id)
        else {
            return;
        };
        let alone = who.peer == Peer::default();
        match key.split_once(':') {
            Some(("g", _)) => {
                groups.insert(customer_id);
            }
            Some(("b", bsuid)) if alone => {
                let short =
                    bsuid.starts_with(&who.title) && who.title.chars().count() == SHORT_BSUID;
                who.named &= !short;
                who.peer.bsuid = Some(bsuid.to_owned());
                who.peer.wa_id = own.remove(&person_id).map(|(_, wa)| wa);
            }
            Some(("w", wa)) if alone && !wa.contains('@') && !released.contains_key(wa) => {
                who.peer.wa_id = Some(wa.to_owned()).filter(|wa| !wa.is_empty());
            }
            // Merged, or a number that changed hands: rare, and asked one by one.
            _ => several.push(at),
        }
    })?;
    several.dedup();
    for at in several {
        people[at].peer = customer::address(db, people[at].customer_id, Some(number_id))?;
    }
    people.retain(|who| !groups.contains(&who.customer_id));
    Ok(())
}

/// As `naming` shortens a BSUID where no better name is known.
const SHORT_BSUID: usize = 12;

/// A line that may be written in two ways gets it once; and not at all where somebody stopped it under the other.
pub(super) fn once_per_line(people: &mut [Somebody]) {
    let line = |who: &Somebody| -> Option<String> {
        let wa = who.peer.wa_id.clone()?;
        customer::variants(&wa).into_iter().chain([wa]).min()
    };
    let shut = |who: &&Somebody| {
        matches!(
            who.skipped,
            Some(SkipReason::OptedOut | SkipReason::Blocked | SkipReason::AlreadySent)
        )
    };
    let mut met: HashSet<String> = people.iter().filter(shut).filter_map(line).collect();
    for who in people.iter_mut().filter(|who| who.skipped.is_none()) {
        if let Some(line) = line(who)
            && !met.insert(line)
        {
            who.skipped = Some(SkipReason::Duplicate);
        }
    }
}
