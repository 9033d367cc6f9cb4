//! P5, P8, P11: what a person waits for when looking: opening, the busiest thread, searching as they type.

use inbox::view::{Place, SearchQuery, ThreadQuery};
use std::{path::Path, time::Instant};

use rusqlite::Connection;
use store::{message, search};
use support::generate::{Filled, Spec, Words, fill};

use crate::{
    Shop,
    apply::{desk, desk_at},
    measure::{Better, each, median, ms, quantile, take_turns},
};

const LIST: i64 = 60;
const PAGE: i64 = 60;
const HITS: usize = 50;

pub fn run(shops: &[Shop], rounds: usize) {
    for shop in shops {
        let name = format!("P5 open and first page, {}", shop.messages);
        take_turns(
            rounds,
            None,
            Box::new(|| opened(5, || open(shop))),
            vec![(
                "bare open",
                Box::new(|| median(&each(5, |_| drop(bare(shop.dir.path()))))),
            )],
        )
        .print(&name, "ms", Better::Less, None);
    }
    if let (Some(small), Some(large)) = (shops.first(), shops.last()) {
        take_turns(
            rounds,
            None,
            Box::new(|| opened(5, || open(large))),
            vec![("smallest store", Box::new(|| opened(5, || open(small))))],
        )
        .print(
            "P5 open and first page, largest store",
            "ms",
            Better::Less,
            Some(1.05),
        );
    }
    guard(shops, rounds);
    for shop in shops {
        thread(shop, rounds);
        searches(shop, rounds);
    }
}

/// Milliseconds from nothing to a first page with names; closing is not waited for by anybody.
fn open(shop: &Shop) -> f64 {
    let begun = Instant::now();
    let desk = desk(shop.dir.path());
    let page = desk
        .threads(&ThreadQuery::default(), None, LIST)
        .expect("a page");
    let took = ms(begun.elapsed());
    assert_eq!(page.rows.len() as i64, LIST);
    took
}

fn opened(times: usize, open: impl Fn() -> f64) -> f64 {
    median(&(0..times).map(|_| open()).collect::<Vec<_>>())
}

/// The database with its raw key, and the first read, which tells whether the key fits.
fn bare(dir: &Path) -> Connection {
    let db = Connection::open(store::database_path(dir)).expect("a database");
    let key = support::scratch::key().to_hex();
    db.execute_batch(&format!(
        "PRAGMA key = \"x'{}'\"; PRAGMA cache_size = -16384;",
        key.as_str()
    ))
    .expect("a key");
    db.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))
        .expect("the right key");
    db
}

fn thread(shop: &Shop, rounds: usize) {
    let (desk, db, id) = (
        desk(shop.dir.path()),
        bare(shop.dir.path()),
        shop.filled.busiest,
    );
    take_turns(
        rounds,
        None,
        Box::new(|| {
            median(&each(50, |_| {
                drop(desk.messages(id, &Place::Newest, PAGE).expect("a page"))
            }))
        }),
        vec![(
            "bare statement",
            Box::new(|| {
                median(&each(50, |_| {
                    drop(message::page(&db, id, None, PAGE).expect("rows"))
                }))
            }),
        )],
    )
    .print(
        &format!("P8 page of the busiest thread, {}", shop.messages),
        "ms",
        Better::Less,
        Some(2.0),
    );
}

/// Messages of the nine days that the guard looks back on, in a busy shop.
const LATELY: usize = 2_000;
const NINE_DAYS: usize = 9;
/// Verdicts of one round.
const VERDICTS: usize = 500;
const HOUR: i64 = 3_600_000;

