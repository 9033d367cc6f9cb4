//! One-time codes that a customer scans and sends: who was taken down at the till for each.

use crate::error::Result;
use rusqlite::{Connection, OptionalExtension, params};

pub const WAITING: &str = "waiting";
/// On a sheet that hangs in the shop: anybody may send it, as often as it is scanned, until the sheet comes down.
pub const STANDING: &str = "standing";
pub const CONFIRMED: &str = "confirmed";
pub const CANCELLED: &str = "cancelled";

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CodeRow {
    pub code: String,
    /// JSON of `view::CounterEntry`.
    pub entry: String,
    pub staff: String,
    pub made_at: i64,
    pub expires_at: i64,
    pub state: String,
    /// -1: it was not.
    pub confirmed_at: i64,
    /// The message that carried it.
    pub wamid: String,
}

pub fn put(db: &Connection, row: &CodeRow) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO consent_code (code, entry, staff, made_at, expires_at, state, confirmed_at, wamid)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        row.code,
        row.entry,
        row.staff,
        row.made_at,
        row.expires_at,
        row.state,
        row.confirmed_at,
        row.wamid
    ])?;
    Ok(())
}

pub fn get(db: &Connection, code: &str) -> Result<Option<CodeRow>> {
    Ok(db
        .prepare_cached(
            "SELECT code, entry, staff, made_at, expires_at, state, confirmed_at, wamid FROM consent_code WHERE code = ?1",
        )?
        .query_row([code], |row| {
            Ok(CodeRow {
                code: row.get(0)?,
                entry: row.get(1)?,
                staff: row.get(2)?,
                made_at: row.get(3)?,
                expires_at: row.get(4)?,
                state: row.get(5)?,
                confirmed_at: row.get(6)?,
                wamid: row.get(7)?,
            })
        })
        .optional()?)
}

/// Every code there is: few, and most of them old.
pub fn all(db: &Connection) -> Result<Vec<CodeRow>> {
    let codes = db
        .prepare_cached("SELECT code FROM consent_code ORDER BY code")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<Vec<String>, _>>()?;
    let mut all = Vec::with_capacity(codes.len());
    for code in codes {
        all.extend(get(db, &code)?);
    }
    Ok(all)
}

pub fn remove(db: &Connection, code: &str) -> Result<()> {
    db.prepare_cached("DELETE FROM consent_code WHERE code = ?1")?
        .execute([code])?;
    Ok(())
}

/// From waiting to another state, once. True if it was waiting.
pub fn settle(db: &Connection, code: &str, state: &str, at: i64, wamid: &str) -> Result<bool> {
    Ok(db
        .prepare_cached(
            "UPDATE consent_code SET state = ?2, confirmed_at = ?3, wamid = ?4 WHERE code = ?1 AND state = 'waiting'",
        )?
        .execute(params![code, state, at, wamid])?
        > 0)
}

/// The code of sheets with exactly this entry, if one was printed before.
pub fn standing(db: &Connection, entry: &str) -> Result<Option<String>> {
    Ok(db
        .prepare_cached("SELECT code FROM consent_code WHERE state = 'standing' AND entry = ?1 ORDER BY made_at LIMIT 1")?
        .query_row([entry], |row| row.get(0))
        .optional()?)
}
