//! The business's own phone numbers.

use crate::error::Result;
use rusqlite::{Connection, OptionalExtension, params};

/// The row of `phone_number_id`, made if needed. A display form, once known, is kept.
pub fn ensure(db: &Connection, phone_number_id: &str, display: &str) -> Result<i64> {
    let known: Option<(i64, String)> = db
        .prepare_cached("SELECT id, display FROM number WHERE phone_number_id = ?1")?
        .query_row([phone_number_id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match known {
        Some((id, old)) => {
            if display > old.as_str() {
                db.prepare_cached("UPDATE number SET display = ?2 WHERE id = ?1")?
                    .execute(params![id, display])?;
            }
            Ok(id)
        }
        None => Ok(db
            .prepare_cached(
                "INSERT INTO number (phone_number_id, display) VALUES (?1, ?2) RETURNING id",
            )?
            .query_row(params![phone_number_id, display], |row| row.get(0))?),
    }
}

pub fn find(db: &Connection, phone_number_id: &str) -> Result<Option<i64>> {
    Ok(db
        .prepare_cached("SELECT id FROM number WHERE phone_number_id = ?1")?
        .query_row([phone_number_id], |row| row.get(0))
        .optional()?)
}

/// `(phone_number_id, display)`
pub fn get(db: &Connection, id: i64) -> Result<(String, String)> {
    Ok(db
        .prepare_cached("SELECT phone_number_id, display FROM number WHERE id = ?1")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// `(id, phone_number_id, display)` of every number.
pub fn all(db: &Connection) -> Result<Vec<(i64, String, String)>> {
    Ok(db
        .prepare_cached("SELECT id, phone_number_id, display FROM number ORDER BY id")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<Result<_, _>>()?)
}
