//! What says whether our messages reach somebody: those that came back, and what ever arrived.

use crate::error::Result;
use rusqlite::{Connection, OptionalExtension, params};

/// When messages of ours to a customer came back as undeliverable after `since`, in order.
pub fn undelivered(db: &Connection, customer_id: i64, since: i64) -> Result<Vec<i64>> {
    Ok(db
        .prepare_cached(
            "SELECT m.undelivered_at FROM thread t CROSS JOIN message m INDEXED BY message_undelivered
                ON m.thread_id = t.id AND m.undelivered_at >= 0 AND m.undelivered_at > ?2
             WHERE t.customer_id = ?1 ORDER BY m.undelivered_at",
        )?
        .query_map([customer_id, since], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}

/// When a customer last wrote, on whichever number; -1: never.
pub fn wrote_at(db: &Connection, customer_id: i64) -> Result<i64> {
    Ok(db
        .prepare_cached("SELECT coalesce(max(inbound_at), -1) FROM thread WHERE customer_id = ?1")?
        .query_row([customer_id], |row| row.get(0))?)
}

/// Whether any message of ours ever reached a customer.
pub fn ever_arrived(db: &Connection, customer_id: i64) -> Result<bool> {
    Ok(db
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM thread t CROSS JOIN message m INDEXED BY message_in_thread ON m.thread_id = t.id
                CROSS JOIN delivery d ON d.wamid = m.wamid
             WHERE t.customer_id = ?1 AND m.direction = 1 AND m.wamid <> ''
                AND (d.delivered_at >= 0 OR d.read_at >= 0 OR d.played_at >= 0))",
        )?
        .query_row([customer_id], |row| row.get(0))?)
}

/// The customer of a thread, where a message in it came back since he last wrote there, or his consents say `why_not`.
pub fn in_doubt_of(db: &Connection, thread_id: i64, why_not: &str) -> Result<Option<i64>> {
    Ok(db
        .prepare_cached(
            "SELECT customer_id FROM thread t WHERE id = ?1
                AND (EXISTS (SELECT 1 FROM message INDEXED BY message_undelivered
                        WHERE thread_id = t.id AND undelivered_at >= 0 AND undelivered_at > t.inbound_at)
                    OR EXISTS (SELECT 1 FROM consent c WHERE c.customer_id = t.customer_id AND c.why_not = ?2))",
        )?
        .query_row(params![thread_id, why_not], |row| row.get(0))
        .optional()?)
}

/// The same of a customer with all his threads.
pub fn is_in_doubt(db: &Connection, customer_id: i64, why_not: &str) -> Result<bool> {
    Ok(db
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM consent WHERE customer_id = ?1 AND why_not = ?2)
                OR EXISTS (SELECT 1 FROM thread t CROSS JOIN message m INDEXED BY message_undelivered
                        ON m.thread_id = t.id AND m.undelivered_at >= 0 AND m.undelivered_at > t.inbound_at
                    WHERE t.customer_id = ?1)",
        )?
        .query_row(params![customer_id, why_not], |row| row.get(0))?)
}
