//! Which part of a conversation is shown, and what staff notes beside it.

use cloud_api::webhook::Content;
use inbox::{
    fact::{By, FactKind, Said},
    view::{Body, Direction, MessagePage, MessageRow, Place},
};
use serde_json::json;
use support::{
    bodies::{self, LENA, LENA_BSUID, NUMBER},
    counter::{Counter, Seen, bsuid, phone},
    shop::words,
};

const NINE: i64 = 1_795_165_200_000;
const MINUTE: i64 = 60_000;
const HOUR: i64 = 3_600_000;

/// A thread with messages 0 to 49, a minute apart.
fn fifty() -> (Counter, i64) {
    let counter = Counter::open(NINE + 2 * HOUR);
    let bodies: Vec<_> = (0..50)
        .map(|n| {
            let at = NINE + n * MINUTE;
            let wamid = format!("wamid.{n}");
            (bodies::text(NUMBER, LENA, &wamid, at, &n.to_string()), at)
        })
        .collect();
    counter.receive_all(&bodies);
    let thread = counter.thread(NUMBER, &phone(LENA)).unwrap();
    (counter, thread)
}

fn page(counter: &Counter, thread: i64, place: &Place, limit: i64) -> MessagePage {
    counter.desk.messages(thread, place, limit).unwrap()
}

fn rows(counter: &Counter, thread: i64) -> Vec<MessageRow> {
    page(counter, thread, &Place::Newest, 1_000).rows
}

/// First and last message of a page, and whether there is more on either side.
fn span(page: &MessagePage) -> (String, String, bool, bool) {
    let at = |row: Option<&MessageRow>| row.map(|row| words(&row.body)).unwrap_or_default();
    let times: Vec<_> = page.rows.iter().map(|row| row.at).collect();
    assert!(times.is_sorted());
    if let Some(cursor) = &page.before {
        assert_eq!(cursor.id, page.rows[0].id);
    }
    if let Some(cursor) = &page.after {
        assert_eq!(cursor.id, page.rows[page.rows.len() - 1].id);
    }
    (
        at(page.rows.first()),
        at(page.rows.last()),
        page.before.is_some(),
        page.after.is_some(),
    )
}

#[test]
fn a_page_begins_and_ends_where_its_place_says() {
    let (counter, thread) = fifty();
    let all = rows(&counter, thread);
    let id = |n: usize| all[n].id;
    let at = |minutes: i64| Place::At {
        at: NINE + minutes * MINUTE,
    };
    let around = |message_id| Place::Around { message_id };
    for (what, place, limit, first, last, before, after) in [
        ("newest", Place::Newest, 20, 30, 49, true, false),
        ("all", Place::Newest, 50, 0, 49, false, false),
        ("more than all", Place::Newest, 51, 0, 49, false, false),
        ("around the middle", around(id(25)), 20, 15, 34, true, true),
        ("around the first", around(id(0)), 20, 0, 9, false, true),
        ("around the last", around(id(49)), 20, 30, 49, true, false),
        ("around nothing", around(0), 20, 30, 49, true, false),
        ("one alone", around(id(25)), 1, 25, 25, true, true),
        ("at its minute", at(25), 20, 15, 34, true, true),
        ("at the beginning", at(-5), 20, 0, 9, false, true),
        ("at the end", at(49), 20, 30, 49, true, false),
        ("behind the end", at(90), 20, 30, 49, true, false),
        ("a page of three", at(25), 3, 24, 26, true, true),
    ] {
        let page = page(&counter, thread, &place, limit);
        let expected = (first.to_string(), last.to_string(), before, after);
        assert_eq!(span(&page), expected, "{what}");
    }
}

#[test]
fn pages_join_without_gaps_in_both_directions() {
    let (counter, thread) = fifty();
    for limit in [1, 7, 10, 49, 50, 60] {
        let middle = Place::At {
            at: NINE + 25 * MINUTE,
        };
        let first = page(&counter, thread, &middle, limit);
        let (mut before, mut after) = (first.before.clone(), first.after.clone());
        let mut found: Vec<String> = first.rows.iter().map(|row| words(&row.body)).collect();
        while let Some(cursor) = before {
            let page = page(&counter, thread, &Place::Before { cursor }, limit);
            assert!(page.after.is_some() && !page.rows.is_empty());
            found.splice(0..0, page.rows.iter().map(|row| words(&row.body)));
            before = page.before;
        }
        while let Some(cursor) = after {
            let page = page(&counter, thread, &Place::After { cursor }, limit);
            assert!(page.before.is_some() && !page.rows.is_empty());
            found.extend(page.rows.iter().map(|row| words(&row.body)));
            after = page.after;
        }
        let expected: Vec<_> = (0..50).map(|n| n.to_string()).collect();
        assert_eq!(found, expected, "pages of {limit}");
    }
}

