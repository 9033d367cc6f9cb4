//! What people agree to, version by version, and the purposes of the shop's own.

use crate::error::Result;
use rusqlite::{Connection, OptionalExtension, Row, params};

/// One version; never changed, only retired.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WordingRow {
    pub id: String,
    pub version: i64,
    pub purpose: String,
    pub language: String,
    /// With `{{business}}` in it.
    pub text: String,
    pub since: i64,
    /// -1: in use.
    pub retired_at: i64,
    /// Comes with Guichet.
    pub supplied: bool,
}

const COLUMNS: &str = "id, version, purpose, language, text, since, retired_at, supplied";

/// True if there was no such version yet.
pub fn put(db: &Connection, row: &WordingRow) -> Result<bool> {
    Ok(db
        .prepare_cached(&format!(
            "INSERT OR IGNORE INTO wording ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
        ))?
        .execute(params![
            row.id,
            row.version,
            row.purpose,
            row.language,
            row.text,
            row.since,
            row.retired_at,
            row.supplied
        ])?
        > 0)
}

pub fn get(db: &Connection, id: &str, version: i64) -> Result<Option<WordingRow>> {
    Ok(db
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM wording WHERE id = ?1 AND version = ?2"
        ))?
        .query_row(params![id, version], wording)
        .optional()?)
}

/// Every version of every wording, the newest of each first.
pub fn all(db: &Connection) -> Result<Vec<WordingRow>> {
    Ok(db
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM wording ORDER BY id, version DESC"
        ))?
        .query_map([], wording)?
        .collect::<Result<_, _>>()?)
}

/// Retires every version of a wording that is still in use.
pub fn retire(db: &Connection, id: &str, at: i64) -> Result<()> {
    db.prepare_cached("UPDATE wording SET retired_at = ?2 WHERE id = ?1 AND retired_at < 0")?
        .execute(params![id, at])?;
    Ok(())
}

fn wording(row: &Row<'_>) -> rusqlite::Result<WordingRow> {
    Ok(WordingRow {
        id: row.get(0)?,
        version: row.get(1)?,
        purpose: row.get(2)?,
        language: row.get(3)?,
        text: row.get(4)?,
        since: row.get(5)?,
        retired_at: row.get(6)?,
        supplied: row.get(7)?,
    })
}

/// A purpose of the shop's own; without a label it is gone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PurposeRow {
    /// `own:…`
    pub key: String,
    pub label: String,
    pub advertising: bool,
    pub at: i64,
}

/// The latest word counts.
pub fn observe_purpose(db: &Connection, row: &PurposeRow) -> Result<bool> {
    Ok(db
        .prepare_cached(
            "INSERT INTO purpose (key, label, advertising, at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO UPDATE SET label = excluded.label, advertising = excluded.advertising, at = excluded.at
             WHERE (excluded.at, excluded.label, excluded.advertising) > (at, label, advertising)",
        )?
        .execute(params![row.key, row.label, row.advertising, row.at])?
        > 0)
}

/// Those that are gone too.
pub fn purposes(db: &Connection) -> Result<Vec<PurposeRow>> {
    Ok(db
        .prepare_cached("SELECT key, label, advertising, at FROM purpose ORDER BY key")?
        .query_map([], |row| {
            Ok(PurposeRow {
                key: row.get(0)?,
                label: row.get(1)?,
                advertising: row.get(2)?,
                at: row.get(3)?,
            })
        })?
        .collect::<Result<_, _>>()?)
}
