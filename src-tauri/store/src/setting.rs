//! Small values of this machine: the relay cursor, the clock offset, what the owner chose.

use crate::error::Result;
use rusqlite::{Connection, OptionalExtension, params};

pub fn get(db: &Connection, key: &str) -> Result<Option<String>> {
    Ok(db
        .prepare_cached("SELECT value FROM setting WHERE key = ?1")?
        .query_row([key], |row| row.get(0))
        .optional()?)
}

pub fn set(db: &Connection, key: &str, value: &str) -> Result<()> {
    db.prepare_cached("INSERT INTO setting (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value")?
        .execute(params![key, value])?;
    Ok(())
}

/// Keys that begin with `prefix`, with their values.
pub fn beginning_with(db: &Connection, prefix: &str) -> Result<Vec<(String, String)>> {
    // The greatest character there is ends the range.
    let mut statement = db.prepare_cached(
        "SELECT key, value FROM setting WHERE key >= ?1 AND key < ?1 || char(1114111) ORDER BY key",
    )?;
    let rows = statement.query_map([prefix], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

pub fn forget(db: &Connection, key: &str) -> Result<()> {
    db.prepare_cached("DELETE FROM setting WHERE key = ?1")?
        .execute([key])?;
    Ok(())
}

pub fn get_i64(db: &Connection, key: &str) -> Result<Option<i64>> {
    Ok(get(db, key)?.and_then(|text| text.parse().ok()))
}
