//! Who is who: a stranger with a recycled number never sees what was said to somebody else, and one customer
//! stays one thread whatever ids Meta sends.

use cloud_api::webhook::Peer;
use inbox::fact::{FactKind, NameField};
use serde_json::{Value, json};
use support::{
    bodies::{self, NUMBER, seconds},
    counter::{Counter, bsuid, phone},
    shop::words,
};

const NINE: i64 = 1_795_165_200_000;
const DAY: i64 = 24 * 3_600_000;
const OLD: &str = "4915155501001";
const NEW: &str = "4915155501009";
const LENA: &str = "DE.7kQm2Lw9ZtR4";
const STRANGER: &str = "DE.Nw4Tz8Yp1Qa2";

/// A text from somebody known by these ids.
fn text(from: &Peer, at: i64, words: &str) -> Value {
    let mut message = json!({ "id": format!("wamid.{words}"), "timestamp": seconds(at), "type": "text", "text": { "body": words } });
    if let Some(wa_id) = &from.wa_id {
        message["from"] = wa_id.as_str().into();
    }
    if let Some(bsuid) = &from.bsuid {
        message["from_user_id"] = bsuid.as_str().into();
    }
    bodies::change(NUMBER, "messages", json!({ "messages": [message] }))
}

fn both(wa_id: &str, id: &str) -> Peer {
    Peer {
        bsuid: Some(id.into()),
        ..phone(wa_id)
    }
}

/// WhatsApp tells that whoever had `OLD` has `NEW` from `at` on.
fn number_changed(at: i64, ids: Value) -> Value {
    let mut system = json!({ "type": "user_changed_number", "wa_id": NEW, "body": "Lena changed from one number to another" });
    system
        .as_object_mut()
        .unwrap()
        .extend(ids.as_object().unwrap().clone());
    let message = json!({ "from": OLD, "id": "wamid.CHANGE", "timestamp": seconds(at), "type": "system", "system": system });
    bodies::change(NUMBER, "messages", json!({ "messages": [message] }))
}

/// What the texts of this person's thread say, oldest first.
fn said(counter: &Counter, peer: &Peer) -> Vec<String> {
    let Some(thread) = counter.thread(NUMBER, peer) else {
        return Vec::new();
    };
    let rows = counter
        .desk
        .messages(thread, &inbox::view::Place::Newest, 100)
        .unwrap()
        .rows;
    rows.iter()
        .filter(|row| matches!(row.body, inbox::view::Body::Text { .. }))
        .map(|row| words(&row.body))
        .collect()
}

/// A counter that got these bodies in one of several orders.
fn received(bodies: &[(Value, i64)], order: &[usize], now: i64) -> Counter {
    let counter = Counter::open(now);
    for &place in order {
        let (body, arrived) = &bodies[place];
        counter.receive(body, *arrived);
    }
    counter
}

