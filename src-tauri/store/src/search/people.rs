//! Customers by name, username or number.

use super::{fold::Folded, snippet, words::Words};
use crate::error::Result;
use rusqlite::{Connection, params};

/// A thread whose customer fits.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    pub thread_id: i64,
    /// The name or number that fits, the hit between U+0002 and U+0003.
    pub matched: String,
}

/// Threads the index proposes that are looked at one by one; with more the name is a common one.
const FEW: usize = 300;
/// Threads looked at, newest activity first, where the name is a common one, or too short for the index.
const WALKED: usize = 1_000;
const WALKED_FOR_LITTLE: usize = 400;

/// Threads of customers with all of `words` in names, usernames and numbers, newest activity first.
///
/// A rare name is found wherever it is. A common one is looked for among the threads with the newest activity,
/// where there are enough of them; so is the beginning of a name of one or two letters, which may find nothing.
pub fn people(db: &Connection, words: &Words, limit: usize) -> Result<Vec<Person>> {
    if words.is_empty() {
        return Ok(Vec::new());
    }
    match proposed(db, words, FEW)? {
        Some(mut few) => {
            few.sort_unstable_by_key(|thread| std::cmp::Reverse((thread.last_at, thread.id)));
            few.truncate(limit);
            Ok(few.into_iter().map(|thread| thread.person(words)).collect())
        }
        None if words.question().is_some() => newest(db, words, limit, WALKED),
        None => newest(db, words, limit, WALKED_FOR_LITTLE),
    }
}

struct Proposed {
    id: i64,
    last_at: i64,
    terms: String,
}

impl Proposed {
    fn person(&self, words: &Words) -> Person {
        let fits = |line: &&str| !words.places(line).is_empty();
        let line = self.terms.lines().find(fits).unwrap_or_default();
        let marked = snippet::around(line, words.places(line));
        let number = !line.is_empty() && line.bytes().all(|b| b.is_ascii_digit());
        Person {
            thread_id: self.id,
            matched: if number { format!("+{marked}") } else { marked },
        }
    }
}

/// Threads that fit; `None` if they are more than `most`, or the index cannot tell.
pub(super) fn few(db: &Connection, words: &Words, most: usize) -> Result<Option<Vec<i64>>> {
    let threads = proposed(db, words, most)?;
    Ok(threads.map(|threads| threads.into_iter().map(|thread| thread.id).collect()))
}

fn proposed(db: &Connection, words: &Words, most: usize) -> Result<Option<Vec<Proposed>>> {
    let Some(question) = words.question() else {
        return Ok(None);
    };
    let mut statement = db.prepare_cached(
        "SELECT t.id, t.last_at, t.terms FROM thread_fts JOIN thread t ON t.id = thread_fts.rowid
         WHERE thread_fts MATCH ?1 AND t.last_message_id > 0 LIMIT ?2",
    )?;
    let proposed = statement.query_map(
        params![question, i64::try_from(most).unwrap_or(i64::MAX) + 1],
        |row| {
            Ok(Proposed {
                id: row.get(0)?,
                last_at: row.get(1)?,
                terms: row.get(2)?,
            })
        },
    )?;
    let mut threads = proposed.collect::<Result<Vec<_>, _>>()?;
    if threads.len() > most {
        return Ok(None);
    }
    let (mut folded, both) = (Folded::default(), words.both_ways());
    threads.retain(|thread| {
        folded.read(&thread.terms, both);
        words.fit(&folded)
    });
    Ok(Some(threads))
}

fn newest(db: &Connection, words: &Words, limit: usize, walked: usize) -> Result<Vec<Person>> {
    let mut statement = db.prepare_cached(
        "SELECT id, last_at, terms FROM thread WHERE last_message_id > 0 AND (last_at, id) < (?1, ?1)
         ORDER BY last_at DESC, id DESC LIMIT ?2",
    )?;
    let mut rows = statement.query([i64::MAX, i64::try_from(walked).unwrap_or(i64::MAX)])?;
    let (mut people, mut folded, both) = (Vec::new(), Folded::default(), words.both_ways());
    while people.len() < limit
        && let Some(row) = rows.next()?
    {
        let terms = row.get_ref(2)?.as_str().unwrap_or_default();
        folded.read(terms, both);
        if words.fit(&folded) {
            let thread = Proposed {
                id: row.get(0)?,
                last_at: row.get(1)?,
                terms: terms.to_owned(),
            };
            people.push(thread.person(words));
        }
    }
    Ok(people)
}