#[test]
fn a_note_stands_among_the_messages_and_counts_for_nothing() {
    let (counter, thread) = fifty();
    let settings = counter.desk.settings().unwrap();
    let me = inbox::view::Settings {
        me: "Ada".into(),
        ..settings
    };
    counter.desk.save_settings(&me).unwrap();
    let before = counter.head(NUMBER, &phone(LENA)).unwrap();
    let id = counter.desk.save_note(thread, None, "Zahlt bar. ").unwrap();
    counter.set(NINE + 3 * HOUR);
    let note = rows(&counter, thread).pop().unwrap();
    assert_eq!(note.direction, Direction::Note);
    assert_eq!(
        note.body,
        Body::Note {
            text: "Zahlt bar.".into()
        }
    );
    assert_eq!(note.staff.as_deref(), Some("Ada"));
    assert_eq!(note.note_id.as_deref(), Some(id.as_str()));
    assert_eq!((note.at, note.edited), (NINE + 2 * HOUR, false));
    assert!(note.delivery.is_none() && note.outbox_id.is_none());
    let after = counter.head(NUMBER, &phone(LENA)).unwrap();
    assert_eq!(after.window, before.window);
    assert_eq!(after.unread, before.unread);
    let queued = counter.desk.store.read(|db| {
        Ok(db.query_row("SELECT count(*) FROM outbox", [], |row| {
            row.get::<_, i64>(0)
        })?)
    });
    assert_eq!(queued.unwrap(), 0, "a note is never on its way to anybody");

    let same = counter
        .desk
        .save_note(thread, Some(&id), "Zahlt mit Karte.");
    assert_eq!(same.unwrap(), id);
    let note = rows(&counter, thread).pop().unwrap();
    assert_eq!(
        note.body,
        Body::Note {
            text: "Zahlt mit Karte.".into()
        }
    );
    assert_eq!((note.at, note.edited), (NINE + 2 * HOUR, true));

    counter.desk.save_note(thread, Some(&id), " ").unwrap();
    assert_eq!(rows(&counter, thread).len(), 50, "an empty note is gone");
    for (note, text) in [(None, ""), (Some("0192-nowhere"), "Hallo")] {
        let refused = counter.desk.save_note(thread, note, text);
        assert!(refused.unwrap_err().is_not_found());
    }
}

#[test]
fn a_note_stays_with_its_customer_when_more_is_learnt_about_him() {
    let (counter, thread) = fifty();
    let id = counter
        .desk
        .save_note(thread, None, "Nussallergie")
        .unwrap();
    let mut body = bodies::text(NUMBER, LENA, "wamid.b", NINE + HOUR, "mit BSUID");
    body["entry"][0]["changes"][0]["value"]["messages"][0]["from_user_id"] = LENA_BSUID.into();
    counter.receive(&body, NINE + HOUR);
    let thread = counter.thread(NUMBER, &bsuid(LENA_BSUID)).unwrap();
    let notes = |counter: &Counter| -> Vec<String> {
        let rows = rows(counter, thread);
        let notes = rows.iter().filter(|row| row.note_id.is_some());
        notes.map(|row| row.body.clone()).map(text).collect()
    };
    assert_eq!(notes(&counter), ["Nussallergie"]);
    counter.desk.save_note(thread, Some(&id), "Nüsse").unwrap();
    assert_eq!(notes(&counter), ["Nüsse"]);
}

fn text(body: Body) -> String {
    match body {
        Body::Note { text } => text,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_thread_of_notes_alone_has_no_window() {
    let counter = Counter::open(NINE);
    let noted = FactKind::Noted {
        id: "0192".into(),
        peer: phone(LENA),
        staff: "Ada".into(),
        text: "Ruft morgen an".into(),
        written_at: NINE,
        at: NINE,
    };
    counter.desk.apply_one(noted).unwrap();
    assert_eq!(counter.window(NUMBER, &phone(LENA)), Seen::Never);
}

#[test]
fn forwarded_messages_and_who_wrote_ours_are_told() {
    let (counter, thread) = fifty();
    let forwarded = |wamid: &str, context| {
        let mut content = json!({ "type": "text", "text": { "body": wamid } });
        content["context"] = context;
        let body = bodies::message(NUMBER, LENA, wamid, NINE + HOUR, content);
        counter.receive(&body, NINE + HOUR);
    };
    forwarded("once", json!({ "forwarded": true }));
    forwarded("often", json!({ "frequently_forwarded": true }));
    forwarded("never", json!({ "id": "wamid.3" }));
    counter
        .desk
        .send_text(thread, "Gern!", None, "Ada")
        .unwrap();
    let echo = FactKind::Said(Said {
        wamid: "wamid.phone".into(),
        peer: phone(LENA),
        by: By::Phone,
        content: Content::Text {
            body: "vom Telefon".into(),
        },
        at: NINE + 2 * HOUR + 1,
        timed: true,
        arrived: (NINE + 2 * HOUR + 1) * 1000,
        context: None,
        referral: None,
    });
    counter.desk.apply_one(echo).unwrap();
    let rows = rows(&counter, thread);
    let told: Vec<_> = rows[50..]
        .iter()
        .map(|row| (words(&row.body), row.forwarded, row.staff.clone()))
        .collect();
    let row = |text: &str, forwarded, staff: Option<&str>| {
        (text.to_owned(), forwarded, staff.map(str::to_owned))
    };
    assert_eq!(
        told,
        [
            row("once", true, None),
            row("often", true, None),
            row("never", false, None),
            row("Gern!", false, Some("Ada")),
            row("vom Telefon", false, None),
        ]
    );
}
