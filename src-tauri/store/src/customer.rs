//! Customers, the persons they consist of, and the identifiers seen with each.
//!
//! A person is what one identifier shows: the key says which. Persons known to be the same share a customer.
//! The rules who is who are `inbox::customer`'s; here is only what was seen.

use crate::error::Result;
use rusqlite::{Connection, OptionalExtension, params};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: i64,
    pub key: String,
    pub customer_id: i64,
}

/// The person with this key, made with a customer of his own if needed.
pub fn ensure(db: &Connection, key: &str) -> Result<Person> {
    if let Some(person) = find(db, key)? {
        return Ok(person);
    }
    let customer_id = new_customer(db)?;
    let id = db
        .prepare_cached("INSERT INTO person (key, customer_id) VALUES (?1, ?2) RETURNING id")?
        .query_row(params![key, customer_id], |row| row.get(0))?;
    Ok(Person {
        id,
        key: key.into(),
        customer_id,
    })
}

pub fn find(db: &Connection, key: &str) -> Result<Option<Person>> {
    Ok(db
        .prepare_cached("SELECT id, key, customer_id FROM person WHERE key = ?1")?
        .query_row([key], person)
        .optional()?)
}

pub fn get(db: &Connection, id: i64) -> Result<Person> {
    Ok(db
        .prepare_cached("SELECT id, key, customer_id FROM person WHERE id = ?1")?
        .query_row([id], person)?)
}

pub fn of_customer(db: &Connection, customer_id: i64) -> Result<Vec<Person>> {
    Ok(db
        .prepare_cached(
            "SELECT id, key, customer_id FROM person WHERE customer_id = ?1 ORDER BY key",
        )?
        .query_map([customer_id], person)?
        .collect::<Result<_, _>>()?)
}

/// The persons of a customer and when each was last heard of, by a message or by a change that made the
/// customer this person (-1: never), newest first. With a business number those who wrote to it come first.
/// A look-up per business number, however much each wrote.
pub fn by_last_activity(
    db: &Connection,
    customer_id: i64,
    number_id: Option<i64>,
) -> Result<Vec<(Person, i64)>> {
    Ok(db
        .prepare_cached(
            "WITH heard (id, key, customer_id, everywhere, here, changed) AS (
                SELECT p.id, p.key, p.customer_id,
                    coalesce((SELECT max((SELECT max(m.at) FROM message m
                        WHERE m.person_id = p.id AND m.number_id = n.id AND m.direction = 0)) FROM number n), -1),
                    coalesce((SELECT max(m.at) FROM message m
                        WHERE m.person_id = p.id AND m.number_id = ?2 AND m.direction = 0), -1),
                    coalesce((SELECT max(c.at) FROM identity_change c WHERE c.b = p.id), -1)
                FROM person p WHERE p.customer_id = ?1)
             SELECT id, key, customer_id, max(everywhere, changed) AS heard_at FROM heard
             ORDER BY CASE WHEN ?2 IS NULL THEN 0 ELSE max(here, changed) END DESC, heard_at DESC, key",
        )?
        .query_map(params![customer_id, number_id], |row| {
            Ok((person(row)?, row.get(3)?))
        })?
        .collect::<Result<_, _>>()?)
}

/// Persons whose key starts with `prefix`, e.g. every epoch of one number.
pub fn with_key_prefix(db: &Connection, prefix: &str) -> Result<Vec<Person>> {
    // '\u{10ffff}' sorts behind every continuation of the prefix, so the unique index serves the range.
    Ok(db
        .prepare_cached(
            "SELECT id, key, customer_id FROM person WHERE key >= ?1 AND key < ?2 ORDER BY key",
        )?
        .query_map(params![prefix, format!("{prefix}\u{10ffff}")], person)?
        .collect::<Result<_, _>>()?)
}

fn person(row: &rusqlite::Row<'_>) -> rusqlite::Result<Person> {
    Ok(Person {
        id: row.get(0)?,
        key: row.get(1)?,
        customer_id: row.get(2)?,
    })
}

pub fn new_customer(db: &Connection) -> Result<i64> {
    Ok(db
        .prepare_cached("INSERT INTO customer DEFAULT VALUES RETURNING id")?
        .query_row([], |row| row.get(0))?)
}

pub fn drop_if_empty(db: &Connection, customer_id: i64) -> Result<()> {
    db.prepare_cached(
        "DELETE FROM customer WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM person WHERE customer_id = ?1)
         AND NOT EXISTS (SELECT 1 FROM thread WHERE customer_id = ?1)",
    )?
    .execute([customer_id])?;
    Ok(())
}

