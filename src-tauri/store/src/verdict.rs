//! What the guard said before sends, and who sent all the same, for the audit and for how often staff is asked.
//!
//! Facts make these rows, each under an id of its own, and nothing changes one; so order and repetition never matter.

use crate::{about_person::About, error::Result};
use rusqlite::{Connection, OptionalExtension, Row, params};

/// One warning or block.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct VerdictRow {
    pub id: String,
    /// 0: of a whole batch.
    pub number_id: i64,
    pub at: i64,
    pub staff: String,
    /// `warn`, `block`.
    pub level: String,
    /// JSON of `view::GuardReason`s.
    pub reasons: String,
    pub episode: i64,
    /// People in what it was about.
    pub reached: i64,
    pub people: i64,
    pub weight: f64,
    pub threshold: f64,
    pub digest: String,
    pub dialog: bool,
    pub outbox_id: String,
    pub batch_id: String,
}

/// "Send anyway."
#[derive(Clone, Default, PartialEq, Eq)]
pub struct OverrideRow {
    pub verdict_id: String,
    pub outbox_id: String,
    pub reason: String,
    pub text: String,
    pub at: i64,
}

/// A row of the audit.
#[derive(Clone, Default, PartialEq)]
pub struct AuditRow {
    pub verdict: VerdictRow,
    /// Whom it would have gone to; `None`: a batch.
    pub customer_id: Option<i64>,
    pub insisted: Option<OverrideRow>,
    /// It was sent, with the line or in spite of the dialog, and came back before it left.
    pub taken_back: bool,
}

/// What one member of staff was told within a span.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    pub staff: String,
    pub lines: i64,
    pub not_sent: i64,
    pub taken_back: i64,
    pub overridden: i64,
    pub asked: i64,
    pub blocked: i64,
}

const COLUMNS: &str = "v.id, v.number_id, v.at, v.staff, v.level, v.reasons, v.episode, v.reached, v.people, v.weight,
    v.threshold, v.digest, v.dialog, v.outbox_id, v.batch_id";

/// The answer to a dialog, and where the message stands that was sent: each by its key.
const WHAT_BECAME: &str = "LEFT JOIN verdict_override o ON o.verdict_id = v.id
    LEFT JOIN outbox_state s ON s.outbox_id = coalesce(o.outbox_id, v.outbox_id)";

const BACK: &str = "coalesce(s.state, '') = 'returned'";

/// `who`: whom it would have gone to; `None`: a whole batch. True if it was new.
pub fn put(db: &Connection, row: &VerdictRow, who: Option<About<'_>>) -> Result<bool> {
    let (person_id, peer_key, loose_wa) = who.map_or((-1, "", ""), |who| {
        (who.person_id, who.peer_key, who.loose_wa)
    });
    Ok(db
        .prepare_cached(
            "INSERT OR IGNORE INTO verdict (id, number_id, person_id, peer_key, loose_wa, at, staff, level, reasons, episode, reached,
                people, weight, threshold, digest, dialog, outbox_id, batch_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
        )?
        .execute(params![
            row.id,
            row.number_id,
            person_id,
            peer_key,
            loose_wa,
            row.at,
            row.staff,
            row.level,
            row.reasons,
            row.episode,
            row.reached,
            row.people,
            row.weight,
            row.threshold,
            row.digest,
            row.dialog,
            row.outbox_id,
            row.batch_id
        ])?
        > 0)
}

/// The earliest word stays.
pub fn put_override(db: &Connection, row: &OverrideRow) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO verdict_override (verdict_id, outbox_id, reason, text, at) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT DO UPDATE SET outbox_id = excluded.outbox_id, reason = excluded.reason, text = excluded.text, at = excluded.at
         WHERE (excluded.at, excluded.outbox_id, excluded.reason, excluded.text) < (at, outbox_id, reason, text)",
    )?
    .execute(params![row.verdict_id, row.outbox_id, row.reason, row.text, row.at])?;
    Ok(())
}

pub fn get(db: &Connection, id: &str) -> Result<Option<AuditRow>> {
    Ok(db
        .prepare_cached(&format!("{} WHERE v.id = ?1", audit()))?
        .query_row([id], audit_row)
        .optional()?)
}

/// Warnings that staff was asked about, learnt of behind `n`: each with its own `n`, in that order.
pub fn asked_after(db: &Connection, n: i64) -> Result<Vec<(i64, VerdictRow)>> {
    Ok(db
        .prepare_cached(&format!(
            "SELECT {COLUMNS}, v.n FROM verdict v NOT INDEXED WHERE v.n > ?1 AND v.dialog = 1 AND v.level = 'warn' ORDER BY v.n"
        ))?
        .query_map([n], |row| Ok((row.get(15)?, verdict(row)?)))?
        .collect::<Result<_, _>>()?)
}

