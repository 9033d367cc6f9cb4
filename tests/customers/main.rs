//! The customer panel: what staff writes down stays with whom it was said of, merging joins what two people
//! said, and undoing it gives each his own back.

mod finding;
mod merging;
mod panel;

use cloud_api::webhook::Peer;
use inbox::{
    fact::{FactKind, NameField},
    view::{
        Body, CustomerChange, CustomerView, DeliveryState, Place, Refusal, SendResult, ThreadQuery,
    },
};
use serde_json::{Value, json};
use std::fmt::Write;
use support::{
    bodies::{self, NUMBER, SECOND_NUMBER, seconds},
    counter::{Counter, bsuid, phone},
    golden,
    shop::{STAFF, Shop, words},
};

const NINE: i64 = 1_795_165_200_000;
const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 3_600_000;
const LENA: &str = "4915155501001";
const OTHER: &str = "4915155501009";
const IDA: &str = "DE.7kQm2Lw9ZtR4";
const STRANGER: &str = "DE.Nw4Tz8Yp1Qa2";

/// A text from somebody known by these ids, with what he calls himself.
fn text_to(number: &str, from: &Peer, name: &str, at: i64, words: &str) -> Value {
    let mut message = json!({ "id": format!("wamid.{words}"), "timestamp": seconds(at), "type": "text", "text": { "body": words } });
    let mut contact = json!({ "profile": {} });
    if let Some(wa_id) = &from.wa_id {
        message["from"] = wa_id.as_str().into();
        contact["wa_id"] = wa_id.as_str().into();
    }
    if let Some(bsuid) = &from.bsuid {
        message["from_user_id"] = bsuid.as_str().into();
        contact["user_id"] = bsuid.as_str().into();
    }
    match name.strip_prefix('@') {
        Some(username) => contact["profile"]["username"] = username.into(),
        None => contact["profile"]["name"] = name.into(),
    }
    let value = json!({ "messages": [message], "contacts": [contact] });
    bodies::change(number, "messages", value)
}

/// Writes to the first number; gives the thread.
fn writes(counter: &Counter, from: &Peer, name: &str, at: i64, words: &str) -> i64 {
    counter.receive(&text_to(NUMBER, from, name, at, words), at);
    counter.thread(NUMBER, from).unwrap()
}

/// The texts of a thread, oldest first; nothing where it is gone.
fn said(counter: &Counter, thread: i64) -> Vec<String> {
    let rows = counter
        .desk
        .messages(thread, &Place::Newest, 100)
        .unwrap()
        .rows;
    let texts = rows
        .iter()
        .filter(|row| matches!(row.body, Body::Text { .. }));
    texts.map(|row| words(&row.body)).collect()
}

fn panel(counter: &Counter, thread: i64) -> CustomerView {
    counter.desk.customer(thread).unwrap()
}

fn describe(counter: &Counter, thread: i64, change: CustomerChange) {
    counter.desk.describe(thread, &change).unwrap();
}

fn label(counter: &Counter, thread: i64, label: &str, on: bool) {
    let label = label.to_owned();
    describe(counter, thread, CustomerChange::Label { label, on });
}

fn named(counter: &Counter, thread: i64, text: &str) {
    let text = text.to_owned();
    describe(counter, thread, CustomerChange::Name { text });
}

fn threads(counter: &Counter) -> usize {
    let page = counter.desk.threads(&ThreadQuery::default(), None, 50);
    page.unwrap().rows.len()
}

fn draft(counter: &Counter, thread: i64) -> String {
    counter.desk.thread_head(thread).unwrap().draft
}

/// Two people: one known by number alone, one by BSUID alone. Lena wrote last.
fn two() -> (Counter, i64, i64) {
    let counter = Counter::open(NINE + 10 * MINUTE);
    let ida = writes(&counter, &bsuid(IDA), "Ida Sommer", NINE, "Hier Ida");
    let lena = writes(
        &counter,
        &phone(LENA),
        "Lena Brandt",
        NINE + MINUTE,
        "Hier Lena",
    );
    (counter, lena, ida)
}

#[test]
fn the_shops_name_stands_before_his_own_until_it_is_taken_away() {
    let (counter, lena, _) = two();
    let called = || counter.desk.thread_head(lena).unwrap().name.text;
    assert_eq!(called(), "Lena Brandt");
    named(&counter, lena, "Frau Brandt");
    assert_eq!(called(), "Frau Brandt");
    named(&counter, lena, "  ");
    assert_eq!(
        (called(), panel(&counter, lena).given_name),
        ("Lena Brandt".into(), String::new())
    );
    // The phone's address book says something older, and late.
    counter
        .desk
        .apply_one(FactKind::Named {
            peer: phone(LENA),
            parent_bsuid: None,
            field: NameField::Book,
            value: "Brandt, L.".into(),
            at: NINE,
        })
        .unwrap();
    assert_eq!(called(), "Lena Brandt");
}

