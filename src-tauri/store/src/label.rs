//! Labels on customers: profile fields named `label:NAME`, each `1` or taken away.

use crate::error::Result;
use rusqlite::Connection;

/// What the profile field of a label starts with.
pub const PREFIX: &str = "label:";

/// Every label somebody has, as it is spelt. One look-up per label, however many customers have it.
pub fn spellings(db: &Connection) -> Result<Vec<String>> {
    // `;` is the character behind `:`, so this range is every label and nothing else. The condition on `note`
    // is what lets the partial index serve.
    Ok(db
        .prepare_cached(
            "WITH RECURSIVE f (field) AS (
                SELECT min(field) FROM profile WHERE field > 'label:' AND field < 'label;' AND field <> 'note'
                UNION ALL
                SELECT (SELECT min(field) FROM profile WHERE field > f.field AND field < 'label;' AND field <> 'note')
                FROM f WHERE f.field IS NOT NULL)
             SELECT substr(f.field, 7) FROM f WHERE f.field IS NOT NULL
                AND EXISTS (SELECT 1 FROM profile p WHERE p.field = f.field AND p.value = '1' COLLATE NOCASE AND p.field <> 'note')",
        )?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}

/// How many customers have each label. Work grows with the labels given out, not with messages.
pub fn counts(db: &Connection) -> Result<Vec<(String, i64)>> {
    // A customer of several persons has a label if the latest word about it, whoever it was said of, is yes.
    Ok(db
        .prepare_cached(
            "SELECT substr(f.field, 7), count(DISTINCT p.customer_id) FROM profile f CROSS JOIN person p ON p.id = f.person_id
             WHERE f.field > 'label:' AND f.field < 'label;' AND f.field <> 'note' AND f.value = '1'
                AND NOT EXISTS (SELECT 1 FROM person q CROSS JOIN profile g ON g.person_id = q.id AND g.field = f.field
                    WHERE q.customer_id = p.customer_id AND g.value = '' AND g.at > f.at)
             GROUP BY f.field",
        )?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?)
}
