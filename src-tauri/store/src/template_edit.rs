//! Edits of approved templates: Meta allows few of them, so each is remembered.

use crate::error::Result;
use rusqlite::{Connection, params};

pub fn observe(db: &Connection, waba_id: &str, template_id: &str, at: i64) -> Result<()> {
    db.prepare_cached(
        "INSERT OR IGNORE INTO template_edit (waba_id, template_id, at) VALUES (?1, ?2, ?3)",
    )?
    .execute(params![waba_id, template_id, at])?;
    Ok(())
}

/// When a template was edited after `since`, the latest edit first.
pub fn since(db: &Connection, waba_id: &str, template_id: &str, since: i64) -> Result<Vec<i64>> {
    Ok(db
        .prepare_cached(
            "SELECT at FROM template_edit WHERE waba_id = ?1 AND template_id = ?2 AND at > ?3 ORDER BY at DESC",
        )?
        .query_map(params![waba_id, template_id, since], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}
