//! The messaging limit: how many customers may be written to outside their windows in 24 hours.

use inbox::{
    fact::{AttemptEnd, FactKind},
    view::{Refusal, SendResult, TemplateChoice, TemplateObstacle},
};
use serde_json::json;
use support::{
    bodies::{NUMBER, change},
    counter::Counter,
    shop::{NINE, insist_on},
    template::listed,
};

use crate::kept::{list, wrote};

const HOUR: i64 = 60 * 60 * 1000;
const DAY: i64 = 24 * HOUR;

fn shop(limit: &serde_json::Value) -> Counter {
    let counter = Counter::open(NINE);
    list(
        &counter,
        vec![listed(
            "frage",
            json!([{ "type": "BODY", "text": "Passt es Ihnen gerade?" }]),
        )],
    );
    tell(&counter, limit);
    counter
}

fn tell(counter: &Counter, limit: &serde_json::Value) {
    let value = json!({ "max_daily_conversations_per_business": limit });
    let mut body = change(NUMBER, "business_capability_update", value);
    let now = counter.clock.now();
    body["entry"][0]["time"] = (now / 1000).into();
    counter.receive(&body, now);
}

fn customer(n: i64) -> String {
    format!("49151555{n:05}")
}

fn ask(counter: &Counter, thread: i64) -> SendResult {
    let choice = TemplateChoice {
        name: "frage".into(),
        language: "de".into(),
        values: Vec::new(),
    };
    insist_on(&counter.desk, thread, &choice)
}

/// Queued, and taken by Meta.
fn asked(counter: &Counter, thread: i64) {
    let SendResult::Queued { outbox_id, .. } = ask(counter, thread) else {
        panic!("refused");
    };
    let at = counter.clock.now();
    for fact in [
        FactKind::AttemptStarted {
            outbox_id: outbox_id.clone(),
            n: 1,
            at,
        },
        FactKind::AttemptEnded {
            end: AttemptEnd::Accepted {
                wamid: format!("wamid.{outbox_id}"),
                held: false,
            },
            outbox_id,
            n: 1,
            at,
        },
    ] {
        counter.desk.apply_one(fact).unwrap();
    }
}

fn obstacle(counter: &Counter, thread: i64) -> Option<TemplateObstacle> {
    let list = counter.desk.templates(Some(thread)).unwrap();
    list.templates[0].obstacle.clone()
}

fn over(until: i64) -> Option<TemplateObstacle> {
    Some(TemplateObstacle::OverLimit { until: Some(until) })
}

#[test]
fn once_it_is_used_up_templates_say_until_when_and_are_refused_until_then() {
    let counter = shop(&json!(2));
    let threads: Vec<i64> = (0..4)
        .map(|n| wrote(&counter, &customer(n), 2 * DAY))
        .collect();
    asked(&counter, threads[0]);
    counter.set(NINE + HOUR);
    assert_eq!(obstacle(&counter, threads[1]), None);
    asked(&counter, threads[1]);
    counter.set(NINE + 2 * HOUR);

    let until = NINE + DAY;
    assert_eq!(obstacle(&counter, threads[2]), over(until));
    let refused = ask(&counter, threads[2]);
    assert!(
        matches!(&refused, SendResult::Refused { reasons }
            if *reasons == [Refusal::TemplateObstacle { obstacle: over(until).unwrap() }]),
        "{refused:?}"
    );
    // Who was written to today already, and who has just written himself, costs nothing of it.
    assert_eq!(obstacle(&counter, threads[0]), None);
    wrote(&counter, &customer(3), 60_000);
    assert_eq!(obstacle(&counter, threads[3]), None);
    asked(&counter, threads[3]);
    assert_eq!(obstacle(&counter, threads[2]), over(until));
    // Without a customer nothing stands in the way of a template.
    assert_eq!(
        counter.desk.templates(None).unwrap().templates[0].obstacle,
        None
    );

    counter.set(until + 1);
    let counter = counter.reopened();
    assert_eq!(obstacle(&counter, threads[2]), None);
    asked(&counter, threads[2]);
}

#[test]
fn what_still_waits_to_go_out_counts_and_what_meta_refused_does_not() {
    let counter = shop(&json!("1"));
    let (one, other) = (
        wrote(&counter, &customer(1), 2 * DAY),
        wrote(&counter, &customer(2), 2 * DAY),
    );
    let SendResult::Queued { outbox_id, .. } = ask(&counter, one) else {
        panic!("refused");
    };
    assert_eq!(obstacle(&counter, other), over(NINE + DAY));
    let end = AttemptEnd::Refused {
        code: 131_026,
        title: String::new(),
        details: String::new(),
    };
    let (n, at) = (1, NINE);
    let fact = FactKind::AttemptEnded {
        outbox_id,
        n,
        end,
        at,
    };
    counter.desk.apply_one(fact).unwrap();
    assert_eq!(obstacle(&counter, other), None);
}

#[test]
fn the_limit_follows_metas_latest_word() {
    let counter = shop(&json!("1"));
    let (one, other) = (
        wrote(&counter, &customer(1), 2 * DAY),
        wrote(&counter, &customer(2), 2 * DAY),
    );
    asked(&counter, one);
    assert_eq!(obstacle(&counter, other), over(NINE + DAY));
    for (hours, limit, expected) in [
        (1, json!("TIER_2K"), None),
        (2, json!(1), over(NINE + DAY)),
        (3, json!("TIER_SOMETHING_NEW"), over(NINE + DAY)),
        (4, json!("TIER_UNLIMITED"), None),
        (5, json!(1), over(NINE + DAY)),
        (6, json!(-1), None),
    ] {
        counter.set(NINE + hours * HOUR);
        tell(&counter, &limit);
        assert_eq!(obstacle(&counter, other), expected, "{limit}");
    }
}
