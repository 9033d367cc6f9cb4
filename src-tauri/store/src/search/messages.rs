//! Messages that fit, page by page, newest first.
//!
//! Whatever is asked, rows come from one of five sources in the order of their ids and are checked one by one:
//! a few threads that are short enough to be read whole, the trigram index, the index of kinds or of links, or all
//! messages from the newest back. What a page looks at is bounded; where it stopped, the next one begins.

use super::{fold::Folded, links, people, snippet, words::Words};
use crate::{
    error::Result,
    message::{IN, LINE, OUT},
};
use rusqlite::{Connection, OptionalExtension, Row, Statement, params, types::ToSql};
use std::collections::HashMap;

/// Messages a page looks at, and bytes of text.
const ROWS_AT_MOST: usize = 20_000;
const BYTES_AT_MOST: usize = 8 << 20;
/// Threads that are read instead of asking the index, and their messages in all.
const FEW_THREADS: usize = 32;
const FEW_MESSAGES: usize = 2_000;
/// How long after it was written a message may arrive: Meta repeats webhooks for seven days.
const LATE_BY: i64 = 8 * 24 * 60 * 60 * 1000;
/// So many messages in a row from before `after`, and there are no more behind it.
const OLD_IN_A_ROW: usize = 200;

/// What is looked for.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    pub text: Words,
    pub sender: Sender,
    /// Any of these kinds; none: every kind.
    pub kinds: &'static [&'static str],
    /// With an address on the web in it.
    pub link: bool,
    /// Only customers with this label.
    pub label: Option<String>,
    /// Before and from this time, Unix milliseconds.
    pub before: Option<i64>,
    pub after: Option<i64>,
    pub thread_id: Option<i64>,
}

impl Wanted {
    /// Words alone.
    pub fn of(text: &str) -> Self {
        Self {
            text: Words::of(text),
            ..Self::default()
        }
    }
}

#[derive(Clone, Default, PartialEq, Eq)]
pub enum Sender {
    #[default]
    Anybody,
    Us,
    /// Customers with this in their names or numbers.
    Customer(Words),
}

#[derive(Clone, PartialEq, Eq)]
pub struct Hit {
    pub message_id: i64,
    pub thread_id: i64,
    pub at: i64,
    pub direction: i64,
    pub kind: String,
    /// The hit stands between U+0002 and U+0003.
    pub snippet: String,
}

#[derive(Clone, PartialEq, Eq)]
pub struct Page {
    pub hits: Vec<Hit>,
    /// Pass as `from` for the next page; `None` where nothing older fits.
    pub next: Option<i64>,
}

/// Messages that fit, newest first, from behind message id `from`.
pub fn page(db: &Connection, wanted: &Wanted, from: Option<i64>, limit: usize) -> Result<Page> {
    let mut hunt = Hunt::new(db, wanted, limit);
    let mut from = from.unwrap_or(i64::MAX);
    if let Some(before) = wanted.before {
        from = from.min(first_arrived_from(db, before.saturating_add(LATE_BY))?);
    }
    let exhausted = match few_messages(db, wanted, from)? {
        Some(ids) => {
            let mut statement =
                db.prepare_cached(&format!("{ROW} FROM message m WHERE m.id = ?1"))?;
            let mut exhausted = true;
            for id in ids {
                if !hunt.follow(&mut statement, &[&id])? {
                    exhausted = false;
                    break;
                }
            }
            exhausted
        }
        None => match wanted.text.question() {
            Some(question) => {
                let mut statement = db.prepare_cached(&format!(
                    "{ROW} FROM message_fts JOIN message m ON m.id = message_fts.rowid
                     WHERE message_fts MATCH ?1 AND message_fts.rowid < ?2 ORDER BY message_fts.rowid DESC"
                ))?;
                hunt.follow(&mut statement, &[&question, &from])?
            }
            None => {
                let all = match wanted.link {
                    true => format!("{ROW} {WITH_LINK}"),
                    false => by_kind(wanted.kinds),
                };
                let mut statement = db.prepare_cached(&all)?;
                hunt.follow(&mut statement, &[&from])?
            }
        },
    };
    Ok(Page {
        next: (!exhausted).then_some(hunt.last),
        hits: hunt.hits,
    })
}

const ROW: &str = "SELECT m.id, m.thread_id, m.at, m.arrived, m.direction, m.kind, m.shown AND m.revoked_at < 0, m.body";

