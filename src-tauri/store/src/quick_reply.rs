//! Texts for often. Latest wins; an empty one is gone.

use crate::error::Result;
use rusqlite::{Connection, params};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuickReplyRow {
    pub id: String,
    pub shortcut: String,
    pub text: String,
    pub at: i64,
}

pub fn observe(db: &Connection, row: &QuickReplyRow) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO quick_reply (id, shortcut, text, at) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT DO UPDATE SET shortcut = excluded.shortcut, text = excluded.text, at = excluded.at
         WHERE (excluded.at, excluded.text, excluded.shortcut) > (at, text, shortcut)",
    )?
    .execute(params![row.id, row.shortcut, row.text, row.at])?;
    Ok(())
}

/// Those that are not gone, by shortcut.
pub fn all(db: &Connection) -> Result<Vec<QuickReplyRow>> {
    Ok(db
        .prepare_cached(
            "SELECT id, shortcut, text, at FROM quick_reply WHERE text <> '' ORDER BY shortcut, id",
        )?
        .query_map([], |row| {
            Ok(QuickReplyRow {
                id: row.get(0)?,
                shortcut: row.get(1)?,
                text: row.get(2)?,
                at: row.get(3)?,
            })
        })?
        .collect::<Result<_, _>>()?)
}

/// When this one was last changed; -1: never heard of.
pub fn changed_at(db: &Connection, id: &str) -> Result<i64> {
    Ok(db
        .prepare_cached("SELECT coalesce(max(at), -1) FROM quick_reply WHERE id = ?1")?
        .query_row([id], |row| row.get(0))?)
}
