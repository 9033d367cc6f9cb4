mod details;
mod expected;
mod tolerance;

use std::{fs, path::PathBuf};

use super::*;

fn payloads() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/payloads"))
}

fn fixture(name: &str) -> Webhook {
    let bytes = fs::read(payloads().join(format!("{name}.json"))).expect(name);
    parse(&bytes).expect(name)
}

fn events(name: &str) -> Vec<Event> {
    fixture(name).items.into_iter().map(|i| i.event).collect()
}

/// The first event that is no profile.
fn main_event(name: &str) -> Event {
    let all = events(name);
    let found = all.iter().find(|e| !matches!(e, Event::Profile(_)));
    found.expect(name).clone()
}

fn message_of(name: &str) -> Message {
    match main_event(name) {
        Event::Message(message) => message,
        other => panic!("{name}: {other:?}"),
    }
}