/// Every message with a link, newest first; in the words of its index, so that that is known to hold them.
const WITH_LINK: &str = "FROM message m WHERE holds_link(body) AND m.id < ?1 ORDER BY m.id DESC";

/// Every message of these kinds, newest first; of every kind if none is named.
fn by_kind(kinds: &[&str]) -> String {
    if kinds.is_empty() {
        return format!("{ROW} FROM message m WHERE m.id < ?1 ORDER BY m.id DESC");
    }
    // Said twice, so that the partial index is known to hold them.
    let of = |kind| {
        format!("{ROW} FROM message m WHERE m.kind = '{kind}' AND m.kind <> 'text' AND m.id < ?1")
    };
    let all: Vec<String> = kinds.iter().map(of).collect();
    format!("{} ORDER BY 1 DESC", all.join(" UNION ALL "))
}

/// One page in the making.
struct Hunt<'a> {
    db: &'a Connection,
    wanted: &'a Wanted,
    limit: usize,
    /// Whose threads fit, as far as was asked.
    threads: HashMap<i64, bool>,
    hits: Vec<Hit>,
    /// The last message looked at.
    last: i64,
    rows: usize,
    bytes: usize,
    old_in_a_row: usize,
    folded: Folded,
}

impl<'a> Hunt<'a> {
    fn new(db: &'a Connection, wanted: &'a Wanted, limit: usize) -> Self {
        Self {
            db,
            wanted,
            limit,
            threads: HashMap::new(),
            hits: Vec::new(),
            last: i64::MAX,
            rows: 0,
            bytes: 0,
            old_in_a_row: 0,
            folded: Folded::default(),
        }
    }

