//! What happened, as the guard has to hear of it: behind a place where it left off, or since a time.
//!
//! Rows are numbered in the order in which this machine learnt of them, so what is new costs no look at what is old.

use crate::error::Result;
use rusqlite::{Connection, OptionalExtension, Row, params};

/// It was taken back before it left, in place of Meta's code.
pub const TAKEN_BACK: i64 = 0;

/// A message that came in or went out.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Told {
    pub id: i64,
    pub number_id: i64,
    pub customer_id: i64,
    /// `message::IN` or `message::OUT`.
    pub direction: i64,
    pub at: i64,
    pub arrived: i64,
    pub kind: String,
    pub body: String,
    pub outbox_id: String,
    pub wamid: String,
    /// What the outbox says of it; empty for what was not sent from here.
    pub staff: String,
    pub content: String,
    pub digest: String,
    /// Of a file that Meta told of, as Meta wrote it.
    pub sha256: String,
}

/// What became of a message of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    pub id: i64,
    pub number_id: i64,
    /// `None`: it is not here any more, or never was.
    pub customer_id: Option<i64>,
    /// When that message was written.
    pub sent_at: i64,
    /// [`TAKEN_BACK`] or Meta's.
    pub code: i64,
    pub at: i64,
}

/// Somebody stopped advertising, by whatever way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StopTold {
    pub id: i64,
    pub customer_id: i64,
    pub at: i64,
    pub channel: String,
    pub act_id: String,
}

/// The last of everything there is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Place {
    pub message: i64,
    pub news: i64,
    pub act: i64,
    pub verdict: i64,
}

const TOLD: &str = "m.id, m.number_id, p.customer_id, m.direction, m.at, m.arrived, m.kind, m.body, m.outbox_id, m.wamid,
    coalesce(o.staff, ''), coalesce(o.content, ''), coalesce(o.digest, ''),
    coalesce((SELECT f.sha256 FROM media f WHERE f.wamid = m.wamid AND m.wamid <> ''), '')";

pub fn place(db: &Connection) -> Result<Place> {
    Ok(db
        .prepare_cached(
            "SELECT coalesce((SELECT max(id) FROM message), 0), coalesce((SELECT max(id) FROM guard_news), 0),
                coalesce((SELECT max(id) FROM consent_act), 0), coalesce((SELECT max(n) FROM verdict), 0)",
        )?
        .query_row([], |row| {
            Ok(Place {
                message: row.get(0)?,
                news: row.get(1)?,
                act: row.get(2)?,
                verdict: row.get(3)?,
            })
        })?)
}

/// Messages behind a place. Imports tell nothing of what the shop does now.
pub fn messages_after(db: &Connection, id: i64) -> Result<Vec<Told>> {
    Ok(db
        .prepare_cached(&format!(
            "SELECT {TOLD} FROM message m NOT INDEXED CROSS JOIN person p ON p.id = m.person_id LEFT JOIN outbox o ON o.id = m.outbox_id
             WHERE m.id > ?1 AND m.direction IN (0, 1) AND m.origin <> 1 AND m.shown = 1 ORDER BY m.id"
        ))?
        .query_map([id], told)?
        .collect::<Result<_, _>>()?)
}

/// Messages since a time: through the threads with anything since then.
pub fn messages_since(db: &Connection, at: i64) -> Result<Vec<Told>> {
    Ok(db
        .prepare_cached(&format!(
            "SELECT {TOLD} FROM thread t INDEXED BY thread_by_time
                CROSS JOIN message m INDEXED BY message_in_thread ON m.thread_id = t.id AND m.shown = 1 AND m.at >= ?1
                CROSS JOIN person p ON p.id = m.person_id LEFT JOIN outbox o ON o.id = m.outbox_id
             WHERE t.last_message_id > 0 AND t.last_at >= ?1 AND m.direction IN (0, 1) AND m.origin <> 1"
        ))?
        .query_map([at], told)?
        .collect::<Result<_, _>>()?)
}

/// Notes what became of a message of ours. The same again changes nothing.
pub fn put_news(
    db: &Connection,
    number_id: i64,
    message_id: i64,
    code: i64,
    at: i64,
) -> Result<()> {
    // Looked for first: an insertion that is ignored counts the ids up all the same.
    let known: bool = db
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM guard_news WHERE message_id = ?2 AND number_id = ?1 AND code = ?3 AND at = ?4)",
        )?
        .query_row(params![number_id, message_id, code, at], |row| row.get(0))?;
    if !known {
        db.prepare_cached(
            "INSERT INTO guard_news (number_id, message_id, code, at) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![number_id, message_id, code, at])?;
    }
    Ok(())
}

