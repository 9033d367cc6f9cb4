//! Somebody is erased: nothing of them is left in any column of any table, the chain still fits, and nothing of before
//! comes back.

use super::*;
use base64::{Engine, prelude::BASE64_STANDARD};
use inbox::{
    ledger,
    view::{ConsentResult, CounterEntry, EvidenceResult, Refusal, SendResult},
};
use serde_json::json;
use support::bodies::{self, NUMBER};

const NAME: &str = "Wilhelmine";
const SAID: &str = "Streuselkuchen";
const BSUID: &str = "DE.Er4seMe77Qx";
const STAYS: &str = "4915155501077";

/// A wamid as Meta makes them: the number lies in it.
fn wamid(n: i64) -> String {
    let inner = format!("\u{1d}\u{0d}{LENA}\u{15}\u{2}\u{0}{n:020}");
    format!("wamid.{}", BASE64_STANDARD.encode(inner))
}

/// A shop in which a customer has left traces everywhere.
fn open() -> (Counter, i64) {
    let counter = Counter::open(NINE);
    let desk = &counter.desk;
    let mut first = bodies::text(NUMBER, LENA, &wamid(1), NINE - 3 * MINUTE, SAID);
    let value = &mut first["entry"][0]["changes"][0]["value"];
    value["messages"][0]["from_user_id"] = BSUID.into();
    value["contacts"] = json!([{ "wa_id": LENA, "user_id": BSUID, "profile": { "name": NAME, "username": "wilhelmine.t" } }]);
    counter.receive(&first, NINE - 3 * MINUTE);
    let picture = json!({ "type": "image", "image": { "id": "777", "mime_type": "image/png", "caption": format!("{SAID} gestern") } });
    counter.receive(
        &bodies::message(NUMBER, LENA, &wamid(2), NINE - 2 * MINUTE, picture),
        NINE - 2 * MINUTE,
    );
    let thread = counter.thread(NUMBER, &phone(LENA)).expect("a thread");
    desk.store
        .write(|db| {
            db.execute(
                "INSERT INTO media_bytes (wamid, bytes) VALUES (?1, ?2)",
                (wamid(2), format!("PNG {NAME}").into_bytes()),
            )
            .map(drop)
            .map_err(Into::into)
        })
        .unwrap();
    desk.save_note(thread, None, &format!("{NAME} holt {SAID}"))
        .unwrap();
    desk.save_draft(thread, &format!("Liebe {NAME}")).unwrap();
    let reacted =
        json!({ "type": "reaction", "reaction": { "message_id": wamid(1), "emoji": "x" } });
    counter.receive(
        &bodies::message(NUMBER, LENA, &wamid(3), NINE - MINUTE, reacted),
        NINE - MINUTE,
    );
    let sent = desk
        .send_text(thread, &format!("Gern, {NAME}"), None, "Ada")
        .unwrap();
    assert!(matches!(sent, SendResult::Queued { .. }));
    let entry = CounterEntry {
        number: format!("+{LENA}"),
        country: "DE".into(),
        name: NAME.into(),
        language: "de".into(),
        purposes: vec!["offers".into()],
        wordings: Vec::new(),
        minor: None,
        guardian: String::new(),
    };
    desk.start_qr(&entry).unwrap();
    let png = [&b"\x89PNG\r\n\x1a\n"[..], NAME.as_bytes()].concat();
    let EvidenceResult::Kept { evidence } = desk
        .keep_evidence("signature", "w.png", "image/png", &png)
        .unwrap()
    else {
        panic!("a picture is kept");
    };
    let mut act = granted("till", &phone(LENA), &["offers", "service"], NINE - MINUTE);
    act.name = NAME.into();
    act.evidence.push(ledger::Evidence {
        sha256: evidence.id,
        kind: "signature".into(),
        mime: "image/png".into(),
    });
    record(desk, &act);
    counter.receive(
        &bodies::text(NUMBER, LENA, &wamid(4), NINE - 1_000, "STOPP"),
        NINE - 1_000,
    );
    counter.receive(
        &bodies::text(NUMBER, STAYS, "wamid.other", NINE - 1_000, "Guten Tag"),
        NINE - 1_000,
    );
    record(
        desk,
        &granted("other", &phone(STAYS), &["offers"], NINE - 500),
    );
    let customer = desk.customer(thread).unwrap().consent.customer_id;
    (counter, customer)
}

/// Every column of every table that still says something of them.
fn traces(counter: &Counter) -> Vec<String> {
    let wamids: Vec<String> = (1..=4).map(wamid).collect();
    let inner = wamids.iter().map(|id| {
        id.trim_start_matches("wamid.")
            .trim_end_matches('=')
            .to_owned()
    });
    let mut wanted: Vec<String> = vec![
        NAME.into(),
        NAME.to_lowercase(),
        SAID.into(),
        LENA.into(),
        BSUID.into(),
    ];
    wanted.extend(inner);
    // In whatever place of another text in base64 the number stands.
    for shift in 0..3 {
        let coded = BASE64_STANDARD.encode(format!("{}{LENA}", "x".repeat(shift)));
        wanted.push(coded[4..coded.len() - 4].to_owned());
    }
    let says = |text: &str| {
        let mut words = wanted.iter().map(String::as_str);
        words.find(|word| text.contains(word))
    };
    support::traces::traces(&counter.desk.store, says).unwrap()
}

fn erase(counter: &Counter, customer: i64) {
    let done = counter
        .desk
        .erase(customer, &format!("{NAME} wrote a letter"))
        .unwrap();
    assert!(done == ConsentResult::Done);
}

