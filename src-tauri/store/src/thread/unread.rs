//! What each of the staff has not read yet.
//!
//! How many messages are unread is counted when it is asked. Which threads have any is kept per staff member
//! (`unseen`), as the few that are unread must be found among the many that are not, for everybody who has
//! ever read anything (`reader`). For all others everything is unread.

use super::Thread;
use crate::error::Result;
use rusqlite::{Connection, OptionalExtension, params};

/// Unread messages are counted up to here: a thread nobody ever opens must not make a page of the list dearer.
const AT_MOST: i64 = 1_000;

/// Unread messages of a thread whose reader has seen everything that had arrived by `seen`; up to 1,000.
pub fn unread(db: &Connection, thread: &Thread, seen: i64) -> Result<i64> {
    if thread.newest_arrival <= seen {
        return Ok(0);
    }
    Ok(db
        .prepare_cached(
            "SELECT count(*) FROM (SELECT 1 FROM message
                WHERE thread_id = ?1 AND direction = 0 AND origin = 0 AND arrived > ?2 LIMIT ?3)",
        )?
        .query_row([thread.id, seen, AT_MOST], |row| row.get(0))?)
}

/// The oldest of them.
pub fn first_unread(db: &Connection, id: i64, seen: i64) -> Result<Option<i64>> {
    Ok(db
        .prepare_cached(
            "SELECT id FROM message WHERE thread_id = ?1 AND direction = 0 AND origin = 0 AND arrived > ?2
             ORDER BY arrived, at LIMIT 1",
        )?
        .query_row([id, seen], |row| row.get(0))
        .optional()?)
}

/// Everybody who has ever read anything.
pub fn readers(db: &Connection) -> Result<Vec<String>> {
    Ok(db
        .prepare_cached("SELECT staff FROM reader ORDER BY staff")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}

pub fn is_reader(db: &Connection, staff: &str) -> Result<bool> {
    Ok(db
        .prepare_cached("SELECT 1 FROM reader WHERE staff = ?1")?
        .query_row([staff], |_| Ok(()))
        .optional()?
        .is_some())
}

/// Somebody has read something. For whoever is new to this, every thread counts as unread: written once.
pub fn note_reader(db: &Connection, staff: &str) -> Result<()> {
    let new = db
        .prepare_cached("INSERT OR IGNORE INTO reader (staff) VALUES (?1)")?
        .execute([staff])?
        > 0;
    if new {
        db.prepare_cached(
            "INSERT OR IGNORE INTO unseen (staff, shelf, thread_id)
             SELECT ?1, shelf, id FROM thread INDEXED BY thread_by_activity
             WHERE last_message_id > 0 AND pinned IN (0, 1) AND shelf IN (0, 1, 2) AND newest_arrival >= 0",
        )?
        .execute([staff])?;
    }
    Ok(())
}

/// Whether a thread on this shelf counts as unread for this reader.
pub fn keep_unseen(
    db: &Connection,
    staff: &str,
    shelf: i64,
    thread_id: i64,
    unseen: bool,
) -> Result<()> {
    let sql = if unseen {
        "INSERT OR IGNORE INTO unseen (staff, shelf, thread_id) VALUES (?1, ?2, ?3)"
    } else {
        "DELETE FROM unseen WHERE staff = ?1 AND shelf = ?2 AND thread_id = ?3"
    };
    db.prepare_cached(sql)?
        .execute(params![staff, shelf, thread_id])?;
    Ok(())
}

/// Threads on this shelf that this reader has not read, at most so many.
pub fn unseen_by(db: &Connection, staff: &str, shelf: i64, at_most: i64) -> Result<Vec<i64>> {
    Ok(db
        .prepare_cached("SELECT thread_id FROM unseen WHERE staff = ?1 AND shelf = ?2 LIMIT ?3")?
        .query_map(params![staff, shelf, at_most], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}
