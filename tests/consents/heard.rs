//! What customers' own words do to their consents, in the transaction that takes them in.

use super::*;
use inbox::view::{
    Body, CounterEntry, CounterResult, CounterWay, Direction, EvidenceResult, Place, QrState,
    Refusal, SendResult, WordingRef,
};
use serde_json::{Value, json};
use support::bodies::{self, NUMBER};

const HOUR: i64 = 60 * MINUTE;

fn wrote(counter: &Counter, wamid: &str, at: i64, words: &str) -> i64 {
    counter.receive(&bodies::text(NUMBER, LENA, wamid, at, words), at);
    counter.thread(NUMBER, &phone(LENA)).unwrap()
}

fn tapped(counter: &Counter, wamid: &str, at: i64, id: &str, title: &str) {
    let content = json!({ "type": "interactive", "interactive": { "type": "button_reply", "button_reply": { "id": id, "title": title } } });
    counter.receive(&bodies::message(NUMBER, LENA, wamid, at, content), at);
}

fn whom(counter: &Counter, thread: i64) -> i64 {
    counter.desk.customer(thread).unwrap().consent.customer_id
}

/// What we said in a thread, the confirmations of stops among it.
fn answers(counter: &Counter, thread: i64) -> Vec<String> {
    let page = counter.desk.messages(thread, &Place::Newest, 100).unwrap();
    let ours = page
        .rows
        .into_iter()
        .filter(|row| row.direction == Direction::Out);
    ours.filter_map(|row| match row.body {
        Body::Text { text } => Some(text),
        _ => None,
    })
    .collect()
}

fn entry(counter: &Counter, number: &str, purposes: &[&str]) -> CounterEntry {
    let form = counter.desk.counter_form().unwrap();
    let wordings = form.wordings.iter().filter(|w| w.language == "de");
    let wordings = wordings.filter(|w| purposes.contains(&w.purpose.as_str()));
    CounterEntry {
        number: number.to_owned(),
        country: "DE".to_owned(),
        name: "Lena Vogt".to_owned(),
        language: "de".to_owned(),
        purposes: purposes.iter().map(|p| (*p).to_owned()).collect(),
        wordings: wordings
            .map(|w| WordingRef {
                id: w.id.clone(),
                version: w.version,
            })
            .collect(),
        minor: None,
        guardian: String::new(),
    }
}

/// A shop that customers know by its name.
fn open() -> Counter {
    let counter = Counter::open(NINE);
    counter
        .desk
        .store
        .write(|db| store::setting::set(db, "shop_name", support::consent::SHOP))
        .unwrap();
    counter
}

#[test]
fn a_stop_is_heard_once_and_confirmed_once_however_often_the_page_comes() {
    for (words, scope, confirmed) in [
        ("STOP", "all", "keine Nachrichten mehr"),
        ("Bitte keine Werbung mehr", "offers", "keine Werbung mehr"),
        (
            "Schreibt mir nie wieder und löscht meine Nummer",
            "all",
            "keine Nachrichten mehr",
        ),
    ] {
        let counter = open();
        // STOP is no language; the shop's own is what is left.
        counter
            .desk
            .store
            .write(|db| store::setting::set(db, "language", "de"))
            .unwrap();
        record(
            &counter.desk,
            &granted("till", &phone(LENA), &["service", "offers"], NINE - DAY),
        );
        let stop = bodies::text(NUMBER, LENA, "wamid.stop", NINE, words);
        counter.receive_all(&[(stop.clone(), NINE), (stop.clone(), NINE)]);
        counter.receive(&stop, NINE);
        let thread = counter.thread(NUMBER, &phone(LENA)).unwrap();
        let now = summary(&counter, whom(&counter, thread));
        assert_eq!(of(&now, "offers").state, ConsentState::Out, "{words}");
        let service = match scope {
            "all" => ConsentState::Out,
            _ => ConsentState::In,
        };
        assert_eq!(of(&now, "service").state, service, "{words}");
        let said = answers(&counter, thread);
        assert_eq!(said.len(), 1, "{words}: {said:?}");
        assert!(said[0].contains(confirmed), "{words}: {said:?}");
    }
}

#[test]
fn what_only_looks_like_a_stop_changes_nothing() {
    for words in [
        "Wo hält der Bus? Bushaltestelle am Markt?",
        "Stop by tomorrow?",
        "Ich will mich vom Workshop abmelden",
        "Bitte den blauen Topf stornieren, den roten nehme ich",
        "Wann hört die Aktion auf?",
    ] {
        let counter = open();
        record(
            &counter.desk,
            &granted("till", &phone(LENA), &["offers"], NINE - DAY),
        );
        let thread = wrote(&counter, "wamid.1", NINE, words);
        let now = summary(&counter, whom(&counter, thread));
        assert_eq!(
            state(&now, "offers"),
            (ConsentState::In, true, None),
            "{words}"
        );
        assert_eq!(answers(&counter, thread), Vec::<String>::new(), "{words}");
    }
}

