//! Somebody whom our messages do not reach any more gets no further template until they write.

use super::*;
use inbox::{
    fact::{AttemptEnd, FactKind},
    view::{ConsentFilter, Refusal, SendResult, TemplateChoice},
};
use support::{
    bodies::{self, NUMBER},
    shop::STAFF,
};

/// Lena wrote a month ago and agreed to everything; there is one template.
fn shop() -> (Counter, i64) {
    let counter = Counter::open(NINE);
    let wrote = NINE - 30 * DAY;
    counter.receive(
        &bodies::text(NUMBER, LENA, "wamid.first", wrote, "Hallo"),
        wrote,
    );
    counter
        .desk
        .take_template_list(vec![ready()], None)
        .unwrap();
    let all = ["service", "updates", "offers"];
    record(&counter.desk, &granted("yes", &phone(LENA), &all, wrote));
    let thread = counter.thread(NUMBER, &phone(LENA)).unwrap();
    (counter, thread)
}

fn ask(counter: &Counter, thread: i64) -> SendResult {
    let choice = TemplateChoice {
        name: "fertig".into(),
        language: "de".into(),
        values: Vec::new(),
    };
    counter.desk.send_template(thread, &choice, STAFF).unwrap()
}

fn refused(counter: &Counter, thread: i64) -> Vec<Refusal> {
    match ask(counter, thread) {
        SendResult::Queued { .. } => Vec::new(),
        SendResult::Refused { reasons } => reasons,
        SendResult::Warned { verdict } => panic!("{verdict:?}"),
    }
}

/// A template that Meta took at `at` as `wamid`.
fn sent(counter: &Counter, thread: i64, wamid: &str, at: i64) {
    counter.set(at);
    let SendResult::Queued { outbox_id, .. } = ask(counter, thread) else {
        panic!("refused")
    };
    says(
        counter,
        FactKind::AttemptEnded {
            outbox_id,
            n: 1,
            end: AttemptEnd::Accepted {
                wamid: wamid.to_owned(),
                held: false,
            },
            at,
        },
    );
}

fn comes_back(counter: &Counter, wamid: &str, at: i64) {
    counter.receive(&bodies::failed(NUMBER, LENA, wamid, at, 131_026), at);
}

fn unreachable() -> Vec<Refusal> {
    vec![Refusal::NoOptIn {
        purpose: "offers".into(),
        label: String::new(),
        state: ConsentState::In,
        why_not: Some(NotUsable::Unreachable),
    }]
}

#[test]
fn two_that_come_back_within_a_week_are_the_last_until_they_write() {
    let (counter, thread) = shop();
    sent(&counter, thread, "wamid.a", NINE);
    comes_back(&counter, "wamid.a", NINE + MINUTE);
    assert_eq!(refused(&counter, thread), [], "once is no proof");
    sent(&counter, thread, "wamid.b", NINE + 6 * DAY);
    comes_back(&counter, "wamid.b", NINE + 6 * DAY + MINUTE);
    assert_eq!(refused(&counter, thread), unreachable());
    let consent = counter.desk.customer(thread).unwrap().consent;
    for purpose in ["service", "updates", "offers"] {
        let expected = (ConsentState::In, false, Some(NotUsable::Unreachable));
        assert_eq!(state(&consent, purpose), expected);
    }
    let today = ConsentFilter {
        list: "offers_today".into(),
        ..ConsentFilter::default()
    };
    assert!(
        counter
            .desk
            .consents(&today, None, 9)
            .unwrap()
            .rows
            .is_empty()
    );
    counter.set(NINE + 40 * DAY);
    assert_eq!(
        refused(&counter, thread),
        unreachable(),
        "time alone is no answer"
    );

    let wrote = NINE + 41 * DAY;
    counter.set(wrote);
    counter.receive(
        &bodies::text(NUMBER, LENA, "wamid.back", wrote, "Neues Handy!"),
        wrote,
    );
    assert_eq!(refused(&counter, thread), []);
    assert_eq!(
        counter.desk.consents(&today, None, 9).unwrap().rows.len(),
        1
    );
}

#[test]
fn a_refusal_counts_as_a_message_that_comes_back_does() {
    let (counter, thread) = shop();
    for n in 0..2 {
        counter.set(NINE + n * DAY);
        let SendResult::Queued { outbox_id, .. } = ask(&counter, thread) else {
            panic!("refused")
        };
        let end = AttemptEnd::Refused {
            code: 131_026,
            title: "Message undeliverable".into(),
            details: String::new(),
        };
        let at = NINE + n * DAY;
        says(
            &counter,
            FactKind::AttemptEnded {
                outbox_id,
                n: 1,
                end,
                at,
            },
        );
    }
    assert_eq!(refused(&counter, thread), unreachable());
}

#[test]
fn what_came_back_long_apart_or_arrived_after_all_stops_nothing() {
    let (counter, thread) = shop();
    sent(&counter, thread, "wamid.a", NINE);
    comes_back(&counter, "wamid.a", NINE + MINUTE);
    sent(&counter, thread, "wamid.b", NINE + 8 * DAY);
    comes_back(&counter, "wamid.b", NINE + 8 * DAY);
    assert_eq!(refused(&counter, thread), []);
    sent(&counter, thread, "wamid.c", NINE + 9 * DAY);
    comes_back(&counter, "wamid.c", NINE + 9 * DAY);
    assert_eq!(refused(&counter, thread), unreachable());
    // Meta was wrong about the last one.
    let at = NINE + 9 * DAY + MINUTE;
    counter.receive(
        &bodies::status(NUMBER, LENA, "wamid.c", at, "delivered"),
        at,
    );
    assert_eq!(refused(&counter, thread), []);
}

#[test]
fn a_number_that_never_worked_is_no_block() {
    let counter = Counter::open(NINE);
    counter
        .desk
        .take_template_list(vec![ready()], None)
        .unwrap();
    let recorded = record(
        &counter.desk,
        &granted("yes", &phone(LENA), &["updates"], NINE),
    );
    let customer = recorded.customer_id.unwrap();
    let thread = counter.desk.thread_of_customer(customer).unwrap();
    for (n, wamid) in ["wamid.a", "wamid.b"].into_iter().enumerate() {
        let at = NINE + n as i64 * DAY;
        sent(&counter, thread, wamid, at);
        comes_back(&counter, wamid, at);
    }
    assert_eq!(refused(&counter, thread), []);
    // One of them arrives: so the number works, and the other two say something.
    sent(&counter, thread, "wamid.c", NINE + 2 * DAY);
    let at = NINE + 2 * DAY;
    counter.receive(
        &bodies::status(NUMBER, LENA, "wamid.c", at, "delivered"),
        at,
    );
    assert!(!refused(&counter, thread).is_empty());
}
