//! Rows as the conversation shows them, and pages of them. One range of one index, wherever in a thread.

use crate::error::Result;
use rusqlite::{Connection, OptionalExtension, Row, params};

/// A row as the conversation shows it, with what became of it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct MessageRecord {
    pub id: i64,
    pub key: String,
    pub thread_id: i64,
    pub wamid: String,
    pub outbox_id: String,
    pub direction: i64,
    pub origin: i64,
    pub at: i64,
    pub arrived: i64,
    pub kind: String,
    pub body: String,
    pub payload: String,
    pub quote_wamid: String,
    pub referral: String,
    pub edited_at: i64,
    pub revoked_at: i64,
    pub state: String,
    pub leaves_at: i64,
    pub sent_at: i64,
    pub delivered_at: i64,
    pub read_at: i64,
    pub played_at: i64,
    pub failed_at: i64,
    pub failed_code: i64,
    pub failed_details: String,
    pub media_state: String,
    /// Of a file that came in; 0 where that is not known.
    pub media_width: i64,
    pub media_height: i64,
    pub forwarded: bool,
    /// Who of the staff wrote it; empty where that is not known.
    pub staff: String,
}

const RECORD: &str = "m.id, m.thread_id, m.wamid, m.outbox_id, m.direction, m.origin, m.at, m.arrived, m.kind, m.body, m.payload,
    m.quote_wamid, m.referral, m.edited_at, m.revoked_at, coalesce(s.state, ''), coalesce(o.leaves_at, -1),
    coalesce(d.sent_at, -1), coalesce(d.delivered_at, -1), coalesce(d.read_at, -1), coalesce(d.played_at, -1),
    coalesce(d.failed_at, -1), coalesce(nullif(d.failed_code, 0), s.code, 0), coalesce(nullif(d.failed_details, ''), s.details, ''),
    coalesce(f.state, ''), m.key, m.forwarded, coalesce(nullif(m.staff, ''), o.staff, ''), coalesce(f.width, 0), coalesce(f.height, 0)
    FROM message m LEFT JOIN delivery d ON d.wamid = m.wamid AND m.wamid <> ''
    LEFT JOIN outbox_state s ON s.outbox_id = m.outbox_id AND m.outbox_id <> ''
    LEFT JOIN outbox o ON o.id = m.outbox_id AND m.outbox_id <> ''
    LEFT JOIN media f ON f.wamid = m.wamid AND m.wamid <> ''";

/// A place in a thread: `(at, arrived, id)`.
pub type Position = (i64, i64, i64);

/// Shown messages before a place, the newest first.
pub fn page(
    db: &Connection,
    thread_id: i64,
    before: Option<Position>,
    limit: i64,
) -> Result<Vec<MessageRecord>> {
    let (at, arrived, id) = before.unwrap_or((i64::MAX, i64::MAX, i64::MAX));
    Ok(db
        .prepare_cached(&format!(
            "SELECT {RECORD} WHERE m.thread_id = ?1 AND m.shown = 1 AND (m.at, m.arrived, m.id) < (?2, ?3, ?4)
             ORDER BY m.at DESC, m.arrived DESC, m.id DESC LIMIT ?5"
        ))?
        .query_map(params![thread_id, at, arrived, id, limit], record)?
        .collect::<Result<_, _>>()?)
}

/// Shown messages from a place on, the oldest first.
pub fn page_from(
    db: &Connection,
    thread_id: i64,
    (at, arrived, id): Position,
    limit: i64,
) -> Result<Vec<MessageRecord>> {
    Ok(db
        .prepare_cached(&format!(
            "SELECT {RECORD} WHERE m.thread_id = ?1 AND m.shown = 1 AND (m.at, m.arrived, m.id) >= (?2, ?3, ?4)
             ORDER BY m.at, m.arrived, m.id LIMIT ?5"
        ))?
        .query_map(params![thread_id, at, arrived, id, limit], record)?
        .collect::<Result<_, _>>()?)
}

/// Where a message stands in this thread, shown or hidden; `None` if it is in another.
pub fn position(db: &Connection, thread_id: i64, id: i64) -> Result<Option<Position>> {
    Ok(db
        .prepare_cached("SELECT at, arrived, id FROM message WHERE id = ?1 AND thread_id = ?2")?
        .query_row([id, thread_id], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .optional()?)
}

pub fn get(db: &Connection, id: i64) -> Result<Option<MessageRecord>> {
    Ok(db
        .prepare_cached(&format!("SELECT {RECORD} WHERE m.id = ?1"))?
        .query_row([id], record)
        .optional()?)
}

pub fn get_by_wamid(db: &Connection, wamid: &str) -> Result<Option<MessageRecord>> {
    Ok(db
        .prepare_cached(&format!(
            "SELECT {RECORD} WHERE m.wamid = ?1 AND m.wamid <> ''"
        ))?
        .query_row([wamid], record)
        .optional()?)
}

fn record(row: &Row<'_>) -> rusqlite::Result<MessageRecord> {
    Ok(MessageRecord {
        id: row.get(0)?,
        thread_id: row.get(1)?,
        wamid: row.get(2)?,
        outbox_id: row.get(3)?,
        direction: row.get(4)?,
        origin: row.get(5)?,
        at: row.get(6)?,
        arrived: row.get(7)?,
        kind: row.get(8)?,
        body: row.get(9)?,
        payload: row.get(10)?,
        quote_wamid: row.get(11)?,
        referral: row.get(12)?,
        edited_at: row.get(13)?,
        revoked_at: row.get(14)?,
        state: row.get(15)?,
        leaves_at: row.get(16)?,
        sent_at: row.get(17)?,
        delivered_at: row.get(18)?,
        read_at: row.get(19)?,
        played_at: row.get(20)?,
        failed_at: row.get(21)?,
        failed_code: row.get(22)?,
        failed_details: row.get(23)?,
        media_state: row.get(24)?,
        key: row.get(25)?,
        forwarded: row.get(26)?,
        staff: row.get(27)?,
        media_width: row.get(28)?,
        media_height: row.get(29)?,
    })
}
