//! A conversation of 100,000 messages costs at any place what its end costs, and what a short one costs.

use crate::shop::desk;
use inbox::{
    desk::Desk,
    view::{MessageCursor, Place},
};
use support::{generate::END, scratch};

const PAGE: i64 = 60;

/// One thread of so many messages, a second apart; message `n` has the id `n`.
fn filled(messages: i64) -> (tempfile::TempDir, Desk) {
    let dir = scratch::directory();
    let store = scratch::store(dir.path(), END);
    let put = |db: &store::Connection| {
        db.execute_batch(&format!(
            "INSERT INTO customer (id) VALUES (1);
             INSERT INTO person (id, key, customer_id) VALUES (1, 'b:DE.1', 1);
             INSERT INTO number (id, phone_number_id) VALUES (1, 'n');
             INSERT INTO thread (id, number_id, customer_id) VALUES (1, 1, 1);
             WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {messages})
             INSERT INTO message (key, thread_id, person_id, number_id, wamid, direction, at, arrived, kind)
             SELECT 'm:' || i, 1, 1, 1, i, 0, i * 1000, i * 1000000, 'text' FROM n"
        ))?;
        Ok(())
    };
    store.write(put).unwrap();
    drop(store);
    let desk = desk(dir.path());
    (dir, desk)
}

fn steps(desk: &Desk, place: &Place) -> u64 {
    let page = || desk.messages(1, place, PAGE).unwrap().rows.len();
    let (rows, steps) = desk.store.count_steps(page).unwrap();
    assert_eq!(rows, PAGE as usize);
    steps
}

#[test]
fn every_place_of_a_long_thread_costs_the_same() {
    let newest = |desk: &Desk| steps(desk, &Place::Newest) as f64;
    let (_kept, short) = filled(1_000);
    let short = newest(&short);
    let (_kept, long) = filled(100_000);
    let usual = newest(&long);
    assert!(usual <= short * 1.02, "{short}, then {usual}");
    for middle in [100, 30_000, 50_000, 99_000] {
        let cursor = MessageCursor {
            at: middle * 1000,
            arrived: middle * 1_000_000,
            id: middle,
        };
        for place in [
            Place::Around { message_id: middle },
            Place::At { at: middle * 1000 },
            Place::Before {
                cursor: cursor.clone(),
            },
            Place::After { cursor },
        ] {
            let here = steps(&long, &place) as f64;
            // A second range to open, or one row more to see that there is more.
            assert!(
                here <= usual * 1.10,
                "{usual} at the end, {here} at {place:?}"
            );
        }
    }
}
