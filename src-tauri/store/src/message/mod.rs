//! The timeline of a thread: messages in and out, calls, and lines about what happened.
//!
//! A row is made from whatever fact comes first; facts that come later only narrow it (`min` of times,
//! the more direct origin), so that order and repetition never matter.

mod note;
mod page;

pub use note::{Note, note, observe_note};
pub use page::{MessageRecord, Position, get, get_by_wamid, page, page_from, position};

use crate::error::Result;
use rusqlite::{Connection, OptionalExtension, Row, params};

pub const IN: i64 = 0;
pub const OUT: i64 = 1;
pub const LINE: i64 = 2;
/// Written by staff for staff.
pub const NOTE: i64 = 3;

pub const LIVE: i64 = 0;
pub const HISTORY: i64 = 1;
pub const PHONE: i64 = 2;

/// A row as facts make it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct NewMessage {
    pub key: String,
    pub thread_id: i64,
    pub person_id: i64,
    pub number_id: i64,
    pub loose_wa: String,
    pub wamid: String,
    pub outbox_id: String,
    pub direction: i64,
    pub origin: i64,
    pub at: i64,
    pub arrived: i64,
    /// -1: opens no window.
    pub window_at: i64,
    pub shown: bool,
    pub kind: String,
    pub body: String,
    pub payload: String,
    pub quote_wamid: String,
    pub referral: String,
    pub forwarded: bool,
}

