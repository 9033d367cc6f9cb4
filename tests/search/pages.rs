//! Page after page, newest first, however much lies between.

use crate::{DAY, MINUTE, NINE, hits, write_all};
use cloud_api::webhook::Content;
use inbox::{
    fact::{By, FactKind, Said},
    view::SearchQuery,
};
use support::{
    bodies::{self, LENA, NUMBER},
    counter::{Counter, phone},
};

#[test]
fn pages_follow_one_another_without_gaps() {
    let counter = Counter::open(NINE + DAY);
    let text = |n| if n % 2 == 0 { "Brot" } else { "Kuchen" };
    write_all(
        &counter,
        (0..130).map(|n| (LENA.to_owned(), text(n).to_owned())),
    );
    let lena = counter.thread(NUMBER, &phone(LENA)).unwrap();
    for query in [
        SearchQuery::of("brot"),
        SearchQuery::of("br"),
        SearchQuery::of("rot"),
        SearchQuery {
            thread_id: Some(lena),
            ..SearchQuery::of("brot")
        },
        SearchQuery {
            from: Some("15155".into()),
            ..SearchQuery::of("brot")
        },
    ] {
        let (mut from, mut found) = (None, Vec::new());
        loop {
            let page = counter.desk.search(&query, from, 20).unwrap();
            found.extend(page.hits.iter().map(|hit| (hit.at - NINE) / MINUTE));
            from = page.next;
            if from.is_none() {
                break;
            }
        }
        let expected: Vec<_> = (0..130).rev().filter(|n| n % 2 == 0).collect();
        assert_eq!(found, expected, "{query:?}");
    }
}

#[test]
fn a_page_that_finds_little_says_where_to_look_on() {
    let counter = Counter::open(NINE + DAY);
    let put = |db: &store::Connection| {
        db.execute_batch(
            "INSERT INTO customer (id) VALUES (1);
             INSERT INTO person (id, key, customer_id) VALUES (1, 'b:DE.1', 1);
             INSERT INTO thread (id, number_id, customer_id) VALUES (1, 1, 1);
             WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 45000)
             INSERT INTO message (key, thread_id, person_id, number_id, direction, at, arrived, kind, body)
             SELECT 'm:' || i, 1, 1, 1, 0, i, i * 1000, 'text', CASE i WHEN 7 THEN 'zx' WHEN 44990 THEN 'zy' ELSE '' END FROM n",
        )?;
        Ok(())
    };
    counter.desk.store.write(put).unwrap();
    let page = |from| {
        counter
            .desk
            .search(&SearchQuery::of("z"), from, 50)
            .unwrap()
    };
    let (mut from, mut pages) = (None, Vec::new());
    loop {
        let page = page(from);
        pages.push(page.hits.iter().map(|hit| hit.at).collect::<Vec<_>>());
        from = page.next;
        if from.is_none() {
            break;
        }
    }
    assert_eq!(pages, [vec![44_990], vec![], vec![7]]);
}

#[test]
fn old_messages_are_found_by_date_and_imported_ones_too() {
    let counter = Counter::open(NINE + 100 * DAY);
    let bodies: Vec<_> = (0..100)
        .map(|day| {
            let (at, wamid) = (NINE + day * DAY, format!("wamid.{day}"));
            let body = bodies::text(NUMBER, LENA, &wamid, at, &format!("Brot {day}"));
            (body, at)
        })
        .collect();
    counter.receive_all(&bodies);
    let imported = Said {
        wamid: "wamid.import".into(),
        peer: phone(LENA),
        by: By::HistoryIn,
        content: Content::Text {
            body: "Brot von früher".into(),
        },
        at: NINE - DAY,
        timed: true,
        arrived: (NINE + 60 * DAY) * 1000,
        context: None,
        referral: None,
    };
    counter.desk.apply_one(FactKind::Said(imported)).unwrap();
    let found = |before, after| {
        let query = SearchQuery {
            before,
            after,
            ..SearchQuery::of("brot")
        };
        hits(&counter, &query)
    };
    assert_eq!(
        found(Some(NINE + DAY + 1), None),
        "[Brot] von früher\n[Brot] 1\n[Brot] 0"
    );
    assert_eq!(found(Some(NINE), None), "[Brot] von früher");
    assert_eq!(found(Some(NINE - 2 * DAY), None), "");
    assert_eq!(found(None, Some(NINE + 98 * DAY)), "[Brot] 99\n[Brot] 98");
}
