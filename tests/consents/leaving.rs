//! What leaves the ledger: sheets that people scan, rows for tables, and the chain as a file that anybody can check.

use super::*;
use inbox::{
    desk::exports::{Exported, HeldMessage},
    ledger::{self, Misfit, NotVerified},
    view::{ConsentFilter, Sheet},
};
use store::StoreError;
use support::bodies::{self, NUMBER};

/// A shop with a name, in whose ledger are Lena's opt-in and stop.
fn open() -> Counter {
    let counter = Counter::open(NINE);
    let named =
        |db: &store::Connection| store::setting::set(db, "shop_name", support::consent::SHOP);
    counter.desk.store.write(named).unwrap();
    record(
        &counter.desk,
        &granted("till", &phone(LENA), &["updates", "offers"], NINE - DAY),
    );
    record(
        &counter.desk,
        &withdrawn("stop", &phone(LENA), "offers", NINE - MINUTE),
    );
    counter
}

fn exported(counter: &Counter) -> String {
    let mut file = String::new();
    let line = |line: &str| {
        file.push_str(line);
        file.push('\n');
        true
    };
    assert!(counter.desk.export_chain(line).unwrap());
    file
}

#[test]
fn an_exported_chain_is_verified_by_the_file_alone_and_one_byte_names_the_entry() {
    let counter = open();
    let file = exported(&counter);
    let found = ledger::verify(file.as_bytes(), None).unwrap();
    assert_eq!(
        (found.entries, found.business.as_str()),
        (3, support::consent::SHOP)
    );
    assert_eq!(found.heads[0].seq, 3);
    let changed = file.replacen("withdrawn", "withdrawm", 1);
    match ledger::verify(changed.as_bytes(), None) {
        Err(NotVerified::Broken { line, entry, why }) => {
            assert_eq!((line, why), (4, Misfit::Changed));
            assert_eq!(entry, ledger::entry_name(&found.heads[0].device, 3));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_export_is_an_entry_of_its_own_behind_the_head_it_carries() {
    let counter = open();
    let before = counter.desk.begin_export().unwrap();
    let noted = Exported {
        format: "csv".into(),
        rows: 3,
        sha256: "ab".repeat(32),
        filter: String::new(),
    };
    counter.desk.record_export(&noted).unwrap();
    let after = counter.desk.begin_export().unwrap();
    assert_eq!((before.entries(), after.entries()), (3, 4));
    let mut events = Vec::new();
    let all = counter
        .desk
        .export_events(&before, &ConsentFilter::default(), |row| {
            events.push(row.event.clone());
            Ok::<_, StoreError>(true)
        });
    assert!(all.unwrap());
    assert_eq!(
        events,
        ["granted", "granted", "withdrawn"],
        "the entry of the export is not in it"
    );
}

#[test]
fn the_code_of_a_sheet_may_be_sent_by_anybody_for_as_long_as_it_hangs() {
    let counter = open();
    let sheet = counter
        .desk
        .sheet(Sheet::Poster, "de", &["updates".into()])
        .unwrap();
    let Some(qr) = sheet.qr else {
        panic!("a number is connected");
    };
    assert!(qr.url.starts_with("https://wa.me/"));
    for (n, at) in [(1, NINE + MINUTE), (2, NINE + 400 * DAY)] {
        let sender = format!("491515550200{n}");
        counter.set(at);
        let scanned = bodies::text(NUMBER, &sender, &format!("wamid.{n}"), at, &qr.text);
        counter.receive(&scanned, at);
        let thread = counter.thread(NUMBER, &phone(&sender)).unwrap();
        let customer = counter.desk.customer(thread).unwrap().consent.customer_id;
        let updates = of(&summary(&counter, customer), "updates");
        assert_eq!(
            (updates.state, updates.usable),
            (ConsentState::In, true),
            "{sender}"
        );
        assert_eq!(updates.strength, Strength::Strong);
        // On the words that stood on the sheet.
        assert_eq!(updates.wording.unwrap().id, sheet.wordings[0].id);
    }
}

#[test]
fn what_is_held_about_a_person_is_everything_that_was_written() {
    let counter = open();
    counter.receive(
        &bodies::text(NUMBER, LENA, "wamid.1", NINE, "Guten Tag"),
        NINE,
    );
    let thread = counter.thread(NUMBER, &phone(LENA)).unwrap();
    counter
        .desk
        .save_note(thread, None, "holt freitags ab")
        .unwrap();
    let customer = counter.desk.customer(thread).unwrap().consent.customer_id;
    let mut all: Vec<HeldMessage> = Vec::new();
    let whole = counter.desk.held_messages(customer, true, |message| {
        all.push(message.clone());
        Ok::<_, StoreError>(true)
    });
    assert!(whole.unwrap());
    let said: Vec<(&str, &str)> = all.iter().map(|m| (m.direction, m.text.as_str())).collect();
    assert!(said.contains(&("from_them", "Guten Tag")), "{said:?}");
    assert!(
        said.iter().any(|(direction, _)| *direction == "note"),
        "{said:?}"
    );
    let person = counter.desk.export_person(customer).unwrap();
    assert_eq!(person.acts.len(), 3);
    assert!(
        person
            .identifiers
            .contains(&("phone".into(), format!("+{LENA}")))
    );
}
