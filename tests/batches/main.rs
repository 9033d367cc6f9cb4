//! A template to many: who gets it and who does not, once each, and standing still at the first signs of trouble.

mod files;
mod halting;
mod http;
mod looking;
mod sending;

use cloud_api::webhook::{MetaError, Peer, StatusKind};
use inbox::{
    fact::{AttemptEnd, Fact, FactKind, ListedTemplate, NameField, Number, Tick},
    ledger::{Act, Event, channel},
    run,
    view::{
        BatchCheck, BatchFilter, BatchGo, BatchHalt, BatchPerson, BatchPlan, BatchRow, BatchStart,
        BatchState, Preflight, Segment, SkipReason, SlotValue, TemplateChoice,
    },
};
use serde_json::json;
use std::collections::BTreeMap;
use support::{
    bodies::{self, NUMBER},
    consent::{granted, record, withdrawn},
    counter::{Counter, phone},
};

const NINE: i64 = 1_795_165_200_000;
const SECOND: i64 = 1_000;
const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
const STAFF: &str = "Ada";
const OFFER: &str = "herbst";

/// The number of the n-th invented person.
fn number(n: usize) -> String {
    format!("49155550{n:05}")
}

fn who(n: usize) -> Peer {
    phone(&number(n))
}

fn offer() -> ListedTemplate {
    ListedTemplate {
        id: "1".into(),
        name: OFFER.into(),
        language: "de".into(),
        status: "APPROVED".into(),
        category: "MARKETING".into(),
        quality: "GREEN".into(),
        components: json!([
            { "type": "BODY", "text": "Hallo {{1}}, die Bäckerei am Markt hat ab Montag Kürbisbrot.",
              "example": { "body_text": [["Lena"]] } },
            { "type": "FOOTER", "text": "Mit STOPP ist Schluss." },
        ]),
        format: "POSITIONAL".into(),
        rejected_reason: None,
        correct_category: None,
    }
}

fn choice(text: &str) -> TemplateChoice {
    TemplateChoice {
        name: OFFER.into(),
        language: "de".into(),
        values: vec![SlotValue {
            key: "body:1".into(),
            text: text.into(),
        }],
    }
}

/// A shop with one offer to send.
fn shop() -> Counter {
    let counter = Counter::open(NINE);
    counter
        .desk
        .take_template_list(vec![offer()], None)
        .unwrap();
    counter
}

fn says(counter: &Counter, kind: FactKind) {
    let number = Number {
        phone_number_id: NUMBER.into(),
        display: String::new(),
    };
    counter.desk.apply(&[Fact::new(&number, kind)]).unwrap();
}

/// The n-th person wrote so long ago, and is called by a name.
fn wrote(counter: &Counter, n: usize, ago: i64) {
    let at = NINE - ago;
    let wamid = format!("wamid.in-{n}-{ago}");
    counter.receive(&bodies::text(NUMBER, &number(n), &wamid, at, "Hallo"), at);
    named(counter, n);
}

fn named(counter: &Counter, n: usize) {
    says(
        counter,
        FactKind::Named {
            peer: who(n),
            parent_bsuid: None,
            field: NameField::Name,
            value: format!("Kundin{n} Test"),
            at: NINE - 90 * DAY,
        },
    );
}

fn agreed(counter: &Counter, n: usize) {
    let act = granted(&format!("yes-{n}"), &who(n), &["offers"], NINE - 60 * DAY);
    record(&counter.desk, &act);
}

/// A customer who may get the offer.
fn customer(counter: &Counter, n: usize) {
    wrote(counter, n, 10 * DAY + n as i64 * HOUR);
    agreed(counter, n);
}

fn number_id(counter: &Counter) -> i64 {
    let found = counter
        .desk
        .store
        .read(|db| store::number::find(db, NUMBER));
    found.unwrap().expect("a number")
}

