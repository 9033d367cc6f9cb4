//! Everybody a batch may be for, with all that decides whether he gets it: few look-ups over whole tables in their own
//! order, so that a hundred thousand people cost one walk and not a hundred thousand questions.

use crate::error::Result;
use rusqlite::{Connection, Row, params};

/// A thread, as far as a batch asks. In the order of the customers.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct ThreadLine {
    pub customer_id: i64,
    pub id: i64,
    pub number_id: i64,
    pub inbound_at: i64,
    pub closes_at: i64,
    pub blocked: bool,
    pub name: String,
    pub phone: String,
    pub username: String,
    pub language: String,
    /// JSON list.
    pub labels: String,
}

pub fn threads(db: &Connection, mut each: impl FnMut(ThreadLine)) -> Result<()> {
    let mut statement = db.prepare_cached(
        "SELECT customer_id, id, number_id, inbound_at, closes_at, blocked, name, phone, username, language, labels
         FROM thread ORDER BY customer_id, number_id",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        each(ThreadLine {
            customer_id: row.get(0)?,
            id: row.get(1)?,
            number_id: row.get(2)?,
            inbound_at: row.get(3)?,
            closes_at: row.get(4)?,
            blocked: row.get(5)?,
            name: row.get(6)?,
            phone: row.get(7)?,
            username: row.get(8)?,
            language: row.get(9)?,
            labels: row.get(10)?,
        });
    }
    Ok(())
}

/// Somebody in the lists of consents: many have no thread. In the order of the customers.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct ListedLine {
    pub customer_id: i64,
    pub name: String,
    pub phone: String,
    pub username: String,
    pub language: String,
}

/// Those without a thread on any number.
pub fn listed(db: &Connection) -> Result<Vec<ListedLine>> {
    Ok(db
        .prepare_cached(
            "SELECT customer_id, name, phone, username, language FROM consent_person c
             WHERE NOT EXISTS (SELECT 1 FROM thread t WHERE t.customer_id = c.customer_id) ORDER BY customer_id",
        )?
        .query_map([], |row| {
            Ok(ListedLine {
                customer_id: row.get(0)?,
                name: row.get(1)?,
                phone: row.get(2)?,
                username: row.get(3)?,
                language: row.get(4)?,
            })
        })?
        .collect::<Result<_, _>>()?)
}

/// `(customer, label)` of those without a thread.
pub fn labels_without_thread(db: &Connection) -> Result<Vec<(i64, String)>> {
    Ok(db
        .prepare_cached(
            "SELECT p.customer_id, substr(f.field, 7) FROM profile f CROSS JOIN person p ON p.id = f.person_id
             WHERE f.value = '1' AND f.field > 'label:' AND f.field < 'label;'
                AND NOT EXISTS (SELECT 1 FROM thread t WHERE t.customer_id = p.customer_id)
                AND NOT EXISTS (SELECT 1 FROM person q CROSS JOIN profile g ON g.person_id = q.id AND g.field = f.field
                    WHERE q.customer_id = p.customer_id AND g.value = '' AND g.at > f.at)",
        )?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?)
}

/// `(customer, person, key)` in the order of the customers.
pub fn persons(db: &Connection, mut each: impl FnMut(i64, i64, String)) -> Result<()> {
    let mut statement =
        db.prepare_cached("SELECT customer_id, id, key FROM person ORDER BY customer_id, key")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        each(row.get(0)?, row.get(1)?, row.get(2)?);
    }
    Ok(())
}

/// `(person, number, last seen)` of every number seen with a BSUID, in the order of the persons.
pub fn numbers(db: &Connection, mut each: impl FnMut(i64, String, i64)) -> Result<()> {
    let mut statement = db.prepare_cached(
        "SELECT person_id, value, last_at FROM identity WHERE kind = 'wa_id' ORDER BY person_id",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        each(row.get(0)?, row.get(1)?, row.get(2)?);
    }
    Ok(())
}

/// Numbers that an owner left, and when the last one did.
pub fn released(db: &Connection) -> Result<Vec<(String, i64)>> {
    Ok(db
        .prepare_cached("SELECT wa_id, max(at) FROM number_release GROUP BY wa_id")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?)
}

/// A row of `consent`, borrowed.
#[derive(Debug, Clone, Copy)]
pub struct Standing<'a> {
    pub customer_id: i64,
    pub purpose: &'a str,
    pub state: &'a str,
    pub usable: bool,
    pub why_not: &'a str,
    pub since: i64,
}

