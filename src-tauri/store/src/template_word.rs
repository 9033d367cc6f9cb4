//! What was said of a template beside Meta's list: staff's favourites and checks, why it was rejected, until when it
//! is paused, which category it moves to. Latest wins; of two at the same time the greater text does.

use crate::error::Result;
use rusqlite::{Connection, OptionalExtension, params};

/// `1` or empty.
pub const FAVOURITE: &str = "favourite";
/// `1`: staff said, at that time, that it is still right.
pub const CHECKED: &str = "checked";
/// JSON from the webhook: why Meta rejected it, and what to change.
pub const REJECTION: &str = "rejection";
/// Milliseconds; empty: not known.
pub const PAUSED_UNTIL: &str = "paused_until";
/// Of the account, under an empty name: it may start no conversations. When that ends in milliseconds, or `-`
/// where it is not known; empty: it may.
pub const RESTRICTED: &str = "restricted";
/// Of the account, under an empty name: how many customers it may write to outside their windows in 24 hours; `-`:
/// any number.
pub const LIMIT: &str = "limit";
/// JSON from the webhook: the category to come, and when.
pub const MOVES: &str = "moves";

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateWord {
    pub name: String,
    pub language: String,
    pub field: String,
    pub value: String,
    pub at: i64,
}

pub fn observe(
    db: &Connection,
    key: (&str, &str, &str),
    field: &str,
    value: &str,
    at: i64,
) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO template_word (waba_id, name, language, field, value, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT DO UPDATE SET value = excluded.value, at = excluded.at WHERE (excluded.at, excluded.value) > (at, value)",
    )?
    .execute(params![key.0, key.1, key.2, field, value, at])?;
    Ok(())
}

/// Every word about every template of an account.
pub fn all(db: &Connection, waba_id: &str) -> Result<Vec<TemplateWord>> {
    Ok(db
        .prepare_cached(
            "SELECT name, language, field, value, at FROM template_word WHERE waba_id = ?1",
        )?
        .query_map([waba_id], |row| {
            Ok(TemplateWord {
                name: row.get(0)?,
                language: row.get(1)?,
                field: row.get(2)?,
                value: row.get(3)?,
                at: row.get(4)?,
            })
        })?
        .collect::<Result<_, _>>()?)
}

/// The value and time of one word.
pub fn get(db: &Connection, key: (&str, &str, &str), field: &str) -> Result<Option<(String, i64)>> {
    Ok(db
        .prepare_cached(
            "SELECT value, at FROM template_word WHERE waba_id = ?1 AND name = ?2 AND language = ?3 AND field = ?4",
        )?
        .query_row(params![key.0, key.1, key.2, field], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?)
}
