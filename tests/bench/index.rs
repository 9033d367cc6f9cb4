//! What an index of all words costs: the choice `store::search` is built on, measured again.

use std::{path::Path, time::Instant};

use rusqlite::{Connection, params};
use store::search;
use support::{generate::Words, random::Random};

use crate::measure::{each, median, ms};

const TEXTS: usize = 200_000;
const AT_ONCE: usize = 256;
const HITS: usize = 50;

/// Kinds of index, and whether it is asked for words or for trigrams.
const KINDS: [(&str, &str, bool); 4] = [
    (
        "words, prefix 2 3",
        "tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'",
        true,
    ),
    (
        "trigram, detail = full",
        "tokenize = 'trigram case_sensitive 1'",
        false,
    ),
    (
        "trigram, detail = column",
        "tokenize = 'trigram case_sensitive 1', detail = column",
        false,
    ),
    (
        "trigram, detail = none",
        "tokenize = 'trigram case_sensitive 1', detail = none, columnsize = 0",
        false,
    ),
];

pub fn run(dir: &Path) {
    let words = Words::new();
    let mut random = Random::new(1);
    let texts: Vec<String> = (0..TEXTS)
        .map(|customer| words.text(customer, &mut random))
        .collect();
    let bytes: usize = texts.iter().map(String::len).sum();
    println!("{TEXTS} texts of {} bytes", bytes / TEXTS);
    let typed = [words.german(2), words.german(300), words.german(9_000)];
    for (n, (name, options, by_word)) in KINDS.iter().enumerate() {
        let db = Connection::open(dir.join(format!("{n}.db"))).expect("a database");
        search::teach(&db).expect("a function");
        // Words fold by themselves; what is asked of trigrams is folded, so they are too.
        let what = if *by_word { "?2" } else { "folded(?2)" };
        let (seconds, size) = fill(&db, options, what, &texts);
        let took = typed.map(|typed| {
            let question = if *by_word {
                format!("\"{typed}\"*")
            } else {
                let question = search::Words::of(typed).question();
                question.expect("a word of three letters or more")
            };
            median(&each(20, |_| newest(&db, &question)))
        });
        println!(
            "{name:26} {seconds:6.1} s, {:4} bytes per text; newest 50 of a frequent, middling, rare word: {:.2}, {:.2}, {:.2} ms",
            size / TEXTS as i64,
            took[0],
            took[1],
            took[2]
        );
    }
}

/// Seconds to index the texts, and bytes that took.
fn fill(db: &Connection, options: &str, what: &str, texts: &[String]) -> (f64, i64) {
    db.execute_batch(&format!(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -16384;
         CREATE TABLE message (id INTEGER PRIMARY KEY, body TEXT NOT NULL);
         CREATE VIRTUAL TABLE f USING fts5 (body, content = 'message', content_rowid = 'id', {options});"
    ))
    .expect("tables");
    insert(db, "INSERT INTO message (id, body) VALUES (?1, ?2)", texts);
    let before = size(db);
    let begun = Instant::now();
    let sql = format!("INSERT INTO f (rowid, body) VALUES (?1, {what})");
    insert(db, &sql, texts);
    (ms(begun.elapsed()) / 1000.0, size(db) - before)
}

fn insert(db: &Connection, sql: &str, texts: &[String]) {
    for (n, some) in texts.chunks(AT_ONCE).enumerate() {
        db.execute_batch("BEGIN").expect("a transaction");
        for (k, text) in some.iter().enumerate() {
            let mut statement = db.prepare_cached(sql).expect("a statement");
            statement
                .execute(params![(n * AT_ONCE + k + 1) as i64, text])
                .expect("a row that lands");
        }
        db.execute_batch("COMMIT").expect("a commit");
    }
}

fn size(db: &Connection) -> i64 {
    db.query_row(
        "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
        [],
        |row| row.get(0),
    )
    .expect("a size")
}

fn newest(db: &Connection, question: &str) {
    let mut statement = db
        .prepare_cached(
            "SELECT m.id, m.body FROM f JOIN message m ON m.id = f.rowid WHERE f MATCH ?1
             ORDER BY f.rowid DESC LIMIT ?2",
        )
        .expect("a statement");
    let rows = statement
        .query_map(params![question, HITS as i64], |row| {
            row.get::<_, String>(1)
        })
        .expect("hits");
    assert!(rows.count() <= HITS);
}
