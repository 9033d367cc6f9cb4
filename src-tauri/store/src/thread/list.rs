//! Ranges of the two indexes the list is read from. A page is one or more of them merged; what a section is,
//! `inbox::section` says.
//!
//! Sections and the business number are told from the index itself, without the rows. Costs of a page, beside
//! its rows: by closing time, and by activity where everything counts, as many index entries as it has rows;
//! an open section by activity, as many as windows are open; the closed ones by activity, as many more as
//! windows are open. `nobody` and `unread` look each thread up that they pass over.

use super::ASLEEP;
use crate::error::Result;
use rusqlite::{Connection, ToSql, params};

/// Threads are counted up to here.
pub const COUNTED_AT_MOST: i64 = 1_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Newest activity first; every thread of the shelf is passed over.
    Newest,
    /// The same for a few of them, told by when they close: these are sorted.
    NewestOf,
    /// Soonest end first.
    ClosesFirst,
    /// Latest end first.
    ClosedLast,
}

/// Who has not read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread<'a> {
    /// One for whom `unseen` is kept.
    Reader(&'a str),
    /// One who never read anything.
    Nobody,
}

/// A part of an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range<'a> {
    pub order: Order,
    pub pinned: bool,
    pub shelf: i64,
    /// Of those asleep: only who is awake at this time, or only who is not.
    pub awake: Option<(bool, i64)>,
    pub waits: Option<bool>,
    /// From when to when the window closes, both included.
    pub closes: (i64, i64),
    pub number_id: Option<i64>,
    /// Only what nobody is assigned to.
    pub nobody: bool,
    pub unread: Option<Unread<'a>>,
    /// Only what comes behind this key and id in the range's order.
    pub after: Option<(i64, i64)>,
}

impl Range<'_> {
    /// All of a shelf, pinned or not.
    pub fn of(order: Order, pinned: bool, shelf: i64) -> Self {
        Self {
            order,
            pinned,
            shelf,
            awake: None,
            waits: None,
            closes: (-1, i64::MAX),
            number_id: None,
            nobody: false,
            unread: None,
            after: None,
        }
    }
}

/// `(key, id)` of the first threads of a range, the key being what it is ordered by.
pub fn range(db: &Connection, range: &Range<'_>, limit: i64) -> Result<Vec<(i64, i64)>> {
    let (key, descending) = match range.order {
        Order::Newest | Order::NewestOf => ("last_at", true),
        Order::ClosesFirst => ("closes_at", false),
        Order::ClosedLast => ("closes_at", true),
    };
    let (first, sign, direction) = if descending {
        ((i64::MAX, i64::MAX), '<', "DESC")
    } else {
        ((i64::MIN, i64::MIN), '>', "ASC")
    };
    let (after, id) = range.after.unwrap_or(first);
    // Said of both bounds, so that whichever the planner starts from, a late page starts late.
    let closes = match range.order {
        Order::ClosesFirst => (range.closes.0.max(after), range.closes.1),
        Order::ClosedLast => (range.closes.0, range.closes.1.min(after)),
        _ => range.closes,
    };
    let (condition, mut values) = condition(range, &closes);
    values.extend([
        (":after", &after as &dyn ToSql),
        (":id", &id),
        (":limit", &limit),
    ]);
    Ok(db
        .prepare_cached(&format!(
            "SELECT {key}, id FROM thread {condition} AND ({key}, id) {sign} (:after, :id)
             ORDER BY {key} {direction}, id {direction} LIMIT :limit"
        ))?
        .query_map(&*values, |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?)
}

/// How many a range has, up to 1,000. `after` does not matter.
pub fn count(db: &Connection, range: &Range<'_>) -> Result<i64> {
    let (condition, mut values) = condition(range, &range.closes);
    values.push((":limit", &COUNTED_AT_MOST));
    Ok(db
        .prepare_cached(&format!(
            "SELECT count(*) FROM (SELECT 1 FROM thread {condition} LIMIT :limit)"
        ))?
        .query_row(&*values, |row| row.get(0))?)
}

type Values<'a> = Vec<(&'static str, &'a dyn ToSql)>;

fn condition<'a>(range: &'a Range<'_>, closes: &'a (i64, i64)) -> (String, Values<'a>) {
    let index = match range.order {
        Order::Newest => "thread_by_activity",
        _ => "thread_by_closing",
    };
    let mut sql = format!(
        "INDEXED BY {index} WHERE last_message_id > 0 AND pinned = :pinned AND shelf = :shelf AND closes_at BETWEEN :from AND :to"
    );
    let mut values: Values<'a> = vec![
        (":pinned", &range.pinned),
        (":shelf", &range.shelf),
        (":from", &closes.0),
        (":to", &closes.1),
    ];
    if let Some(waits) = &range.waits {
        sql += " AND waits = :waits";
        values.push((":waits", waits));
    }
    if let Some((awake, now)) = &range.awake {
        sql += if *awake {
            " AND snoozed_until <= :now"
        } else {
            " AND snoozed_until > :now"
        };
        values.push((":now", now));
    }
    if let Some(number_id) = &range.number_id {
        sql += " AND number_id = :number";
        values.push((":number", number_id));
    }
    if range.nobody {
        sql += " AND assignee = ''";
    }
    match &range.unread {
        // Whatever woke up is unread for everybody.
        Some(_) if range.shelf == ASLEEP && range.awake.is_some_and(|(awake, _)| awake) => {}
        Some(Unread::Reader(staff)) => {
            sql += " AND EXISTS (SELECT 1 FROM unseen WHERE staff = :staff AND shelf = :shelf AND thread_id = thread.id)";
            values.push((":staff", staff));
        }
        Some(Unread::Nobody) => sql += " AND newest_arrival >= 0",
        None => {}
    }
    (sql, values)
}

/// Threads on this shelf that are assigned to this staff member, at most so many.
pub fn assigned(db: &Connection, staff: &str, shelf: i64, at_most: i64) -> Result<Vec<i64>> {
    Ok(db
        .prepare_cached(
            "SELECT id FROM thread INDEXED BY thread_assigned WHERE assignee = ?1 AND assignee <> '' AND shelf = ?2 LIMIT ?3",
        )?
        .query_map(params![staff, shelf, at_most], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}
