//! What is noted about a person beside the timeline: names, drafts, marks of staff, preferences.
//!
//! Each row belongs to the identifier it was said of (`peer_key`) and points at the person that identifier
//! means. Latest wins; of two at the same time the greater text does, so that order never matters.

use crate::error::Result;
use rusqlite::{Connection, OptionalExtension, params};

/// Whom a row is about.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    pub peer_key: &'a str,
    pub person_id: i64,
    /// Empty, or the number this person was found by.
    pub loose_wa: &'a str,
}

/// Tables with rows that may be loose.
const TABLES: [&str; 5] = ["profile", "draft", "mark", "preference", "verdict"];

pub fn observe_profile(
    db: &Connection,
    who: About<'_>,
    field: &str,
    value: &str,
    at: i64,
) -> Result<bool> {
    // Every message says the same name again: then the index over the values is left alone.
    let again = db
        .prepare_cached(
            "UPDATE profile SET at = ?5, person_id = ?3 WHERE peer_key = ?1 AND field = ?2 AND value = ?4 AND at < ?5",
        )?
        .execute(params![who.peer_key, field, who.person_id, value, at])?;
    if again > 0 {
        return Ok(true);
    }
    Ok(db
        .prepare_cached(
            "INSERT INTO profile (peer_key, field, person_id, loose_wa, value, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT DO UPDATE SET value = excluded.value, at = excluded.at, person_id = excluded.person_id
             WHERE (excluded.at, excluded.value) > (at, value)",
        )?
        .execute(params![who.peer_key, field, who.person_id, who.loose_wa, value, at])?
        > 0)
}

pub fn observe_preference(
    db: &Connection,
    who: About<'_>,
    category: &str,
    value: &str,
    at: i64,
) -> Result<bool> {
    Ok(db
        .prepare_cached(
            "INSERT INTO preference (peer_key, category, person_id, loose_wa, value, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT DO UPDATE SET value = excluded.value, at = excluded.at, person_id = excluded.person_id
             WHERE (excluded.at, excluded.value) > (at, value)",
        )?
        .execute(params![who.peer_key, category, who.person_id, who.loose_wa, value, at])?
        > 0)
}

/// `form`: empty for the words in the composer, else [`form_of`] a template.
pub fn observe_draft(
    db: &Connection,
    number_id: i64,
    who: About<'_>,
    form: &str,
    text: &str,
    at: i64,
) -> Result<bool> {
    Ok(db
        .prepare_cached(
            "INSERT INTO draft (number_id, peer_key, form, person_id, loose_wa, text, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT DO UPDATE SET text = excluded.text, at = excluded.at, person_id = excluded.person_id
             WHERE (excluded.at, excluded.text) > (at, text)",
        )?
        .execute(params![number_id, who.peer_key, form, who.person_id, who.loose_wa, text, at])?
        > 0)
}

/// What is filled into a template lies under this `form` of a draft. Neither part has a space in it.
pub fn form_of(name: &str, language: &str) -> String {
    format!("{language} {name}")
}

/// One row of what is noted about persons.
#[derive(Debug, Clone, Copy)]
pub enum Noted<'a> {
    Profile {
        peer_key: &'a str,
        field: &'a str,
    },
    Preference {
        peer_key: &'a str,
        category: &'a str,
    },
    Draft {
        number_id: i64,
        peer_key: &'a str,
        form: &'a str,
    },
    Mark {
        number_id: i64,
        peer_key: &'a str,
        field: &'a str,
    },
}

/// The person a row points at now, if there is such a row. A later word may make it point at somebody else.
pub fn person_of(db: &Connection, row: Noted<'_>) -> Result<Option<i64>> {
    let by_text = |sql, peer_key: &str, other: &str| -> Result<Option<i64>> {
        let mut statement = db.prepare_cached(sql)?;
        Ok(statement
            .query_row([peer_key, other], |row| row.get(0))
            .optional()?)
    };
    match row {
        Noted::Profile { peer_key, field } => by_text(
            "SELECT person_id FROM profile WHERE peer_key = ?1 AND field = ?2",
            peer_key,
            field,
        ),
        Noted::Preference { peer_key, category } => by_text(
            "SELECT person_id FROM preference WHERE peer_key = ?1 AND category = ?2",
            peer_key,
            category,
        ),
        Noted::Draft {
            number_id,
            peer_key,
            form,
        } => Ok(db
            .prepare_cached(
                "SELECT person_id FROM draft WHERE number_id = ?1 AND peer_key = ?2 AND form = ?3",
            )?
            .query_row(params![number_id, peer_key, form], |row| row.get(0))
            .optional()?),
        Noted::Mark {
            number_id,
            peer_key,
            field,
        } => Ok(db
            .prepare_cached(
                "SELECT person_id FROM mark WHERE number_id = ?1 AND peer_key = ?2 AND field = ?3",
            )?
            .query_row(params![number_id, peer_key, field], |row| row.get(0))
            .optional()?),
    }
}

