//! Full-text search over what was written, newest first: never a ranking of everything that matches.

use crate::error::Result;
use rusqlite::{Connection, params};

#[derive(Clone, PartialEq, Eq)]
pub struct Hit {
    pub message_id: i64,
    pub thread_id: i64,
    pub at: i64,
    /// The hit stands between U+0002 and U+0003.
    pub snippet: String,
}

/// Messages that hold every word of `text`, the last one as a beginning; from behind message id `before`.
pub fn page(db: &Connection, text: &str, before: Option<i64>, limit: i64) -> Result<Vec<Hit>> {
    let Some(query) = query(text) else {
        return Ok(Vec::new());
    };
    Ok(db
        .prepare_cached(
            "SELECT m.id, m.thread_id, m.at, snippet(message_fts, 0, char(2), char(3), '…', 12)
             FROM message_fts JOIN message m ON m.id = message_fts.rowid
             WHERE message_fts MATCH ?1 AND message_fts.rowid < ?2 ORDER BY message_fts.rowid DESC LIMIT ?3",
        )?
        .query_map(params![query, before.unwrap_or(i64::MAX), limit], |row| {
            Ok(Hit { message_id: row.get(0)?, thread_id: row.get(1)?, at: row.get(2)?, snippet: row.get(3)? })
        })?
        .collect::<Result<_, _>>()?)
}

/// Words as FTS5 strings, so that nothing a person types is an operator.
fn query(text: &str) -> Option<String> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| format!("\"{word}\""))
        .collect();
    let prefix = text.chars().next_back().is_some_and(char::is_alphanumeric);
    (!words.is_empty()).then(|| words.join(" ") + if prefix { "*" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::query;

    #[test]
    fn what_a_person_types_is_never_an_operator() {
        for (typed, expected) in [
            ("Brötchen", Some("\"Brötchen\"*")),
            ("zwei Bröt", Some("\"zwei\" \"Bröt\"*")),
            (
                "NEAR(a b) OR \"x",
                Some("\"NEAR\" \"a\" \"b\" \"OR\" \"x\"*"),
            ),
            ("fertig!", Some("\"fertig\"")),
            ("***", None),
            ("", None),
        ] {
            assert_eq!(query(typed).as_deref(), expected, "{typed}");
        }
    }
}
