//! Signatures, photos and scans that prove a consent. Found by the digest of their bytes, which the ledger holds.

use crate::error::Result;
use rusqlite::{Connection, OptionalExtension, params};

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EvidenceRow {
    /// Hex.
    pub sha256: String,
    pub mime_type: String,
    /// signature, photo, scan.
    pub kind: String,
    pub filename: String,
    pub size: i64,
    pub put_at: i64,
}

/// The same bytes again change nothing.
pub fn put(db: &Connection, row: &EvidenceRow, bytes: &[u8]) -> Result<()> {
    db.prepare_cached(
        "INSERT OR IGNORE INTO evidence (sha256, mime_type, kind, filename, size, put_at, bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![row.sha256, row.mime_type, row.kind, row.filename, row.size, row.put_at, bytes])?;
    Ok(())
}

pub fn get(db: &Connection, sha256: &str) -> Result<Option<EvidenceRow>> {
    Ok(db
        .prepare_cached(
            "SELECT sha256, mime_type, kind, filename, size, put_at FROM evidence WHERE sha256 = ?1",
        )?
        .query_row([sha256], |row| {
            Ok(EvidenceRow {
                sha256: row.get(0)?,
                mime_type: row.get(1)?,
                kind: row.get(2)?,
                filename: row.get(3)?,
                size: row.get(4)?,
                put_at: row.get(5)?,
            })
        })
        .optional()?)
}

pub fn bytes(db: &Connection, sha256: &str) -> Result<Option<Vec<u8>>> {
    Ok(db
        .prepare_cached("SELECT bytes FROM evidence WHERE sha256 = ?1")?
        .query_row([sha256], |row| row.get(0))
        .optional()?)
}

pub fn remove(db: &Connection, sha256: &str) -> Result<()> {
    db.prepare_cached("DELETE FROM evidence WHERE sha256 = ?1")?
        .execute([sha256])?;
    Ok(())
}