#[test]
fn the_latest_word_counts_over_everybody_a_customer_is_even_if_it_takes_away() {
    let (counter, lena, ida) = two();
    label(&counter, ida, "Stammkunde", true);
    describe(
        &counter,
        ida,
        CustomerChange::Language {
            tag: "pt-BR".into(),
        },
    );
    counter.set(NINE + 11 * MINUTE);
    label(&counter, lena, "Stammkunde", true);
    label(&counter, lena, "Stammkunde", false);
    describe(
        &counter,
        lena,
        CustomerChange::Language { tag: "de".into() },
    );
    let id = counter.desk.merge(lena, ida).unwrap();
    let view = panel(&counter, lena);
    assert_eq!((view.labels.len(), view.language.as_str()), (0, "de"));
    assert_eq!(counter.desk.labels().unwrap(), []);
    counter.desk.undo_merge(&id).unwrap();
    let ida = counter.thread(NUMBER, &bsuid(IDA)).unwrap();
    assert_eq!(panel(&counter, ida).labels, ["Stammkunde"]);
    assert_eq!(panel(&counter, ida).language, "pt-BR");
}

#[test]
fn a_label_keeps_its_first_spelling_and_counts_customers() {
    let (counter, lena, ida) = two();
    label(&counter, lena, "  VIP \n Kunde ", true);
    label(&counter, ida, "vip kunde", true);
    label(&counter, ida, "Ä".repeat(60).as_str(), true);
    label(&counter, ida, "   ", true);
    let counted = || -> Vec<(String, i64)> {
        let labels = counter.desk.labels().unwrap().into_iter();
        labels.map(|l| (l.label, l.customers)).collect()
    };
    assert_eq!(counted(), [("VIP Kunde".into(), 2), ("Ä".repeat(40), 1)]);
    assert_eq!(
        panel(&counter, ida).labels,
        ["VIP Kunde".to_owned(), "Ä".repeat(40)]
    );
    label(&counter, ida, "VIP KUNDE", false);
    assert_eq!(counted(), [("VIP Kunde".into(), 1), ("Ä".repeat(40), 1)]);
    assert_eq!(panel(&counter, lena).labels, ["VIP Kunde"]);
    assert_eq!(panel(&counter, ida).labels, ["Ä".repeat(40)]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_blocked_customer_gets_nothing_not_even_what_waits_already() {
    let shop = Shop::open().await;
    let thread = shop.lena_writes("Ist mein Rad fertig?").await;
    shop.set_undo_ms(5_000);
    shop.run_clock();
    shop.send(thread, "Ja, es steht bereit.");
    shop.desk.note_blocked(thread, true).unwrap();
    assert_eq!(
        shop.desk.send_text(thread, "Hallo?", None, STAFF).unwrap(),
        SendResult::Refused {
            reasons: vec![Refusal::Blocked]
        }
    );
    assert_eq!(
        shop.desk.thread_head(thread).unwrap().text_refused,
        [Refusal::Blocked]
    );
    shop.jump_seconds(10);
    shop.until(thread, "Ja, es steht bereit.", DeliveryState::Failed)
        .await;
    let rows = shop.bubbles(thread);
    let failure = rows
        .last()
        .unwrap()
        .delivery
        .as_ref()
        .unwrap()
        .failure
        .clone()
        .unwrap();
    assert_eq!(
        (failure.code, failure.name.as_str()),
        (130_403, "recipient_blocked_by_us")
    );
    assert!(
        shop.accepted(0).await.is_empty(),
        "nothing reached the wire"
    );

    shop.desk.note_blocked(thread, false).unwrap();
    shop.set_undo_ms(0);
    shop.send(thread, "Wieder da.");
    shop.until(thread, "Wieder da.", DeliveryState::Accepted)
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_block_that_meta_tells_of_counts_here_too_until_somebody_lets_go() {
    let shop = Shop::open().await;
    let thread = shop.lena_writes("Ist mein Rad fertig?").await;
    shop.set_undo_ms(0);
    shop.run_clock();
    // Blocked elsewhere: at Meta, and nobody here knows.
    let (_, peer) = shop.desk.whom(thread).unwrap();
    shop.client.block(&peer).await.unwrap();
    assert!(!shop.desk.thread_head(thread).unwrap().blocked);
    shop.send(thread, "Ja, es steht bereit.");
    shop.until(thread, "Ja, es steht bereit.", DeliveryState::Failed)
        .await;
    let head = shop.desk.thread_head(thread).unwrap();
    assert_eq!(
        (head.blocked, head.text_refused),
        (true, vec![Refusal::Blocked])
    );
    assert!(shop.desk.customer(thread).unwrap().blocked);
    shop.client.unblock(&peer).await.unwrap();
    shop.desk.note_blocked(thread, false).unwrap();
    shop.send(thread, "Wieder da.");
    shop.until(thread, "Wieder da.", DeliveryState::Accepted)
        .await;
}

#[test]
fn a_block_is_that_of_one_business_number() {
    let counter = Counter::open(NINE + DAY);
    let lena = writes(&counter, &phone(LENA), "Lena", NINE, "Hallo");
    counter.receive(
        &text_to(
            SECOND_NUMBER,
            &phone(LENA),
            "Lena",
            NINE + MINUTE,
            "Hier auch",
        ),
        NINE + MINUTE,
    );
    let elsewhere = counter.thread(SECOND_NUMBER, &phone(LENA)).unwrap();
    let blocked =
        || [lena, elsewhere].map(|thread| counter.desk.thread_head(thread).unwrap().blocked);
    counter.desk.note_blocked(elsewhere, true).unwrap();
    assert_eq!(blocked(), [false, true]);
    counter.desk.note_blocked(lena, true).unwrap();
    counter.desk.note_blocked(elsewhere, false).unwrap();
    assert_eq!(blocked(), [true, false]);
}
