//! What an action costs does not depend on how much is stored, measured without a clock: SQLite's own steps
//! and the bytes it reads, on one shop of 10,000 messages and on one of 100,000; `make bench` compares with
//! 1,000,000.

mod actions;
mod bodies;
mod consents;
mod list;
mod long_thread;
mod picker;
mod shop;

use actions::actions;
use shop::{RAN, Shop};
use store::Store;
use support::{generate::END, scratch};

const SMALL: usize = 10_000;

/// Messages of the larger shop: `GUICHET_GROWTH`, or 100,000.
fn large() -> usize {
    std::env::var("GUICHET_GROWTH")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(100_000)
}

#[test]
fn work_per_action_does_not_grow_with_the_store() {
    let (small, large) = (Shop::of(SMALL), Shop::of(large()));
    let mut grown = Vec::new();
    println!(
        "{:36} {:>10} {:>10} {:>6} {:>11} {:>11} {:>6}",
        "", "steps 10k", "larger", "x", "bytes 10k", "larger", "x"
    );
    // The picker last: it makes templates of messages.
    for (name, at_most, action) in actions()
        .into_iter()
        .chain(list::actions())
        .chain(consents::actions())
        .chain([picker::picker()])
    {
        let (s, l) = (action(&small), action(&large));
        let times = |a: u64, b: u64| b as f64 / a.max(1) as f64;
        let (steps, bytes) = (times(s.steps, l.steps), times(s.bytes, l.bytes));
        println!(
            "{name:36} {:>10} {:>10} {steps:>6.2} {:>11} {:>11} {bytes:>6.2}",
            s.steps, l.steps, s.bytes, l.bytes
        );
        if l.steps as f64 > s.steps as f64 * at_most + FEW_STEPS {
            grown.push(format!("{name}: {} steps, then {}", s.steps, l.steps));
        }
        let bytes_at_most = bytes_at_most().max(at_most * 1.3);
        if l.bytes as f64 > s.bytes as f64 * bytes_at_most + FEW_BYTES {
            grown.push(format!("{name}: {} bytes, then {}", s.bytes, l.bytes));
        }
    }
    grown.extend(scans(&large));
    assert!(
        grown.is_empty(),
        "dearer on the larger store:\n{}",
        grown.join("\n")
    );
}

/// Steps that an edit more or a reaction more on the page may cost.
const FEW_STEPS: f64 = 60.0;
/// Rows that lie together in a small file lie on pages of their own in a large one, and every index is a level
/// or two deeper. It ends there: a scan would be ten or a hundred times as much.
fn bytes_at_most() -> f64 {
    if large() > 100_000 { 4.5 } else { 2.5 }
}
const FEW_BYTES: f64 = 64.0 * 4096.0;

/// What may be read from end to end: it never has more than a handful of rows.
const SMALL_TABLES: [&str; 5] = ["number", "n", "reader", "setting", "purpose"];

/// Statements among those that ran which read a table from end to end.
fn scans(shop: &Shop) -> Vec<String> {
    let ran = std::mem::take(&mut *RAN.lock().unwrap());
    assert!(ran.len() > 40, "the statements were watched");
    let store = scratch::store(shop.dir.path(), END);
    let mut scans = Vec::new();
    let mut dearest: Vec<_> = ran.iter().map(|(sql, (_, steps))| (*steps, sql)).collect();
    dearest.sort_unstable_by(|a, b| b.cmp(a));
    for (steps, sql) in dearest.iter().take(12) {
        println!("{steps:>10} steps in all by {sql}");
    }
    for (sql, (scanned, _)) in ran {
        if scanned > 1_000 {
            scans.push(format!("{scanned} rows scanned by {sql}"));
        }
        let is_query = ["SELECT", "UPDATE", "DELETE", "INSERT"]
            .iter()
            .any(|word| sql.trim_start().starts_with(word));
        let internal = sql.contains("_fts_") || sql.contains("'main'.");
        if !is_query || internal {
            continue;
        }
        for step in plan(&store, &sql) {
            let scan = step.strip_prefix("SCAN ").filter(|what| {
                let table = what.split(' ').next().unwrap_or_default();
                !SMALL_TABLES.contains(&table)
                    && !what.contains("VIRTUAL TABLE")
                    && !what.contains("CONSTANT ROW")
                    && !table.starts_with('(')
            });
            if let Some(what) = scan {
                scans.push(format!("SCAN {what} in {sql}"));
            }
        }
    }
    scans
}

fn plan(store: &Store, sql: &str) -> Vec<String> {
    store
        .read(|db| {
            let mut statement = db.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
            Ok(statement
                .query_map([], |row| row.get(3))?
                .collect::<Result<_, _>>()?)
        })
        .unwrap_or_default()
}