/// In the order of the customers.
pub fn standings(db: &Connection, mut each: impl FnMut(Standing<'_>)) -> Result<()> {
    let mut statement = db.prepare_cached(
        "SELECT customer_id, purpose, state, usable, why_not, since FROM consent ORDER BY customer_id, purpose",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        each(Standing {
            customer_id: row.get(0)?,
            purpose: text(row, 1)?,
            state: text(row, 2)?,
            usable: row.get(3)?,
            why_not: text(row, 4)?,
            since: row.get(5)?,
        });
    }
    Ok(())
}

fn text<'a>(row: &'a Row<'_>, at: usize) -> Result<&'a str> {
    Ok(row.get_ref(at)?.as_str().unwrap_or_default())
}

/// `(customer, when)` of each use of a consent to `purpose` after `since`, as the ledger has it.
pub fn uses_since(db: &Connection, purpose: &str, since: i64) -> Result<Vec<(i64, i64)>> {
    Ok(db
        .prepare_cached(
            "SELECT p.customer_id, max(a.at) FROM person p CROSS JOIN consent_act a INDEXED BY consent_act_of
                ON a.person_id = p.id AND a.is_use = 1 AND a.purpose = ?1 AND a.at > ?2
             GROUP BY p.customer_id, a.act_id",
        )?
        .query_map(params![purpose, since], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?)
}

/// The same for one customer.
pub fn uses_of(db: &Connection, customer_id: i64, purpose: &str, since: i64) -> Result<Vec<i64>> {
    Ok(db
        .prepare_cached(
            "SELECT max(a.at) FROM person p CROSS JOIN consent_act a INDEXED BY consent_act_of
                ON a.person_id = p.id AND a.is_use = 1 AND a.purpose = ?2 AND a.at > ?3
             WHERE p.customer_id = ?1 GROUP BY a.act_id",
        )?
        .query_map(params![customer_id, purpose, since], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}

/// `(customer, when)` of each send of one template after `since` that did not fail.
pub fn got_template(
    db: &Connection,
    name: &str,
    language: &str,
    since: i64,
) -> Result<Vec<(i64, i64)>> {
    Ok(db
        .prepare_cached(
            "SELECT t.customer_id, u.at FROM template_use u INDEXED BY template_use_last
                CROSS JOIN message m ON m.outbox_id = u.outbox_id AND m.outbox_id <> '' CROSS JOIN thread t ON t.id = m.thread_id
             WHERE u.name = ?1 AND u.language = ?2 AND u.stage > 0 AND u.at > ?3
             UNION ALL
             SELECT t.customer_id, u.at FROM outbox_state s CROSS JOIN template_use u ON u.outbox_id = s.outbox_id
                CROSS JOIN message m ON m.outbox_id = u.outbox_id AND m.outbox_id <> '' CROSS JOIN thread t ON t.id = m.thread_id
             WHERE s.state IN ('queued', 'sending', 'doubtful') AND u.name = ?1 AND u.language = ?2 AND u.at > ?3",
        )?
        .query_map(params![name, language, since], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?)
}

/// Whether this customer got it after `since`, or it is on its way.
pub fn has_got_template(
    db: &Connection,
    customer_id: i64,
    name: &str,
    language: &str,
    since: i64,
) -> Result<bool> {
    Ok(db
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM thread t CROSS JOIN message m INDEXED BY message_template
                    ON m.thread_id = t.id AND m.is_template = 1 AND m.at > ?4
                CROSS JOIN template_use u ON u.outbox_id = m.outbox_id
                LEFT JOIN outbox_state s ON s.outbox_id = u.outbox_id
             WHERE t.customer_id = ?1 AND u.name = ?2 AND u.language = ?3
                AND (u.stage > 0 OR s.state IN ('queued', 'sending', 'doubtful')))",
        )?
        .query_row(params![customer_id, name, language, since], |row| {
            row.get(0)
        })?)
}

/// Customers to whom Meta did not bring a marketing message after `since` (131049).
pub fn withheld(db: &Connection, since: i64) -> Result<Vec<i64>> {
    Ok(db
        .prepare_cached(
            "SELECT t.customer_id FROM delivery d INDEXED BY delivery_held_back
                CROSS JOIN message m ON m.wamid = d.wamid AND m.wamid <> '' CROSS JOIN thread t ON t.id = m.thread_id
             WHERE d.failed_code = 131049 AND d.failed_code IN (131048, 131049) AND d.failed_at > ?1
             UNION
             SELECT t.customer_id FROM attempt a INDEXED BY attempt_held_back
                CROSS JOIN message m ON m.outbox_id = a.outbox_id AND m.outbox_id <> '' CROSS JOIN thread t ON t.id = m.thread_id
             WHERE a.code = 131049 AND a.code IN (131048, 131049) AND a.ended_at > ?1",
        )?
        .query_map([since], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}
