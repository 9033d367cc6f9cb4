//! Threads: one per business number and customer. Everything beside these two is a cache that
//! `inbox::gather` rebuilds from the other tables, so that a row of the list is one row here.

mod labels;
mod list;
mod timeline;
mod unread;

pub use labels::{set_labels, with_label};
pub use list::{COUNTED_AT_MOST, Order, Range, Unread, assigned, count, range};
pub use timeline::{LastLine, Timeline, timeline};
pub use unread::{first_unread, is_reader, keep_unseen, note_reader, readers, unread, unseen_by};

use crate::error::Result;
use rusqlite::{Connection, OptionalExtension, Row, params};

/// `Thread::shelf`: in the list.
pub const OPEN: i64 = 0;
pub const DONE: i64 = 1;
/// In the list again from `Thread::snoozed_until` on.
pub const ASLEEP: i64 = 2;

/// A thread as the list shows it. Times are -1 where there is none.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Thread {
    pub id: i64,
    pub number_id: i64,
    pub customer_id: i64,
    pub last_at: i64,
    /// 0: nothing to show, so not in the list.
    pub last_message_id: i64,
    /// The newest live inbound message, as the relay counted its arrival.
    pub newest_arrival: i64,
    /// Effective time of the newest inbound that opens the window.
    pub inbound_at: i64,
    /// When Meta last said that the window is closed (131047).
    pub closed_at: i64,
    /// When the window ends or ended.
    pub closes_at: i64,
    /// It is our turn.
    pub waits: bool,
    /// Meta's time of the oldest live inbound behind our last answer.
    pub waiting_since: i64,
    /// [`OPEN`], [`DONE`] or [`ASLEEP`].
    pub shelf: i64,
    pub snoozed_until: i64,
    pub pinned: bool,
    /// Empty: nobody.
    pub assignee: String,
    /// JSON: by staff name, up to which arrival everything was seen.
    pub seen: String,
    /// The first line of the words in the composer.
    pub draft: String,
    pub preview_text: String,
    pub preview_kind: String,
    pub preview_out: bool,
    /// State of a message of ours, as `outbox_state` names it; empty for others.
    pub preview_state: String,
    pub name: String,
    pub phone: String,
    pub username: String,
    /// JSON list.
    pub labels: String,
    /// BCP 47; empty: not known.
    pub language: String,
    pub blocked: bool,
    /// What the customer may be looked for by, a line each.
    pub terms: String,
}

const COLUMNS: &str = "id, number_id, customer_id, last_at, last_message_id, newest_arrival, inbound_at, closed_at, closes_at,
    waits, waiting_since, shelf, snoozed_until, pinned, assignee, seen, draft, preview_text, preview_kind, preview_out,
    preview_state, name, phone, username, labels, language, blocked, terms";

pub fn ensure(db: &Connection, number_id: i64, customer_id: i64) -> Result<i64> {
    if let Some(id) = find(db, number_id, customer_id)? {
        return Ok(id);
    }
    Ok(db
        .prepare_cached("INSERT INTO thread (number_id, customer_id) VALUES (?1, ?2) RETURNING id")?
        .query_row(params![number_id, customer_id], |row| row.get(0))?)
}

pub fn find(db: &Connection, number_id: i64, customer_id: i64) -> Result<Option<i64>> {
    Ok(db
        .prepare_cached("SELECT id FROM thread WHERE number_id = ?1 AND customer_id = ?2")?
        .query_row(params![number_id, customer_id], |row| row.get(0))
        .optional()?)
}

pub fn get(db: &Connection, id: i64) -> Result<Option<Thread>> {
    Ok(db
        .prepare_cached(&format!("SELECT {COLUMNS} FROM thread WHERE id = ?1"))?
        .query_row([id], thread)
        .optional()?)
}

pub fn of_customer(db: &Connection, customer_id: i64) -> Result<Vec<Thread>> {
    Ok(db
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM thread WHERE customer_id = ?1 ORDER BY number_id"
        ))?
        .query_map([customer_id], thread)?
        .collect::<Result<_, _>>()?)
}

