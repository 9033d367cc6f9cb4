//! Whose history it is: merges carry it along and give it back, numbers move, and the order of things is all the same.

use super::*;
use inbox::fact::{Fact, FactKind, Number};
use serde_json::{Value, json};
use store::canonical_dump;
use support::bodies::{self, NUMBER, seconds};

/// A text from somebody known by these ids.
fn text_from(who: &Peer, at: i64, words: &str) -> Value {
    let mut message = json!({ "id": format!("wamid.{words}"), "timestamp": seconds(at), "type": "text", "text": { "body": words } });
    if let Some(wa_id) = &who.wa_id {
        message["from"] = wa_id.as_str().into();
    }
    if let Some(id) = &who.bsuid {
        message["from_user_id"] = id.as_str().into();
    }
    bodies::change(NUMBER, "messages", json!({ "messages": [message] }))
}

fn wrote(counter: &Counter, who: &Peer, at: i64, words: &str) -> i64 {
    counter.receive(&text_from(who, at, words), at);
    counter.thread(NUMBER, who).unwrap()
}

fn panel(counter: &Counter, thread: i64) -> ConsentSummary {
    counter.desk.customer(thread).unwrap().consent
}

#[test]
fn a_merge_carries_the_history_along_and_undoing_it_gives_each_their_own_back() {
    let counter = Counter::open(NINE);
    let lena = wrote(&counter, &phone(LENA), NINE - DAY, "Hier Lena");
    let ida = wrote(&counter, &bsuid(IDA), NINE - DAY, "Hier Ida");
    record(
        &counter.desk,
        &granted("l", &phone(LENA), &["service", "offers"], NINE - 5 * MINUTE),
    );
    record(
        &counter.desk,
        &withdrawn("i", &bsuid(IDA), "offers", NINE - 4 * MINUTE),
    );
    let (before_lena, before_ida) = (panel(&counter, lena), panel(&counter, ida));
    assert!(of(&before_lena, "offers").usable);
    assert_eq!(of(&before_ida, "offers").state, ConsentState::Out);

    let id = counter.desk.merge(lena, ida).unwrap();
    let both = panel(&counter, lena);
    assert_eq!(
        state(&both, "offers"),
        (ConsentState::Out, false, None),
        "the stop of one holds for both"
    );
    assert!(of(&both, "service").usable);

    counter.set(NINE + MINUTE);
    counter.desk.undo_merge(&id).unwrap();
    assert_eq!(panel(&counter, lena), before_lena);
    let ida = counter.thread(NUMBER, &bsuid(IDA)).unwrap();
    let after_ida = panel(&counter, ida);
    assert_eq!(after_ida.purposes, before_ida.purposes);
}

#[test]
fn a_consent_given_by_number_follows_whoever_that_number_turns_out_to_be() {
    let counter = Counter::open(NINE);
    let recorded = record(
        &counter.desk,
        &granted("till", &phone(LENA), &["offers"], NINE - DAY),
    );
    assert!(
        recorded.customer_id.is_some(),
        "nobody wrote yet, and the consent is there"
    );
    let both = Peer {
        wa_id: Some(LENA.into()),
        bsuid: Some(IDA.into()),
        group_id: None,
    };
    let thread = wrote(&counter, &both, NINE - MINUTE, "Hier bin ich");
    assert!(of(&panel(&counter, thread), "offers").usable);
}

#[test]
fn a_new_number_keeps_the_consent_and_whoever_gets_the_old_one_has_none() {
    let counter = Counter::open(NINE);
    let thread = wrote(&counter, &phone(LENA), NINE - DAY, "Hier Lena");
    record(
        &counter.desk,
        &granted("l", &phone(LENA), &["offers"], NINE - DAY + MINUTE),
    );
    let moved = FactKind::IdentityChanged {
        wamid: "wamid.moved".into(),
        old: phone(LENA),
        new: phone("4915155501777"),
        body: "…".into(),
        at: NINE - 60 * MINUTE,
        arrived: (NINE - 60 * MINUTE) * 1000,
    };
    let number = Number {
        phone_number_id: NUMBER.into(),
        display: String::new(),
    };
    counter.desk.apply(&[Fact::new(&number, moved)]).unwrap();
    assert!(of(&panel(&counter, thread), "offers").usable);
    let stranger = wrote(&counter, &phone(LENA), NINE - MINUTE, "Neu hier");
    assert_ne!(stranger, thread);
    assert_eq!(
        state(&panel(&counter, stranger), "offers"),
        (ConsentState::None, false, None)
    );
}

#[test]
fn two_laptops_that_heard_of_it_in_any_order_agree() {
    let here = Counter::open(NINE);
    let there = Counter::open(NINE);
    let lena = phone(LENA);
    record(
        &here.desk,
        &granted("l", &lena, &["service", "offers"], NINE - 9 * MINUTE),
    );
    record(
        &there.desk,
        &withdrawn("stop:1", &lena, "offers", NINE - 5 * MINUTE),
    );
    record(
        &here.desk,
        &withdrawn("stop:1", &lena, "offers", NINE - 5 * MINUTE),
    );
    record(
        &there.desk,
        &granted("back", &lena, &["offers"], NINE - 2 * MINUTE),
    );
    let entries = |counter: &Counter| -> Vec<Fact> {
        let found = counter.desk.store.read(|db| {
            let mut all = Vec::new();
            for device in store::ledger::devices(db)? {
                store::ledger::walk(db, &device, 0, |walked| {
                    all.push(inbox::ledger::LedgerEntry::from(walked));
                    Ok(true)
                })?;
            }
            Ok(all)
        });
        let entries = found.unwrap();
        entries
            .into_iter()
            .map(|entry| Fact::new(&Number::default(), FactKind::Recorded(entry)))
            .collect()
    };
    let (from_here, mut from_there) = (entries(&here), entries(&there));
    from_there.reverse();
    here.desk.apply(&from_there).unwrap();
    there.desk.apply(&from_here).unwrap();
    there.desk.apply(&from_here).unwrap();
    let dump = |counter: &Counter| counter.desk.store.read(canonical_dump).unwrap();
    assert_eq!(dump(&here), dump(&there));
    for counter in [&here, &there] {
        assert_eq!(counter.desk.check_ledger(true).unwrap().broken, []);
        let id = counter
            .desk
            .store
            .read(|db| Ok(store::customer::find(db, &format!("w:{LENA}"))?))
            .unwrap();
        assert!(of(&summary(counter, id.unwrap().customer_id), "offers").usable);
    }
}
