//! Pairs of identifiers that staff said are one customer. A merge is taken back by a later word, never deleted,
//! so that the two words may come in any order.

use crate::error::Result;
use rusqlite::{Connection, OptionalExtension, Row, params};

/// One merge, as the latest word about it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merge {
    pub id: String,
    /// The two identifiers, `b:…` or `w:…`.
    pub a_key: String,
    pub b_key: String,
    /// The persons these are, as far as is known now.
    pub a: i64,
    pub b: i64,
    /// When staff said it; also the time that decides whom a number alone means.
    pub made_at: i64,
    pub undone: bool,
    /// When the latest word was said.
    pub at: i64,
}

const COLUMNS: &str = "id, a_key, b_key, a, b, made_at, undone, at";

/// Keeps the latest word about a merge. True if this is it.
pub fn observe(db: &Connection, m: &Merge) -> Result<bool> {
    Ok(db
        .prepare_cached(
            "INSERT INTO merge (id, a_key, b_key, a, b, made_at, undone, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
             ON CONFLICT DO UPDATE SET a_key = excluded.a_key, b_key = excluded.b_key, a = excluded.a, b = excluded.b,
                made_at = excluded.made_at, undone = excluded.undone, at = excluded.at
             WHERE (excluded.at, excluded.undone, excluded.made_at, excluded.a_key, excluded.b_key)
                > (at, undone, made_at, a_key, b_key)",
        )?
        .execute(params![m.id, m.a_key, m.b_key, m.a, m.b, m.made_at, m.undone, m.at])?
        > 0)
}

pub fn get(db: &Connection, id: &str) -> Result<Option<Merge>> {
    Ok(db
        .prepare_cached(&format!("SELECT {COLUMNS} FROM merge WHERE id = ?1"))?
        .query_row([id], merge)
        .optional()?)
}

/// Every merge that names this identifier, undone ones too.
pub fn of_key(db: &Connection, key: &str) -> Result<Vec<Merge>> {
    both_sides(db, "a_key", "b_key", key)
}

/// Every merge of this person, undone ones too.
pub fn of_person(db: &Connection, person_id: i64) -> Result<Vec<Merge>> {
    both_sides(db, "a", "b", person_id)
}

fn both_sides(
    db: &Connection,
    a: &str,
    b: &str,
    value: impl rusqlite::ToSql,
) -> Result<Vec<Merge>> {
    Ok(db
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM merge WHERE {a} = ?1 UNION SELECT {COLUMNS} FROM merge WHERE {b} = ?1"
        ))?
        .query_map([value], merge)?
        .collect::<Result<_, _>>()?)
}

/// Points a merge at the persons its identifiers mean, now that more is known.
pub fn point_at(db: &Connection, id: &str, a: i64, b: i64) -> Result<()> {
    db.prepare_cached("UPDATE merge SET a = ?2, b = ?3 WHERE id = ?1")?
        .execute(params![id, a, b])?;
    Ok(())
}

fn merge(row: &Row<'_>) -> rusqlite::Result<Merge> {
    Ok(Merge {
        id: row.get(0)?,
        a_key: row.get(1)?,
        b_key: row.get(2)?,
        a: row.get(3)?,
        b: row.get(4)?,
        made_at: row.get(5)?,
        undone: row.get(6)?,
        at: row.get(7)?,
    })
}