/// `(id, thread_id)` of the row with this key.
pub fn find(db: &Connection, key: &str) -> Result<Option<(i64, i64)>> {
    Ok(db
        .prepare_cached("SELECT id, thread_id FROM message WHERE key = ?1")?
        .query_row([key], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}

pub fn by_wamid(db: &Connection, wamid: &str) -> Result<Option<(i64, i64)>> {
    Ok(db
        .prepare_cached("SELECT id, thread_id FROM message WHERE wamid = ?1 AND wamid <> ''")?
        .query_row([wamid], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}

/// `(id, thread_id)` of the outgoing row of an outbox item.
pub fn by_outbox(db: &Connection, outbox_id: &str) -> Result<Option<(i64, i64)>> {
    Ok(db
        .prepare_cached(
            "SELECT id, thread_id FROM message WHERE outbox_id = ?1 AND outbox_id <> ''",
        )?
        .query_row([outbox_id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}

/// `(id, thread_id)` of a message of ours that is not in our outbox.
pub fn foreign(db: &Connection, wamid: &str) -> Result<Option<(i64, i64)>> {
    Ok(db
        .prepare_cached(
            "SELECT id, thread_id FROM message WHERE wamid = ?1 AND wamid <> '' AND outbox_id = '' AND direction = 1",
        )?
        .query_row([wamid], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}

/// Inserts the row, or narrows the one that has this key: then says which thread that one was in.
pub fn put(db: &Connection, m: &NewMessage) -> Result<Option<i64>> {
    let known: Option<(i64, i64, String, i64)> = db
        .prepare_cached("SELECT id, origin, loose_wa, thread_id FROM message WHERE key = ?1")?
        .query_row([&m.key], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })
        .optional()?;
    if let Some((id, origin, loose_wa, thread_id)) = known {
        db.prepare_cached(
            "UPDATE message SET at = min(at, ?2), arrived = min(arrived, ?3), origin = min(origin, ?4),
                window_at = CASE WHEN ?5 < 0 THEN window_at WHEN window_at < 0 THEN ?5 ELSE min(window_at, ?5) END
             WHERE id = ?1 AND (at > ?2 OR arrived > ?3 OR origin > ?4 OR (?5 >= 0 AND (window_at < 0 OR window_at > ?5)))",
        )?
        .execute(params![id, m.at, m.arrived, m.origin, m.window_at])?;
        if m.origin < origin {
            // A live webhook knows more than an import of the same message.
            db.prepare_cached(
                "UPDATE message SET direction = ?2, kind = ?3, body = ?4, payload = ?5, quote_wamid = ?6, referral = ?7, forwarded = ?8
                 WHERE id = ?1",
            )?
            .execute(params![id, m.direction, m.kind, m.body, m.payload, m.quote_wamid, m.referral, m.forwarded])?;
        }
        if m.loose_wa.is_empty() && !loose_wa.is_empty() {
            // Now we know by more than a number whose it is.
            db.prepare_cached(
                "UPDATE message SET loose_wa = '', person_id = ?2, thread_id = ?3 WHERE id = ?1",
            )?
            .execute(params![id, m.person_id, m.thread_id])?;
        }
        return Ok(Some(thread_id));
    }
    db.prepare_cached(
        "INSERT INTO message (key, thread_id, person_id, number_id, loose_wa, wamid, outbox_id, direction, origin, at, arrived,
            window_at, shown, kind, body, payload, quote_wamid, referral, forwarded)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
    )?
    .execute(params![
        m.key, m.thread_id, m.person_id, m.number_id, m.loose_wa, m.wamid, m.outbox_id, m.direction, m.origin, m.at,
        m.arrived, m.window_at, m.shown, m.kind, m.body, m.payload, m.quote_wamid, m.referral, m.forwarded
    ])?;
    Ok(None)
}

/// True if that is news.
pub fn set_wamid(db: &Connection, id: i64, wamid: &str) -> Result<bool> {
    Ok(db
        .prepare_cached("UPDATE message SET wamid = ?2 WHERE id = ?1 AND wamid <> ?2")?
        .execute(params![id, wamid])?
        > 0)
}

/// True if that is news.
pub fn set_shown(db: &Connection, id: i64, shown: bool) -> Result<bool> {
    Ok(db
        .prepare_cached("UPDATE message SET shown = ?2 WHERE id = ?1 AND shown <> ?2")?
        .execute(params![id, shown])?
        > 0)
}

/// When a message of ours failed, became doubtful or went back to the composer; -1: it stands. True if that is news.
pub fn set_trouble(db: &Connection, id: i64, at: i64) -> Result<bool> {
    Ok(db
        .prepare_cached("UPDATE message SET trouble_at = ?2 WHERE id = ?1 AND trouble_at <> ?2")?
        .execute(params![id, at])?
        > 0)
}

/// When Meta refused a message of ours because we block the customer; -1: it did not. True if that is news.
pub fn set_blocked(db: &Connection, id: i64, at: i64) -> Result<bool> {
    Ok(db
        .prepare_cached("UPDATE message SET blocked_at = ?2 WHERE id = ?1 AND blocked_at <> ?2")?
        .execute(params![id, at])?
        > 0)
}

/// When Meta said that a message of ours cannot be delivered to the customer; -1: it did not. True if that is news.
pub fn set_undelivered(db: &Connection, id: i64, at: i64) -> Result<bool> {
    Ok(db
        .prepare_cached(
            "UPDATE message SET undelivered_at = ?2 WHERE id = ?1 AND undelivered_at <> ?2",
        )?
        .execute(params![id, at])?
        > 0)
}

/// When Meta last refused one because we block the customer; -1: never.
pub fn blocked_at(db: &Connection, thread_id: i64) -> Result<i64> {
    Ok(db
        .prepare_cached(
            "SELECT coalesce(max(blocked_at), -1) FROM message WHERE thread_id = ?1 AND blocked_at >= 0",
        )?
        .query_row([thread_id], |row| row.get(0))?)
}

/// Removes a row and says whose it was.
pub fn remove(db: &Connection, id: i64) -> Result<i64> {
    Ok(db
        .prepare_cached("DELETE FROM message WHERE id = ?1 RETURNING person_id")?
        .query_row([id], |row| row.get(0))?)
}

/// Replaces what a call line says, by the later of its events.
pub fn set_payload(db: &Connection, id: i64, payload: &str) -> Result<()> {
    db.prepare_cached("UPDATE message SET payload = ?2 WHERE id = ?1")?
        .execute(params![id, payload])?;
    Ok(())
}

pub fn payload(db: &Connection, id: i64) -> Result<String> {
    Ok(db
        .prepare_cached("SELECT payload FROM message WHERE id = ?1")?
        .query_row([id], |row| row.get(0))?)
}

/// A row that knows its person by number alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LooseMessage {
    pub id: i64,
    pub person_id: i64,
    pub number_id: i64,
    pub thread_id: i64,
    pub at: i64,
}

const LOOSE: &str =
    "SELECT id, person_id, number_id, thread_id, at FROM message WHERE loose_wa <> '' AND";

/// Every loose row of a number.
pub fn loose(db: &Connection, wa_id: &str) -> Result<Vec<LooseMessage>> {
    Ok(db
        .prepare_cached(&format!("{LOOSE} loose_wa = ?1"))?
        .query_map([wa_id], loose_message)?
        .collect::<Result<_, _>>()?)
}

/// The loose row with this key; `None` where it is not loose.
pub fn loose_row(db: &Connection, key: &str) -> Result<Option<LooseMessage>> {
    Ok(db
        .prepare_cached(&format!("{LOOSE} key = ?1"))?
        .query_row([key], loose_message)
        .optional()?)
}

fn loose_message(row: &Row<'_>) -> rusqlite::Result<LooseMessage> {
    Ok(LooseMessage {
        id: row.get(0)?,
        person_id: row.get(1)?,
        number_id: row.get(2)?,
        thread_id: row.get(3)?,
        at: row.get(4)?,
    })
}

pub fn move_to(db: &Connection, id: i64, person_id: i64, thread_id: i64) -> Result<()> {
    db.prepare_cached("UPDATE message SET person_id = ?2, thread_id = ?3 WHERE id = ?1")?
        .execute(params![id, person_id, thread_id])?;
    Ok(())
}

/// Business numbers this person has rows with.
pub fn numbers_of(db: &Connection, person_id: i64) -> Result<Vec<i64>> {
    Ok(db
        .prepare_cached(
            "SELECT DISTINCT number_id FROM message WHERE person_id = ?1 ORDER BY number_id",
        )?
        .query_map([person_id], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}

pub fn move_person(db: &Connection, person_id: i64, number_id: i64, thread_id: i64) -> Result<()> {
    db.prepare_cached("UPDATE message SET thread_id = ?3 WHERE person_id = ?1 AND number_id = ?2 AND thread_id <> ?3")?
        .execute(params![person_id, number_id, thread_id])?;
    Ok(())
}

/// The newest inbound message of a thread that Meta can be told was read.
pub fn newest_inbound_wamid(db: &Connection, thread_id: i64) -> Result<Option<String>> {
    Ok(db
        .prepare_cached(
            "SELECT wamid FROM message WHERE thread_id = ?1 AND direction = 0 AND origin = 0 AND wamid <> ''
             ORDER BY arrived DESC LIMIT 1",
        )?
        .query_row([thread_id], |row| row.get(0))
        .optional()?)
}

/// The outbox id of our last message before a time, if it was sent from here; `None`: it was not, or there is none.
pub fn ours_before(db: &Connection, thread_id: i64, at: i64) -> Result<Option<String>> {
    let found: Option<String> = db
        .prepare_cached(
            "SELECT outbox_id FROM message WHERE thread_id = ?1 AND shown = 1 AND direction = 1 AND origin <> 1 AND at < ?2
             ORDER BY at DESC, arrived DESC LIMIT 1",
        )?
        .query_row(params![thread_id, at], |row| row.get(0))
        .optional()?;
    Ok(found.filter(|id| !id.is_empty()))
}

/// Whether the customer wrote between two times, neither included.
pub fn wrote_between(db: &Connection, thread_id: i64, after: i64, before: i64) -> Result<bool> {
    Ok(db
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM message WHERE thread_id = ?1 AND shown = 1 AND direction = 0 AND origin = 0
             AND at > ?2 AND at < ?3)",
        )?
        .query_row(params![thread_id, after, before], |row| row.get(0))?)
}
