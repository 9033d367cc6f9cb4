//! What people and Meta do all day, one row of the table each.

use cloud_api::{feed::Page, webhook::Content};
use inbox::{
    desk::Desk,
    fact::{Fact, FactKind},
    run::take_page,
    view::{MessageCursor, Place, SearchQuery, SendResult, ThreadCursor, ThreadQuery},
};
use support::generate::{END, Words, number, peer};

use crate::{
    bodies::{inbound, status},
    shop::{Cost, Shop, desk},
};

/// A page of the list and of a thread; search shows the newest fifty.
pub const PAGE: i64 = 60;
const HITS: i64 = 50;

/// What is measured: its name, how much dearer it may be on the large store, and the action itself.
pub type Row = (&'static str, f64, Box<dyn Fn(&Shop) -> Cost>);

pub fn actions() -> Vec<Row> {
    let words = Words::new();
    let term = |rank: usize| words.german(rank).to_owned();
    let ask_at = |name, at_most, query: SearchQuery| -> Row {
        (
            name,
            at_most,
            Box::new(move |shop: &Shop| {
                shop.cost(&mut |desk, _| {
                    desk.search(&query, None, HITS).unwrap();
                })
            }),
        )
    };
    let ask = |name, query| ask_at(name, 2.5, query);
    let search = |name, text: String| ask(name, SearchQuery::of(&text));
    let part_of = |rank: usize| words.german(rank).chars().skip(1).take(4).collect();
    vec![
        (
            "list page",
            1.05,
            Box::new(|shop| {
                shop.cost(&mut |desk, _| {
                    full(
                        desk.threads(&ThreadQuery::default(), None, PAGE)
                            .unwrap()
                            .rows
                            .len(),
                    )
                })
            }),
        ),
        (
            "list page in the middle",
            1.05,
            Box::new(|shop| {
                let from = middle_of_list(&desk(shop.dir.path()));
                shop.cost(&mut |desk, _| {
                    full(
                        desk.threads(&ThreadQuery::default(), Some(from.clone()), PAGE)
                            .unwrap()
                            .rows
                            .len(),
                    )
                })
            }),
        ),
        (
            "thread page, ten regulars",
            1.05,
            Box::new(|shop| {
                shop.cost(&mut |desk, _| {
                    for n in 0..10 {
                        full(
                            desk.messages(shop.regular(n), &Place::Newest, PAGE)
                                .unwrap()
                                .rows
                                .len(),
                        );
                    }
                })
            }),
        ),
        (
            "thread page, busiest",
            1.05,
            Box::new(|shop| {
                shop.cost(&mut |desk, _| {
                    full(
                        desk.messages(shop.filled.busiest, &Place::Newest, PAGE)
                            .unwrap()
                            .rows
                            .len(),
                    )
                })
            }),
        ),
        (
            "thread page, middle of the busiest",
            1.05,
            Box::new(|shop| {
                let from = middle_of_thread(&desk(shop.dir.path()), shop.filled.busiest);
                shop.cost(&mut |desk, _| {
                    full(
                        desk.messages(
                            shop.filled.busiest,
                            &Place::Before {
                                cursor: from.clone(),
                            },
                            PAGE,
                        )
                        .unwrap()
                        .rows
                        .len(),
                    )
                })
            }),
        ),
        jump("jump to a message, busiest", |at| Place::Around {
            message_id: at.id,
        }),
        jump("jump to a date, busiest", |at| Place::At { at: at.at }),
        search("search, head", term(2) + " "),
        search("search, head as typed", term(2)),
        search("search, mid", term(300) + " "),
        search("search, mid as typed", term(300)),
        search("search, rare", term(9_000) + " "),
        search("search, two letters", "ge".into()),
        search("search, three letters", "bit".into()),
        search("search, two words", format!("{} {}", term(2), term(8))),
        search("search, part of a word", part_of(300)),
        search("search, a customer", "testmann".into()),
        search("search, a number", "+49 30 23125 0014".into()),
        ask(
            "search, has a picture",
            SearchQuery {
                has: Some("image".into()),
                ..SearchQuery::default()
            },
        ),
        ask(
            "search, from a customer",
            SearchQuery {
                from: Some("lena".into()),
                ..SearchQuery::of(&term(2))
            },
        ),
        // Webhooks come up to eight days late, so what arrived in the eight days after is looked at, too; in the
        // larger store these hold a hundred times as much.
        ask_at(
            "search, before a year ago",
            8.0,
            SearchQuery {
                before: Some(END - 365 * 86_400_000),
                ..SearchQuery::of(&term(2))
            },
        ),
        (
            "policy and head, regular",
            1.05,
            Box::new(|shop| {
                shop.cost(&mut |desk, _| drop(desk.thread_head(shop.regular(0)).unwrap()))
            }),
        ),
        (
            "policy and head, busiest",
            1.05,
            Box::new(|shop| {
                shop.cost(&mut |desk, _| drop(desk.thread_head(shop.filled.busiest).unwrap()))
            }),
        ),
        inbound_row("apply sixteen inbound, regular", |shop| {
            (shop.filled.customers[shop.regulars[0]], 0)
        }),
        inbound_row("apply sixteen inbound, busiest", |shop| {
            let busiest = |&thread: &i64| thread == shop.filled.busiest;
            let at = shop.filled.threads.iter().position(busiest).unwrap();
            (shop.filled.customers[at], 0)
        }),
        inbound_row("apply sixteen inbound, all new", |_| (60_000, 1)),
        (
            "apply one status",
            1.05,
            Box::new(|shop| {
                let other = desk(shop.dir.path());
                let pages: Vec<Page> = (0..2).map(|n| status(shop, &other, n + 30)).collect();
                drop(other);
                shop.cost(&mut |desk, n| take_page(desk, &pages[n as usize]).unwrap())
            }),
        ),
        (
            "apply an edit, a reaction and a revocation",
            1.05,
            Box::new(|shop| {
                let target = newest_inbound(&desk(shop.dir.path()), shop.regular(1));
                shop.cost(&mut |desk, n| amend(desk, &target, n))
            }),
        ),
        (
            "queue a text, busiest",
            1.05,
            Box::new(|shop| {
                shop.cost_of_a_send(&mut |desk, _| {
                    let sent = desk
                        .send_text(shop.filled.busiest, "Ja, ab zehn Uhr.", None, "Ada")
                        .unwrap();
                    assert!(matches!(sent, SendResult::Queued { .. }), "{sent:?}");
                })
            }),
        ),
        (
            "what the guard says, busiest",
            1.05,
            Box::new(|shop| {
                shop.cost_of_a_send(&mut |desk, _| {
                    desk.guard_look(shop.filled.busiest, "Ja, ab zehn Uhr.")
                        .unwrap();
                })
            }),
        ),
        (
            "see a thread, busiest",
            1.05,
            Box::new(|shop| shop.cost(&mut |desk, _| desk.mark_seen(shop.filled.busiest).unwrap())),
        ),
        (
            "connection",
            1.05,
            Box::new(|shop| shop.cost(&mut |desk, _| drop(desk.connection().unwrap()))),
        ),
    ]
}

/// To the middle of the longest thread.
fn jump(name: &'static str, place: fn(&MessageCursor) -> Place) -> Row {
    let action = move |shop: &Shop| {
        let thread = shop.filled.busiest;
        let place = place(&middle_of_thread(&desk(shop.dir.path()), thread));
        shop.cost(&mut |desk, _| {
            full(desk.messages(thread, &place, PAGE).unwrap().rows.len());
        })
    };
    (name, 1.05, Box::new(action))
}

/// The first run edits, the second edits again and revokes: the words go, and the search index with them.
fn amend(desk: &Desk, target: &str, n: u64) {
    let at = END + 1_000_000 + n as i64;
    let content = Content::Text {
        body: "Übermorgen ist auch gut.".into(),
    };
    let (target, number) = (target.to_owned(), number(4));
    let mut kinds = vec![
        FactKind::Edited {
            target: target.clone(),
            content,
            at,
        },
        FactKind::Reacted {
            peer: peer(4),
            by_us: false,
            target: target.clone(),
            emoji: Some("👍".into()),
            at,
        },
    ];
    if n > 0 {
        kinds.push(FactKind::Revoked { target, at });
    }
    let facts: Vec<_> = kinds
        .into_iter()
        .map(|kind| Fact::new(&number, kind))
        .collect();
    desk.apply(&facts).unwrap();
}

fn newest_inbound(desk: &Desk, thread: i64) -> String {
    let read = |db: &store::Connection| store::message::newest_inbound_wamid(db, thread);
    desk.store.read(read).unwrap().unwrap()
}

/// Sixteen, as the full-text index tidies up after some of them and not after others.
fn inbound_row(name: &'static str, who: fn(&Shop) -> (usize, usize)) -> Row {
    let action = move |shop: &Shop| {
        let (first, next) = who(shop);
        shop.cost(&mut |desk, fresh| {
            for n in 16 * fresh..16 * fresh + 16 {
                let customer = first + next * n as usize;
                take_page(desk, &inbound(customer, n, name)).unwrap();
            }
        })
    };
    // For somebody whose messages came back it is asked each time whether any still arrive: so much more at most.
    (name, 1.1, Box::new(action))
}

fn full(rows: usize) {
    assert_eq!(rows, PAGE as usize, "the page is full");
}

/// Half of the list, or of a thread, lies before it.
fn middle_of_list(desk: &Desk) -> ThreadCursor {
    let all = keys(desk, "SELECT last_at, id, 0 FROM thread ORDER BY last_at");
    let (last_at, thread_id, _) = all[all.len() / 2];
    ThreadCursor {
        pinned: false,
        key: last_at,
        thread_id,
    }
}

fn middle_of_thread(desk: &Desk, thread: i64) -> MessageCursor {
    let query =
        format!("SELECT at, arrived, id FROM message WHERE thread_id = {thread} ORDER BY at");
    let all = keys(desk, &query);
    let (at, arrived, id) = all[all.len() / 2];
    MessageCursor { at, arrived, id }
}

fn keys(desk: &Desk, query: &str) -> Vec<(i64, i64, i64)> {
    let read = |db: &store::Connection| {
        let mut statement = db.prepare(query)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    };
    desk.store.read(read).unwrap()
}
