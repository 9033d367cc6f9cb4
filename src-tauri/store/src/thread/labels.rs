//! Threads by the labels of their customers. Labels are put by hand, so those with one are few.

use crate::error::Result;
use rusqlite::{Connection, params};

/// Makes these the labels a thread is found by.
pub fn set_labels<'a>(
    db: &Connection,
    thread_id: i64,
    labels: impl IntoIterator<Item = &'a String>,
) -> Result<()> {
    db.prepare_cached("DELETE FROM thread_label WHERE thread_id = ?1")?
        .execute([thread_id])?;
    for label in labels {
        db.prepare_cached("INSERT OR IGNORE INTO thread_label (label, thread_id) VALUES (?1, ?2)")?
            .execute(params![label, thread_id])?;
    }
    Ok(())
}

/// Every thread whose customer has this label.
pub fn with_label(db: &Connection, label: &str) -> Result<Vec<i64>> {
    Ok(db
        .prepare_cached("SELECT thread_id FROM thread_label WHERE label = ?1")?
        .query_map([label], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}
