//! What opened a thread's customer service windows, and whether anybody answered in one.

use crate::error::Result;
use rusqlite::{Connection, params};

/// Times of the newest messages that opened or prolonged a window, newest first.
pub fn newest(db: &Connection, thread_id: i64, limit: i64) -> Result<Vec<i64>> {
    Ok(db
        .prepare_cached(
            "SELECT window_at FROM message WHERE thread_id = ?1 AND window_at >= 0 ORDER BY window_at DESC LIMIT ?2",
        )?
        .query_map(params![thread_id, limit], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}

/// Whether something we wrote to this person in this time, from here or on the shop's phone, got out and did
/// not fail. Reactions are no answer.
pub fn answered(
    db: &Connection,
    person_id: i64,
    number_id: i64,
    from: i64,
    to: i64,
) -> Result<bool> {
    Ok(db
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM message m
                LEFT JOIN outbox_state s ON s.outbox_id = m.outbox_id AND m.outbox_id <> ''
                LEFT JOIN delivery d ON d.wamid = m.wamid AND m.wamid <> ''
             WHERE m.person_id = ?1 AND m.number_id = ?2 AND m.direction = 1 AND m.at >= ?3 AND m.at < ?4
                AND m.origin <> 1 AND m.shown = 1 AND m.kind <> 'reaction'
                AND coalesce(s.state, '') NOT IN ('failed', 'returned')
                AND (m.outbox_id <> '' OR coalesce(d.failed_at, -1) < 0
                    OR max(d.delivered_at, d.read_at, d.played_at) > d.failed_at))",
        )?
        .query_row(params![person_id, number_id, from, to], |row| row.get(0))?)
}
