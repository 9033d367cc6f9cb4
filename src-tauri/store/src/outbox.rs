//! What staff wants sent, and each attempt to send it. `inbox::outbox` derives the state from these rows.

use crate::error::Result;
use rusqlite::{Connection, OptionalExtension, params};

#[derive(Clone, PartialEq, Eq)]
pub struct OutboxItem {
    /// Also travels as `biz_opaque_callback_data`.
    pub id: String,
    pub number_id: i64,
    /// JSON of the recipient as known when it was queued.
    pub peer: String,
    /// JSON of what is sent.
    pub content: String,
    /// Its words, for the bubble and for a draft.
    pub body: String,
    pub reply_wamid: String,
    pub staff: String,
    pub queued_at: i64,
    /// End of the undo delay.
    pub leaves_at: i64,
    /// Of the file that goes with it, hex of SHA-256; empty: there is none.
    pub digest: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attempt {
    pub n: i64,
    pub started_at: i64,
    pub ended_at: i64,
    /// Empty while under way.
    pub outcome: String,
    pub wamid: String,
    pub code: i64,
    pub title: String,
    pub details: String,
    pub retry_at: i64,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OutboxState {
    pub state: String,
    pub wake_at: i64,
    pub returned_at: i64,
    pub left_at: i64,
    pub wamid: String,
}

/// True if it was new. A second fact with the same id changes nothing.
pub fn put(db: &Connection, item: &OutboxItem) -> Result<bool> {
    Ok(db
        .prepare_cached(
            "INSERT OR IGNORE INTO outbox (id, number_id, peer, content, body, reply_wamid, staff, queued_at, leaves_at, digest)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            item.id, item.number_id, item.peer, item.content, item.body, item.reply_wamid, item.staff,
            item.queued_at, item.leaves_at, item.digest
        ])?
        > 0)
}

pub fn get(db: &Connection, id: &str) -> Result<Option<OutboxItem>> {
    Ok(db
        .prepare_cached(
            "SELECT id, number_id, peer, content, body, reply_wamid, staff, queued_at, leaves_at, digest FROM outbox WHERE id = ?1",
        )?
        .query_row([id], |row| {
            Ok(OutboxItem {
                id: row.get(0)?,
                number_id: row.get(1)?,
                peer: row.get(2)?,
                content: row.get(3)?,
                body: row.get(4)?,
                reply_wamid: row.get(5)?,
                staff: row.get(6)?,
                queued_at: row.get(7)?,
                leaves_at: row.get(8)?,
                digest: row.get(9)?,
            })
        })
        .optional()?)
}

/// Notes that attempt `n` began. The earliest start stays.
pub fn observe_start(db: &Connection, id: &str, n: i64, at: i64) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO attempt (outbox_id, n, started_at) VALUES (?1, ?2, ?3)
         ON CONFLICT DO UPDATE SET started_at = excluded.started_at WHERE started_at < 0 OR started_at > excluded.started_at",
    )?
    .execute(params![id, n, at])?;
    Ok(())
}

/// Notes how attempt `n` ended. Of two ends the surer one stays (`rank`), whichever came first.
pub fn observe_end(db: &Connection, id: &str, rank: i64, end: &Attempt) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO attempt (outbox_id, n, ended_at, outcome, rank, wamid, code, title, details, retry_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
         ON CONFLICT DO UPDATE SET ended_at = excluded.ended_at, outcome = excluded.outcome, rank = excluded.rank,
            wamid = excluded.wamid, code = excluded.code, title = excluded.title, details = excluded.details, retry_at = excluded.retry_at
         WHERE (excluded.rank, -excluded.ended_at, excluded.wamid, excluded.code, excluded.retry_at, excluded.title, excluded.details)
            > (rank, -ended_at, wamid, code, retry_at, title, details)",
    )?
    .execute(params![
        id, end.n, end.ended_at, end.outcome, rank, end.wamid, end.code, end.title, end.details, end.retry_at
    ])?;
    Ok(())
}

