//! News about account, number and app, and the hold that follows from some of it.

use crate::error::Result;
use rusqlite::{Connection, OptionalExtension, params};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    pub code: i64,
    pub set_at: i64,
}

/// True if it was new; `key` is a digest of the news itself. The earliest time it was told stays.
pub fn put(
    db: &Connection,
    key: &str,
    waba_id: &str,
    kind: &str,
    event: &str,
    detail: &str,
    at: i64,
) -> Result<bool> {
    let new = db
        .prepare_cached(
            "INSERT OR IGNORE INTO notice (key, waba_id, kind, event, detail, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![key, waba_id, kind, event, detail, at])?
        > 0;
    if !new {
        db.prepare_cached("UPDATE notice SET at = ?2 WHERE key = ?1 AND at > ?2")?
            .execute(params![key, at])?;
    }
    Ok(new)
}

/// Whether news of this kind, with one of these events, came after `since`.
pub fn came_since(db: &Connection, kind: &str, events: &[&str], since: i64) -> Result<bool> {
    Ok(db
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM notice INDEXED BY notice_by_time
                WHERE at > ?1 AND kind = ?2 AND event IN (SELECT value FROM json_each(?3)))",
        )?
        .query_row(
            params![since, kind, serde_json::to_string(events)?],
            |row| row.get(0),
        )?)
}

/// Sending stands still from `at`. The latest reason stays; of two at the same time the greater code.
pub fn observe_hold(db: &Connection, scope: &str, code: i64, at: i64) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO hold (scope, code, set_at) VALUES (?1, ?2, ?3)
         ON CONFLICT DO UPDATE SET code = excluded.code, set_at = excluded.set_at WHERE (excluded.set_at, excluded.code) > (set_at, code)",
    )?
    .execute(params![scope, code, at])?;
    Ok(())
}

pub fn observe_lift(db: &Connection, scope: &str, at: i64) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO hold (scope, lifted_at) VALUES (?1, ?2)
         ON CONFLICT DO UPDATE SET lifted_at = excluded.lifted_at WHERE excluded.lifted_at > lifted_at",
    )?
    .execute(params![scope, at])?;
    Ok(())
}

/// The hold in force on `scope`, if any.
pub fn hold(db: &Connection, scope: &str) -> Result<Option<Hold>> {
    Ok(db
        .prepare_cached(
            "SELECT code, set_at FROM hold WHERE scope = ?1 AND set_at >= 0 AND set_at > lifted_at",
        )?
        .query_row([scope], |row| {
            Ok(Hold {
                code: row.get(0)?,
                set_at: row.get(1)?,
            })
        })
        .optional()?)
}
