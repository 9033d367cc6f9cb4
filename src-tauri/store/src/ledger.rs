//! The consent ledger's entries, as they were hashed. Rows are only ever added; of the personal part goes what an
//! erasure names. Triggers refuse everything else.

use crate::error::Result;
use rusqlite::{Connection, OptionalExtension, Row, params};

/// SHA-256.
pub type Digest = [u8; 32];

/// The part of an entry that stays for ever.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryRow {
    pub device: String,
    pub seq: i64,
    pub hash: Digest,
    pub prev: Digest,
    pub commitment: Digest,
    pub public: String,
}

/// The part about a person.
#[derive(Clone, PartialEq, Eq)]
pub struct PersonalRow {
    pub salt: Digest,
    pub personal: String,
}

impl std::fmt::Debug for PersonalRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PersonalRow(…)")
    }
}

/// An entry as it is walked over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Walked {
    pub entry: EntryRow,
    pub personal: Option<PersonalRow>,
    pub erased: bool,
}

const COLUMNS: &str = "e.device, e.seq, e.hash, e.prev, e.commitment, e.public";

/// True if it was not there yet.
pub fn put(db: &Connection, row: &EntryRow) -> Result<bool> {
    Ok(db
        .prepare_cached(
            "INSERT OR IGNORE INTO ledger_entry (device, seq, hash, prev, commitment, public) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![row.device, row.seq, row.hash, row.prev, row.commitment, row.public])?
        > 0)
}

/// True if it was not there yet and is not erased.
pub fn put_personal(db: &Connection, hash: &Digest, row: &PersonalRow) -> Result<bool> {
    Ok(db
        .prepare_cached(
            "INSERT OR IGNORE INTO ledger_personal (hash, salt, personal) VALUES (?1, ?2, ?3)",
        )?
        .execute(params![hash, row.salt, row.personal])?
        > 0)
}

/// Notes that `by` erases `hash`, and lets go of what is held about it.
pub fn erase(db: &Connection, hash: &Digest, by: &Digest, at: i64) -> Result<()> {
    db.prepare_cached("INSERT OR IGNORE INTO ledger_erased (hash, by, at) VALUES (?1, ?2, ?3)")?
        .execute(params![hash, by, at])?;
    db.prepare_cached("DELETE FROM ledger_personal WHERE hash = ?1")?
        .execute([hash])?;
    Ok(())
}

pub fn is_erased(db: &Connection, hash: &Digest) -> Result<bool> {
    Ok(db
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM ledger_erased WHERE hash = ?1)")?
        .query_row([hash], |row| row.get(0))?)
}

/// A device's newest entry.
pub fn head(db: &Connection, device: &str) -> Result<Option<EntryRow>> {
    Ok(db
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM ledger_entry e WHERE device = ?1 ORDER BY seq DESC, hash DESC LIMIT 1"
        ))?
        .query_row([device], entry)
        .optional()?)
}

pub fn by_hash(db: &Connection, hash: &Digest) -> Result<Option<EntryRow>> {
    Ok(db
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM ledger_entry e WHERE hash = ?1"
        ))?
        .query_row([hash], entry)
        .optional()?)
}

/// More than one only where a device was copied.
pub fn by_place(db: &Connection, device: &str, seq: i64) -> Result<Vec<EntryRow>> {
    Ok(db
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM ledger_entry e WHERE device = ?1 AND seq = ?2 ORDER BY hash"
        ))?
        .query_map(params![device, seq], entry)?
        .collect::<Result<_, _>>()?)
}

pub fn personal(db: &Connection, hash: &Digest) -> Result<Option<PersonalRow>> {
    Ok(db
        .prepare_cached("SELECT salt, personal FROM ledger_personal WHERE hash = ?1")?
        .query_row([hash], |row| {
            Ok(PersonalRow {
                salt: row.get(0)?,
                personal: row.get(1)?,
            })
        })
        .optional()?)
}

/// Every device that ever wrote, in the order of the alphabet. A look-up per device.
pub fn devices(db: &Connection) -> Result<Vec<String>> {
    let mut devices: Vec<String> = Vec::new();
    let mut next = db.prepare_cached("SELECT min(device) FROM ledger_entry WHERE device > ?1")?;
    while let Some(device) = next.query_row([devices.last().map_or("", String::as_str)], |row| {
        row.get::<_, Option<String>>(0)
    })? {
        devices.push(device);
    }
    Ok(devices)
}

pub fn count(db: &Connection) -> Result<i64> {
    Ok(db.query_row("SELECT count(*) FROM ledger_entry", [], |row| row.get(0))?)
}

/// One device's entries in order, from behind `after`, until `step` says no.
pub fn walk(
    db: &Connection,
    device: &str,
    after: i64,
    mut step: impl FnMut(Walked) -> Result<bool>,
) -> Result<()> {
    let mut statement = db.prepare_cached(&format!(
        "SELECT {COLUMNS}, p.salt, p.personal,
            p.hash IS NULL AND EXISTS (SELECT 1 FROM ledger_erased x WHERE x.hash = e.hash)
         FROM ledger_entry e LEFT JOIN ledger_personal p ON p.hash = e.hash
         WHERE e.device = ?1 AND e.seq > ?2 ORDER BY e.seq, e.hash"
    ))?;
    let mut rows = statement.query(params![device, after])?;
    while let Some(row) = rows.next()? {
        let salt: Option<Digest> = row.get(6)?;
        let personal: Option<String> = row.get(7)?;
        let walked = Walked {
            entry: entry(row)?,
            personal: salt
                .zip(personal)
                .map(|(salt, personal)| PersonalRow { salt, personal }),
            erased: row.get(8)?,
        };
        if !step(walked)? {
            break;
        }
    }
    Ok(())
}

fn entry(row: &Row<'_>) -> rusqlite::Result<EntryRow> {
    Ok(EntryRow {
        device: row.get(0)?,
        seq: row.get(1)?,
        hash: row.get(2)?,
        prev: row.get(3)?,
        commitment: row.get(4)?,
        public: row.get(5)?,
    })
}