/// In order of `n`.
pub fn attempts(db: &Connection, id: &str) -> Result<Vec<Attempt>> {
    Ok(db
        .prepare_cached(
            "SELECT n, started_at, ended_at, outcome, wamid, code, title, details, retry_at FROM attempt WHERE outbox_id = ?1 ORDER BY n",
        )?
        .query_map([id], |row| {
            Ok(Attempt {
                n: row.get(0)?,
                started_at: row.get(1)?,
                ended_at: row.get(2)?,
                outcome: row.get(3)?,
                wamid: row.get(4)?,
                code: row.get(5)?,
                title: row.get(6)?,
                details: row.get(7)?,
                retry_at: row.get(8)?,
            })
        })?
        .collect::<Result<_, _>>()?)
}

pub fn state(db: &Connection, id: &str) -> Result<OutboxState> {
    Ok(db
        .prepare_cached("SELECT state, wake_at, returned_at, left_at, wamid FROM outbox_state WHERE outbox_id = ?1")?
        .query_row([id], |row| {
            Ok(OutboxState {
                state: row.get(0)?,
                wake_at: row.get(1)?,
                returned_at: row.get(2)?,
                left_at: row.get(3)?,
                wamid: row.get(4)?,
            })
        })
        .optional()?
        .unwrap_or(OutboxState { returned_at: -1, left_at: -1, wake_at: -1, ..OutboxState::default() }))
}

/// The words went back to the composer, by undo or because the window closed. The earliest time stays.
pub fn observe_returned(db: &Connection, id: &str, at: i64) -> Result<()> {
    observe(db, "returned_at", id, at)
}

/// A person let a doubtful one rest.
pub fn observe_left(db: &Connection, id: &str, at: i64) -> Result<()> {
    observe(db, "left_at", id, at)
}

fn observe(db: &Connection, column: &str, id: &str, at: i64) -> Result<()> {
    db.prepare_cached(&format!(
        "INSERT INTO outbox_state (outbox_id, {column}) VALUES (?1, ?2)
         ON CONFLICT DO UPDATE SET {column} = excluded.{column} WHERE {column} < 0 OR {column} > excluded.{column}"
    ))?
    .execute(params![id, at])?;
    Ok(())
}

/// What `inbox::outbox` derived for an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derived<'a> {
    pub state: &'a str,
    /// When the dispatcher has to look at it again; -1: never.
    pub wake_at: i64,
    pub wamid: &'a str,
    /// Of a refusal; 0 where there is none.
    pub code: i64,
    pub details: &'a str,
}

/// Stores what was derived. Touches nothing where nothing changed.
pub fn set_state(db: &Connection, id: &str, derived: &Derived<'_>) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO outbox_state (outbox_id, state, wake_at, wamid, code, details) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT DO UPDATE SET state = excluded.state, wake_at = excluded.wake_at, wamid = excluded.wamid,
            code = excluded.code, details = excluded.details
         WHERE (state, wake_at, wamid, code, details)
            <> (excluded.state, excluded.wake_at, excluded.wamid, excluded.code, excluded.details)",
    )?
    .execute(params![id, derived.state, derived.wake_at, derived.wamid, derived.code, derived.details])?;
    Ok(())
}

/// Ids in `state` whose time has come, earliest first.
pub fn due(db: &Connection, state: &str, now: i64, limit: i64) -> Result<Vec<String>> {
    Ok(db
        .prepare_cached("SELECT outbox_id FROM outbox_state WHERE state = ?1 AND wake_at <= ?2 ORDER BY wake_at, outbox_id LIMIT ?3")?
        .query_map(params![state, now, limit], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}

/// When the next one in `state` is due that was not due yet at `after`.
pub fn next_due(db: &Connection, state: &str, after: i64) -> Result<Option<i64>> {
    Ok(db
        .prepare_cached("SELECT min(wake_at) FROM outbox_state WHERE state = ?1 AND wake_at > ?2")?
        .query_row(params![state, after], |row| row.get(0))?)
}

pub fn count(db: &Connection, state: &str) -> Result<i64> {
    Ok(db
        .prepare_cached("SELECT count(*) FROM outbox_state WHERE state = ?1")?
        .query_row([state], |row| row.get(0))?)
}