    /// Looks at every row of a statement; false if the page was full before its end.
    fn follow(&mut self, statement: &mut Statement<'_>, with: &[&dyn ToSql]) -> Result<bool> {
        let mut rows = statement.query(with)?;
        while !self.is_full() {
            match rows.next()? {
                Some(row) => self.look_at(row)?,
                None => return Ok(true),
            }
            if self.old_in_a_row > OLD_IN_A_ROW {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn is_full(&self) -> bool {
        self.hits.len() >= self.limit || self.rows >= ROWS_AT_MOST || self.bytes >= BYTES_AT_MOST
    }

    fn look_at(&mut self, row: &Row<'_>) -> Result<()> {
        self.last = row.get(0)?;
        self.rows += 1;
        let (thread_id, at, arrived): (i64, i64, i64) = (row.get(1)?, row.get(2)?, row.get(3)?);
        let direction: i64 = row.get(4)?;
        let kind = row.get_ref(5)?.as_str().unwrap_or_default();
        let shown: bool = row.get(6)?;
        let wanted = self.wanted;
        if let Some(after) = wanted.after {
            let old = arrived / 1000 < after.saturating_sub(LATE_BY);
            self.old_in_a_row = if old { self.old_in_a_row + 1 } else { 0 };
        }
        let sender = match wanted.sender {
            Sender::Anybody => true,
            Sender::Us => direction == OUT,
            Sender::Customer(_) => direction == IN,
        };
        let fits = shown
            && sender
            && wanted.before.is_none_or(|before| at < before)
            && wanted.after.is_none_or(|after| at >= after)
            && wanted.thread_id.is_none_or(|id| id == thread_id)
            && (wanted.kinds.is_empty() || wanted.kinds.contains(&kind));
        if !fits {
            return Ok(());
        }
        let body = row.get_ref(7)?.as_str().unwrap_or_default();
        self.bytes += body.len();
        // Lines about what happened are no messages, unless they say something in words.
        if body.is_empty() && direction == LINE {
            return Ok(());
        }
        if wanted.link && !links::any(body) {
            return Ok(());
        }
        if !wanted.text.is_empty() {
            self.folded.read(body, wanted.text.both_ways());
            if !wanted.text.fit(&self.folded) {
                return Ok(());
            }
        }
        if self.thread_fits(thread_id)? {
            let marked = if wanted.text.is_empty() && wanted.link {
                links::places(body)
            } else {
                wanted.text.places(body)
            };
            self.hits.push(Hit {
                message_id: self.last,
                thread_id,
                at,
                direction,
                kind: kind.to_owned(),
                snippet: snippet::around(body, marked),
            });
        }
        Ok(())
    }

    fn thread_fits(&mut self, thread_id: i64) -> Result<bool> {
        if self.wanted.label.is_none() && !matches!(self.wanted.sender, Sender::Customer(_)) {
            return Ok(true);
        }
        if let Some(fits) = self.threads.get(&thread_id) {
            return Ok(*fits);
        }
        let (customer_id, terms): (i64, String) = self
            .db
            .prepare_cached("SELECT customer_id, terms FROM thread WHERE id = ?1")?
            .query_row([thread_id], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut fits = true;
        if let Sender::Customer(words) = &self.wanted.sender {
            self.folded.read(&terms, words.both_ways());
            fits = words.fit(&self.folded);
        }
        if let Some(label) = &self.wanted.label {
            fits = fits && has_label(self.db, customer_id, label)?;
        }
        self.threads.insert(thread_id, fits);
        Ok(fits)
    }
}

/// The latest word about this label, an empty one included, from any identifier of the customer.
fn has_label(db: &Connection, customer_id: i64, label: &str) -> Result<bool> {
    let said: Option<String> = db
        .prepare_cached(
            "SELECT f.value FROM person p CROSS JOIN profile f ON f.person_id = p.id
             WHERE p.customer_id = ?1 AND f.field = 'label:' || ?2 COLLATE NOCASE ORDER BY f.at DESC, f.value DESC LIMIT 1",
        )?
        .query_row(params![customer_id, label], |row| row.get(0))
        .optional()?;
    Ok(said.as_deref() == Some("1"))
}

/// The messages of all threads that may hold a hit, newest first, where these are few.
fn few_messages(db: &Connection, wanted: &Wanted, from: i64) -> Result<Option<Vec<i64>>> {
    let Some(threads) = few_threads(db, wanted)? else {
        return Ok(None);
    };
    let mut statement = db.prepare_cached(
        "SELECT id FROM message WHERE thread_id = ?1 AND shown = 1 AND id < ?2 LIMIT ?3",
    )?;
    let mut ids: Vec<i64> = Vec::new();
    for thread in threads {
        let left = i64::try_from(FEW_MESSAGES + 1 - ids.len()).unwrap_or(0);
        for id in statement.query_map(params![thread, from, left], |row| row.get(0))? {
            ids.push(id?);
        }
        if ids.len() > FEW_MESSAGES {
            return Ok(None);
        }
    }
    ids.sort_unstable_by(|a, b| b.cmp(a));
    Ok(Some(ids))
}

fn few_threads(db: &Connection, wanted: &Wanted) -> Result<Option<Vec<i64>>> {
    if let Some(id) = wanted.thread_id {
        return Ok(Some(vec![id]));
    }
    if let Sender::Customer(words) = &wanted.sender
        && let Some(threads) = people::few(db, words, FEW_THREADS)?
    {
        return Ok(Some(threads));
    }
    let Some(label) = &wanted.label else {
        return Ok(None);
    };
    let threads: Vec<i64> = db
        .prepare_cached(
            "SELECT DISTINCT t.id FROM profile f CROSS JOIN person p ON p.id = f.person_id
                CROSS JOIN thread t ON t.customer_id = p.customer_id
             WHERE f.field = 'label:' || ?1 COLLATE NOCASE AND f.value = '1' LIMIT ?2",
        )?
        .query_map(
            params![label, i64::try_from(FEW_THREADS + 1).unwrap_or(0)],
            |row| row.get(0),
        )?
        .collect::<Result<_, _>>()?;
    Ok((threads.len() <= FEW_THREADS).then_some(threads))
}

/// The id from which on everything arrived at or after `at`; imported conversations, which are older than
/// their arrival, always lie before it. Ids are given in the order of arrival, so twenty looks are enough.
fn first_arrived_from(db: &Connection, at: i64) -> Result<i64> {
    let newest =
        |sql: &str| -> Result<i64> { Ok(db.prepare_cached(sql)?.query_row([], |row| row.get(0))?) };
    let mut low = 0;
    let mut high = newest("SELECT coalesce(max(id), 0) FROM message")? + 1;
    let mut statement =
        db.prepare_cached("SELECT arrived FROM message WHERE id >= ?1 ORDER BY id LIMIT 1")?;
    while low < high {
        let middle = low + (high - low) / 2;
        let arrived: i64 = statement.query_row([middle], |row| row.get(0))?;
        if arrived / 1000 < at {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    // Always a row, also where nothing was ever imported.
    let imported = newest(
        "SELECT coalesce((SELECT id FROM message WHERE origin = 1 ORDER BY id DESC LIMIT 1), 0)",
    )?;
    Ok(low.max(imported + 1))
}
