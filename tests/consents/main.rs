//! The consent ledger: what is in it stays, what follows from it is the same everywhere, and nothing is sent past it.

mod chain;
mod erasing;
mod gate;
mod heard;
mod importing;
mod leaving;
mod life;
mod lists;
mod persons;
mod reach;
mod retaining;
mod uses;

use cloud_api::webhook::Peer;
use inbox::{
    consent,
    fact::{Fact, FactKind, ListedTemplate, Number},
    ledger::{Act, Event, channel},
    view::{ConsentState, ConsentSummary, NotUsable, PurposeState, Strength},
};
use serde_json::json;
use support::{
    bodies::NUMBER,
    consent::{granted, record, withdrawn},
    counter::{Counter, bsuid, phone},
    template::listed,
};

const NINE: i64 = 1_795_165_200_000;
const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 3_600_000;
const LENA: &str = "4915155501001";
const IDA: &str = "DE.7kQm2Lw9ZtR4";

/// "Fertig", the one template of a shop that needs no more.
fn ready() -> ListedTemplate {
    listed("fertig", json!([{ "type": "BODY", "text": "Guten Tag." }]))
}

fn says(counter: &Counter, kind: FactKind) {
    let number = Number {
        phone_number_id: NUMBER.into(),
        display: String::new(),
    };
    counter.desk.apply(&[Fact::new(&number, kind)]).unwrap();
}

/// Where whoever this peer means now stands.
fn summary(counter: &Counter, customer_id: i64) -> ConsentSummary {
    let now = counter.desk.clock.now();
    let found = counter
        .desk
        .store
        .read(|db| consent::state_of(db, customer_id, now));
    found.unwrap()
}

fn of(summary: &ConsentSummary, purpose: &str) -> PurposeState {
    let found = summary.purposes.iter().find(|p| p.purpose == purpose);
    found.unwrap().clone()
}

fn state(summary: &ConsentSummary, purpose: &str) -> (ConsentState, bool, Option<NotUsable>) {
    let found = of(summary, purpose);
    (found.state, found.usable, found.why_not)
}

/// A claim from a list, or something said in person.
fn weaker(act_id: &str, event: Event, by: &str, who: &Peer, at: i64) -> Act {
    Act {
        channel: by.to_owned(),
        strength: match by {
            channel::SPOKEN => Strength::Weak,
            _ => Strength::None,
        },
        event,
        ..granted(act_id, who, &["offers"], at)
    }
}
