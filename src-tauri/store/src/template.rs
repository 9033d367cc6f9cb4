//! Message templates by (account, name, language). Each column group follows the latest word on it.

use crate::error::Result;
use rusqlite::{Connection, OptionalExtension, params};

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TemplateRow {
    pub waba_id: String,
    pub name: String,
    pub language: String,
    pub template_id: String,
    pub status: String,
    pub quality: String,
    pub category: String,
    /// JSON as Meta sent it.
    pub components: String,
    /// `POSITIONAL` or `NAMED`.
    pub format: String,
}

/// One column group at a time, so that a late list never overwrites a newer status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aspect {
    Status,
    Quality,
    Category,
}

pub fn observe(
    db: &Connection,
    key: (&str, &str, &str),
    aspect: Aspect,
    value: &str,
    at: i64,
) -> Result<()> {
    let column = match aspect {
        Aspect::Status => "status",
        Aspect::Quality => "quality",
        Aspect::Category => "category",
    };
    seen(db, key, at)?;
    db.prepare_cached(&format!(
        "UPDATE template SET {column} = ?4, {column}_at = ?5 WHERE waba_id = ?1 AND name = ?2 AND language = ?3
         AND ({column}_at, {column}) < (?5, ?4)"
    ))?
    .execute(params![key.0, key.1, key.2, value, at])?;
    Ok(())
}

pub fn observe_components(
    db: &Connection,
    key: (&str, &str, &str),
    components: &str,
    format: &str,
    at: i64,
) -> Result<()> {
    seen(db, key, at)?;
    db.prepare_cached(
        "UPDATE template SET components = ?4, format = ?5, components_at = ?6 WHERE waba_id = ?1 AND name = ?2 AND language = ?3
         AND (components_at, components) < (?6, ?4)",
    )?
    .execute(params![key.0, key.1, key.2, components, format, at])?;
    Ok(())
}

pub fn observe_id(
    db: &Connection,
    key: (&str, &str, &str),
    template_id: &str,
    at: i64,
) -> Result<()> {
    seen(db, key, at)?;
    db.prepare_cached(
        "UPDATE template SET template_id = ?4 WHERE waba_id = ?1 AND name = ?2 AND language = ?3 AND template_id < ?4",
    )?
    .execute(params![key.0, key.1, key.2, template_id])?;
    Ok(())
}

fn seen(db: &Connection, key: (&str, &str, &str), at: i64) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO template (waba_id, name, language, seen_at) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT DO UPDATE SET seen_at = excluded.seen_at WHERE excluded.seen_at > seen_at",
    )?
    .execute(params![key.0, key.1, key.2, at])?;
    Ok(())
}

/// Meta gave us the whole list at `at`: what it did not name, and nothing since did, is gone.
pub fn observe_list(db: &Connection, waba_id: &str, at: i64) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO template_list (waba_id, at) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET at = excluded.at WHERE excluded.at > at",
    )?
    .execute(params![waba_id, at])?;
    Ok(())
}

pub fn listed_at(db: &Connection, waba_id: &str) -> Result<Option<i64>> {
    Ok(db
        .prepare_cached("SELECT at FROM template_list WHERE waba_id = ?1")?
        .query_row([waba_id], |row| row.get(0))
        .optional()?)
}

const CURRENT: &str = "SELECT t.waba_id, t.name, t.language, t.template_id, t.status, t.quality, t.category, t.components, t.format
    FROM template t LEFT JOIN template_list l ON l.waba_id = t.waba_id
    WHERE t.waba_id = ?1 AND t.seen_at >= coalesce(l.at, -1)";

/// Every template that still exists, by name and language.
pub fn all(db: &Connection, waba_id: &str) -> Result<Vec<TemplateRow>> {
    Ok(db
        .prepare_cached(&format!("{CURRENT} ORDER BY t.name, t.language"))?
        .query_map([waba_id], row)?
        .collect::<Result<_, _>>()?)
}

pub fn get(db: &Connection, key: (&str, &str, &str)) -> Result<Option<TemplateRow>> {
    Ok(db
        .prepare_cached(&format!("{CURRENT} AND t.name = ?2 AND t.language = ?3"))?
        .query_row(params![key.0, key.1, key.2], row)
        .optional()?)
}

fn row(row: &rusqlite::Row<'_>) -> rusqlite::Result<TemplateRow> {
    Ok(TemplateRow {
        waba_id: row.get(0)?,
        name: row.get(1)?,
        language: row.get(2)?,
        template_id: row.get(3)?,
        status: row.get(4)?,
        quality: row.get(5)?,
        category: row.get(6)?,
        components: row.get(7)?,
        format: row.get(8)?,
    })
}