fn orders(count: usize) -> Vec<Vec<usize>> {
    if count == 0 {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for shorter in orders(count - 1) {
        for place in 0..count {
            let mut order = shorter.clone();
            order.insert(place, count - 1);
            all.push(order);
        }
    }
    all
}

#[test]
fn a_stranger_with_a_recycled_number_never_sees_what_was_said_before() {
    let story = [
        (text(&phone(OLD), NINE, "from Lena, by number alone"), NINE),
        (number_changed(NINE + DAY, json!({})), NINE + DAY),
        (
            text(&both(OLD, STRANGER), NINE + 30 * DAY, "from the stranger"),
            NINE + 30 * DAY,
        ),
        (
            text(
                &phone(OLD),
                NINE + 31 * DAY,
                "from the stranger, by number alone",
            ),
            NINE + 31 * DAY,
        ),
    ];
    for order in orders(story.len()) {
        let counter = received(&story, &order, NINE + 32 * DAY);
        let strangers = ["from the stranger", "from the stranger, by number alone"];
        assert_eq!(said(&counter, &bsuid(STRANGER)), strangers, "{order:?}");
        assert_eq!(
            said(&counter, &phone(OLD)),
            strangers,
            "the number is the stranger's now, {order:?}"
        );
        assert_eq!(
            said(&counter, &phone(NEW)),
            ["from Lena, by number alone"],
            "{order:?}"
        );
        let row = counter
            .desk
            .thread_head(counter.thread(NUMBER, &phone(NEW)).unwrap())
            .unwrap();
        assert_eq!(
            row.name.phone,
            Some(format!("+{NEW}")),
            "an answer goes to where Lena is now, {order:?}"
        );
    }
}

#[test]
fn without_any_word_of_a_change_the_newest_bsuid_has_the_number() {
    let story = [
        (text(&both(OLD, LENA), NINE, "Lena"), NINE),
        (text(&phone(OLD), NINE + DAY, "Lena by number"), NINE + DAY),
        (
            text(&both(OLD, STRANGER), NINE + 30 * DAY, "stranger"),
            NINE + 30 * DAY,
        ),
        (
            text(&phone(OLD), NINE + 31 * DAY, "stranger by number"),
            NINE + 31 * DAY,
        ),
    ];
    for order in orders(story.len()) {
        let counter = received(&story, &order, NINE + 32 * DAY);
        assert_eq!(
            said(&counter, &bsuid(LENA)),
            ["Lena", "Lena by number"],
            "{order:?}"
        );
        assert_eq!(
            said(&counter, &bsuid(STRANGER)),
            ["stranger", "stranger by number"],
            "{order:?}"
        );
    }
}

#[test]
fn a_bsuid_learnt_later_keeps_the_thread_that_is_open_on_the_screen() {
    let counter = Counter::open(NINE + DAY);
    counter.receive(&text(&phone(OLD), NINE, "by number"), NINE);
    let thread = counter.thread(NUMBER, &phone(OLD)).unwrap();
    counter.receive(&text(&both(OLD, LENA), NINE + 1000, "by both"), NINE + 1000);
    counter.receive(&text(&bsuid(LENA), NINE + 2000, "by id"), NINE + 2000);
    for peer in [phone(OLD), bsuid(LENA)] {
        assert_eq!(counter.thread(NUMBER, &peer), Some(thread));
        assert_eq!(said(&counter, &peer), ["by number", "by both", "by id"]);
    }
    assert_eq!(
        counter
            .desk
            .threads(&inbox::view::ThreadQuery::default(), None, 10)
            .unwrap()
            .rows
            .len(),
        1
    );
}

#[test]
fn a_changed_number_joins_the_threads() {
    let ids = json!({ "user_id": STRANGER, "previous_user_id": LENA });
    let story = [
        (text(&both(OLD, LENA), NINE, "before"), NINE),
        (number_changed(NINE + DAY, ids), NINE + DAY),
        (
            text(&both(NEW, STRANGER), NINE + DAY + 1000, "after"),
            NINE + DAY + 1000,
        ),
    ];
    for order in orders(story.len()) {
        let counter = received(&story, &order, NINE + 2 * DAY);
        assert_eq!(
            counter
                .desk
                .threads(&inbox::view::ThreadQuery::default(), None, 10)
                .unwrap()
                .rows
                .len(),
            1,
            "{order:?}"
        );
        assert_eq!(
            said(&counter, &phone(NEW)),
            ["before", "after"],
            "{order:?}"
        );
        let head = counter.head(NUMBER, &bsuid(STRANGER)).unwrap();
        assert_eq!(head.name.phone, Some(format!("+{NEW}")), "{order:?}");
    }
}

#[test]
fn a_customer_with_a_username_and_no_number_is_called_by_it_and_can_be_answered() {
    let mut body = text(&bsuid(LENA), NINE, "Guten Morgen");
    body["entry"][0]["changes"][0]["value"]["contacts"] =
        json!([{ "user_id": LENA, "profile": { "username": "@lena.brot" } }]);
    let counter = Counter::open(NINE + 1000);
    counter.receive(&body, NINE);
    let head = counter.head(NUMBER, &bsuid(LENA)).unwrap();
    assert_eq!(
        (head.name.text.as_str(), head.name.phone.as_deref()),
        ("@lena.brot", None)
    );
    assert_eq!(head.text_refused, [], "a BSUID is enough to answer");
}

#[test]
fn a_name_that_is_said_of_the_next_owner_of_a_number_leaves_the_one_before() {
    let named = |wa_id: &str, name: &str, at: i64| FactKind::Named {
        peer: phone(wa_id),
        parent_bsuid: None,
        field: NameField::Name,
        value: name.into(),
        at,
    };
    let story = [
        (text(&phone(OLD), NINE, "from Lena"), NINE),
        (number_changed(NINE + DAY, json!({})), NINE + DAY),
        (
            text(&phone(OLD), NINE + 30 * DAY, "from the stranger"),
            NINE + 30 * DAY,
        ),
    ];
    for order in orders(story.len()) {
        let counter = received(&story, &order, NINE + 32 * DAY);
        let name = |number: &str| counter.head(NUMBER, &phone(number)).unwrap().name.text;
        counter.desk.apply_one(named(OLD, "Lena", NINE)).unwrap();
        assert_eq!(name(NEW), "Lena", "{order:?}");
        counter
            .desk
            .apply_one(named(OLD, "Kim", NINE + 30 * DAY))
            .unwrap();
        assert_eq!(name(OLD), "Kim", "{order:?}");
        assert_eq!(
            name(NEW),
            format!("+{NEW}"),
            "the word is not hers any more, {order:?}"
        );
    }
}
