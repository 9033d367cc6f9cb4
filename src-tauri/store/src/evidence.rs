//! Signatures, photos and scans that prove a consent. Found by the digest of their bytes, which the ledger holds.

use crate::{error::Result, ledger::Digest};
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

/// Notes that an entry names it.
pub fn note_use(db: &Connection, hash: &Digest, sha256: &str) -> Result<()> {
    db.prepare_cached("INSERT OR IGNORE INTO evidence_use (hash, sha256) VALUES (?1, ?2)")?
        .execute(params![hash, sha256])?;
    Ok(())
}

/// What an entry names, as far as it is still here.
pub fn of_entry(db: &Connection, hash: &Digest) -> Result<Vec<EvidenceRow>> {
    Ok(db
        .prepare_cached(
            "SELECT e.sha256, e.mime_type, e.kind, e.filename, e.size, e.put_at FROM evidence_use u
                CROSS JOIN evidence e ON e.sha256 = u.sha256 WHERE u.hash = ?1 ORDER BY e.sha256",
        )?
        .query_map([hash], |row| {
            Ok(EvidenceRow {
                sha256: row.get(0)?,
                mime_type: row.get(1)?,
                kind: row.get(2)?,
                filename: row.get(3)?,
                size: row.get(4)?,
                put_at: row.get(5)?,
            })
        })?
        .collect::<Result<_, _>>()?)
}

/// Every entry whose evidence is still here.
pub fn entries(db: &Connection) -> Result<Vec<Digest>> {
    Ok(db
        .prepare_cached(
            "SELECT DISTINCT u.hash FROM evidence e CROSS JOIN evidence_use u ON u.sha256 = e.sha256",
        )?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}

/// The entries that name it.
pub fn used_by(db: &Connection, sha256: &str) -> Result<Vec<Digest>> {
    Ok(db
        .prepare_cached("SELECT hash FROM evidence_use WHERE sha256 = ?1")?
        .query_map([sha256], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}

/// The entry names nothing any more, as it was erased; what no other names goes with it.
pub fn forget_uses(db: &Connection, hash: &Digest) -> Result<()> {
    for row in of_entry(db, hash)? {
        if used_by(db, &row.sha256)?.len() < 2 {
            remove(db, &row.sha256)?;
        }
    }
    db.prepare_cached("DELETE FROM evidence_use WHERE hash = ?1")?
        .execute([hash])?;
    Ok(())
}
