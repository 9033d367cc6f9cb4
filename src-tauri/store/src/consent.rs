//! What the ledger's entries say of whom (`consent_act`), and where each customer stands for it (`consent`).
//! Both follow from the entries; the rules are `inbox::consent`'s.

use crate::{error::Result, ledger::Digest};
use rusqlite::{Connection, OptionalExtension, Row, params};

/// One act of one purpose.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ActRow {
    pub hash: Digest,
    pub device: String,
    pub seq: i64,
    pub act_id: String,
    pub person_id: i64,
    pub peer_key: String,
    pub loose_wa: String,
    pub event: String,
    pub purpose: String,
    pub at: i64,
    pub recorded_at: i64,
    pub channel: String,
    /// 0 none, 1 weak, 2 good, 3 strong.
    pub strength: i64,
    pub wording_id: String,
    pub wording_version: i64,
    /// What is wrong with the words: empty, `wording`, `business`, `messages`.
    pub flaw: String,
    /// The entry it is about.
    pub refers_to: Option<Digest>,
    pub minor: Option<bool>,
    pub guardian: bool,
}

const ACT: &str = "a.hash, a.device, a.seq, a.act_id, a.person_id, a.peer_key, a.loose_wa, a.event, a.purpose, a.at, a.recorded_at,
    a.channel, a.strength, a.wording_id, a.wording_version, a.flaw, a.refers_to, a.minor, a.guardian";

/// True if it was not there yet.
pub fn put_act(db: &Connection, act: &ActRow) -> Result<bool> {
    Ok(db
        .prepare_cached(
            "INSERT OR IGNORE INTO consent_act (hash, device, seq, act_id, person_id, peer_key, loose_wa, event, is_use, purpose, at,
                recorded_at, channel, strength, wording_id, wording_version, flaw, refers_to, minor, guardian)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8 = 'used', ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
        )?
        .execute(params![
            act.hash,
            act.device,
            act.seq,
            act.act_id,
            act.person_id,
            act.peer_key,
            act.loose_wa,
            act.event,
            act.purpose,
            act.at,
            act.recorded_at,
            act.channel,
            act.strength,
            act.wording_id,
            act.wording_version,
            act.flaw,
            act.refers_to.as_ref().map_or(&[][..], |hash| &hash[..]),
            act.minor.map_or(-1, i64::from),
            act.guardian
        ])?
        > 0)
}

/// Takes an act away whose entry was erased; says of whom it was.
pub fn remove_act(db: &Connection, hash: &Digest) -> Result<Option<i64>> {
    Ok(db
        .prepare_cached("DELETE FROM consent_act WHERE hash = ?1 RETURNING person_id")?
        .query_row([hash], |row| row.get(0))
        .optional()?)
}

pub fn act(db: &Connection, hash: &Digest) -> Result<Option<ActRow>> {
    Ok(db
        .prepare_cached(&format!("SELECT {ACT} FROM consent_act a WHERE hash = ?1"))?
        .query_row([hash], act_row)
        .optional()?)
}

/// Whether this device has recorded an act for a purpose.
pub fn is_recorded(db: &Connection, device: &str, act_id: &str, purpose: &str) -> Result<bool> {
    Ok(db
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM consent_act WHERE act_id = ?1 AND purpose = ?2 AND device = ?3)",
        )?
        .query_row(params![act_id, purpose, device], |row| row.get(0))?)
}

/// Every act of a customer but the uses, unsorted.
pub fn acts_of(db: &Connection, customer_id: i64) -> Result<Vec<ActRow>> {
    Ok(db
        .prepare_cached(&format!(
            "SELECT {ACT} FROM person p CROSS JOIN consent_act a INDEXED BY consent_act_of ON a.person_id = p.id AND a.is_use = 0
             WHERE p.customer_id = ?1"
        ))?
        .query_map([customer_id], act_row)?
        .collect::<Result<_, _>>()?)
}

