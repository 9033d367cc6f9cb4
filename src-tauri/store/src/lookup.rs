//! Finding customers by what they are called or how they are reached. Every look-up gives persons, few at most.

use crate::{customer::Person, error::Result};
use rusqlite::{Connection, params};

const NAMED: &str =
    "SELECT p.id, p.key, p.customer_id FROM profile f CROSS JOIN person p ON p.id = f.person_id
    WHERE f.field <> 'note' AND f.value <> '' AND";

/// Persons one of whose names (`field`: book, name, username) is exactly this.
pub fn called(db: &Connection, field: &str, value: &str, limit: i64) -> Result<Vec<Person>> {
    Ok(db
        .prepare_cached(&format!(
            "{NAMED} f.field = ?1 AND f.value = ?2 COLLATE NOCASE LIMIT ?3"
        ))?
        .query_map(params![field, value, limit], person)?
        .collect::<Result<_, _>>()?)
}

/// Persons one of whose names starts with this, then those where it stands further inside.
pub fn named_like(db: &Connection, field: &str, text: &str, limit: i64) -> Result<Vec<Person>> {
    let text = escaped(text);
    let mut found = Vec::new();
    for pattern in [format!("{text}%"), format!("_%{text}%")] {
        let left = limit - i64::try_from(found.len()).unwrap_or(limit);
        let mut statement = db.prepare_cached(&format!(
            "{NAMED} f.field = ?1 AND f.value LIKE ?2 ESCAPE '\\' LIMIT ?3"
        ))?;
        for row in statement.query_map(params![field, pattern, left], person)? {
            found.push(row?);
        }
    }
    Ok(found)
}

/// Persons with a number that holds these digits.
pub fn with_digits(db: &Connection, digits: &str, limit: i64) -> Result<Vec<Person>> {
    let mut statement = db.prepare_cached(
        "SELECT id, key, customer_id FROM person WHERE key >= 'w:' AND key < 'w;' AND key LIKE 'w:%' || ?1 || '%'
         UNION
         SELECT p.id, p.key, p.customer_id FROM identity i CROSS JOIN person p ON p.id = i.person_id
         WHERE i.kind = 'wa_id' AND i.value LIKE '%' || ?1 || '%' LIMIT ?2",
    )?;
    let mut found = Vec::new();
    for row in statement.query_map(params![digits, limit], person)? {
        let person = row?;
        // What stands behind the @ is a time.
        let number = person.key.split('@').next().unwrap_or_default();
        if !person.key.starts_with("w:") || number.contains(digits) {
            found.push(person);
        }
    }
    Ok(found)
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_")
}

fn person(row: &rusqlite::Row<'_>) -> rusqlite::Result<Person> {
    Ok(Person {
        id: row.get(0)?,
        key: row.get(1)?,
        customer_id: row.get(2)?,
    })
}