pub fn news_after(db: &Connection, id: i64) -> Result<Vec<News>> {
    Ok(db
        .prepare_cached(
            "SELECT g.id, g.number_id, p.customer_id, coalesce(m.at, -1), g.code, g.at FROM guard_news g NOT INDEXED
                LEFT JOIN message m ON m.id = g.message_id LEFT JOIN person p ON p.id = m.person_id
             WHERE g.id > ?1 ORDER BY g.id",
        )?
        .query_map([id], |row| {
            Ok(News {
                id: row.get(0)?,
                number_id: row.get(1)?,
                customer_id: row.get(2)?,
                sent_at: row.get(3)?,
                code: row.get(4)?,
                at: row.get(5)?,
            })
        })?
        .collect::<Result<_, _>>()?)
}

/// Lets go of what nobody asks for any more.
pub fn forget_news(db: &Connection, before: i64) -> Result<()> {
    db.execute("DELETE FROM guard_news WHERE at < ?1", [before])?;
    Ok(())
}

/// Whether Meta refused a message from this number for spam (131048) at or after a time, whatever message it was.
pub fn last_refusal(db: &Connection, number_id: i64, code: i64, since: i64) -> Result<Option<i64>> {
    Ok(db
        .prepare_cached(
            "SELECT max(at) FROM (SELECT g.at, g.number_id, g.code FROM guard_news g NOT INDEXED ORDER BY g.id DESC LIMIT 1000)
             WHERE number_id = ?1 AND code = ?2 AND at >= ?3",
        )?
        .query_row(params![number_id, code, since], |row| row.get(0))
        .optional()?
        .flatten())
}

/// Stops of advertising, or of everything, that the ledger was told of behind a place.
pub fn stops_after(db: &Connection, id: i64) -> Result<Vec<StopTold>> {
    Ok(db
        .prepare_cached(
            "SELECT a.id, p.customer_id, a.at, a.channel, a.act_id FROM consent_act a NOT INDEXED CROSS JOIN person p ON p.id = a.person_id
             WHERE a.id > ?1 AND a.is_use = 0 AND a.event = 'withdrawn' AND a.purpose IN ('offers', 'all') ORDER BY a.id",
        )?
        .query_map([id], stop)?
        .collect::<Result<_, _>>()?)
}

/// The same of those that still hold, since a time.
pub fn stops_since(db: &Connection, at: i64) -> Result<Vec<StopTold>> {
    Ok(db
        .prepare_cached(
            "SELECT a.id, c.customer_id, a.at, a.channel, a.act_id FROM consent c INDEXED BY consent_by_time
                CROSS JOIN consent_act a ON a.hash = c.hash
             WHERE c.since >= ?1 AND c.state = 'out' AND c.purpose IN ('offers', 'all')",
        )?
        .query_map([at], stop)?
        .collect::<Result<_, _>>()?)
}

/// When a customer last wrote, before a time; `None`: nothing is known of it.
pub fn wrote_before(db: &Connection, customer_id: i64, before: i64) -> Result<Option<i64>> {
    Ok(db
        .prepare_cached(
            "SELECT max((SELECT max(m.at) FROM message m
                WHERE m.person_id = p.id AND m.number_id = n.id AND m.direction = 0 AND m.at < ?2))
             FROM person p CROSS JOIN number n WHERE p.customer_id = ?1",
        )?
        .query_row([customer_id, before], |row| row.get(0))?)
}

fn told(row: &Row<'_>) -> rusqlite::Result<Told> {
    Ok(Told {
        id: row.get(0)?,
        number_id: row.get(1)?,
        customer_id: row.get(2)?,
        direction: row.get(3)?,
        at: row.get(4)?,
        arrived: row.get(5)?,
        kind: row.get(6)?,
        body: row.get(7)?,
        outbox_id: row.get(8)?,
        wamid: row.get(9)?,
        staff: row.get(10)?,
        content: row.get(11)?,
        digest: row.get(12)?,
        sha256: row.get(13)?,
    })
}

fn stop(row: &Row<'_>) -> rusqlite::Result<StopTold> {
    Ok(StopTold {
        id: row.get(0)?,
        customer_id: row.get(1)?,
        at: row.get(2)?,
        channel: row.get(3)?,
        act_id: row.get(4)?,
    })
}