#[test]
fn the_code_of_the_till_is_the_strongest_proof_and_counts_by_the_time_it_was_sent() {
    for (what, sent, arrived, expected) in [
        ("at once", NINE + MINUTE, NINE + MINUTE, true),
        ("late on its way", NINE + MINUTE, NINE + 5 * HOUR, true),
        ("too late", NINE + HOUR, NINE + HOUR, false),
    ] {
        let counter = open();
        let ticket = counter
            .desk
            .start_qr(&entry(&counter, "0151 55501001", &["updates", "offers"]))
            .unwrap();
        assert!(ticket.text.contains("Bäckerei am Markt"), "{}", ticket.text);
        assert_eq!(
            counter.desk.qr_state(&ticket.code).unwrap(),
            QrState::Waiting
        );
        counter.set(arrived);
        counter.receive(
            &bodies::text(NUMBER, LENA, "wamid.qr", sent, &ticket.text),
            arrived,
        );
        let thread = counter.thread(NUMBER, &phone(LENA)).unwrap();
        let now = summary(&counter, whom(&counter, thread));
        let offers = of(&now, "offers");
        if !expected {
            assert_eq!(offers.state, ConsentState::None, "{what}");
            assert_eq!(
                counter.desk.qr_state(&ticket.code).unwrap(),
                QrState::Expired
            );
            continue;
        }
        assert_eq!(
            (offers.state, offers.usable),
            (ConsentState::In, true),
            "{what}"
        );
        assert_eq!(
            (offers.strength, offers.channel.as_str()),
            (Strength::Strong, "counter_qr")
        );
        assert_eq!(of(&now, "updates").state, ConsentState::In);
        match counter.desk.qr_state(&ticket.code).unwrap() {
            QrState::Confirmed {
                thread_id,
                name,
                number_differs,
                ..
            } => {
                assert_eq!(
                    (thread_id, name.text.as_str(), number_differs),
                    (thread, "Lena Vogt", false)
                );
            }
            other => panic!("{what}: {other:?}"),
        }
    }
}

