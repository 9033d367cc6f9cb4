//! What rings: each new message of a customer, once, while it is fresh.

use serde_json::json;
use support::{
    bodies::{self, LENA, NUMBER, text},
    counter::Counter,
};

const NINE: i64 = 1_795_165_200_000;
const MINUTE: i64 = 60_000;

#[test]
fn a_new_message_rings_once_however_often_meta_repeats_it() {
    let counter = Counter::open(NINE);
    let body = text(
        NUMBER,
        LENA,
        "wamid.1",
        NINE,
        "Ist mein Rad fertig?\nDanke!",
    );
    counter.receive(&body, NINE);
    let rung = counter.announced();
    let arrivals = counter.desk.arrivals(&rung).unwrap();
    assert_eq!(arrivals.len(), 1);
    assert_eq!(arrivals[0].text, "Ist mein Rad fertig?");
    assert_eq!(arrivals[0].name, format!("+{LENA}"));
    counter.receive(&body, NINE + MINUTE);
    assert!(counter.announced().is_empty());
}

#[test]
fn what_is_no_message_of_a_customer_does_not_ring() {
    let counter = Counter::open(NINE);
    let reaction =
        json!({ "type": "reaction", "reaction": { "message_id": "wamid.0", "emoji": "👍" } });
    let echo = json!({
        "message_echoes": [{ "from": "493055501234", "to": LENA, "id": "wamid.3", "timestamp": bodies::seconds(NINE),
            "type": "text", "text": { "body": "vom Telefon" } }],
    });
    for body in [
        bodies::message(NUMBER, LENA, "wamid.2", NINE, reaction),
        bodies::change(NUMBER, "smb_message_echoes", echo),
        bodies::status(NUMBER, LENA, "wamid.4", NINE, "delivered"),
    ] {
        counter.receive(&body, NINE);
        assert!(counter.announced().is_empty(), "{body}");
    }
}

#[test]
fn what_lay_at_the_relay_over_night_is_found_in_the_list_and_does_not_ring() {
    let counter = Counter::open(NINE);
    for (minutes_ago, expected) in [(9 * 60, 0), (11, 0), (9, 1)] {
        let at = NINE - minutes_ago * MINUTE;
        let wamid = format!("wamid.{minutes_ago}");
        counter.receive(&text(NUMBER, LENA, &wamid, at, "Guten Abend"), at);
        let rung = counter.announced();
        let arrivals = counter.desk.arrivals(&rung).unwrap();
        assert_eq!(arrivals.len(), expected, "{minutes_ago} minutes ago");
    }
}
