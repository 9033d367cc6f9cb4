//! Customers with a consent, or without one any more, by name, username or number: with a thread or not.

use super::{fold::Folded, words::Words};
use crate::error::Result;
use rusqlite::{Connection, params};

/// Rows the index proposes that are looked at one by one; with more, all rows are.
const FEW: i64 = 2_000;

/// Everybody with all of `words` in names, usernames and numbers, in no order.
///
/// A common name, and a beginning too short for the index, are looked for in every row: texts of a line or two, and
/// whoever counts a list wants all of them.
pub fn consent_people(db: &Connection, words: &Words) -> Result<Vec<i64>> {
    if let Some(question) = words.question() {
        let mut statement = db.prepare_cached(
            "SELECT n.customer_id, n.terms FROM consent_person_fts JOIN consent_person n ON n.customer_id = consent_person_fts.rowid
             WHERE consent_person_fts MATCH ?1 LIMIT ?2",
        )?;
        let proposed = statement
            .query_map(params![question, FEW + 1], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?
            .collect::<Result<Vec<(i64, String)>, _>>()?;
        if i64::try_from(proposed.len()).is_ok_and(|found| found <= FEW) {
            let (mut folded, both) = (Folded::default(), words.both_ways());
            let fits = |(id, terms): (i64, String)| {
                folded.read(&terms, both);
                words.fit(&folded).then_some(id)
            };
            return Ok(proposed.into_iter().filter_map(fits).collect());
        }
    }
    let mut statement = db.prepare_cached("SELECT customer_id, terms FROM consent_person")?;
    let mut rows = statement.query([])?;
    let (mut found, mut folded, both) = (Vec::new(), Folded::default(), words.both_ways());
    while let Some(row) = rows.next()? {
        folded.read(row.get_ref(1)?.as_str().unwrap_or_default(), both);
        if words.fit(&folded) {
            found.push(row.get(0)?);
        }
    }
    Ok(found)
}