#[test]
fn a_code_sent_from_another_number_is_said_to_be() {
    let counter = open();
    let ticket = counter
        .desk
        .start_qr(&entry(&counter, "0151 55509999", &["updates"]))
        .unwrap();
    wrote(
        &counter,
        "wamid.qr",
        NINE + MINUTE,
        &format!("Hallo #{}", ticket.code.to_lowercase()),
    );
    match counter.desk.qr_state(&ticket.code).unwrap() {
        QrState::Confirmed { number_differs, .. } => assert!(number_differs),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_code_works_for_one_person_only() {
    let counter = open();
    let ticket = counter
        .desk
        .start_qr(&entry(&counter, "", &["updates"]))
        .unwrap();
    wrote(&counter, "wamid.1", NINE + MINUTE, &ticket.text);
    let other = "4915155501777";
    counter.receive(
        &bodies::text(NUMBER, other, "wamid.2", NINE + 2 * MINUTE, &ticket.text),
        NINE + 2 * MINUTE,
    );
    let thread = counter.thread(NUMBER, &phone(other)).unwrap();
    let now = summary(&counter, whom(&counter, thread));
    assert_eq!(of(&now, "updates").state, ConsentState::None);
}

#[test]
fn a_question_with_buttons_becomes_the_entry_with_the_words_that_were_asked() {
    for (yes, expected) in [(true, ConsentState::In), (false, ConsentState::Asked)] {
        let counter = open();
        let thread = wrote(&counter, "wamid.1", NINE - MINUTE, "Hallo");
        let asked = counter
            .desk
            .ask_opt_in(thread, &["offers".to_owned()], "de")
            .unwrap();
        assert!(matches!(asked, SendResult::Queued { .. }), "{asked:?}");
        let customer = whom(&counter, thread);
        assert_eq!(
            of(&summary(&counter, customer), "offers").state,
            ConsentState::Asked
        );
        let id = button(&counter, yes);
        tapped(
            &counter,
            "wamid.2",
            NINE + MINUTE,
            &id,
            if yes {
                "Ja, einverstanden"
            } else {
                "Nein, danke"
            },
        );
        let now = summary(&counter, customer);
        let offers = of(&now, "offers");
        assert_eq!((offers.state, offers.usable), (expected, yes));
        if yes {
            assert_eq!(
                offers.wording,
                Some(WordingRef {
                    id: "offers.de".into(),
                    version: 1
                })
            );
        }
    }
}

/// The id of a button in what waits in the outbox.
fn button(counter: &Counter, yes: bool) -> String {
    let content: String = counter
        .desk
        .store
        .read(|db| Ok(db.query_row("SELECT content FROM outbox", [], |row| row.get(0))?))
        .unwrap();
    let content: Value = serde_json::from_str(&content).unwrap();
    let ids = content["buttons"].as_array().unwrap();
    ids[usize::from(!yes)][0].as_str().unwrap().to_owned()
}

#[test]
fn a_yes_counts_only_right_behind_our_question() {
    for (what, before, words, at, expected) in [
        ("yes", None, "Ja!", NINE + MINUTE, ConsentState::In),
        ("start", None, "START", NINE + MINUTE, ConsentState::In),
        (
            "something else first",
            Some("Was kostet die Torte?"),
            "Ja",
            NINE + 2 * MINUTE,
            ConsentState::Asked,
        ),
        (
            "after eight days",
            None,
            "Ja",
            NINE + 8 * DAY,
            ConsentState::Asked,
        ),
        (
            "yes to more",
            None,
            "Ja, und wann macht ihr auf?",
            NINE + MINUTE,
            ConsentState::Asked,
        ),
    ] {
        let counter = open();
        let thread = wrote(&counter, "wamid.1", NINE - MINUTE, "Hallo");
        counter
            .desk
            .ask_opt_in(thread, &["offers".to_owned()], "de")
            .unwrap();
        if let Some(words) = before {
            wrote(&counter, "wamid.2", NINE + MINUTE, words);
        }
        counter.set(at);
        wrote(&counter, "wamid.3", at, words);
        let now = summary(&counter, whom(&counter, thread));
        assert_eq!(of(&now, "offers").state, expected, "{what}");
    }
}

#[test]
fn start_opens_again_what_they_had_stopped_themselves_on_the_same_words() {
    let counter = open();
    record(
        &counter.desk,
        &granted("till", &phone(LENA), &["updates", "offers"], NINE - DAY),
    );
    let thread = wrote(&counter, "wamid.1", NINE, "STOP");
    counter.set(NINE + HOUR);
    wrote(&counter, "wamid.2", NINE + HOUR, "START");
    let now = summary(&counter, whom(&counter, thread));
    let offers = of(&now, "offers");
    assert_eq!((offers.state, offers.usable), (ConsentState::In, true));
    assert_eq!(
        offers.wording,
        Some(WordingRef {
            id: "counter-de".into(),
            version: 1
        })
    );
}

#[test]
fn whoever_stopped_everything_is_answered_again_when_they_write_again() {
    let counter = open();
    let thread = wrote(
        &counter,
        "wamid.1",
        NINE,
        "Löschen Sie meine Nummer und schreiben Sie mir nie wieder.",
    );
    let refused = counter
        .desk
        .send_text(thread, "Schade!", None, "Ada")
        .unwrap();
    assert!(
        matches!(&refused, SendResult::Refused { reasons } if matches!(reasons[..], [Refusal::OptedOut { .. }])),
        "{refused:?}"
    );
    counter.set(NINE + HOUR);
    wrote(&counter, "wamid.2", NINE + HOUR, "Haben Sie morgen offen?");
    let sent = counter
        .desk
        .send_text(thread, "Ja, ab neun.", None, "Ada")
        .unwrap();
    assert!(matches!(sent, SendResult::Queued { .. }), "{sent:?}");
}

#[test]
fn a_signature_counts_for_offers_and_a_spoken_word_does_not() {
    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR";
    let counter = open();
    let entry = entry(&counter, "0151/555 010 01", &["offers"]);
    let spoken = CounterWay::Spoken {
        place: "Laden".into(),
    };
    let customer = match counter.desk.record_at_counter(&entry, &spoken).unwrap() {
        CounterResult::Recorded {
            customer_id,
            summary,
        } => {
            assert_eq!(
                state(&summary, "offers"),
                (ConsentState::In, false, Some(NotUsable::TooWeak))
            );
            customer_id
        }
        other => panic!("{other:?}"),
    };
    let picture = match counter
        .desk
        .keep_evidence("signature", "s.png", "image/png", PNG)
        .unwrap()
    {
        EvidenceResult::Kept { evidence } => evidence.id,
        other => panic!("{other:?}"),
    };
    counter.set(NINE + MINUTE);
    let signed = CounterWay::Signature { evidence: picture };
    match counter.desk.record_at_counter(&entry, &signed).unwrap() {
        CounterResult::Recorded {
            customer_id,
            summary,
        } => {
            assert_eq!(customer_id, customer);
            assert_eq!(state(&summary, "offers"), (ConsentState::In, true, None));
        }
        other => panic!("{other:?}"),
    }
}
