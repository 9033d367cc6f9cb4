//! Lists that are brought along.

use super::*;
use inbox::view::{
    ConsentFilter, EvidenceResult, ImportBatch, ImportPreview, ImportResult, NumberProblem,
};

const LIST: &str = "Name;Handynummer;Sprache;Einwilligung am\n\
    Jo Neumann;0151 55501002;de;14.03.2025\n\
    Lena;0151/55501001;;\n\
    Nobody;kein Anschluss;;\n\
    Jo again;+49 151 55501002;;\n\
    Ida;0151 55501003;;\n\
    Out;0151 55501004;;\n\
    Gone;0151 55501005;;\n\
    ;12;;\n";

/// Lena is known, 4 is out of everything, 5 was erased.
fn open() -> Counter {
    let counter = Counter::open(NINE);
    let desk = &counter.desk;
    let person = |n: i64| phone(&format!("49151555010{n:02}"));
    record(desk, &granted("lena", &person(1), &["service"], NINE - DAY));
    record(desk, &withdrawn("stop", &person(4), "all", NINE - DAY));
    record(desk, &granted("gone", &person(5), &["offers"], NINE - DAY));
    let gone = desk
        .consents(
            &ConsentFilter {
                text: "55501005".into(),
                ..ConsentFilter::default()
            },
            None,
            1,
        )
        .unwrap();
    desk.erase(gone.rows[0].customer_id, "").unwrap();
    counter
}

fn batch(preview: &ImportPreview, evidence: Option<String>) -> ImportBatch {
    ImportBatch {
        id: preview.id.clone(),
        mapping: preview.mapping,
        country: "DE".into(),
        source: "Newsletter 2025".into(),
        consented_at: None,
        purposes: vec!["offers".into()],
        wording: None,
        evidence,
    }
}

fn import(counter: &Counter, batch: &ImportBatch) -> ImportResult {
    counter
        .desk
        .import_consents(batch, &mut |_, _| true)
        .unwrap()
}

#[test]
fn a_list_is_looked_at_before_anything_is_written() {
    let counter = open();
    let preview = counter
        .desk
        .read_import("kunden.csv", LIST.as_bytes(), "DE")
        .unwrap();
    let mapping = preview.mapping;
    assert_eq!(
        (mapping.name, mapping.phone, mapping.language, mapping.date),
        (0, 1, 2, 3)
    );
    assert_eq!(
        preview.columns,
        ["Name", "Handynummer", "Sprache", "Einwilligung am"]
    );
    let counts = preview.counts;
    assert_eq!((counts.rows, counts.good, counts.bad), (8, 3, 2));
    assert_eq!((counts.known, counts.suppressed, counts.twice), (1, 2, 1));
    let bad: Vec<_> = preview
        .bad
        .iter()
        .map(|bad| (bad.line, bad.why.clone()))
        .collect();
    assert_eq!(
        bad,
        [(4, NumberProblem::NotANumber), (9, NumberProblem::TooShort)]
    );
    let before = counter.desk.check_ledger(true).unwrap().entries;
    let again = counter
        .desk
        .preview_import(&preview.id, mapping, "DE")
        .unwrap();
    assert!(again == preview);
    assert_eq!(counter.desk.check_ledger(true).unwrap().entries, before);
}

#[test]
fn without_proof_a_list_claims_and_the_same_file_again_adds_nothing() {
    let counter = open();
    let preview = counter
        .desk
        .read_import("kunden.csv", LIST.as_bytes(), "DE")
        .unwrap();
    let done = import(&counter, &batch(&preview, None));
    assert_eq!((done.counts, done.refused), (preview.counts, None));
    let entries = counter.desk.check_ledger(true).unwrap().entries;
    import(&counter, &batch(&preview, None));
    assert_eq!(counter.desk.check_ledger(true).unwrap().entries, entries);

    let claimed = ConsentFilter {
        states: vec![ConsentState::Claimed],
        ..ConsentFilter::default()
    };
    let page = counter.desk.consents(&claimed, None, 50).unwrap();
    assert_eq!(page.rows.len(), 3);
    assert!(page.rows.iter().all(|row| !row.state.usable));
    let jo = page
        .rows
        .iter()
        .find(|row| row.name.text == "Jo Neumann")
        .expect("called as in the list");
    assert_eq!(
        (jo.language.as_str(), jo.state.since),
        ("de", Some(1_741_953_600_000))
    );
    let history = counter.desk.consent_person(jo.customer_id).unwrap().history;
    assert_eq!(history[0].note, "Newsletter 2025, 2");
    assert_eq!(history[0].time_source, "stated");
    let lena = ConsentFilter {
        text: "55501001".into(),
        ..ConsentFilter::default()
    };
    assert_eq!(
        counter.desk.consent_counts(&lena).unwrap().all,
        1,
        "she is no second customer"
    );
}