pub fn set_customer(db: &Connection, person_id: i64, customer_id: i64) -> Result<()> {
    db.prepare_cached("UPDATE person SET customer_id = ?2 WHERE id = ?1")?
        .execute(params![person_id, customer_id])?;
    Ok(())
}

/// Notes that `value` was seen with this person. True if the span it was seen in grew at its start, or is new.
pub fn observe_identity(
    db: &Connection,
    person_id: i64,
    kind: &str,
    value: &str,
    at: i64,
) -> Result<bool> {
    let first: Option<i64> = db
        .prepare_cached(
            "SELECT first_at FROM identity WHERE person_id = ?1 AND kind = ?2 AND value = ?3",
        )?
        .query_row(params![person_id, kind, value], |row| row.get(0))
        .optional()?;
    db.prepare_cached(
        "INSERT INTO identity (person_id, kind, value, first_at, last_at) VALUES (?1, ?2, ?3, ?4, ?4)
         ON CONFLICT DO UPDATE SET first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at)
         WHERE excluded.first_at < first_at OR excluded.last_at > last_at",
    )?
    .execute(params![person_id, kind, value, at])?;
    Ok(first.is_none_or(|first| at < first))
}

/// `(person, first seen)` of everybody this value was seen with, earliest first.
pub fn seen_with(db: &Connection, kind: &str, value: &str) -> Result<Vec<(Person, i64)>> {
    Ok(db
        .prepare_cached(
            "SELECT p.id, p.key, p.customer_id, i.first_at FROM identity i JOIN person p ON p.id = i.person_id
             WHERE i.kind = ?1 AND i.value = ?2 ORDER BY i.first_at, p.key",
        )?
        .query_map(params![kind, value], |row| Ok((person(row)?, row.get(3)?)))?
        .collect::<Result<_, _>>()?)
}

/// Numbers seen with persons of this customer that nobody has left since, with the time they were last seen.
pub fn numbers_in_use(db: &Connection, customer_id: i64) -> Result<Vec<(String, i64)>> {
    Ok(db
        .prepare_cached(
            // CROSS JOIN: from the customer to his few persons, never through everybody who has such an identifier.
            "SELECT i.value, i.last_at FROM person p CROSS JOIN identity i ON i.person_id = p.id
             WHERE p.customer_id = ?1 AND i.kind = 'wa_id'
                AND NOT EXISTS (SELECT 1 FROM number_release r WHERE r.wa_id = i.value AND r.at > i.last_at)",
        )?
        .query_map([customer_id], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?)
}

/// An identifier seen with a person, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// `parent_bsuid`, `wa_id` or `username`.
    pub kind: String,
    pub value: String,
    pub first_at: i64,
    pub last_at: i64,
    /// A number its owner has left since.
    pub left: bool,
}

/// Every identifier seen with this person.
pub fn identities(db: &Connection, person_id: i64) -> Result<Vec<Identity>> {
    Ok(db
        .prepare_cached(
            "SELECT kind, value, first_at, last_at, kind = 'wa_id' AND EXISTS (
                SELECT 1 FROM number_release r WHERE r.wa_id = i.value AND r.at > i.last_at)
             FROM identity i WHERE person_id = ?1",
        )?
        .query_map([person_id], |row| {
            Ok(Identity {
                kind: row.get(0)?,
                value: row.get(1)?,
                first_at: row.get(2)?,
                last_at: row.get(3)?,
                left: row.get(4)?,
            })
        })?
        .collect::<Result<_, _>>()?)
}