/// The newest draft of a customer, with its time. `form`: as of [`observe_draft`].
pub fn draft_of(
    db: &Connection,
    number_id: i64,
    customer_id: i64,
    form: &str,
) -> Result<Option<(String, i64)>> {
    Ok(db
        .prepare_cached(
            "SELECT d.text, d.at FROM person p CROSS JOIN draft d ON d.person_id = p.id AND d.number_id = ?1 AND d.form = ?3
             WHERE p.customer_id = ?2 ORDER BY d.at DESC, d.text DESC LIMIT 1",
        )?
        .query_row(params![number_id, customer_id, form], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}

/// `(form, text, at)` of every template that something is filled into for a customer; of several words about one the
/// last in this order counts.
pub fn forms_of(
    db: &Connection,
    number_id: i64,
    customer_id: i64,
) -> Result<Vec<(String, String, i64)>> {
    Ok(db
        .prepare_cached(
            "SELECT d.form, d.text, d.at FROM person p CROSS JOIN draft d ON d.person_id = p.id AND d.number_id = ?1 AND d.form > ''
             WHERE p.customer_id = ?2 ORDER BY d.at, d.text",
        )?
        .query_map(params![number_id, customer_id], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?
        .collect::<Result<_, _>>()?)
}

/// The latest value of a profile field of a customer.
pub fn profile_of(db: &Connection, customer_id: i64, field: &str) -> Result<Option<String>> {
    Ok(db
        .prepare_cached(
            "SELECT f.value FROM person p CROSS JOIN profile f ON f.person_id = p.id AND f.field = ?2
             WHERE p.customer_id = ?1 AND f.value <> '' ORDER BY f.at DESC, f.value DESC LIMIT 1",
        )?
        .query_row(params![customer_id, field], |row| row.get(0))
        .optional()?)
}

/// What a customer goes by: as the shop's latest word says, else, where that is empty too, as he says himself.
pub fn called(db: &Connection, customer_id: i64) -> Result<Option<String>> {
    Ok(db
        .prepare_cached(
            "SELECT coalesce(
                nullif((SELECT f.value FROM person p CROSS JOIN profile f ON f.person_id = p.id AND f.field = 'book'
                    WHERE p.customer_id = ?1 ORDER BY f.at DESC, f.value DESC LIMIT 1), ''),
                (SELECT f.value FROM person p CROSS JOIN profile f ON f.person_id = p.id AND f.field = 'name'
                    WHERE p.customer_id = ?1 AND f.value <> '' ORDER BY f.at DESC, f.value DESC LIMIT 1))",
        )?
        .query_row([customer_id], |row| row.get(0))?)
}

/// What was last said of a customer in this profile field, and when. An empty value is a word too: taken away.
pub fn latest(db: &Connection, customer_id: i64, field: &str) -> Result<Option<(String, i64)>> {
    Ok(db
        .prepare_cached(
            "SELECT f.value, f.at FROM person p CROSS JOIN profile f ON f.person_id = p.id AND f.field = ?2
             WHERE p.customer_id = ?1 ORDER BY f.at DESC, f.value DESC LIMIT 1",
        )?
        .query_row(params![customer_id, field], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?)
}

/// One field of a person's profile.
#[derive(Clone, PartialEq, Eq)]
pub struct ProfileRow {
    pub field: String,
    pub value: String,
    pub at: i64,
}

/// Everything noted of a person: names, labels, what staff wrote down.
pub fn profile(db: &Connection, person_id: i64) -> Result<Vec<ProfileRow>> {
    Ok(db
        .prepare_cached("SELECT field, value, at FROM profile WHERE person_id = ?1")?
        .query_map([person_id], |row| {
            Ok(ProfileRow {
                field: row.get(0)?,
                value: row.get(1)?,
                at: row.get(2)?,
            })
        })?
        .collect::<Result<_, _>>()?)
}

/// What a customer last told WhatsApp he wants of us.
pub fn preference_of(db: &Connection, customer_id: i64, category: &str) -> Result<Option<String>> {
    Ok(db
        .prepare_cached(
            "SELECT f.value FROM person p CROSS JOIN preference f ON f.person_id = p.id AND f.category = ?2
             WHERE p.customer_id = ?1 ORDER BY f.at DESC, f.value DESC LIMIT 1",
        )?
        .query_row(params![customer_id, category], |row| row.get(0))
        .optional()?)
}

/// Who a row of `profile` points at, and what it says.
pub fn said_of(db: &Connection, peer_key: &str, field: &str) -> Result<Option<(i64, String)>> {
    Ok(db
        .prepare_cached("SELECT person_id, value FROM profile WHERE peer_key = ?1 AND field = ?2")?
        .query_row([peer_key, field], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}

/// `(field, value)` of everything said of a customer; of several with one field the last counts.
pub fn profiles_of(db: &Connection, customer_id: i64) -> Result<Vec<(String, String)>> {
    Ok(db
        .prepare_cached(
            "SELECT f.field, f.value FROM person p CROSS JOIN profile f ON f.person_id = p.id
             WHERE p.customer_id = ?1 ORDER BY f.at, f.value",
        )?
        .query_map([customer_id], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?)
}

/// Everything a customer was ever known by: names, usernames, numbers and BSUIDs, in the order of the alphabet.
pub fn known_as(db: &Connection, customer_id: i64) -> Result<Vec<String>> {
    Ok(db
        .prepare_cached(
            "SELECT f.value FROM person p CROSS JOIN profile f ON f.person_id = p.id AND f.field IN ('book', 'name', 'username')
                WHERE p.customer_id = ?1 AND f.value <> ''
             UNION SELECT i.value FROM person p CROSS JOIN identity i ON i.person_id = p.id AND i.kind IN ('username', 'wa_id')
                WHERE p.customer_id = ?1
             UNION SELECT substr(key, 3) FROM person WHERE customer_id = ?1 AND key LIKE 'b:_%'
             UNION SELECT substr(key, 3, instr(key || '@', '@') - 3) FROM person WHERE customer_id = ?1 AND key LIKE 'w:_%'
             ORDER BY 1",
        )?
        .query_map([customer_id], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}

/// Whether one identifier is all there is of a customer, so that *when* anything was heard of him decides nothing.
pub fn is_plain(db: &Connection, customer_id: i64) -> Result<bool> {
    Ok(db
        .prepare_cached(
            "SELECT (SELECT count(*) FROM person WHERE customer_id = ?1) = 1
                AND (SELECT count(*) = count(DISTINCT f.field) FROM person p CROSS JOIN profile f ON f.person_id = p.id
                    WHERE p.customer_id = ?1)
                AND (SELECT count(*) < 2 AND count(r.at) = 0 FROM person p
                    CROSS JOIN identity i ON i.person_id = p.id AND i.kind = 'wa_id'
                    LEFT JOIN number_release r ON r.wa_id = i.value WHERE p.customer_id = ?1)",
        )?
        .query_row([customer_id], |row| row.get(0))?)
}

/// A loose row: its table, what identifies it there, whom it points at, and the time that decides whom it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LooseRow {
    table: &'static str,
    key: [String; 3],
    pub person_id: i64,
    pub at: i64,
}

/// Every loose row of a number outside the timeline.
pub fn loose(db: &Connection, wa_id: &str) -> Result<Vec<LooseRow>> {
    let mut rows = Vec::new();
    for table in TABLES {
        let [a, b, c] = key_columns(table);
        let mut statement = db.prepare_cached(&format!(
            "SELECT CAST({a} AS TEXT), {b}, {c}, person_id, at FROM {table} WHERE loose_wa = ?1 AND loose_wa <> ''"
        ))?;
        let found = statement.query_map([wa_id], |row| {
            Ok(LooseRow {
                table,
                key: [row.get(0)?, row.get(1)?, row.get(2)?],
                person_id: row.get(3)?,
                at: row.get(4)?,
            })
        })?;
        for row in found {
            rows.push(row?);
        }
    }
    Ok(rows)
}

pub fn point_at(db: &Connection, row: &LooseRow, person_id: i64) -> Result<()> {
    let [a, b, c] = key_columns(row.table);
    let [x, y, z] = &row.key;
    db.prepare_cached(&format!(
        "UPDATE {} SET person_id = ?4 WHERE {a} = CAST(?1 AS {}) AND {b} = ?2 AND {c} = ?3",
        row.table,
        if a == "number_id" { "INTEGER" } else { "TEXT" }
    ))?
    .execute(params![x, y, z, person_id])?;
    Ok(())
}

/// What identifies a row; the last one twice where two are enough.
fn key_columns(table: &str) -> [&'static str; 3] {
    match table {
        "profile" => ["peer_key", "field", "field"],
        "preference" => ["peer_key", "category", "category"],
        "mark" => ["number_id", "peer_key", "field"],
        "verdict" => ["id", "id", "id"],
        _ => ["number_id", "peer_key", "form"],
    }
}