#[test]
fn with_proof_a_list_grants_and_never_reopens_a_stop() {
    let counter = open();
    let EvidenceResult::Kept { evidence } = counter
        .desk
        .keep_evidence("scan", "l.pdf", "application/pdf", b"%PDF-1.7 list")
        .unwrap()
    else {
        panic!("a paper is kept");
    };
    let preview = counter
        .desk
        .read_import("kunden.csv", LIST.as_bytes(), "DE")
        .unwrap();
    import(&counter, &batch(&preview, Some(evidence.id)));
    let of = |text: &str| {
        let filter = ConsentFilter {
            text: text.into(),
            ..ConsentFilter::default()
        };
        let rows = counter.desk.consents(&filter, None, 50).unwrap().rows;
        rows.into_iter()
            .map(|row| (row.state.purpose, row.state.state))
            .collect::<Vec<_>>()
    };
    assert_eq!(of("55501003"), [("offers".to_owned(), ConsentState::In)]);
    assert_eq!(of("55501004"), [("all".to_owned(), ConsentState::Out)]);
    assert_eq!(of("55501005"), []);
    let without = batch(&preview, Some("ab".repeat(32)));
    assert_eq!(
        import(&counter, &without).refused,
        Some(inbox::view::ConsentRefusal::NoEvidence)
    );
}

#[test]
fn a_hundred_thousand_rows_go_in_batch_by_batch_and_stop_where_somebody_has_had_enough() {
    let rows: i64 = std::env::var("GUICHET_IMPORT")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(3_000);
    let counter = Counter::open(NINE);
    let mut list = String::from("Telefon,Name\n");
    for n in 0..rows {
        match n % 33 {
            32 => list.push_str(&format!("n/a {n},x\n")),
            _ => list.push_str(&format!("+49151{:08},Kunde {n}\n", 10_000_000 + n)),
        }
    }
    let preview = counter
        .desk
        .read_import("a.csv", list.as_bytes(), "DE")
        .unwrap();
    assert_eq!(preview.counts.rows, rows);
    assert_eq!(preview.counts.bad, rows / 33);
    assert_eq!(preview.counts.good, rows - rows / 33);
    let mut told = Vec::new();
    let batch = batch(&preview, None);
    let begun = std::time::Instant::now();
    let done = counter.desk.import_consents(&batch, &mut |done, total| {
        told.push((done, total));
        done < 2_000
    });
    let done = done.unwrap();
    assert!(done.cancelled);
    assert_eq!(told, [(1_000, rows), (2_000, rows)]);
    let rest = import(&counter, &batch);
    assert!(!rest.cancelled);
    println!("{rows} rows: {:?}", begun.elapsed());
    let counts = counter
        .desk
        .consent_counts(&ConsentFilter::default())
        .unwrap();
    assert_eq!(
        (counts.all, counts.unconfirmed),
        (preview.counts.good, preview.counts.good)
    );
}

#[test]
fn contacts_of_a_telephone_are_a_list_too() {
    let counter = open();
    let card = |name: &str, number: &str| {
        format!(
            "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nTEL;TYPE=CELL:{number}\r\nLANG:pt\r\nEND:VCARD\r\n"
        )
    };
    let mut list = String::new();
    for (name, number) in [
        ("Jo", "0151 55501002"),
        ("Lena", "+49 151 55501001"),
        ("Nobody", "Anschluss"),
        ("Out", "0151 55501004"),
        ("Jo again", "+4915155501002"),
    ] {
        list.push_str(&card(name, number));
    }
    let preview = counter
        .desk
        .read_import("kontakte.vcf", list.as_bytes(), "DE")
        .unwrap();
    assert_eq!(preview.format, "vcard");
    let counts = preview.counts;
    assert_eq!((counts.rows, counts.good, counts.bad), (5, 2, 1));
    assert_eq!((counts.known, counts.suppressed, counts.twice), (1, 1, 1));
    assert_eq!(preview.bad[0].line, 13, "where its card begins");
    let done = import(&counter, &batch(&preview, None));
    assert_eq!((done.counts.good, done.refused), (2, None));
    let found = counter
        .desk
        .consents(
            &ConsentFilter {
                text: "55501002".into(),
                ..ConsentFilter::default()
            },
            None,
            9,
        )
        .unwrap();
    assert_eq!(found.rows[0].language, "pt");
}