/// Times of the first and the last line of a person in any timeline, internal notes left out.
/// Two look-ups per business number and direction.
pub fn heard_between(db: &Connection, person_id: i64) -> Result<Option<(i64, i64)>> {
    let (first, last): (Option<i64>, Option<i64>) = db
        .prepare_cached(
            "WITH d (direction) AS (VALUES (0), (1), (2))
             SELECT min((SELECT min(at) FROM message m WHERE m.person_id = ?1 AND m.number_id = n.id AND m.direction = d.direction)),
                    max((SELECT max(at) FROM message m WHERE m.person_id = ?1 AND m.number_id = n.id AND m.direction = d.direction))
             FROM number n CROSS JOIN d",
        )?
        .query_row([person_id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(first.zip(last))
}

/// Whose a row of the timeline is.
pub fn of_message(db: &Connection, message_id: i64) -> Result<Person> {
    Ok(db
        .prepare_cached(
            "SELECT p.id, p.key, p.customer_id FROM message m JOIN person p ON p.id = m.person_id WHERE m.id = ?1",
        )?
        .query_row([message_id], person)?)
}

pub fn release_number(db: &Connection, wa_id: &str, at: i64) -> Result<bool> {
    Ok(db
        .prepare_cached("INSERT OR IGNORE INTO number_release (wa_id, at) VALUES (?1, ?2)")?
        .execute(params![wa_id, at])?
        > 0)
}

/// When owners left this number, earliest first.
pub fn releases(db: &Connection, wa_id: &str) -> Result<Vec<i64>> {
    Ok(db
        .prepare_cached("SELECT at FROM number_release WHERE wa_id = ?1 ORDER BY at")?
        .query_map([wa_id], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}

/// Notes that whoever was `old_key` is `new_key` from `at` on; `a` and `b` are the persons these are now.
pub fn observe_change(
    db: &Connection,
    old_key: &str,
    new_key: &str,
    at: i64,
    a: i64,
    b: i64,
) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO identity_change (old_key, new_key, at, a, b) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT DO UPDATE SET a = excluded.a, b = excluded.b",
    )?
    .execute(params![old_key, new_key, at, a, b])?;
    Ok(())
}

/// The same customer under a new identifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityChange {
    pub old_key: String,
    pub new_key: String,
    pub at: i64,
    /// The persons these are, as far as is known now.
    pub a: i64,
    pub b: i64,
}

/// Every change that names this key.
pub fn changes_of_key(db: &Connection, key: &str) -> Result<Vec<IdentityChange>> {
    Ok(db
        .prepare_cached(
            "SELECT old_key, new_key, at, a, b FROM identity_change WHERE old_key = ?1
             UNION SELECT old_key, new_key, at, a, b FROM identity_change WHERE new_key = ?1",
        )?
        .query_map([key], |row| {
            Ok(IdentityChange {
                old_key: row.get(0)?,
                new_key: row.get(1)?,
                at: row.get(2)?,
                a: row.get(3)?,
                b: row.get(4)?,
            })
        })?
        .collect::<Result<_, _>>()?)
}

/// Persons a change, or staff, makes the same as this one.
pub fn same_as(db: &Connection, person_id: i64) -> Result<Vec<i64>> {
    Ok(db
        .prepare_cached(
            "SELECT b FROM identity_change WHERE a = ?1 UNION SELECT a FROM identity_change WHERE b = ?1
             UNION SELECT b FROM merge WHERE a = ?1 AND undone = 0 UNION SELECT a FROM merge WHERE b = ?1 AND undone = 0",
        )?
        .query_map([person_id], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}

/// Persons a change of number or BSUID makes the same as this one.
pub fn changed_with(db: &Connection, person_id: i64) -> Result<Vec<i64>> {
    Ok(db
        .prepare_cached("SELECT b FROM identity_change WHERE a = ?1 UNION SELECT a FROM identity_change WHERE b = ?1")?
        .query_map([person_id], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}

/// Whether a change made this person somebody's former number or BSUID, and none made him the present one since.
pub fn is_replaced(db: &Connection, person_id: i64) -> Result<bool> {
    Ok(db
        .prepare_cached(
            "SELECT coalesce((SELECT max(at) FROM identity_change WHERE a = ?1 AND b <> ?1), -1)
                > coalesce((SELECT max(at) FROM identity_change WHERE b = ?1 AND a <> ?1), -1)",
        )?
        .query_row([person_id], |row| row.get(0))?)
}

/// Removes a person no row speaks of. True if he is gone.
pub fn drop_if_unused(db: &Connection, person_id: i64) -> Result<bool> {
    Ok(db
        .prepare_cached(
            "DELETE FROM person WHERE id = ?1
                AND NOT EXISTS (SELECT 1 FROM message WHERE person_id = ?1)
                AND NOT EXISTS (SELECT 1 FROM profile WHERE person_id = ?1)
                AND NOT EXISTS (SELECT 1 FROM draft WHERE person_id = ?1)
                AND NOT EXISTS (SELECT 1 FROM mark WHERE person_id = ?1)
                AND NOT EXISTS (SELECT 1 FROM preference WHERE person_id = ?1)
                AND NOT EXISTS (SELECT 1 FROM consent_act WHERE person_id = ?1)
                AND NOT EXISTS (SELECT 1 FROM verdict WHERE person_id = ?1)
                AND NOT EXISTS (SELECT 1 FROM identity WHERE person_id = ?1)
                AND NOT EXISTS (SELECT 1 FROM identity_change WHERE a = ?1)
                AND NOT EXISTS (SELECT 1 FROM identity_change WHERE b = ?1)
                AND NOT EXISTS (SELECT 1 FROM merge WHERE a = ?1)
                AND NOT EXISTS (SELECT 1 FROM merge WHERE b = ?1)",
        )?
        .execute([person_id])?
        > 0)
}
