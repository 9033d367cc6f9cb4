//! Each send of a template, what came of it, and the figures that add up from there. All of it follows from
//! `outbox_state` and `message`, and may be derived anew at any time.

use crate::error::Result;
use rusqlite::{Connection, OptionalExtension, Row, params};

/// So long after a template a message of the customer counts as its answer.
pub const ANSWER_WITHIN: i64 = 24 * 60 * 60 * 1000;
const DAY: i64 = 24 * 60 * 60 * 1000;
/// So long a message of the customer holds his window open.
const WINDOW: i64 = DAY;

/// Failed for good.
pub const FAILED: i64 = -1;
/// Not on its way yet, given back, or doubtful.
pub const NEITHER: i64 = 0;
pub const SENT: i64 = 1;
pub const DELIVERED: i64 = 2;
pub const READ: i64 = 3;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateUse {
    pub outbox_id: String,
    pub name: String,
    pub language: String,
    pub at: i64,
    /// [`FAILED`] to [`READ`].
    pub stage: i64,
    pub answered: bool,
    /// It went to a customer outside his window.
    pub outside: bool,
}

/// What came of the sends of one template.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TemplateFigure {
    pub name: String,
    pub language: String,
    pub sent: i64,
    pub delivered: i64,
    pub read: i64,
    pub answered: i64,
    pub failed: i64,
}

/// Says where a send stands; the figures follow.
pub fn set(db: &Connection, fresh: &TemplateUse) -> Result<()> {
    let known = get(db, &fresh.outbox_id)?;
    if known.as_ref() == Some(fresh) {
        return Ok(());
    }
    db.prepare_cached(
        "INSERT INTO template_use (outbox_id, name, language, at, stage, answered, outside) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT DO UPDATE SET stage = excluded.stage, answered = excluded.answered, outside = excluded.outside",
    )?
    .execute(params![
        fresh.outbox_id,
        fresh.name,
        fresh.language,
        fresh.at,
        fresh.stage,
        fresh.answered,
        fresh.outside
    ])?;
    match known {
        Some(known) => count(db, &known, -1)?,
        None => {
            db.prepare_cached(
                "UPDATE message SET is_template = 1 WHERE outbox_id = ?1 AND outbox_id <> ''",
            )?
            .execute([&fresh.outbox_id])?;
        }
    }
    count(db, fresh, 1)
}

/// Adds one send to its day, or takes it away.
fn count(db: &Connection, one: &TemplateUse, n: i64) -> Result<()> {
    let is = |yes: bool| n * i64::from(yes);
    let (sent, failed) = (is(one.stage >= SENT), is(one.stage == FAILED));
    if sent == 0 && failed == 0 {
        return Ok(());
    }
    let day = one.at.div_euclid(DAY);
    db.prepare_cached(
        "INSERT INTO template_figure (day, name, language, sent, delivered, read, answered, failed)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         ON CONFLICT DO UPDATE SET sent = sent + excluded.sent, delivered = delivered + excluded.delivered,
            read = read + excluded.read, answered = answered + excluded.answered, failed = failed + excluded.failed",
    )?
    .execute(params![
        day,
        one.name,
        one.language,
        sent,
        is(one.stage >= DELIVERED),
        is(one.stage >= READ),
        is(one.stage >= SENT && one.answered),
        failed
    ])?;
    // What adds up to nothing must not tell that it was ever anything.
    db.prepare_cached(
        "DELETE FROM template_figure WHERE day = ?1 AND name = ?2 AND language = ?3 AND sent = 0 AND failed = 0",
    )?
    .execute(params![day, one.name, one.language])?;
    Ok(())
}

const COLUMNS: &str = "u.outbox_id, u.name, u.language, u.at, u.stage, u.answered, u.outside";

pub fn get(db: &Connection, outbox_id: &str) -> Result<Option<TemplateUse>> {
    Ok(db
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM template_use u WHERE u.outbox_id = ?1"
        ))?
        .query_row([outbox_id], row)
        .optional()?)
}

/// The sends of a thread of which it is no longer, or not yet, known right whether they were answered, or whether they
/// went outside a window.
pub fn misjudged(db: &Connection, thread_id: i64) -> Result<Vec<TemplateUse>> {
    Ok(db
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM message m INDEXED BY message_template CROSS JOIN template_use u ON u.outbox_id = m.outbox_id
             WHERE m.thread_id = ?1 AND m.is_template = 1
                AND (u.answered <> EXISTS (SELECT 1 FROM message i INDEXED BY message_opening
                        WHERE i.thread_id = ?1 AND i.window_at > m.at AND i.window_at <= m.at + {ANSWER_WITHIN} AND i.window_at >= 0)
                    OR u.outside = EXISTS (SELECT 1 FROM message i INDEXED BY message_opening
                        WHERE i.thread_id = ?1 AND i.window_at > m.at - {WINDOW} AND i.window_at <= m.at AND i.window_at >= 0))"
        ))?
        .query_map([thread_id], row)?
        .collect::<Result<_, _>>()?)
}

