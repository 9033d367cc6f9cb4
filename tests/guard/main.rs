//! The guard at the desk: silent where customers asked, asking staff before the shop looks like a spammer, and counting
//! alike for every member of staff, every number, every laptop and after every restart.

mod asked;
mod blocks;
mod counted;
mod kept;

use cloud_api::webhook::Peer;
use inbox::{
    desk::Desk,
    fact::ListedTemplate,
    view::{
        GuardCode, GuardLevel, GuardOverride, GuardVerdict, OverrideReason, SendResult, SlotValue,
        TemplateChoice,
    },
};
use serde_json::json;
use support::{
    bodies::{self, NUMBER},
    counter::{Counter, phone},
    shop::STAFF,
};

/// 2026-11-20 09:00:00 UTC.
const NINE: i64 = 1_795_165_200_000;
const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

const ADVERT: &str =
    "20 % Rabatt auf alle Winterreifen, nur diese Woche! Jetzt zuschlagen und sparen!";
const HOURS: &str = "Wir haben heute von 9 bis 18 Uhr geöffnet.";

fn wa(n: usize) -> String {
    format!("4930231252{n:02}")
}

fn who(n: usize) -> Peer {
    phone(&wa(n))
}

/// A customer writes to a number of ours; their thread.
fn writes_to(counter: &Counter, number: &str, n: usize, at: i64, text: &str) -> i64 {
    let body = bodies::text(
        number,
        &wa(n),
        &format!("wamid.{number}-{n}-{at}"),
        at,
        text,
    );
    counter.receive(&body, at);
    counter.thread(number, &who(n)).expect("a thread")
}

fn writes(counter: &Counter, n: usize, at: i64, text: &str) -> i64 {
    writes_to(counter, NUMBER, n, at, text)
}

/// So many customers whose windows are open and who wait for nothing: they thanked us hours ago.
fn thanked(counter: &Counter, many: usize) -> Vec<i64> {
    let threads = (0..many).map(|n| writes(counter, n, NINE, "Danke!"));
    let threads = threads.collect();
    counter.set(NINE + 5 * HOUR);
    threads
}

fn say(counter: &Counter, thread: i64, text: &str) -> SendResult {
    say_as(counter, thread, text, STAFF)
}

fn say_as(counter: &Counter, thread: i64, text: &str, staff: &str) -> SendResult {
    let said = counter.desk.send_text(thread, text, None, staff);
    counter.set(counter.clock.now() + MINUTE);
    said.unwrap()
}

fn queued(sent: SendResult) -> String {
    match sent {
        SendResult::Queued { outbox_id, .. } => outbox_id,
        other => panic!("{other:?}"),
    }
}

fn warned(sent: SendResult) -> GuardVerdict {
    match sent {
        SendResult::Warned { verdict } => verdict,
        other => panic!("{other:?}"),
    }
}

fn codes(verdict: &GuardVerdict) -> Vec<GuardCode> {
    verdict.reasons.iter().map(|reason| reason.code).collect()
}

fn because(id: &str, reason: OverrideReason, text: &str) -> GuardOverride {
    GuardOverride {
        id: id.to_owned(),
        reason,
        text: text.to_owned(),
    }
}

/// Says it to one after the other until somebody is asked; how many got it, and what was said then.
fn until_warned(counter: &Counter, threads: &[i64], text: &str) -> (usize, GuardVerdict) {
    for (n, thread) in threads.iter().enumerate() {
        match say(counter, *thread, text) {
            SendResult::Queued { .. } => {}
            SendResult::Warned { verdict } => return (n, verdict),
            SendResult::Refused { reasons } => panic!("{reasons:?}"),
        }
    }
    panic!("nobody was asked");
}

fn listed(name: &str, category: &str) -> ListedTemplate {
    ListedTemplate {
        id: name.to_owned(),
        name: name.to_owned(),
        language: "de".into(),
        status: "APPROVED".into(),
        category: category.to_owned(),
        quality: "GREEN".into(),
        components: json!([
            { "type": "BODY", "text": "Radladen: {{1}}", "example": { "body_text": [["Ihr Rad ist fertig"]] } },
            { "type": "FOOTER", "text": "Mit STOPP ist Schluss" }
        ]),
        format: "POSITIONAL".into(),
        rejected_reason: None,
        correct_category: None,
    }
}

fn choice(name: &str, value: &str) -> TemplateChoice {
    TemplateChoice {
        name: name.to_owned(),
        language: "de".into(),
        values: vec![SlotValue {
            key: "body:1".into(),
            text: value.to_owned(),
        }],
    }
}

fn level(desk: &Desk, thread: i64, text: &str) -> GuardLevel {
    desk.guard_look(thread, text).unwrap().level
}
