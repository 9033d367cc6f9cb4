//! Every kind of export, from a ledger with people in it to the file.

use super::{Finished, Stopped, run};
use crate::commands::exports::Exports;
use cloud_api::{clock::Clock, webhook::Peer};
use inbox::{
    EventSink,
    desk::{Account, Desk},
    ledger::{self, Act, Event, ShownWording},
    platform_clock::PlatformClock,
    view::{Change, ConsentFilter, ExportFormat, ExportRequest, Sheet, Strength},
};
use std::{
    fs,
    path::Path,
    sync::{Arc, Mutex},
};
use store::{Store, StoreKey};

struct Nobody;

impl EventSink for Nobody {
    fn changed(&self, _: Change) {}
}

struct Shop {
    folder: tempfile::TempDir,
    desk: Desk,
}

const TEXT: &str = "Ja, Kette & Kranz darf mir Nachrichten schicken; beenden mit STOPP.";

/// A shop whose ledger has an opt-in and a stop of one person, and an opt-in of `people` more.
fn shop(people: i64) -> Shop {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path(), &StoreKey::from_bytes([7; 32]), 0).unwrap();
    store
        .write(|db| store::setting::set(db, "shop_name", "Kette & Kranz"))
        .unwrap();
    let account = Account {
        phone_number_id: "1".into(),
        display: "+49 30 12345678".into(),
        ..Account::default()
    };
    let clock = Arc::new(PlatformClock::on(Clock::adjustable()));
    let desk = Desk::new(Arc::new(store), clock, account, Arc::new(Nobody)).unwrap();
    let now = desk.clock.now();
    desk.store
        .write(|db| {
            for n in 0..=people {
                record(db, n, Event::Confirmed, now - 1_000)?;
            }
            record(db, 0, Event::Withdrawn, now - 500)
        })
        .unwrap();
    Shop { folder, desk }
}

fn record(db: &store::Connection, n: i64, event: Event, at: i64) -> store::Result<()> {
    let act = Act {
        purposes: vec![ledger::OFFERS.to_owned()],
        who: Some(Peer {
            wa_id: Some(format!("4915{n:09}")),
            ..Peer::default()
        }),
        channel: ledger::channel::WHATSAPP.to_owned(),
        strength: Strength::Strong,
        wordings: vec![ShownWording {
            id: "offers-de".into(),
            version: 1,
            text: TEXT.into(),
            ..ShownWording::default()
        }],
        name: format!("=Person({n})"),
        wamid: format!("wamid.{}.{n}", event.name()),
        ..Act::new(event, format!("{}:{n}", event.name()), at)
    };
    ledger::record(db, &act, at)?.unwrap();
    Ok(())
}

fn asked(format: ExportFormat) -> ExportRequest {
    ExportRequest {
        format,
        filter: ConsentFilter::default(),
        customer_id: None,
        language: "de".into(),
    }
}

fn export(shop: &Shop, request: &ExportRequest, target: &Path) -> Result<Finished, Stopped> {
    run(&shop.desk, request, target, &mut |_, _| true)
}

/// Name and number of the person whose stop stands in the ledger.
fn person(shop: &Shop) -> i64 {
    let found = Mutex::new(0);
    shop.desk
        .matching(&ConsentFilter::default(), |customer_id, standing| {
            if standing.state == "out" {
                *found.lock().unwrap() = customer_id;
            }
        })
        .unwrap();
    found.into_inner().unwrap()
}

#[test]
fn every_format_is_written_and_noted_in_the_ledger() {
    let shop = shop(3);
    let target = shop.folder.path().join("out");
    let mut entries = 5;
    for format in [
        ExportFormat::CsvSemicolon,
        ExportFormat::Csv,
        ExportFormat::Xlsx,
        ExportFormat::JsonLines,
        ExportFormat::Pdf,
        ExportFormat::PersonPdf,
        ExportFormat::PersonJson,
        ExportFormat::AccessPdf,
        ExportFormat::Shopify,
    ] {
        let request = ExportRequest {
            customer_id: Some(person(&shop)),
            ..asked(format)
        };
        let done = export(&shop, &request, &target).unwrap();
        assert_eq!(
            fs::metadata(&target).unwrap().len(),
            done.written.bytes,
            "{format:?}"
        );
        entries += 1;
        let export = shop.desk.begin_export().unwrap();
        assert_eq!(export.entries(), entries, "{format:?}");
        assert_ne!(
            export.own_head().1,
            done.head,
            "{format:?}: its own entry comes after it"
        );
    }
}

#[test]
fn what_is_exported_as_lines_is_a_ledger_that_fits() {
    let shop = shop(3);
    let target = shop.folder.path().join("ledger.jsonl");
    export(&shop, &asked(ExportFormat::JsonLines), &target).unwrap();
    let text = fs::read(&target).unwrap();
    let found = ledger::verify(text.as_slice(), None).unwrap();
    assert_eq!(
        (found.entries, found.business.as_str()),
        (5, "Kette & Kranz")
    );
    let mut changed = text.clone();
    let at = text.len() / 2;
    changed[at] ^= 1;
    assert!(ledger::verify(changed.as_slice(), None).is_err());
}

