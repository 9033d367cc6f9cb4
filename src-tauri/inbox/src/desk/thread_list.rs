//! Pages of the thread list, and how many threads stand in each of its sections.
//!
//! Mostly a page is read along an index (`store::thread::range` says what that costs). Where a filter names a
//! few threads that are known without looking for them (a label, a staff member, what is unread), those are
//! taken one by one instead: as many rows as there are, whatever the store holds.

mod counting;
mod place;

use self::{
    counting::{count_along, counted},
    place::{Place, cursor_of, id_of, key_and_id, place, place_of},
};
use super::{Desk, threads::Look};
use crate::{
    section::{self, bounds},
    view::{Section, SectionCounts, ThreadCursor, ThreadPage, ThreadQuery, ThreadSort},
};
use store::{
    Connection, Result,
    thread::{self, ASLEEP, DONE, OPEN, Order, Range, Thread, Unread, range},
};

/// With more unread threads than this they are met often enough along the index.
const FEW: i64 = 2_000;

impl Desk {
    /// A page of the list.
    pub fn threads(
        &self,
        query: &ThreadQuery,
        before: Option<ThreadCursor>,
        limit: i64,
    ) -> Result<ThreadPage> {
        let limit = usize::try_from(limit).unwrap_or(0);
        self.store.read(|db| {
            let mut look = self.look(db)?;
            let behind = before.map(|cursor| place_of(&cursor, query.sort));
            // One more than wanted: then there is a next page.
            let mut places = match few(db, query, &look)? {
                Some(some) => along(&some, query, &look, behind, limit + 1),
                None => walk(db, query, &look, behind, limit + 1)?,
            };
            let more = places.len() > limit;
            places.truncate(limit);
            let next = places
                .last()
                .filter(|_| more)
                .map(|last| cursor_of(last, query.sort));
            let mut rows = Vec::with_capacity(places.len());
            for place in places {
                if let Some(thread) = thread::get(db, id_of(&place, query.sort))? {
                    rows.push(look.row(db, thread)?);
                }
            }
            Ok(ThreadPage { rows, next })
        })
    }

    /// How many threads stand where; `query.section` and `query.sort` do not matter. `all`, `unread` and `mine`
    /// count what the list shows: neither done nor asleep.
    pub fn section_counts(&self, query: &ThreadQuery) -> Result<SectionCounts> {
        self.store.read(|db| {
            let look = self.look(db)?;
            let query = &ThreadQuery {
                section: None,
                ..query.clone()
            };
            let by_name = query.label.is_some() || names_somebody(query).is_some();
            let some = match query.unread && !by_name {
                true => unseen(db, &look, &[OPEN, DONE, ASLEEP])?,
                false => few(db, query, &look)?,
            };
            match some {
                Some(some) => Ok(counted(&some, query, &look)),
                None => count_along(db, query, &look),
            }
        })
    }
}

fn names_somebody(query: &ThreadQuery) -> Option<&String> {
    query.assignee.as_ref().filter(|staff| !staff.is_empty())
}

/// The threads a filter names, where they are few; some of them may not fit the rest of the query.
fn few(db: &Connection, query: &ThreadQuery, look: &Look) -> Result<Option<Vec<Thread>>> {
    let ids = if let Some(label) = &query.label {
        thread::with_label(db, label)?
    } else if let Some(staff) = names_somebody(query) {
        let mut ids = Vec::new();
        for shelf in [OPEN, DONE, ASLEEP] {
            ids.extend(thread::assigned(db, staff, shelf, i64::MAX)?);
        }
        ids
    } else if query.unread {
        let shelf = match query.section {
            Some(Section::Done) => DONE,
            Some(Section::Snoozed) => ASLEEP,
            _ => OPEN,
        };
        return unseen(db, look, &[shelf]);
    } else {
        return Ok(None);
    };
    Ok(Some(rows(db, ids)?))
}

/// What who looks has not read, on these shelves; `None` where that is much.
fn unseen(db: &Connection, look: &Look, shelves: &[i64]) -> Result<Option<Vec<Thread>>> {
    if !thread::is_reader(db, &look.me)? {
        return Ok(None);
    }
    let mut ids = Vec::new();
    for &shelf in shelves {
        ids.extend(thread::unseen_by(db, &look.me, shelf, FEW + 1)?);
    }
    if i64::try_from(ids.len()).unwrap_or(i64::MAX) > FEW {
        return Ok(None);
    }
    ids.extend(woken(db, look)?);
    ids.sort_unstable();
    ids.dedup();
    rows(db, ids).map(Some)
}

/// What was asleep and is back: unread for everybody.
fn woken(db: &Connection, look: &Look) -> Result<Vec<i64>> {
    let mut ids = Vec::new();
    for pinned in [true, false] {
        let asleep = Range {
            awake: Some((true, look.now)),
            ..Range::of(Order::Newest, pinned, ASLEEP)
        };
        ids.extend(range(db, &asleep, i64::MAX)?.into_iter().map(|(_, id)| id));
    }
    Ok(ids)
}

fn rows(db: &Connection, ids: Vec<i64>) -> Result<Vec<Thread>> {
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        rows.extend(thread::get(db, id)?.filter(|t| t.last_message_id > 0));
    }
    Ok(rows)
}