/// Whether the customer of a thread wrote within the time after `at`.
pub fn is_answered(db: &Connection, thread_id: i64, at: i64) -> Result<bool> {
    Ok(db
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM message i INDEXED BY message_opening
                WHERE i.thread_id = ?1 AND i.window_at > ?2 AND i.window_at <= ?3 AND i.window_at >= 0)",
        )?
        .query_row(params![thread_id, at, at + ANSWER_WITHIN], |row| row.get(0))?)
}

/// Whether the customer of a thread had last written too long before `at` for his window to be open then.
pub fn is_outside(db: &Connection, thread_id: i64, at: i64) -> Result<bool> {
    Ok(db
        .prepare_cached(
            "SELECT NOT EXISTS (SELECT 1 FROM message i INDEXED BY message_opening
                WHERE i.thread_id = ?1 AND i.window_at > ?2 AND i.window_at <= ?3 AND i.window_at >= 0)",
        )?
        .query_row(params![thread_id, at - WINDOW, at], |row| row.get(0))?)
}

/// How many sends went outside a window after `since`; counts no further than `at_most`.
pub fn outside_since(db: &Connection, since: i64, at_most: i64) -> Result<i64> {
    Ok(db
        .prepare_cached(
            "SELECT count(*) FROM (SELECT 1 FROM template_use INDEXED BY template_use_outside
                WHERE outside = 1 AND stage > 0 AND at > ?1 LIMIT ?2)",
        )?
        .query_row([since, at_most], |row| row.get(0))?)
}

/// How many sends still wait to go out.
pub fn waiting(db: &Connection) -> Result<i64> {
    Ok(db
        .prepare_cached(
            "SELECT count(*) FROM outbox_state s CROSS JOIN template_use u ON u.outbox_id = s.outbox_id
             WHERE s.state IN ('queued', 'sending')",
        )?
        .query_row([], |row| row.get(0))?)
}

/// `(customer, when)` of everybody who was written to outside his window after `since`, or soon will be, the one
/// written to last first. Looks at the sends of that time, and at no others.
pub fn reached_since(db: &Connection, since: i64) -> Result<Vec<(i64, i64)>> {
    Ok(db
        .prepare_cached(
            "SELECT customer_id, max(at) AS last FROM (
                SELECT t.customer_id, u.at FROM template_use u INDEXED BY template_use_outside
                    CROSS JOIN message m ON m.outbox_id = u.outbox_id AND m.outbox_id <> '' CROSS JOIN thread t ON t.id = m.thread_id
                    WHERE u.outside = 1 AND u.stage > 0 AND u.at > ?1
                UNION ALL
                SELECT t.customer_id, u.at FROM outbox_state s CROSS JOIN template_use u ON u.outbox_id = s.outbox_id
                    CROSS JOIN message m ON m.outbox_id = u.outbox_id AND m.outbox_id <> '' CROSS JOIN thread t ON t.id = m.thread_id
                    WHERE s.state IN ('queued', 'sending') AND u.outside = 1)
             GROUP BY customer_id ORDER BY last DESC, customer_id",
        )?
        .query_map([since], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?)
}

/// What was sent to the customer of a thread, newest first, at most `limit`.
pub fn of_thread(db: &Connection, thread_id: i64, limit: i64) -> Result<Vec<TemplateUse>> {
    Ok(db
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM message m INDEXED BY message_template CROSS JOIN template_use u ON u.outbox_id = m.outbox_id
             WHERE m.thread_id = ?1 AND m.is_template = 1 AND u.stage > 0 ORDER BY m.at DESC LIMIT ?2"
        ))?
        .query_map([thread_id, limit], row)?
        .collect::<Result<_, _>>()?)
}

/// The figures of every template since a moment, by whole days.
pub fn figures(db: &Connection, since: i64) -> Result<Vec<TemplateFigure>> {
    Ok(db
        .prepare_cached(
            "SELECT name, language, sum(sent), sum(delivered), sum(read), sum(answered), sum(failed)
             FROM template_figure WHERE day >= ?1 GROUP BY name, language",
        )?
        .query_map([since.div_euclid(DAY)], |row| {
            Ok(TemplateFigure {
                name: row.get(0)?,
                language: row.get(1)?,
                sent: row.get(2)?,
                delivered: row.get(3)?,
                read: row.get(4)?,
                answered: row.get(5)?,
                failed: row.get(6)?,
            })
        })?
        .collect::<Result<_, _>>()?)
}

/// The latest sends of a template, the newest first: when, and what was sent (JSON).
pub fn last(db: &Connection, name: &str, language: &str, limit: i64) -> Result<Vec<(i64, String)>> {
    Ok(db
        .prepare_cached(
            "SELECT u.at, o.content FROM template_use u INDEXED BY template_use_last CROSS JOIN outbox o ON o.id = u.outbox_id
             WHERE u.name = ?1 AND u.language = ?2 AND u.stage > 0 ORDER BY u.at DESC LIMIT ?3",
        )?
        .query_map(params![name, language, limit], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?)
}

fn row(row: &Row<'_>) -> rusqlite::Result<TemplateUse> {
    Ok(TemplateUse {
        outbox_id: row.get(0)?,
        name: row.get(1)?,
        language: row.get(2)?,
        at: row.get(3)?,
        stage: row.get(4)?,
        answered: row.get(5)?,
        outside: row.get(6)?,
    })
}