#[test]
fn nothing_of_an_erased_person_is_left_in_any_column_of_any_table() {
    let (counter, customer) = open();
    let preview = counter.desk.erasure_preview(customer).unwrap();
    assert!(
        preview.messages >= 3 && preview.files == 2 && preview.notes == 1 && preview.consents >= 3,
        "{preview:?}"
    );
    assert!(preview.warnings.contains(&"window_open".to_owned()));
    let before: std::collections::BTreeSet<String> = traces(&counter)
        .into_iter()
        .map(|at| at.split('.').next().unwrap().to_owned())
        .collect();
    for table in [
        "person",
        "identity",
        "profile",
        "thread",
        "message",
        "reaction",
        "outbox",
        "draft",
        "media",
        "media_bytes",
        "raw_webhook",
        "ledger_personal",
        "consent_act",
        "consent_person",
        "consent_code",
        "evidence",
    ] {
        assert!(
            before.contains(table),
            "the test looks into {table}: {before:?}"
        );
    }
    erase(&counter, customer);
    assert_eq!(traces(&counter), [""; 0]);
    assert!(counter.thread(NUMBER, &phone(LENA)).is_none());
    assert!(counter.desk.erasure_preview(customer).is_err());
    counter.desk.store.write(store::check_search).unwrap();
}

#[test]
fn the_chain_still_fits_and_others_keep_what_is_theirs() {
    let (counter, customer) = open();
    erase(&counter, customer);
    let check = counter.desk.check_ledger(true).unwrap();
    assert!(check.broken.is_empty(), "{:?}", check.broken);
    let mut file = String::new();
    let line = |line: &str| {
        file.push_str(line);
        file.push('\n');
        true
    };
    counter.desk.export_chain(line).unwrap();
    ledger::verify(file.as_bytes(), None).unwrap();
    assert!(!file.contains(NAME) && !file.contains(LENA));
    let thread = counter
        .thread(NUMBER, &phone(STAYS))
        .expect("the other's thread");
    let other = counter.desk.customer(thread).unwrap().consent;
    assert!(of(&other, "offers").usable);
    let again = counter.desk.erase(customer, "");
    assert!(again.is_err(), "nobody is there any more");
}

#[test]
fn what_arrives_later_from_before_stays_away_and_what_comes_anew_is_suppressed() {
    let (counter, customer) = open();
    erase(&counter, customer);
    let late = [
        bodies::text(NUMBER, LENA, &wamid(1), NINE - 3 * MINUTE, SAID),
        bodies::text(NUMBER, LENA, "wamid.late", NINE - MINUTE, SAID),
        bodies::status(NUMBER, LENA, &wamid(2), NINE - MINUTE, "read"),
    ];
    for body in &late {
        counter.receive(body, NINE + MINUTE);
    }
    assert_eq!(traces(&counter), [""; 0]);
    counter.set(NINE + DAY);
    counter.receive(
        &bodies::text(NUMBER, LENA, "wamid.new", NINE + DAY, "Bin wieder da"),
        NINE + DAY,
    );
    let thread = counter
        .thread(NUMBER, &phone(LENA))
        .expect("they wrote again");
    let standing = counter.desk.customer(thread).unwrap().consent;
    assert!(
        standing.erased && standing.out_of_all >= Some(NINE),
        "{standing:?}"
    );
    assert!(
        counter
            .head(NUMBER, &phone(LENA))
            .unwrap()
            .text_refused
            .is_empty(),
        "they are answered"
    );
    let customer = standing.customer_id;
    let gate = counter
        .desk
        .store
        .read(|db| consent::Gate::of(db, customer));
    let refused = gate.unwrap().template("UTILITY");
    assert!(
        matches!(&refused, Some(Refusal::OptedOut { scope, erased: true, .. }) if scope == "all"),
        "nobody says that they wanted it so: {refused:?}"
    );
}

/// What a copy of the store says, opened elsewhere.
fn said_by(copy: &std::path::Path) -> String {
    let elsewhere = support::scratch::directory();
    std::fs::copy(copy, store::database_path(elsewhere.path())).unwrap();
    let copied = support::scratch::store(elsewhere.path(), NINE);
    copied.read(store::canonical_dump).unwrap()
}

#[test]
fn the_backup_of_before_goes_with_the_person_and_the_next_one_knows_nothing_of_them() {
    let (counter, customer) = open();
    let key = support::scratch::key();
    let backup = counter.desk.store.back_up(&key).unwrap();
    assert!(said_by(&backup).contains(NAME));
    erase(&counter, customer);
    assert!(!backup.exists());
    let backup = counter.desk.store.back_up(&key).unwrap();
    let said = said_by(&backup);
    assert!(!said.contains(NAME) && !said.contains(LENA) && said.contains(STAYS));
    // Nothing is left to be done, so a start leaves the new one alone.
    inbox::run::begin(&counter.desk).unwrap();
    assert!(backup.exists());
}

#[test]
fn a_backup_that_outlived_the_process_goes_at_the_next_start() {
    let (counter, customer) = open();
    let key = support::scratch::key();
    let backup = counter.desk.store.back_up(&key).unwrap();
    let kept = backup.with_extension("kept");
    std::fs::copy(&backup, &kept).unwrap();
    erase(&counter, customer);
    // As if it had ended between the erasure and the removal.
    std::fs::rename(&kept, &backup).unwrap();
    counter
        .desk
        .store
        .write(|db| store::setting::set(db, "copies_hold_erased", "1"))
        .unwrap();
    let counter = counter.reopened();
    inbox::run::begin(&counter.desk).unwrap();
    assert!(!backup.exists());
}
