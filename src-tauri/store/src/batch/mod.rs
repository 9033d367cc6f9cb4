//! Batches: what was said of each, and who is in it. What became of a person is not kept here but stands in the outbox,
//! under an id that says which batch and which place ([`outbox_id`]): so nothing can be queued twice, and a restart goes
//! on from there.

mod count;

pub use count::{Progress, Reasons, Stages, erased, failures, opt_outs, progress, skips, stages};

use crate::error::Result;
use rusqlite::{Connection, OptionalExtension, Row, params};

/// A batch as it was made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BatchRecord {
    pub id: String,
    pub device: String,
    pub number_id: i64,
    pub name: String,
    pub template: String,
    pub language: String,
    /// JSON of what is filled in, and of the segment.
    pub filled: String,
    pub segment: String,
    pub staff: String,
    pub checked_by: String,
    pub at: i64,
    pub going: i64,
    pub skipped: i64,
}

/// The last word about a batch.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Word {
    /// `running`, `paused`, `stopped`, `done`.
    pub word: String,
    pub halt: String,
    /// How Meta rated the template then.
    pub quality: String,
    pub at: i64,
}

/// Somebody of a batch, and what became of him.
#[derive(Clone, PartialEq, Eq)]
pub struct PersonRow {
    pub n: i64,
    /// JSON; empty: erased.
    pub peer: String,
    /// When the batch was made, or while it was on its way.
    pub skipped: String,
    /// As `outbox_state` names it; empty: not in the outbox.
    pub state: String,
    pub code: i64,
    pub details: String,
}

/// Which of them somebody wants to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    All,
    Going,
    Skipped,
    Waiting,
    Sent,
    Failed,
    Doubtful,
}

/// The outbox id of the one at place `n`.
pub fn outbox_id(batch_id: &str, n: i64) -> String {
    format!("batch-{batch_id}-{n}")
}

/// The batch and the place an outbox id speaks of.
pub fn place_of(outbox_id: &str) -> Option<(&str, i64)> {
    let (batch_id, n) = outbox_id.strip_prefix("batch-")?.rsplit_once('-')?;
    Some((batch_id, n.parse().ok()?))
}

/// The outbox ids of a batch lie from the first (inclusive) to the second: `.` follows `-`.
fn span(batch_id: &str) -> (String, String) {
    (format!("batch-{batch_id}-"), format!("batch-{batch_id}."))
}

/// True if it was new.
pub fn put(db: &Connection, batch: &BatchRecord) -> Result<bool> {
    Ok(db
        .prepare_cached(
            "INSERT OR IGNORE INTO batch (id, device, number_id, name, template, language, filled, segment, staff, checked_by, at,
                going, skipped) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?
        .execute(params![
            batch.id,
            batch.device,
            batch.number_id,
            batch.name,
            batch.template,
            batch.language,
            batch.filled,
            batch.segment,
            batch.staff,
            batch.checked_by,
            batch.at,
            batch.going,
            batch.skipped
        ])?
        > 0)
}

pub fn put_person(
    db: &Connection,
    batch_id: &str,
    n: i64,
    peer: &str,
    skipped: &str,
) -> Result<()> {
    db.prepare_cached(
        "INSERT OR IGNORE INTO batch_person (batch_id, n, peer, skipped) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![batch_id, n, peer, skipped])?;
    Ok(())
}

/// Passed over on the way. The earliest word stays; of two at the same time the lesser text.
pub fn observe_skip(db: &Connection, batch_id: &str, n: i64, why: &str, at: i64) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO batch_skip (batch_id, n, why, at) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT DO UPDATE SET why = excluded.why, at = excluded.at WHERE (excluded.at, excluded.why) < (at, why)",
    )?
    .execute(params![batch_id, n, why, at])?;
    Ok(())
}