/// Ids of a customer's threads.
pub fn ids_of_customer(db: &Connection, customer_id: i64) -> Result<Vec<i64>> {
    Ok(db
        .prepare_cached("SELECT id FROM thread WHERE customer_id = ?1")?
        .query_map([customer_id], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}

/// Whether this message is the one the list shows.
pub fn shows(db: &Connection, id: i64, message_id: i64) -> Result<bool> {
    Ok(db
        .prepare_cached("SELECT 1 FROM thread WHERE id = ?1 AND last_message_id = ?2")?
        .query_row([id, message_id], |_| Ok(()))
        .optional()?
        .is_some())
}

/// Writes what has changed, and no index that need not be written.
pub fn save(db: &Connection, old: &Thread, new: &Thread) -> Result<()> {
    let order = |t: &Thread| {
        (
            t.last_at,
            t.last_message_id,
            t.closes_at,
            t.waits,
            t.shelf,
            t.pinned,
        )
    };
    if order(old) != order(new) {
        db.prepare_cached(
            "UPDATE thread SET last_at = ?2, last_message_id = ?3, closes_at = ?4, waits = ?5, shelf = ?6, pinned = ?7 WHERE id = ?1",
        )?
        .execute(params![
            new.id, new.last_at, new.last_message_id, new.closes_at, new.waits, new.shelf, new.pinned
        ])?;
    }
    if old.assignee != new.assignee {
        db.prepare_cached("UPDATE thread SET assignee = ?2 WHERE id = ?1")?
            .execute(params![new.id, new.assignee])?;
    }
    let rest = |t: &Thread| {
        (
            (
                t.newest_arrival,
                t.inbound_at,
                t.closed_at,
                t.waiting_since,
                t.snoozed_until,
            ),
            t.preview_out,
            [
                &t.seen,
                &t.draft,
                &t.preview_text,
                &t.preview_kind,
                &t.preview_state,
            ]
            .map(String::clone),
        )
    };
    if rest(old) != rest(new) {
        db.prepare_cached(
            "UPDATE thread SET newest_arrival = ?2, inbound_at = ?3, closed_at = ?4, waiting_since = ?5, snoozed_until = ?6,
                seen = ?7, draft = ?8, preview_text = ?9, preview_kind = ?10, preview_out = ?11, preview_state = ?12 WHERE id = ?1",
        )?
        .execute(params![
            new.id, new.newest_arrival, new.inbound_at, new.closed_at, new.waiting_since, new.snoozed_until, new.seen,
            new.draft, new.preview_text, new.preview_kind, new.preview_out, new.preview_state
        ])?;
    }
    let about = |t: &Thread| {
        (
            t.blocked,
            [&t.name, &t.phone, &t.username, &t.language].map(String::clone),
        )
    };
    if about(old) != about(new) {
        db.prepare_cached("UPDATE thread SET name = ?2, phone = ?3, username = ?4, language = ?5, blocked = ?6 WHERE id = ?1")?
            .execute(params![new.id, new.name, new.phone, new.username, new.language, new.blocked])?;
    }
    if old.labels != new.labels {
        db.prepare_cached("UPDATE thread SET labels = ?2 WHERE id = ?1")?
            .execute(params![new.id, new.labels])?;
    }
    if old.terms != new.terms {
        db.prepare_cached("UPDATE thread SET terms = ?2 WHERE id = ?1")?
            .execute(params![new.id, new.terms])?;
    }
    Ok(())
}

/// Removes a thread nothing belongs to any more. True if it was removed.
pub fn drop_if_empty(db: &Connection, id: i64) -> Result<bool> {
    let removed = db
        .prepare_cached("DELETE FROM thread WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM message WHERE thread_id = ?1)")?
        .execute([id])?
        > 0;
    if removed {
        set_labels(db, id, [])?;
        for staff in readers(db)? {
            for shelf in [OPEN, DONE, ASLEEP] {
                keep_unseen(db, &staff, shelf, id, false)?;
            }
        }
    }
    Ok(removed)
}

fn thread(row: &Row<'_>) -> rusqlite::Result<Thread> {
    Ok(Thread {
        id: row.get(0)?,
        number_id: row.get(1)?,
        customer_id: row.get(2)?,
        last_at: row.get(3)?,
        last_message_id: row.get(4)?,
        newest_arrival: row.get(5)?,
        inbound_at: row.get(6)?,
        closed_at: row.get(7)?,
        closes_at: row.get(8)?,
        waits: row.get(9)?,
        waiting_since: row.get(10)?,
        shelf: row.get(11)?,
        snoozed_until: row.get(12)?,
        pinned: row.get(13)?,
        assignee: row.get(14)?,
        seen: row.get(15)?,
        draft: row.get(16)?,
        preview_text: row.get(17)?,
        preview_kind: row.get(18)?,
        preview_out: row.get(19)?,
        preview_state: row.get(20)?,
        name: row.get(21)?,
        phone: row.get(22)?,
        username: row.get(23)?,
        labels: row.get(24)?,
        language: row.get(25)?,
        blocked: row.get(26)?,
        terms: row.get(27)?,
    })
}
