//! What was said of a message afterwards: edits, its revocation, reactions. Kept also for messages not seen yet.

use crate::error::Result;
use rusqlite::{Connection, OptionalExtension, params};

/// What is known of the edits and the revocation of a message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Amendment {
    pub edit_at: i64,
    pub kind: String,
    pub body: String,
    pub payload: String,
    pub revoked_at: i64,
}

pub fn observe_edit(
    db: &Connection,
    wamid: &str,
    at: i64,
    kind: &str,
    body: &str,
    payload: &str,
) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO amendment (wamid, edit_at, kind, body, payload) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT DO UPDATE SET edit_at = excluded.edit_at, kind = excluded.kind, body = excluded.body, payload = excluded.payload
         WHERE (excluded.edit_at, excluded.body) > (edit_at, body)",
    )?
    .execute(params![wamid, at, kind, body, payload])?;
    Ok(())
}

/// The first revocation counts.
pub fn observe_revoke(db: &Connection, wamid: &str, at: i64) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO amendment (wamid, revoked_at) VALUES (?1, ?2)
         ON CONFLICT DO UPDATE SET revoked_at = CASE WHEN revoked_at < 0 THEN excluded.revoked_at ELSE min(revoked_at, excluded.revoked_at) END",
    )?
    .execute(params![wamid, at])?;
    Ok(())
}

/// Brings a message in line with what is known of its edits and revocation.
pub fn amend(db: &Connection, wamid: &str) -> Result<()> {
    let known: Option<Amendment> = db
        .prepare_cached(
            "SELECT edit_at, kind, body, payload, revoked_at FROM amendment WHERE wamid = ?1",
        )?
        .query_row([wamid], |row| {
            Ok(Amendment {
                edit_at: row.get(0)?,
                kind: row.get(1)?,
                body: row.get(2)?,
                payload: row.get(3)?,
                revoked_at: row.get(4)?,
            })
        })
        .optional()?;
    let Some(known) = known else { return Ok(()) };
    if known.edit_at >= 0 {
        db.prepare_cached("UPDATE message SET edited_at = ?2, kind = ?3, body = ?4, payload = ?5 WHERE wamid = ?1 AND wamid <> '' AND revoked_at < 0")?
            .execute(params![wamid, known.edit_at, known.kind, known.body, known.payload])?;
    }
    if known.revoked_at >= 0 {
        // The words go; the raw webhook keeps them for its 90 days.
        db.prepare_cached("UPDATE message SET revoked_at = ?2, edited_at = ?3, kind = 'revoked', body = '', payload = '' WHERE wamid = ?1 AND wamid <> ''")?
            .execute(params![wamid, known.revoked_at, known.edit_at])?;
    }
    Ok(())
}

/// Latest wins per actor.
pub fn observe_reaction(
    db: &Connection,
    wamid: &str,
    actor: &str,
    emoji: &str,
    at: i64,
) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO reaction (wamid, actor, emoji, at) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT DO UPDATE SET emoji = excluded.emoji, at = excluded.at WHERE (excluded.at, excluded.emoji) > (at, emoji)",
    )?
    .execute(params![wamid, actor, emoji, at])?;
    Ok(())
}

/// `(actor, emoji)` of every reaction still standing.
pub fn reactions(db: &Connection, wamid: &str) -> Result<Vec<(String, String)>> {
    Ok(db
        .prepare_cached(
            "SELECT actor, emoji FROM reaction WHERE wamid = ?1 AND emoji <> '' ORDER BY at, actor",
        )?
        .query_map([wamid], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?)
}
