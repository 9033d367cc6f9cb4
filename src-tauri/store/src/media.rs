//! Pictures, voice notes and files, with their bytes inside the encrypted database.

use crate::error::Result;
use rusqlite::{Connection, OptionalExtension, params};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaRow {
    pub wamid: String,
    pub media_id: String,
    pub mime_type: String,
    pub sha256: String,
    pub state: String,
    pub tries: i64,
}

/// Notes that a message holds this file; its bytes are fetched later.
pub fn want(
    db: &Connection,
    wamid: &str,
    media_id: &str,
    mime_type: &str,
    sha256: &str,
) -> Result<()> {
    db.prepare_cached(
        "INSERT OR IGNORE INTO media (wamid, media_id, mime_type, sha256) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![wamid, media_id, mime_type, sha256])?;
    Ok(())
}

/// Files to fetch now.
pub fn wanted(db: &Connection, now: i64, limit: i64) -> Result<Vec<MediaRow>> {
    Ok(db
        .prepare_cached(
            "SELECT wamid, media_id, mime_type, sha256, state, tries FROM media WHERE state = 'wanted' AND next_at <= ?1 ORDER BY next_at LIMIT ?2",
        )?
        .query_map(params![now, limit], row)?
        .collect::<Result<_, _>>()?)
}

pub fn get(db: &Connection, wamid: &str) -> Result<Option<MediaRow>> {
    Ok(db
        .prepare_cached(
            "SELECT wamid, media_id, mime_type, sha256, state, tries FROM media WHERE wamid = ?1",
        )?
        .query_row([wamid], row)
        .optional()?)
}

/// `frame`: width and height in pixels, where the bytes say.
pub fn keep(db: &Connection, wamid: &str, bytes: &[u8], frame: Option<(i64, i64)>) -> Result<()> {
    let (width, height) = frame.unwrap_or_default();
    db.prepare_cached("INSERT OR REPLACE INTO media_bytes (wamid, bytes) VALUES (?1, ?2)")?
        .execute(params![wamid, bytes])?;
    db.prepare_cached(
        "UPDATE media SET state = 'stored', size = ?2, width = ?3, height = ?4 WHERE wamid = ?1",
    )?
    .execute(params![
        wamid,
        i64::try_from(bytes.len()).unwrap_or(i64::MAX),
        width,
        height
    ])?;
    Ok(())
}

/// A failed fetch: try again at `next_at`, or never (`gone`, `refused`).
pub fn postpone(db: &Connection, wamid: &str, state: &str, next_at: i64) -> Result<()> {
    db.prepare_cached(
        "UPDATE media SET state = ?2, tries = tries + 1, next_at = ?3 WHERE wamid = ?1",
    )?
    .execute(params![wamid, state, next_at])?;
    Ok(())
}

pub fn bytes(db: &Connection, wamid: &str) -> Result<Option<Vec<u8>>> {
    Ok(db
        .prepare_cached("SELECT bytes FROM media_bytes WHERE wamid = ?1")?
        .query_row([wamid], |row| row.get(0))
        .optional()?)
}

fn row(row: &rusqlite::Row<'_>) -> rusqlite::Result<MediaRow> {
    Ok(MediaRow {
        wamid: row.get(0)?,
        media_id: row.get(1)?,
        mime_type: row.get(2)?,
        sha256: row.get(3)?,
        state: row.get(4)?,
        tries: row.get(5)?,
    })
}
