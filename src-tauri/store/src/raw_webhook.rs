//! Bodies as Meta signed them: what to read again when a newer Guichet understands more.

use crate::error::Result;
use rusqlite::{Connection, params};
use sha2::{Digest, Sha256};

/// 90 days, in milliseconds.
pub const KEPT_FOR: i64 = 90 * 24 * 60 * 60 * 1000;

/// True if this body is new. The earliest arrival stays.
pub fn put(db: &Connection, body: &[u8], received_at: i64) -> Result<bool> {
    let digest = Sha256::digest(body);
    let new = db
        .prepare_cached(
            "INSERT OR IGNORE INTO raw_webhook (sha256, received_at, body) VALUES (?1, ?2, ?3)",
        )?
        .execute(params![digest.as_slice(), received_at, body])?
        > 0;
    if !new {
        db.prepare_cached(
            "UPDATE raw_webhook SET received_at = ?2 WHERE sha256 = ?1 AND received_at > ?2",
        )?
        .execute(params![digest.as_slice(), received_at])?;
    }
    Ok(new)
}

/// It tells of somebody who was erased.
pub fn remove(db: &Connection, body: &[u8]) -> Result<()> {
    db.prepare_cached("DELETE FROM raw_webhook WHERE sha256 = ?1")?
        .execute([Sha256::digest(body).as_slice()])?;
    Ok(())
}

/// Drops what is older than [`KEPT_FOR`], a few rows at a time. Returns how many.
pub fn prune(db: &Connection, now: i64, limit: i64) -> Result<usize> {
    Ok(db
        .prepare_cached(
            "DELETE FROM raw_webhook WHERE sha256 IN (SELECT sha256 FROM raw_webhook WHERE received_at < ?1 ORDER BY received_at LIMIT ?2)",
        )?
        .execute(params![now - KEPT_FOR, limit])?)
}