/// Per purpose: how often a customer's consent was used, and when last.
pub fn uses_of(db: &Connection, customer_id: i64) -> Result<Vec<(String, i64, i64)>> {
    Ok(db
        .prepare_cached(
            "SELECT a.purpose, count(DISTINCT a.act_id), max(a.at) FROM person p
                CROSS JOIN consent_act a INDEXED BY consent_act_of ON a.person_id = p.id AND a.is_use = 1
             WHERE p.customer_id = ?1 GROUP BY a.purpose",
        )?
        .query_map([customer_id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<Result<_, _>>()?)
}

/// A loose act: its row, whom it points at, and the time that decides whom it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LooseAct {
    pub id: i64,
    pub person_id: i64,
    pub at: i64,
}

/// Every loose act of a number.
pub fn loose(db: &Connection, wa_id: &str) -> Result<Vec<LooseAct>> {
    Ok(db
        .prepare_cached(
            "SELECT id, person_id, at FROM consent_act WHERE loose_wa = ?1 AND loose_wa <> ''",
        )?
        .query_map([wa_id], |row| {
            Ok(LooseAct {
                id: row.get(0)?,
                person_id: row.get(1)?,
                at: row.get(2)?,
            })
        })?
        .collect::<Result<_, _>>()?)
}

pub fn point_at(db: &Connection, act: LooseAct, person_id: i64) -> Result<()> {
    db.prepare_cached("UPDATE consent_act SET person_id = ?2 WHERE id = ?1")?
        .execute(params![act.id, person_id])?;
    Ok(())
}

/// Where a customer stands for one purpose; `all` only while he wants nothing at all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StateRow {
    pub purpose: String,
    /// none, asked, claimed, in, paused, out.
    pub state: String,
    pub usable: bool,
    pub why_not: String,
    pub since: i64,
    pub strength: i64,
    pub channel: String,
    pub wording_id: String,
    pub wording_version: i64,
    /// The act that decides.
    pub hash: Option<Digest>,
    pub last_used_at: i64,
    pub uses: i64,
}

/// In the order of the alphabet.
pub fn states_of(db: &Connection, customer_id: i64) -> Result<Vec<StateRow>> {
    Ok(db
        .prepare_cached(
            "SELECT purpose, state, usable, why_not, since, strength, channel, wording_id, wording_version, hash, last_used_at, uses
             FROM consent WHERE customer_id = ?1 ORDER BY purpose",
        )?
        .query_map([customer_id], |row| {
            Ok(StateRow {
                purpose: row.get(0)?,
                state: row.get(1)?,
                usable: row.get(2)?,
                why_not: row.get(3)?,
                since: row.get(4)?,
                strength: row.get(5)?,
                channel: row.get(6)?,
                wording_id: row.get(7)?,
                wording_version: row.get(8)?,
                hash: digest(&row.get::<_, Vec<u8>>(9)?),
                last_used_at: row.get(10)?,
                uses: row.get(11)?,
            })
        })?
        .collect::<Result<_, _>>()?)
}

/// Keeps where a customer stands. True if it was otherwise before.
pub fn save_states(db: &Connection, customer_id: i64, rows: &[StateRow]) -> Result<bool> {
    let before = states_of(db, customer_id)?;
    if before == rows {
        return Ok(false);
    }
    for old in &before {
        if !rows.iter().any(|row| row.purpose == old.purpose) {
            db.prepare_cached("DELETE FROM consent WHERE customer_id = ?1 AND purpose = ?2")?
                .execute(params![customer_id, old.purpose])?;
        }
    }
    for row in rows.iter().filter(|row| !before.contains(row)) {
        db.prepare_cached(
            "INSERT OR REPLACE INTO consent (customer_id, purpose, state, usable, why_not, since, strength, channel, wording_id,
                wording_version, hash, last_used_at, uses)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?
        .execute(params![
            customer_id,
            row.purpose,
            row.state,
            row.usable,
            row.why_not,
            row.since,
            row.strength,
            row.channel,
            row.wording_id,
            row.wording_version,
            row.hash.as_ref().map_or(&[][..], |hash| &hash[..]),
            row.last_used_at,
            row.uses
        ])?;
    }
    Ok(true)
}