/// The latest word wins; of two at the same time the greater.
pub fn observe_word(db: &Connection, batch_id: &str, word: &Word) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO batch_word (batch_id, word, halt, quality, at) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT DO UPDATE SET word = excluded.word, halt = excluded.halt, quality = excluded.quality, at = excluded.at
         WHERE (excluded.at, excluded.word, excluded.halt, excluded.quality) > (at, word, halt, quality)",
    )?
    .execute(params![batch_id, word.word, word.halt, word.quality, word.at])?;
    Ok(())
}

/// Takes an erased person's identifier out of the batches made up to `at`; the place stays, with nobody on it.
pub fn forget(db: &Connection, identifier: &str, at: i64) -> Result<()> {
    db.execute(
        "UPDATE batch_person SET peer = '' WHERE instr(peer, ?1) > 0
            AND batch_id IN (SELECT id FROM batch WHERE at <= ?2)",
        params![format!("\"{identifier}\""), at],
    )?;
    Ok(())
}

const COLUMNS: &str = "id, device, number_id, name, template, language, filled, segment, staff, checked_by, at, going, skipped";

pub fn get(db: &Connection, id: &str) -> Result<Option<BatchRecord>> {
    Ok(db
        .prepare_cached(&format!("SELECT {COLUMNS} FROM batch WHERE id = ?1"))?
        .query_row([id], record)
        .optional()?)
}

/// The newest first.
pub fn latest(db: &Connection, limit: i64) -> Result<Vec<BatchRecord>> {
    Ok(db
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM batch ORDER BY at DESC, id DESC LIMIT ?1"
        ))?
        .query_map([limit], record)?
        .collect::<Result<_, _>>()?)
}

/// Those this machine is to send, the oldest first.
pub fn running(db: &Connection, device: &str) -> Result<Vec<BatchRecord>> {
    Ok(db
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM batch WHERE device = ?1
                AND id IN (SELECT batch_id FROM batch_word WHERE word = 'running') ORDER BY at, id"
        ))?
        .query_map([device], record)?
        .collect::<Result<_, _>>()?)
}

pub fn word(db: &Connection, batch_id: &str) -> Result<Option<Word>> {
    Ok(db
        .prepare_cached("SELECT word, halt, quality, at FROM batch_word WHERE batch_id = ?1")?
        .query_row([batch_id], |row| {
            Ok(Word {
                word: row.get(0)?,
                halt: row.get(1)?,
                quality: row.get(2)?,
                at: row.get(3)?,
            })
        })
        .optional()?)
}

/// Whether an outbox item is of a batch that does not go now: a pause holds back what was queued before it, too.
pub fn stands_still(db: &Connection, outbox_id: &str) -> Result<bool> {
    let Some((batch_id, _)) = place_of(outbox_id) else {
        return Ok(false);
    };
    Ok(word(db, batch_id)?.is_some_and(|word| word.word == "paused"))
}

