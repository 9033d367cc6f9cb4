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
    /// When it was first heard of.
    pub first_at: i64,
    /// Meta's word for why it was rejected.
    pub rejected_for: String,
    /// The category it will be moved to; empty: none.
    pub moves_to: String,
    /// When the list last told its parts.
    pub components_at: i64,
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

/// What only the list tells of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListedParts<'a> {
    /// JSON as Meta sent it.
    pub components: &'a str,
    pub format: &'a str,
    pub rejected_for: &'a str,
    pub moves_to: &'a str,
}

pub fn observe_components(
    db: &Connection,
    key: (&str, &str, &str),
    said: ListedParts<'_>,
    at: i64,
) -> Result<()> {
    seen(db, key, at)?;
    db.prepare_cached(
        "UPDATE template SET components = ?4, format = ?5, rejected_for = ?6, moves_to = ?7, components_at = ?8
         WHERE waba_id = ?1 AND name = ?2 AND language = ?3
         AND (components_at, components, format, rejected_for, moves_to) < (?8, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        key.0,
        key.1,
        key.2,
        said.components,
        said.format,
        said.rejected_for,
        said.moves_to,
        at
    ])?;
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

/// It was there at `at`, whatever else it is.
pub fn seen(db: &Connection, key: (&str, &str, &str), at: i64) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO template (waba_id, name, language, first_at, seen_at) VALUES (?1, ?2, ?3, ?4, ?4)
         ON CONFLICT DO UPDATE SET seen_at = max(seen_at, excluded.seen_at), first_at = min(first_at, excluded.first_at)
         WHERE excluded.seen_at > seen_at OR excluded.first_at < first_at",
    )?
    .execute(params![key.0, key.1, key.2, at])?;
    Ok(())
}

/// When Meta last gave the whole list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed {
    pub at: i64,
    /// So many were in it.
    pub loaded: i64,
    /// So many Meta says there are.
    pub total: i64,
}

/// Meta gave us the whole list: what it did not name, and nothing since did, is gone.
pub fn observe_list(db: &Connection, waba_id: &str, list: Listed) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO template_list (waba_id, at, loaded, total) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT DO UPDATE SET at = excluded.at, loaded = excluded.loaded, total = excluded.total
         WHERE (excluded.at, excluded.loaded, excluded.total) > (at, loaded, total)",
    )?
    .execute(params![waba_id, list.at, list.loaded, list.total])?;
    Ok(())
}

pub fn listed(db: &Connection, waba_id: &str) -> Result<Option<Listed>> {
    Ok(db
        .prepare_cached("SELECT at, loaded, total FROM template_list WHERE waba_id = ?1")?
        .query_row([waba_id], |row| {
            Ok(Listed {
                at: row.get(0)?,
                loaded: row.get(1)?,
                total: row.get(2)?,
            })
        })
        .optional()?)
}

const CURRENT: &str = "SELECT t.waba_id, t.name, t.language, t.template_id, t.status, t.quality, t.category, t.components, t.format, t.first_at,
    t.rejected_for, t.moves_to, t.components_at
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

/// When one that was approved was last there before Meta's list no longer had it; `None` where it is there, or never
/// was.
pub fn gone_at(db: &Connection, key: (&str, &str, &str)) -> Result<Option<i64>> {
    Ok(db
        .prepare_cached(
            "SELECT t.seen_at FROM template t JOIN template_list l ON l.waba_id = t.waba_id
             WHERE t.waba_id = ?1 AND t.name = ?2 AND t.language = ?3 AND t.seen_at < l.at AND t.status = 'APPROVED'",
        )?
        .query_row(params![key.0, key.1, key.2], |row| row.get(0))
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
        first_at: row.get(9)?,
        rejected_for: row.get(10)?,
        moves_to: row.get(11)?,
        components_at: row.get(12)?,
    })
}
