//! What became of a batch, counted from the outbox: a look at the rows of the batch and at no others.

use super::span;
use crate::error::Result;
use rusqlite::{Connection, params};

/// How many of a batch are in each state of the outbox, and when the first and the last was queued.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Progress {
    pub states: Vec<(String, i64)>,
    /// -1: none yet.
    pub last_at: i64,
}

/// Looks at what was queued of the batch, and at nothing else.
pub fn progress(db: &Connection, batch_id: &str) -> Result<Progress> {
    let (from, to) = span(batch_id);
    let states = db
        .prepare_cached(
            "SELECT state, count(*) FROM outbox_state WHERE outbox_id >= ?1 AND outbox_id < ?2 GROUP BY state",
        )?
        .query_map([&from, &to], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let last_at = db
        .prepare_cached("SELECT coalesce(max(at), -1) FROM template_use WHERE outbox_id >= ?1 AND outbox_id < ?2")?
        .query_row([&from, &to], |row| row.get(0))?;
    Ok(Progress { states, last_at })
}

/// How many of a batch reached each stage of `template_use`, the furthest counted in those before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stages {
    pub sent: i64,
    pub delivered: i64,
    pub read: i64,
    pub answered: i64,
    pub failed: i64,
}

/// Of what was queued at `since` or after.
pub fn stages(db: &Connection, batch_id: &str, since: i64) -> Result<Stages> {
    let (from, to) = span(batch_id);
    Ok(db
        .prepare_cached(
            "SELECT coalesce(sum(stage >= 1), 0), coalesce(sum(stage >= 2), 0), coalesce(sum(stage >= 3), 0),
                coalesce(sum(stage >= 1 AND answered = 1), 0), coalesce(sum(stage = -1), 0)
             FROM template_use WHERE outbox_id >= ?1 AND outbox_id < ?2 AND at >= ?3",
        )?
        .query_row(params![from, to, since], |row| {
            Ok(Stages {
                sent: row.get(0)?,
                delivered: row.get(1)?,
                read: row.get(2)?,
                answered: row.get(3)?,
                failed: row.get(4)?,
            })
        })?)
}

/// The codes of those that failed, of what was queued at `since` or after.
pub fn failures(db: &Connection, batch_id: &str, since: i64) -> Result<Vec<i64>> {
    let (from, to) = span(batch_id);
    Ok(db
        .prepare_cached(
            "SELECT DISTINCT CASE WHEN s.code <> 0 THEN s.code ELSE coalesce(d.failed_code, 0) END
             FROM template_use u CROSS JOIN outbox_state s ON s.outbox_id = u.outbox_id
                LEFT JOIN delivery d ON d.wamid = s.wamid AND s.wamid <> ''
             WHERE u.outbox_id >= ?1 AND u.outbox_id < ?2 AND u.stage = -1 AND u.at >= ?3",
        )?
        .query_map(params![from, to, since], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}

/// People who stopped us within `within` after they got it. Looks at those who stopped since `since`, not at the batch.
pub fn opt_outs(db: &Connection, batch_id: &str, since: i64, within: i64) -> Result<i64> {
    let (from, to) = span(batch_id);
    Ok(db
        .prepare_cached(
            "SELECT count(DISTINCT c.customer_id) FROM consent c INDEXED BY consent_by_state
                CROSS JOIN thread t ON t.customer_id = c.customer_id
                CROSS JOIN message m INDEXED BY message_template ON m.thread_id = t.id AND m.is_template = 1 AND m.at <= c.since
                CROSS JOIN template_use u ON u.outbox_id = m.outbox_id
             WHERE c.state = 'out' AND c.since >= ?3 AND c.purpose IN ('offers', 'all', 'updates', 'service')
                AND m.outbox_id >= ?1 AND m.outbox_id < ?2 AND u.stage > 0 AND c.since <= m.at + ?4",
        )?
        .query_row(params![from, to, since, within], |row| row.get(0))?)
}

/// Reasons, as words, and how many people each is of.
pub type Reasons = Vec<(String, i64)>;

/// Why people were skipped: when it was made, and on the way.
pub fn skips(db: &Connection, batch_id: &str) -> Result<(Reasons, Reasons)> {
    let count = |sql: &str| -> Result<Reasons> {
        Ok(db
            .prepare_cached(sql)?
            .query_map([batch_id], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?)
    };
    Ok((
        count(
            "SELECT skipped, count(*) FROM batch_person INDEXED BY batch_skipped
             WHERE batch_id = ?1 AND skipped <> '' GROUP BY skipped",
        )?,
        count("SELECT why, count(*) FROM batch_skip WHERE batch_id = ?1 GROUP BY why")?,
    ))
}

/// How many of those who were to get it were erased before anything was queued for them, or after.
pub fn erased(db: &Connection, batch_id: &str) -> Result<i64> {
    Ok(db
        .prepare_cached(
            "SELECT count(*) FROM batch_person p WHERE p.batch_id = ?1 AND p.peer = '' AND p.skipped = ''
                AND NOT EXISTS (SELECT 1 FROM batch_skip k WHERE k.batch_id = p.batch_id AND k.n = p.n)",
        )?
        .query_row([batch_id], |row| row.get(0))?)
}