/// What the guard says before a send: on two stores with the same nine days on top of another past, and, with those
/// nine days as full as the two years before them, on the largest store against the smallest.
fn guard(shops: &[Shop], rounds: usize) {
    let (Some(small), Some(large)) = (shops.first(), shops.last()) else {
        return;
    };
    let copies = [small, large].map(lately);
    let [few, many] = copies.each_ref().map(|(dir, filled)| {
        let now = Spec::days_after(LATELY, NINE_DAYS).until + HOUR;
        Guarded {
            desk: ready(desk_at(dir.path(), now), &format!("{LATELY} in nine days")),
            threads: filled.threads.clone(),
        }
    });
    verdicts(
        &many,
        &few,
        &format!("{} messages, {LATELY} lately", large.messages),
        (rounds, Some(1.25)),
    );
    let [few, many] = [small, large].map(|shop| Guarded {
        desk: ready(
            desk(shop.dir.path()),
            &format!("{} in two years", shop.messages),
        ),
        threads: shop.filled.threads.clone(),
    });
    let name = format!("{} messages, as many lately", large.messages);
    verdicts(&many, &few, &name, (rounds, None));
}

struct Guarded {
    desk: inbox::desk::Desk,
    threads: Vec<i64>,
}

/// A copy of the shop nine days later, in which as much was written as in every other.
fn lately(shop: &Shop) -> (tempfile::TempDir, Filled) {
    let place = shop.dir.path().parent().expect("a folder around it");
    let dir = tempfile::tempdir_in(place).expect("a temporary directory");
    for file in std::fs::read_dir(shop.dir.path()).expect("the shop's files") {
        let file = file.expect("a file");
        if file.file_type().is_ok_and(|kind| kind.is_file()) {
            std::fs::copy(file.path(), dir.path().join(file.file_name())).expect("a copy");
        }
    }
    let spec = Spec::days_after(LATELY, NINE_DAYS);
    let store = support::scratch::store(dir.path(), spec.until);
    let filled = fill(&store, spec).expect("nine days more");
    (dir, filled)
}

/// Reads the past, and says how long that took.
fn ready(desk: inbox::desk::Desk, messages: &str) -> inbox::desk::Desk {
    let begun = Instant::now();
    desk.guard_ready().expect("a past that can be read");
    println!(
        "guard, {messages}: nine days read in {:.1} ms",
        ms(begun.elapsed())
    );
    desk
}

fn verdicts(many: &Guarded, few: &Guarded, name: &str, (rounds, goal): (usize, Option<f64>)) {
    let texts = [
        "Ja, ab zehn Uhr ist jemand da.",
        "Nur diese Woche: 20 % auf alle Torten, jetzt bestellen!",
    ];
    let took = |shop: &Guarded, q: f64| {
        let each = each(VERDICTS, |n| {
            let thread = shop.threads[n / 2 % shop.threads.len()];
            drop(
                shop.desk
                    .guard_look(thread, texts[n % 2])
                    .expect("a verdict"),
            );
        });
        quantile(&each, q)
    };
    for (label, q) in [("p50", 0.5), ("p99", 0.99)] {
        take_turns(
            rounds,
            None,
            Box::new(|| took(many, q)),
            vec![("smallest store", Box::new(|| took(few, q)))],
        )
        .print(
            &format!("guard verdict {label}, {name}"),
            "ms",
            Better::Less,
            goal,
        );
    }
}

fn searches(shop: &Shop, rounds: usize) {
    let (desk, db, words) = (desk(shop.dir.path()), bare(shop.dir.path()), Words::new());
    let term = |rank| words.german(rank).to_owned();
    for (class, text) in [
        ("head", term(2)),
        ("mid", term(300)),
        ("rare", term(9_000)),
        ("two letters", "ge".to_owned()),
        ("three letters", "bit".to_owned()),
        (
            "part of a word",
            term(300).chars().skip(1).take(3).collect(),
        ),
    ] {
        let p95 = |work: &mut dyn FnMut()| quantile(&each(20, |_| work()), 0.95);
        let wanted = search::Wanted::of(&text);
        take_turns(
            rounds,
            None,
            Box::new(|| {
                p95(&mut || {
                    drop(
                        desk.search(&SearchQuery::of(&text), None, HITS as i64)
                            .expect("hits"),
                    )
                })
            }),
            vec![(
                "bare FTS5",
                Box::new(|| {
                    p95(&mut || drop(search::page(&db, &wanted, None, HITS).expect("hits")))
                }),
            )],
        )
        .print(
            &format!("P11 search p95, {class}, {}", shop.messages),
            "ms",
            Better::Less,
            Some(1.25),
        );
    }
}