/// Whether a thread fits every filter but the section.
fn fits(thread: &Thread, query: &ThreadQuery, look: &Look) -> bool {
    let labels = || serde_json::from_str::<Vec<String>>(&thread.labels).unwrap_or_default();
    query.number_id.is_none_or(|id| id == thread.number_id)
        && query
            .assignee
            .as_ref()
            .is_none_or(|staff| *staff == thread.assignee)
        && query
            .label
            .as_ref()
            .is_none_or(|label| labels().contains(label))
        && (!query.unread || look.is_unread(thread))
}

/// Some threads in the order of the list, from behind a place.
fn along(
    some: &[Thread],
    query: &ThreadQuery,
    look: &Look,
    behind: Option<Place>,
    limit: usize,
) -> Vec<Place> {
    let mut places: Vec<_> = some
        .iter()
        .filter(|thread| match query.section {
            None => section::is_listed(thread, look.now),
            Some(section) => look.section(thread) == section,
        })
        .filter(|thread| fits(thread, query, look))
        .map(|thread| {
            let key = match query.sort {
                ThreadSort::Newest => thread.last_at,
                ThreadSort::Closing => thread.closes_at,
            };
            let closed = query.sort == ThreadSort::Closing && thread.closes_at <= look.now;
            place(thread.pinned, closed, key, thread.id, query.sort)
        })
        .filter(|place| behind.is_none_or(|behind| *place > behind))
        .collect();
    places.sort_unstable();
    places.truncate(limit);
    places
}

/// The same from the indexes, which hold the order already.
fn walk(
    db: &Connection,
    query: &ThreadQuery,
    look: &Look,
    behind: Option<Place>,
    limit: usize,
) -> Result<Vec<Place>> {
    let mut places = Vec::new();
    for (pinned, closed) in [(true, false), (true, true), (false, false), (false, true)] {
        let missing = limit - places.len();
        if missing == 0 {
            break;
        }
        if behind.is_some_and(|(unpinned, shut, ..)| (unpinned, shut) > (!pinned, closed)) {
            continue;
        }
        let Some((order, closes)) = stretch(query, look, closed) else {
            continue;
        };
        let same = behind.filter(|(unpinned, shut, ..)| (*unpinned, *shut) == (!pinned, closed));
        let mut part = Vec::new();
        for (shelf, awake) in shelves(query.section, look.now) {
            let found = Range {
                awake,
                waits: query.section.and_then(|s| bounds(s, look.now, look.soon).0),
                closes,
                after: same.map(|place| key_and_id(&place, query.sort)),
                ..filtered(db, query, look, Range::of(order, pinned, shelf))?
            };
            let missing = i64::try_from(missing).unwrap_or(i64::MAX);
            part.extend(
                range(db, &found, missing)?
                    .into_iter()
                    .map(|(key, id)| place(pinned, closed, key, id, query.sort)),
            );
        }
        part.sort_unstable();
        part.truncate(missing);
        places.extend(part);
    }
    Ok(places)
}

/// How a part of the list is read: in which order, and from when to when windows close in it. By activity it
/// has one part only.
fn stretch(query: &ThreadQuery, look: &Look, closed: bool) -> Option<(Order, (i64, i64))> {
    use Section::{ClosingSoon, WaitingForThem, WaitingForUs};
    let (_, (from, to)) = query.section.map_or((None, (-1, i64::MAX)), |section| {
        bounds(section, look.now, look.soon)
    });
    let (order, (from, to)) = match (query.sort, closed) {
        (ThreadSort::Newest, true) => return None,
        (ThreadSort::Newest, false) => {
            let few = matches!(
                query.section,
                Some(ClosingSoon | WaitingForUs | WaitingForThem)
            );
            (
                if few { Order::NewestOf } else { Order::Newest },
                (from, to),
            )
        }
        (ThreadSort::Closing, false) => (Order::ClosesFirst, (from.max(look.now + 1), to)),
        (ThreadSort::Closing, true) => (Order::ClosedLast, (from, to.min(look.now))),
    };
    (from <= to).then_some((order, (from, to)))
}

/// The shelves a section lies on, and whether what sleeps there has to be awake.
fn shelves(section: Option<Section>, now: i64) -> Vec<(i64, Option<(bool, i64)>)> {
    match section {
        Some(Section::Done) => vec![(DONE, None)],
        Some(Section::Snoozed) => vec![(ASLEEP, Some((false, now)))],
        _ => vec![(OPEN, None), (ASLEEP, Some((true, now)))],
    }
}

/// What an index, or a look at each row, can tell of a query.
fn filtered<'a>(
    db: &Connection,
    query: &ThreadQuery,
    look: &'a Look,
    range: Range<'a>,
) -> Result<Range<'a>> {
    let unread = match query.unread {
        true if thread::is_reader(db, &look.me)? => Some(Unread::Reader(&look.me)),
        true => Some(Unread::Nobody),
        false => None,
    };
    Ok(Range {
        number_id: query.number_id,
        nobody: query.assignee.as_deref() == Some(""),
        unread,
        ..range
    })
}