fn plan(counter: &Counter) -> BatchPlan {
    BatchPlan {
        name: "Herbst".into(),
        number_id: number_id(counter),
        segment: Segment::default(),
        choice: choice("{{first_name}}"),
    }
}

fn look(counter: &Counter) -> Preflight {
    counter.desk.batch_preflight(&plan(counter)).unwrap()
}

fn go(counter: &Counter) -> BatchGo {
    let plan = plan(counter);
    let going = counter.desk.batch_preflight(&plan).unwrap().going;
    BatchGo {
        plan,
        checked_by: STAFF.into(),
        insisted: None,
        going,
    }
}

fn started(counter: &Counter) -> String {
    match counter.desk.start_batch(&go(counter), STAFF).unwrap() {
        BatchStart::Started { batch_id } => batch_id,
        other => panic!("not started: {other:?}"),
    }
}

fn row(counter: &Counter, batch_id: &str) -> BatchRow {
    let rows = counter.desk.batches().unwrap();
    rows.into_iter().find(|row| row.id == batch_id).unwrap()
}

fn people(counter: &Counter, batch_id: &str, filter: BatchFilter) -> Vec<BatchPerson> {
    let page = counter.desk.batch_people(batch_id, filter, None, 1000);
    page.unwrap().people
}

/// Everything of batches that waits in the outbox, by number.
fn waiting(counter: &Counter) -> Vec<(String, String)> {
    let found = counter.desk.store.read(|db| {
        let ids = store::outbox::due(db, "queued", i64::MAX, 1000)?;
        ids.into_iter()
            .filter(|id| store::batch::place_of(id).is_some())
            .map(|id| {
                let item = store::outbox::get(db, &id)?.expect("an item");
                let peer: Peer = serde_json::from_str(&item.peer)?;
                Ok((id, peer.wa_id.unwrap_or_default()))
            })
            .collect()
    });
    found.unwrap()
}

/// What Meta makes of everything that waits; says whom it went to.
fn answered(counter: &Counter, with: impl Fn(&str, &str) -> AttemptEnd) -> Vec<String> {
    let mut went = Vec::new();
    for (outbox_id, to) in waiting(counter) {
        let at = counter.clock.now();
        let started = FactKind::AttemptStarted {
            outbox_id: outbox_id.clone(),
            n: 1,
            at,
        };
        says(counter, started);
        let end = with(&outbox_id, &to);
        says(
            counter,
            FactKind::AttemptEnded {
                outbox_id,
                n: 1,
                end,
                at,
            },
        );
        went.push(to);
    }
    went
}

fn accepted(outbox_id: &str, _to: &str) -> AttemptEnd {
    AttemptEnd::Accepted {
        wamid: format!("wamid.{outbox_id}"),
        held: false,
    }
}

fn refused(code: i64) -> impl Fn(&str, &str) -> AttemptEnd {
    move |_, _| AttemptEnd::Refused {
        code,
        title: "t".into(),
        details: "d".into(),
    }
}

/// One message of whatever is to be sent, answered like this, and the time it takes.
fn one(counter: &Counter, with: impl Fn(&str, &str) -> AttemptEnd) -> Vec<String> {
    for _ in 0..3 {
        run::look_at_batches(&counter.desk).unwrap();
    }
    let went = answered(counter, with);
    assert!(went.len() <= 1, "one at a time");
    counter.set(counter.clock.now() + 10 * SECOND);
    run::look_at_batches(&counter.desk).unwrap();
    went
}

/// Until nothing more goes.
fn all(counter: &Counter) -> Vec<String> {
    let mut went = Vec::new();
    for _ in 0..200 {
        let some = one(counter, accepted);
        if some.is_empty() && waiting(counter).is_empty() {
            return went;
        }
        went.extend(some);
    }
    panic!("it does not end: {went:?}");
}

fn skips(row: &BatchRow) -> BTreeMap<SkipReason, i64> {
    row.skips.iter().map(|one| (one.why, one.people)).collect()
}