/// The next one behind `after` that is to get it, has not been passed over and is not in the outbox.
pub fn next(db: &Connection, batch_id: &str, after: i64) -> Result<Option<(i64, String)>> {
    Ok(db
        .prepare_cached(
            "SELECT p.n, p.peer FROM batch_person p WHERE p.batch_id = ?1 AND p.n > ?2 AND p.skipped = '' AND p.peer <> ''
                AND NOT EXISTS (SELECT 1 FROM batch_skip k WHERE k.batch_id = p.batch_id AND k.n = p.n)
                AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.id = 'batch-' || p.batch_id || '-' || p.n)
             ORDER BY p.n LIMIT 1",
        )?
        .query_row(params![batch_id, after], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}

/// The ids of a batch in this state of the outbox.
pub fn in_state(db: &Connection, batch_id: &str, state: &str) -> Result<Vec<String>> {
    let (from, to) = span(batch_id);
    Ok(db
        .prepare_cached(
            "SELECT outbox_id FROM outbox_state WHERE outbox_id >= ?1 AND outbox_id < ?2 AND state = ?3",
        )?
        .query_map(params![from, to, state], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}

/// When Meta last refused a message from this number with `code` (131048, 131049), by an answer or by a status.
pub fn held_back_at(db: &Connection, number_id: i64, code: i64, since: i64) -> Result<Option<i64>> {
    Ok(db
        .prepare_cached(
            "SELECT max(at) FROM (
                SELECT a.ended_at AS at FROM attempt a INDEXED BY attempt_held_back CROSS JOIN outbox o ON o.id = a.outbox_id
                    WHERE a.code = ?2 AND a.code IN (131048, 131049) AND a.ended_at >= ?3 AND o.number_id = ?1
                UNION ALL
                SELECT d.failed_at FROM delivery d INDEXED BY delivery_held_back CROSS JOIN message m
                        ON m.wamid = d.wamid AND m.wamid <> ''
                    WHERE d.failed_code = ?2 AND d.failed_code IN (131048, 131049) AND d.failed_at >= ?3 AND m.number_id = ?1)",
        )?
        .query_row(params![number_id, code, since], |row| row.get(0))?)
}

/// Of everybody in the batch those that are wanted, in order, from behind `after`.
pub fn people(
    db: &Connection,
    batch_id: &str,
    which: Which,
    after: i64,
    limit: i64,
) -> Result<Vec<PersonRow>> {
    let fits = match which {
        Which::All => "1",
        Which::Going => "skipped = ''",
        Which::Skipped => "skipped <> ''",
        Which::Waiting => "skipped = '' AND peer <> '' AND state IN ('', 'queued', 'sending')",
        Which::Sent => "state IN ('accepted', 'held', 'sent', 'delivered', 'read', 'played')",
        Which::Failed => "state = 'failed'",
        Which::Doubtful => "state IN ('doubtful', 'left_doubtful')",
    };
    Ok(db
        .prepare_cached(&format!(
            "SELECT n, peer, skipped, state, code, details FROM (
                SELECT p.n AS n, p.peer AS peer,
                    CASE WHEN p.skipped <> '' THEN p.skipped ELSE coalesce(k.why, '') END AS skipped, coalesce(s.state, '') AS state,
                    CASE WHEN coalesce(s.code, 0) <> 0 THEN s.code ELSE coalesce(d.failed_code, 0) END AS code,
                    CASE WHEN coalesce(s.code, 0) <> 0 THEN s.details ELSE coalesce(d.failed_details, '') END AS details
                FROM batch_person p LEFT JOIN batch_skip k ON k.batch_id = p.batch_id AND k.n = p.n
                    LEFT JOIN outbox_state s ON s.outbox_id = 'batch-' || p.batch_id || '-' || p.n
                    LEFT JOIN delivery d ON d.wamid = s.wamid AND s.wamid <> ''
                WHERE p.batch_id = ?1 AND p.n > ?2) WHERE {fits} ORDER BY n LIMIT ?3"
        ))?
        .query_map(params![batch_id, after, limit], |row| {
            Ok(PersonRow {
                n: row.get(0)?,
                peer: row.get(1)?,
                skipped: row.get(2)?,
                state: row.get(3)?,
                code: row.get(4)?,
                details: row.get(5)?,
            })
        })?
        .collect::<Result<_, _>>()?)
}

fn record(row: &Row<'_>) -> rusqlite::Result<BatchRecord> {
    Ok(BatchRecord {
        id: row.get(0)?,
        device: row.get(1)?,
        number_id: row.get(2)?,
        name: row.get(3)?,
        template: row.get(4)?,
        language: row.get(5)?,
        filled: row.get(6)?,
        segment: row.get(7)?,
        staff: row.get(8)?,
        checked_by: row.get(9)?,
        at: row.get(10)?,
        going: row.get(11)?,
        skipped: row.get(12)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outbox_id_says_which_batch_and_which_place() {
        let id = outbox_id("0192-7f", 12);
        assert_eq!(place_of(&id), Some(("0192-7f", 12)));
        let (from, to) = span("0192-7f");
        assert!(from <= id && id < to);
        let other = outbox_id("0192-7f0", 1);
        assert!(!(from <= other && other < to), "of another batch");
        assert_eq!(place_of("0192-7f"), None);
        assert_eq!(place_of("stop-0192"), None);
    }
}