#[test]
fn a_table_says_what_became_of_each_consent() {
    let shop = shop(0);
    let target = shop.folder.path().join("out.csv");
    export(&shop, &asked(ExportFormat::Csv), &target).unwrap();
    let text = fs::read_to_string(&target).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 4, "head, two acts, seal");
    assert!(lines[1].contains("confirmed") && lines[1].contains("'+4915000000000"));
    assert!(
        lines[1].contains("'=Person(0)"),
        "a name is never a formula"
    );
    assert!(lines[1].contains(TEXT));
    assert!(lines[2].contains("withdrawn"));
    assert!(lines[3].contains("signature="));
}

#[test]
fn a_filter_narrows_the_rows_to_the_people_it_finds() {
    let shop = shop(3);
    let target = shop.folder.path().join("out.csv");
    for (list, rows) in [("offers_today", 3), ("never_contact", 2)] {
        let mut request = asked(ExportFormat::Csv);
        request.filter.list = list.into();
        let done = export(&shop, &request, &target).unwrap();
        assert_eq!(done.written.rows, rows, "{list}");
    }
}

/// What lies in a folder, hidden or not, but for the store.
fn beside(shop: &Shop) -> Vec<String> {
    let left = fs::read_dir(shop.folder.path()).unwrap();
    let mut left: Vec<String> = left
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".part") || name.starts_with("list"))
        .collect();
    left.sort();
    left
}

#[test]
fn whoever_has_had_enough_gets_no_half_file_and_keeps_the_one_of_last_week() {
    let shop = shop(2_500);
    let target = shop.folder.path().join("list");
    fs::write(&target, "the list of last week").unwrap();
    // Papers are gathered first and set at once: there is no part of one.
    for (format, total, part) in [
        (ExportFormat::Csv, 2_502, true),
        (ExportFormat::CsvSemicolon, 2_502, true),
        (ExportFormat::Xlsx, 2_502, true),
        (ExportFormat::JsonLines, 2_502, true),
        (ExportFormat::Shopify, 2_501, true),
        (ExportFormat::Pdf, 2_501, false),
    ] {
        let exports = Exports::default();
        let own = exports.begin();
        let mut told = Vec::new();
        let mut goes_on = |done, total| {
            told.push((done, total));
            assert_eq!(
                beside(&shop).len(),
                1 + usize::from(part),
                "{format:?}: on its way"
            );
            // The second time it is told, somebody has clicked.
            if told.len() == 2 {
                exports.cancel();
            }
            exports.goes_on(own)
        };
        let stopped = run(&shop.desk, &asked(format), &target, &mut goes_on);
        assert!(matches!(stopped, Err(Stopped::Cancelled)), "{format:?}");
        assert_eq!(told, [(1_000, total), (2_000, total)], "{format:?}");
        assert_eq!(beside(&shop), ["list"], "{format:?}");
        assert_eq!(
            fs::read_to_string(&target).unwrap(),
            "the list of last week",
            "{format:?}"
        );
        assert!(
            exports.goes_on(exports.begin()),
            "the next one is not cancelled"
        );
    }
    assert_eq!(
        shop.desk.begin_export().unwrap().entries(),
        2_502,
        "nothing was exported, and the ledger says so"
    );
    let done = export(&shop, &asked(ExportFormat::Csv), &target).unwrap();
    assert_eq!(done.written.rows, 2_502, "thought better of");
}

#[test]
fn sheets_carry_the_wordings_in_force_and_a_code_that_stays() {
    let shop = shop(0);
    let target = shop.folder.path().join("sheet.pdf");
    let purposes = ["updates".to_owned(), "offers".to_owned()];
    for language in ["de", "pt-BR", "en"] {
        let mut codes = Vec::new();
        for sheet in [Sheet::Poster, Sheet::Card, Sheet::Form] {
            let record = shop.desk.sheet(sheet, language, &purposes).unwrap();
            assert_eq!(record.wordings.len(), 2, "{language}");
            assert!(
                record
                    .wordings
                    .iter()
                    .all(|w| w.text.contains("Kette & Kranz"))
            );
            assert_eq!(record.form_number.is_empty(), sheet != Sheet::Form);
            codes.push(record.qr.clone().unwrap().text);
            super::sheet(sheet, &record, language, &target).unwrap();
        }
        codes.dedup();
        assert_eq!(
            codes.len(),
            1,
            "{language}: printed again, the code is the same"
        );
    }
}

#[test]
fn a_list_that_is_too_long_for_paper_is_told_before_a_place_is_asked_for() {
    let shop = shop(3);
    let request = asked(ExportFormat::Pdf);
    assert_eq!(
        super::too_long_for_paper(&shop.desk, &request).unwrap(),
        None
    );
    let people: Vec<_> = (0..20_001)
        .map(|n| Peer {
            wa_id: Some(format!("4916{n:09}")),
            ..Peer::default()
        })
        .collect();
    shop.desk
        .store
        .write(|db| {
            for (n, who) in people.iter().enumerate() {
                let person =
                    store::customer::ensure(db, &format!("w:{}", who.wa_id.as_deref().unwrap()))?;
                let row = store::consent::StateRow {
                    purpose: "offers".into(),
                    state: "in".into(),
                    usable: true,
                    since: n as i64,
                    ..store::consent::StateRow::default()
                };
                store::consent::save_states(db, person.customer_id, &[row])?;
            }
            Ok(())
        })
        .unwrap();
    assert_eq!(
        super::too_long_for_paper(&shop.desk, &request).unwrap(),
        Some((20_005, 20_000))
    );
    let table = ExportRequest {
        format: ExportFormat::Xlsx,
        ..request
    };
    assert_eq!(super::too_long_for_paper(&shop.desk, &table).unwrap(), None);
}
