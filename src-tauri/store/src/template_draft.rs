//! Templates being written, and the sample files that go with them. The latest word about a draft wins.

use crate::error::Result;
use rusqlite::{Connection, OptionalExtension, params};

#[derive(Clone, PartialEq, Eq)]
pub struct DraftRow {
    pub id: String,
    /// Empty: handed in, or thrown away.
    pub json: String,
    pub at: i64,
}

/// A sample file; it belongs to this machine and is no fact.
#[derive(Clone, PartialEq, Eq)]
pub struct SampleFile {
    pub id: String,
    pub draft_id: String,
    pub filename: String,
    pub mime_type: String,
    pub put_at: i64,
    pub size: i64,
}

pub fn observe(db: &Connection, draft: &DraftRow) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO template_draft (id, json, at) VALUES (?1, ?2, ?3)
         ON CONFLICT DO UPDATE SET json = excluded.json, at = excluded.at WHERE (excluded.at, excluded.json) > (at, json)",
    )?
    .execute(params![draft.id, draft.json, draft.at])?;
    Ok(())
}

/// Those that are still being written, the one changed last first.
pub fn all(db: &Connection) -> Result<Vec<DraftRow>> {
    Ok(db
        .prepare_cached(
            "SELECT id, json, at FROM template_draft WHERE json <> '' ORDER BY at DESC, id",
        )?
        .query_map([], draft)?
        .collect::<Result<_, _>>()?)
}

/// Also one that is gone.
pub fn get(db: &Connection, id: &str) -> Result<Option<DraftRow>> {
    Ok(db
        .prepare_cached("SELECT id, json, at FROM template_draft WHERE id = ?1")?
        .query_row([id], draft)
        .optional()?)
}

fn draft(row: &rusqlite::Row<'_>) -> rusqlite::Result<DraftRow> {
    Ok(DraftRow {
        id: row.get(0)?,
        json: row.get(1)?,
        at: row.get(2)?,
    })
}

pub fn put_file(db: &Connection, file: &SampleFile, bytes: &[u8]) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO draft_file (id, draft_id, filename, mime_type, put_at, bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        file.id,
        file.draft_id,
        file.filename,
        file.mime_type,
        file.put_at,
        bytes
    ])?;
    Ok(())
}

pub fn file(db: &Connection, id: &str) -> Result<Option<SampleFile>> {
    Ok(db
        .prepare_cached(
            "SELECT id, draft_id, filename, mime_type, put_at, length(bytes) FROM draft_file WHERE id = ?1",
        )?
        .query_row([id], |row| {
            Ok(SampleFile {
                id: row.get(0)?,
                draft_id: row.get(1)?,
                filename: row.get(2)?,
                mime_type: row.get(3)?,
                put_at: row.get(4)?,
                size: row.get(5)?,
            })
        })
        .optional()?)
}

pub fn file_bytes(db: &Connection, id: &str) -> Result<Option<Vec<u8>>> {
    Ok(db
        .prepare_cached("SELECT bytes FROM draft_file WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?)
}

/// Takes away the files of a draft, all but these.
pub fn drop_files(db: &Connection, draft_id: &str, but: &[String]) -> Result<()> {
    let but = serde_json::to_string(but)?;
    db.prepare_cached(
        "DELETE FROM draft_file WHERE draft_id = ?1 AND id NOT IN (SELECT value FROM json_each(?2))",
    )?
    .execute([draft_id, but.as_str()])?;
    Ok(())
}
