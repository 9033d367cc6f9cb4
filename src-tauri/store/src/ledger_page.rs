//! The ledger read for an export: each entry with whom it is about now, and where they stand. Page by page, so that
//! nobody waits behind it.

use crate::{
    error::Result,
    ledger::{Digest, EntryRow},
};
use rusqlite::{Connection, OptionalExtension, params};

/// An entry, its personal part if it is not erased, and the standing of the customer for its purpose.
#[derive(Clone, PartialEq, Eq)]
pub struct LedgerPageRow {
    pub entry: EntryRow,
    pub personal: Option<String>,
    /// `None`: erased, or about nobody.
    pub customer_id: Option<i64>,
    pub standing: Option<Standing>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// none, asked, claimed, in, paused, out.
    pub state: String,
    pub usable: bool,
    pub since: i64,
    pub channel: String,
    /// -1: never.
    pub last_used_at: i64,
    pub uses: i64,
}

/// Entries of one device from behind `after` up to `last`, so many at once.
pub fn page(
    db: &Connection,
    device: &str,
    after: i64,
    last: i64,
    at_most: i64,
) -> Result<Vec<LedgerPageRow>> {
    Ok(db
        .prepare_cached(
            "SELECT e.device, e.seq, e.hash, e.prev, e.commitment, e.public, p.personal, pe.customer_id,
                c.state, c.usable, c.since, c.channel, c.last_used_at, c.uses
             FROM ledger_entry e
             LEFT JOIN ledger_personal p ON p.hash = e.hash
             LEFT JOIN consent_act a ON a.hash = e.hash
             LEFT JOIN person pe ON pe.id = a.person_id
             LEFT JOIN consent c ON c.customer_id = pe.customer_id AND c.purpose = a.purpose
             WHERE e.device = ?1 AND e.seq > ?2 AND e.seq <= ?3 ORDER BY e.seq, e.hash LIMIT ?4",
        )?
        .query_map(params![device, after, last, at_most], |row| {
            let state: Option<String> = row.get(8)?;
            Ok(LedgerPageRow {
                entry: EntryRow {
                    device: row.get(0)?,
                    seq: row.get(1)?,
                    hash: row.get(2)?,
                    prev: row.get(3)?,
                    commitment: row.get(4)?,
                    public: row.get(5)?,
                },
                personal: row.get(6)?,
                customer_id: row.get(7)?,
                standing: match state {
                    None => None,
                    Some(state) => Some(Standing {
                        state,
                        usable: row.get(9)?,
                        since: row.get(10)?,
                        channel: row.get(11)?,
                        last_used_at: row.get(12)?,
                        uses: row.get(13)?,
                    }),
                },
            })
        })?
        .collect::<Result<_, _>>()?)
}

/// Hashes of every act of a customer, the oldest first, uses left out.
pub fn acts_of(db: &Connection, customer_id: i64) -> Result<Vec<Digest>> {
    Ok(db
        .prepare_cached(
            "SELECT a.hash FROM person p CROSS JOIN consent_act a INDEXED BY consent_act_of
                ON a.person_id = p.id AND a.is_use = 0
             WHERE p.customer_id = ?1 ORDER BY a.at, a.recorded_at, a.device, a.seq",
        )?
        .query_map([customer_id], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}

/// The first time a customer confirmed a purpose himself, and the personal part of that entry.
pub fn first_confirmed(
    db: &Connection,
    customer_id: i64,
    purpose: &str,
) -> Result<Option<(i64, Option<String>)>> {
    Ok(db
        .prepare_cached(
            "SELECT a.at, (SELECT personal FROM ledger_personal l WHERE l.hash = a.hash)
             FROM person p CROSS JOIN consent_act a INDEXED BY consent_act_of
                ON a.person_id = p.id AND a.is_use = 0 AND a.purpose = ?2
             WHERE p.customer_id = ?1 AND a.event = 'confirmed' ORDER BY a.at LIMIT 1",
        )?
        .query_row(params![customer_id, purpose], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?)
}