/// The same by time.
pub fn asked_since(db: &Connection, at: i64) -> Result<Vec<VerdictRow>> {
    Ok(db
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM verdict v INDEXED BY verdict_by_time WHERE v.at >= ?1 AND v.dialog = 1 AND v.level = 'warn' ORDER BY v.at, v.id"
        ))?
        .query_map([at], verdict)?
        .collect::<Result<_, _>>()?)
}

/// Whether this member of staff was asked about this since a time, and has not answered for it since.
pub fn is_open(db: &Connection, episode: i64, staff: &str, since: i64) -> Result<bool> {
    let (left, answered): (Option<i64>, Option<i64>) = db
        .prepare_cached(
            "SELECT max(CASE WHEN o.at IS NULL THEN v.at END), max(o.at)
             FROM verdict v INDEXED BY verdict_by_episode LEFT JOIN verdict_override o ON o.verdict_id = v.id
             WHERE v.episode = ?1 AND v.dialog = 1 AND v.at >= ?3 AND v.staff = ?2 AND v.level = 'warn'",
        )?
        .query_row(params![episode, staff, since], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    Ok(left.is_some_and(|left| answered.is_none_or(|answered| left > answered)))
}

/// Newest first, within `[from, to)`, behind the place `(at, id)`.
pub fn page(
    db: &Connection,
    (from, to): (i64, i64),
    behind: (i64, &str),
    limit: i64,
) -> Result<Vec<AuditRow>> {
    Ok(db
        .prepare_cached(&format!(
            "{} WHERE v.at >= ?1 AND v.at < ?2 AND (v.at, v.id) < (?3, ?4) ORDER BY v.at DESC, v.id DESC LIMIT ?5",
            audit()
        ))?
        .query_map(params![from, to, behind.0, behind.1, limit], audit_row)?
        .collect::<Result<_, _>>()?)
}

/// Per member of staff, in the order of the alphabet.
pub fn figures(db: &Connection, from: i64, to: i64) -> Result<Vec<Figures>> {
    Ok(db
        .prepare_cached(&format!(
            "SELECT staff, sum(warns AND NOT dialog AND NOT back), sum(warns AND dialog AND NOT answered), sum(warns AND back),
                sum(warns AND answered AND NOT back), sum(warns AND reason = 'asked' AND NOT back), sum(NOT warns)
             FROM (
                SELECT v.staff AS staff, v.level = 'warn' AS warns, v.dialog AS dialog, o.at IS NOT NULL AS answered,
                    coalesce(o.reason, '') AS reason, {BACK} AS back
                FROM verdict v INDEXED BY verdict_by_time {WHAT_BECAME} WHERE v.at >= ?1 AND v.at < ?2
             )
             GROUP BY staff ORDER BY staff"
        ))?
        .query_map([from, to], |row| {
            Ok(Figures {
                staff: row.get(0)?,
                lines: row.get(1)?,
                not_sent: row.get(2)?,
                taken_back: row.get(3)?,
                overridden: row.get(4)?,
                asked: row.get(5)?,
                blocked: row.get(6)?,
            })
        })?
        .collect::<Result<_, _>>()?)
}

fn audit() -> String {
    format!(
        "SELECT {COLUMNS}, (SELECT p.customer_id FROM person p WHERE p.id = v.person_id), o.outbox_id, o.reason, o.text, o.at,
            {BACK}
         FROM verdict v {WHAT_BECAME}"
    )
}

fn audit_row(row: &Row<'_>) -> rusqlite::Result<AuditRow> {
    let verdict = verdict(row)?;
    let insisted = match row.get::<_, Option<i64>>(19)? {
        Some(at) => Some(OverrideRow {
            verdict_id: verdict.id.clone(),
            outbox_id: row.get(16)?,
            reason: row.get(17)?,
            text: row.get(18)?,
            at,
        }),
        None => None,
    };
    Ok(AuditRow {
        verdict,
        customer_id: row.get(15)?,
        insisted,
        taken_back: row.get(20)?,
    })
}

fn verdict(row: &Row<'_>) -> rusqlite::Result<VerdictRow> {
    Ok(VerdictRow {
        id: row.get(0)?,
        number_id: row.get(1)?,
        at: row.get(2)?,
        staff: row.get(3)?,
        level: row.get(4)?,
        reasons: row.get(5)?,
        episode: row.get(6)?,
        reached: row.get(7)?,
        people: row.get(8)?,
        weight: row.get(9)?,
        threshold: row.get(10)?,
        digest: row.get(11)?,
        dialog: row.get(12)?,
        outbox_id: row.get(13)?,
        batch_id: row.get(14)?,
    })
}
