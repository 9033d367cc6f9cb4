//! The sections of the list, its filters and counts, and what staff does with threads.

use inbox::view::{MarkChange, Section, ThreadQuery, ThreadSort};

use crate::{
    actions::{PAGE, Row},
    shop::Cost,
    shop::Shop,
};

pub fn actions() -> Vec<Row> {
    let page = |name, at_most, query: ThreadQuery| -> Row {
        let action = move |shop: &Shop| -> Cost {
            shop.cost(&mut |desk, _| drop(desk.threads(&query, None, PAGE).unwrap()))
        };
        (name, at_most, Box::new(action))
    };
    let counts = |name, at_most, query: ThreadQuery| -> Row {
        let action = move |shop: &Shop| -> Cost {
            shop.cost(&mut |desk, _| {
                desk.section_counts(&query).unwrap();
            })
        };
        (name, at_most, Box::new(action))
    };
    let all = ThreadQuery::default;
    let section = |section| ThreadQuery {
        section: Some(section),
        ..all()
    };
    let closing = |query: ThreadQuery| ThreadQuery {
        sort: ThreadSort::Closing,
        ..query
    };
    let third_number = || ThreadQuery {
        number_id: Some(3),
        ..all()
    };
    vec![
        page("list page, by closing", 1.05, closing(all())),
        // As many windows more are open in the larger shop, and each is passed over in the index.
        page("list page, closed", 1.5, section(Section::Closed)),
        page(
            "list page, closed, by closing",
            1.10,
            closing(section(Section::Closed)),
        ),
        page("list page, done", 1.05, section(Section::Done)),
        page("list page, one number", 1.5, third_number()),
        counts("section counts", 2.5, all()),
        (
            "done, open again, pinned and not",
            1.05,
            Box::new(|shop| {
                let threads: Vec<i64> = (4..8).map(|n| shop.regular(n)).collect();
                shop.cost(&mut |desk, _| {
                    for change in [
                        MarkChange::Done,
                        MarkChange::Reopen,
                        MarkChange::Pin { on: true },
                        MarkChange::Pin { on: false },
                        MarkChange::Unread,
                    ] {
                        desk.mark_threads(&threads, &change).unwrap();
                    }
                    for &thread in &threads {
                        desk.mark_seen(thread).unwrap();
                    }
                })
            }),
        ),
    ]
}
