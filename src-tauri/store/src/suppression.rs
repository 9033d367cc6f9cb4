//! Who must not be written to although nothing else is known of them: keyed digests of identifiers. What an erasure
//! leaves behind, so that no import brings the person back.

use crate::{error::Result, ledger::Digest};
use rusqlite::{Connection, params};

/// The latest word on one identifier and scope counts. True if this is it.
pub fn observe(
    db: &Connection,
    (kind, hash): (&str, &Digest),
    scope: &str,
    since: i64,
    source: &str,
) -> Result<bool> {
    Ok(db
        .prepare_cached(
            "INSERT INTO suppression (kind, hash, scope, since, source) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO UPDATE SET since = excluded.since, source = excluded.source
             WHERE (excluded.since, excluded.source) > (since, source)",
        )?
        .execute(params![kind, hash, scope, since, source])?
        > 0)
}

/// `(scope, since, source)` of one identifier.
pub fn of(db: &Connection, kind: &str, hash: &Digest) -> Result<Vec<(String, i64, String)>> {
    Ok(db
        .prepare_cached(
            "SELECT scope, since, source FROM suppression WHERE kind = ?1 AND hash = ?2 ORDER BY scope",
        )?
        .query_map(params![kind, hash], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<Result<_, _>>()?)
}

/// Whether there is any: in most shops there is none, and nobody has to be looked for.
pub fn any(db: &Connection) -> Result<bool> {
    Ok(db
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM suppression WHERE kind >= '')")?
        .query_row([], |row| row.get(0))?)
}
