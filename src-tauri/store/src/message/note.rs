//! Internal notes: rows of the timeline that staff writes and changes, and nobody else ever sees.

use crate::error::Result;
use rusqlite::{Connection, OptionalExtension, params};

/// A note as the timeline keeps it.
#[derive(Clone, PartialEq, Eq)]
pub struct Note {
    pub message_id: i64,
    pub thread_id: i64,
    /// The person's key, and the number he was found by, if that is all there was.
    pub person_key: String,
    pub loose_wa: String,
    pub written_at: i64,
    /// When it was last changed.
    pub changed_at: i64,
}

pub fn note(db: &Connection, key: &str) -> Result<Option<Note>> {
    Ok(db
        .prepare_cached(
            "SELECT m.id, m.thread_id, p.key, m.loose_wa, m.at, m.edited_at FROM message m JOIN person p ON p.id = m.person_id
             WHERE m.key = ?1 AND m.direction = 3",
        )?
        .query_row([key], |row| {
            Ok(Note {
                message_id: row.get(0)?,
                thread_id: row.get(1)?,
                person_key: row.get(2)?,
                loose_wa: row.get(3)?,
                written_at: row.get(4)?,
                changed_at: row.get(5)?,
            })
        })
        .optional()?)
}

/// What the note with this key says since `at`: the latest word counts, of two at the same time the greater
/// one. An empty text hides it.
pub fn observe_note(
    db: &Connection,
    key: &str,
    text: &str,
    payload: &str,
    staff: &str,
    at: i64,
) -> Result<()> {
    db.prepare_cached(
        "UPDATE message SET edited_at = ?2, body = ?3, staff = ?4, payload = ?5, shown = (?3 <> '')
         WHERE key = ?1 AND (?2, ?3, ?4) > (edited_at, body, staff)",
    )?
    .execute(params![key, at, text, staff, payload])?;
    Ok(())
}
