//! What staff did with threads: done, asleep, pinned, assigned, seen, the customer blocked. One row per field and identifier.
//!
//! Latest wins; of two at the same time the greater text does, so that order never matters. That also lets a
//! later word lower what somebody has seen: "mark as unread".

use crate::{about_person::About, error::Result};
use rusqlite::{Connection, params};

/// `''` open, `done:ARRIVED`, `snooze:UNTIL:ARRIVED`.
pub const STAGE: &str = "stage";
/// `1` or empty.
pub const PIN: &str = "pin";
/// A name; empty: nobody.
pub const ASSIGNEE: &str = "assignee";
/// `1` or empty: Meta confirmed that this business number blocks the customer.
pub const BLOCKED: &str = "blocked";
/// Followed by the name of who has seen it.
pub const SEEN: &str = "seen:";

/// One field of a thread, as one identifier's row says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkRow {
    pub field: String,
    pub value: String,
    pub at: i64,
}

/// Notes a word about one field.
pub fn observe(
    db: &Connection,
    number_id: i64,
    who: About<'_>,
    field: &str,
    value: &str,
    at: i64,
) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO mark (number_id, peer_key, field, person_id, loose_wa, value, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT DO UPDATE SET value = excluded.value, at = excluded.at, person_id = excluded.person_id
         WHERE (excluded.at, excluded.value) > (at, value)",
    )?
    .execute(params![number_id, who.peer_key, field, who.person_id, who.loose_wa, value, at])?;
    Ok(())
}

/// Every word about a thread; of several about one field the last in this order counts.
pub fn of_thread(db: &Connection, number_id: i64, customer_id: i64) -> Result<Vec<MarkRow>> {
    Ok(db
        .prepare_cached(
            // CROSS JOIN: from the customer to his few persons, never through every mark of the number.
            "SELECT k.field, k.value, k.at FROM person p CROSS JOIN mark k INDEXED BY mark_by_person ON k.person_id = p.id AND k.number_id = ?1
             WHERE p.customer_id = ?2 ORDER BY k.at, k.value",
        )?
        .query_map(params![number_id, customer_id], |row| {
            Ok(MarkRow {
                field: row.get(0)?,
                value: row.get(1)?,
                at: row.get(2)?,
            })
        })?
        .collect::<Result<_, _>>()?)
}

/// Threads this field was ever spoken of. Reads every mark there is: for what is done once in a while.
pub fn threads_with(db: &Connection, field: &str) -> Result<Vec<i64>> {
    Ok(db
        .prepare_cached(
            "SELECT DISTINCT t.id FROM mark k CROSS JOIN person p ON p.id = k.person_id
                CROSS JOIN thread t ON t.customer_id = p.customer_id AND t.number_id = k.number_id
             WHERE k.field = ?1",
        )?
        .query_map([field], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}

/// When the last word about a field was said.
pub fn last_at(
    db: &Connection,
    number_id: i64,
    customer_id: i64,
    field: &str,
) -> Result<Option<i64>> {
    Ok(db
        .prepare_cached(
            "SELECT max(k.at) FROM person p CROSS JOIN mark k INDEXED BY mark_by_person ON k.person_id = p.id AND k.number_id = ?1 AND k.field = ?3
             WHERE p.customer_id = ?2",
        )?
        .query_row(params![number_id, customer_id, field], |row| row.get(0))?)
}
