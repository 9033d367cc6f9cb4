//! Whether what we send still arrives. Meta does not tell of a block: a message to somebody who blocked us comes back as
//! one that cannot be delivered (131026). Twice within a week, where something had arrived or come before, and nothing
//! more is sent of our own accord until the person writes; each further one would only count against the number.

use super::not_usable_name;
use crate::view::NotUsable;
use std::collections::BTreeSet;
use store::{Connection, Result, reach};

const WITHIN: i64 = 7 * 24 * 60 * 60 * 1000;

/// Two messages that did not arrive, within a week of each other, after the person last wrote.
pub(super) fn is_unreachable(db: &Connection, customer_id: i64) -> Result<bool> {
    let wrote_at = reach::wrote_at(db, customer_id)?;
    let failed = reach::undelivered(db, customer_id, wrote_at)?;
    Ok(twice(&failed) && (wrote_at >= 0 || reach::ever_arrived(db, customer_id)?))
}

/// `failed`: in order, since they last wrote.
fn twice(failed: &[i64]) -> bool {
    failed.windows(2).any(|pair| pair[1] - pair[0] <= WITHIN)
}

/// Of the people of these threads, and of these customers, those whom something did not reach, or who count as
/// unreachable: what happened may have changed that.
pub(crate) fn in_doubt(
    db: &Connection,
    threads: &BTreeSet<i64>,
    customers: &BTreeSet<i64>,
) -> Result<BTreeSet<i64>> {
    let unreachable = not_usable_name(NotUsable::Unreachable);
    let mut found = BTreeSet::new();
    for thread_id in threads {
        found.extend(reach::in_doubt_of(db, *thread_id, unreachable)?);
    }
    for customer_id in customers {
        if reach::is_in_doubt(db, *customer_id, unreachable)? {
            found.insert(*customer_id);
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 24 * 60 * 60 * 1000;

    #[test]
    fn two_within_a_week_count() {
        for (what, failed, expected) in [
            ("none", vec![], false),
            ("one", vec![DAY], false),
            ("two in a week", vec![DAY, 8 * DAY], true),
            ("two in more than a week", vec![DAY, 8 * DAY + 1], false),
            (
                "three, two of them near",
                vec![DAY, 20 * DAY, 21 * DAY],
                true,
            ),
        ] {
            assert_eq!(twice(&failed), expected, "{what}");
        }
    }
}
