//! How many threads stand in each section of the list.

use super::{super::threads::Look, few, filtered, fits, rows, shelves, woken};
use crate::{
    section::{self, bounds},
    view::{Section, SectionCounts, ThreadQuery},
};
use store::{
    Connection, Result,
    thread::{self, COUNTED_AT_MOST, OPEN, Order, Range, Thread, count},
};

fn at_most(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX).min(COUNTED_AT_MOST)
}

pub(super) fn counted(some: &[Thread], query: &ThreadQuery, look: &Look) -> SectionCounts {
    let some: Vec<_> = some
        .iter()
        .filter(|thread| fits(thread, query, look))
        .collect();
    let standing = |section| at_most(some.iter().filter(|t| look.section(t) == section).count());
    let listed = |also: &dyn Fn(&Thread) -> bool| {
        let listed = some
            .iter()
            .filter(|t| section::is_listed(t, look.now) && also(t));
        at_most(listed.count())
    };
    SectionCounts {
        all: listed(&|_| true),
        closing_soon: standing(Section::ClosingSoon),
        waiting_for_us: standing(Section::WaitingForUs),
        waiting_for_them: standing(Section::WaitingForThem),
        closed: standing(Section::Closed),
        snoozed: standing(Section::Snoozed),
        done: standing(Section::Done),
        unread: listed(&|thread| look.is_unread(thread)),
        mine: listed(&|thread| !look.me.is_empty() && thread.assignee == look.me),
    }
}

pub(super) fn count_along(
    db: &Connection,
    query: &ThreadQuery,
    look: &Look,
) -> Result<SectionCounts> {
    let standing = |section: Option<Section>, query: &ThreadQuery| -> Result<i64> {
        let (waits, closes) = section.map_or((None, (-1, i64::MAX)), |section| {
            bounds(section, look.now, look.soon)
        });
        let order = if section.is_some() {
            Order::ClosesFirst
        } else {
            Order::Newest
        };
        let mut n = 0;
        for (shelf, awake) in shelves(section, look.now) {
            for pinned in [true, false] {
                let part = Range {
                    awake,
                    waits,
                    closes,
                    ..filtered(db, query, look, Range::of(order, pinned, shelf))?
                };
                n += count(db, &part)?;
            }
        }
        Ok(n.min(COUNTED_AT_MOST))
    };
    let of = |section| standing(Some(section), query);
    let (closing_soon, waiting_for_us) = (of(Section::ClosingSoon)?, of(Section::WaitingForUs)?);
    let (waiting_for_them, closed) = (of(Section::WaitingForThem)?, of(Section::Closed)?);
    let all = (closing_soon + waiting_for_us + waiting_for_them + closed).min(COUNTED_AT_MOST);
    // Without another filter the indexes alone tell these.
    let unfiltered = query.number_id.is_none() && query.assignee.is_none() && !query.unread;
    let other = |query: ThreadQuery| -> Result<i64> {
        let me = look.me.as_str();
        let open = match query.unread {
            true if unfiltered && thread::is_reader(db, me)? => {
                thread::unseen_by(db, me, OPEN, COUNTED_AT_MOST)?
            }
            false if unfiltered => thread::assigned(db, me, OPEN, COUNTED_AT_MOST)?,
            _ => {
                return match few(db, &query, look)? {
                    Some(some) => Ok(counted(&some, &query, look).all),
                    None => standing(None, &query),
                };
            }
        };
        let woken = rows(db, woken(db, look)?)?;
        let woken = woken.iter().filter(|thread| fits(thread, &query, look));
        Ok(at_most(open.len() + woken.count()))
    };
    Ok(SectionCounts {
        all,
        closing_soon,
        waiting_for_us,
        waiting_for_them,
        closed,
        snoozed: of(Section::Snoozed)?,
        done: of(Section::Done)?,
        unread: match query.unread {
            true => all,
            false => other(ThreadQuery {
                unread: true,
                ..query.clone()
            })?,
        },
        mine: match &query.assignee {
            _ if look.me.is_empty() => 0,
            Some(staff) if *staff != look.me => 0,
            _ => other(ThreadQuery {
                assignee: Some(look.me.clone()),
                ..query.clone()
            })?,
        },
    })
}