/// The open question about a customer: the entry that asks, what a yes would stop, and when it was asked.
pub fn question_of(db: &Connection, customer_id: i64) -> Result<Option<(Digest, String, i64)>> {
    Ok(db
        .prepare_cached("SELECT hash, scope, at FROM consent_question WHERE customer_id = ?1")?
        .query_row([customer_id], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .optional()?)
}

/// True if it was otherwise before.
pub fn save_question(
    db: &Connection,
    customer_id: i64,
    question: Option<&(Digest, String, i64)>,
) -> Result<bool> {
    if question_of(db, customer_id)?.as_ref() == question {
        return Ok(false);
    }
    match question {
        None => db
            .prepare_cached("DELETE FROM consent_question WHERE customer_id = ?1")?
            .execute([customer_id])?,
        Some((hash, scope, at)) => db
            .prepare_cached(
                "INSERT OR REPLACE INTO consent_question (customer_id, hash, scope, at) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![customer_id, hash, scope, at])?,
    };
    Ok(true)
}

/// Every customer somebody recorded an act of, from behind `after`, so many at once.
pub fn customers(db: &Connection, after: i64, at_most: i64) -> Result<Vec<i64>> {
    Ok(db
        .prepare_cached(
            "SELECT customer_id FROM (SELECT DISTINCT customer_id FROM consent WHERE customer_id > ?1 ORDER BY customer_id LIMIT ?2)",
        )?
        .query_map([after, at_most], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}

fn digest(bytes: &[u8]) -> Option<Digest> {
    bytes.try_into().ok()
}

fn act_row(row: &Row<'_>) -> rusqlite::Result<ActRow> {
    Ok(ActRow {
        hash: row.get(0)?,
        device: row.get(1)?,
        seq: row.get(2)?,
        act_id: row.get(3)?,
        person_id: row.get(4)?,
        peer_key: row.get(5)?,
        loose_wa: row.get(6)?,
        event: row.get(7)?,
        purpose: row.get(8)?,
        at: row.get(9)?,
        recorded_at: row.get(10)?,
        channel: row.get(11)?,
        strength: row.get(12)?,
        wording_id: row.get(13)?,
        wording_version: row.get(14)?,
        flaw: row.get(15)?,
        refers_to: digest(&row.get::<_, Vec<u8>>(16)?),
        minor: match row.get(17)? {
            -1 => None,
            said => Some(said == 1),
        },
        guardian: row.get(18)?,
    })
}

/// How many acts rest on each version of a wording.
pub fn wordings_used(db: &Connection) -> Result<Vec<((String, i64), i64)>> {
    Ok(db
        .prepare_cached(
            "SELECT wording_id, wording_version, count(DISTINCT act_id) FROM consent_act
             WHERE wording_id <> '' GROUP BY wording_id, wording_version",
        )?
        .query_map([], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))?
        .collect::<Result<_, _>>()?)
}

/// Every act of this name that is known, of any device.
pub fn acts_named(db: &Connection, act_id: &str) -> Result<Vec<ActRow>> {
    Ok(db
        .prepare_cached(&format!(
            "SELECT {ACT} FROM consent_act a WHERE a.act_id = ?1 ORDER BY a.device, a.seq"
        ))?
        .query_map([act_id], act_row)?
        .collect::<Result<_, _>>()?)
}

/// What a customer was asked from one time to another, both included.
pub fn asked_between(db: &Connection, customer_id: i64, from: i64, to: i64) -> Result<Vec<ActRow>> {
    let mut asked = acts_of(db, customer_id)?;
    asked.retain(|act| act.event == "asked" && (from..=to).contains(&act.at));
    asked.sort_by(|x, y| (x.at, &x.act_id, &x.purpose).cmp(&(y.at, &y.act_id, &y.purpose)));
    Ok(asked)
}

/// For each purpose the last act by which a customer agreed on words that are known.
pub fn agreed_of(db: &Connection, customer_id: i64) -> Result<Vec<ActRow>> {
    let mut agreed = acts_of(db, customer_id)?;
    agreed.retain(|act| {
        matches!(act.event.as_str(), "granted" | "confirmed") && !act.wording_id.is_empty()
    });
    agreed.sort_by(|x, y| (&x.purpose, y.at, &y.act_id).cmp(&(&y.purpose, x.at, &x.act_id)));
    agreed.dedup_by(|later, first| later.purpose == first.purpose);
    Ok(agreed)
}

/// Of the uses of a customer's consents the last of each purpose and day (UTC): it stands for all of them.
pub fn uses_by_day(db: &Connection, customer_id: i64) -> Result<Vec<ActRow>> {
    Ok(db
        .prepare_cached(&format!(
            "SELECT {ACT}, max(a.at) FROM person p CROSS JOIN consent_act a INDEXED BY consent_act_of ON a.person_id = p.id AND a.is_use = 1
             WHERE p.customer_id = ?1 GROUP BY a.purpose, a.at / 86400000"
        ))?
        .query_map([customer_id], act_row)?
        .collect::<Result<_, _>>()?)
}
