//! Threads: one per business number and customer. Everything here is a cache over the timeline,
//! rebuilt per thread with a fixed number of index look-ups whatever the thread holds.

use crate::error::Result;
use rusqlite::{Connection, OptionalExtension, params};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thread {
    pub id: i64,
    pub number_id: i64,
    pub customer_id: i64,
    pub last_at: i64,
    pub last_message_id: i64,
    pub unread: i64,
    /// Effective time of the newest inbound that opens the window; -1 where there is none.
    pub inbound_at: i64,
    /// When Meta last said that the window is closed (131047); -1 where it never did.
    pub closed_at: i64,
}

const COLUMNS: &str =
    "id, number_id, customer_id, last_at, last_message_id, unread, inbound_at, closed_at";

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

/// Newest activity first, from behind `before = (last_at, id)`. Threads without a message are left out.
pub fn page(db: &Connection, before: Option<(i64, i64)>, limit: i64) -> Result<Vec<Thread>> {
    let (at, id) = before.unwrap_or((i64::MAX, i64::MAX));
    Ok(db
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM thread WHERE last_message_id > 0 AND (last_at, id) < (?1, ?2)
             ORDER BY last_at DESC, id DESC LIMIT ?3"
        ))?
        .query_map(params![at, id, limit], thread)?
        .collect::<Result<_, _>>()?)
}

/// Unread messages are counted up to here: a thread nobody ever opens must not make each arrival dearer.
pub const UNREAD_AT_MOST: i64 = 1_000;

/// Rebuilds the cached columns of one thread.
pub fn refresh(db: &Connection, id: i64) -> Result<()> {
    db.prepare_cached(
        "UPDATE thread SET (last_at, last_message_id) = (
                SELECT coalesce(max(at), 0), coalesce(max(id), 0) FROM (
                    SELECT at, id FROM message WHERE thread_id = ?1 AND shown = 1
                    ORDER BY at DESC, arrived DESC, id DESC LIMIT 1)),
            inbound_at = (SELECT coalesce(max(window_at), -1) FROM message WHERE thread_id = ?1 AND window_at >= 0),
            closed_at = (SELECT coalesce(max(at), -1) FROM message WHERE thread_id = ?1 AND kind = 'window_closed'),
            unread = (SELECT count(*) FROM (SELECT 1 FROM message WHERE thread_id = ?1 AND direction = 0 AND origin = 0
                AND arrived > coalesce((SELECT max(s.at) FROM person p CROSS JOIN seen s
                    ON s.person_id = p.id AND s.number_id = thread.number_id
                    WHERE p.customer_id = thread.customer_id), -1) LIMIT ?2))
         WHERE id = ?1",
    )?
    .execute([id, UNREAD_AT_MOST])?;
    refresh_terms(db, id)
}

/// What the customer can be found by.
fn refresh_terms(db: &Connection, id: i64) -> Result<()> {
    let terms: String = db
        .prepare_cached(
            "SELECT coalesce(group_concat(v, char(10)), '') FROM (
                SELECT f.value AS v FROM thread t CROSS JOIN person p ON p.customer_id = t.customer_id
                    CROSS JOIN profile f ON f.person_id = p.id AND f.field IN ('book', 'name', 'username')
                WHERE t.id = ?1 AND f.value <> ''
                UNION SELECT i.value FROM thread t CROSS JOIN person p ON p.customer_id = t.customer_id
                    CROSS JOIN identity i ON i.person_id = p.id AND i.kind IN ('wa_id', 'username') WHERE t.id = ?1
                UNION SELECT substr(p.key, 3) FROM thread t CROSS JOIN person p ON p.customer_id = t.customer_id
                WHERE t.id = ?1 ORDER BY v)",
        )?
        .query_row([id], |row| row.get(0))?;
    db.prepare_cached("UPDATE thread SET terms = ?2 WHERE id = ?1 AND terms <> ?2")?
        .execute(params![id, terms])?;
    Ok(())
}

/// Removes a thread nothing belongs to any more. True if it was removed.
pub fn drop_if_empty(db: &Connection, id: i64) -> Result<bool> {
    Ok(db
        .prepare_cached("DELETE FROM thread WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM message WHERE thread_id = ?1)")?
        .execute([id])?
        > 0)
}

/// The newest arrival in a thread; `None` where nothing came in.
pub fn newest_arrival(db: &Connection, id: i64) -> Result<Option<i64>> {
    Ok(db
        .prepare_cached("SELECT max(arrived) FROM message WHERE thread_id = ?1 AND direction = 0 AND origin = 0")?
        .query_row([id], |row| row.get(0))?)
}

fn thread(row: &rusqlite::Row<'_>) -> rusqlite::Result<Thread> {
    Ok(Thread {
        id: row.get(0)?,
        number_id: row.get(1)?,
        customer_id: row.get(2)?,
        last_at: row.get(3)?,
        last_message_id: row.get(4)?,
        unread: row.get(5)?,
        inbound_at: row.get(6)?,
        closed_at: row.get(7)?,
    })
}
