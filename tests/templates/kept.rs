//! What is filled into a template outlives whatever happens before it is sent.

use inbox::{
    fact::{AttemptEnd, FactKind, ListedTemplate},
    view::{SendResult, SlotValue, TemplateChoice, TemplateView, UndoResult},
};
use serde_json::{Value, json};
use support::{
    bodies::{LENA, NUMBER, text},
    consent::opted_in,
    counter::{Counter, phone},
    shop::{NINE, STAFF},
    template::listed,
};

use crate::PNG;

const DAY: i64 = 24 * 60 * 60 * 1000;
const MONA: &str = "4915155501002";

pub fn list(counter: &Counter, templates: Vec<ListedTemplate>) {
    counter.desk.take_template_list(templates, None).unwrap();
}

/// Somebody who agreed to messages wrote so long ago; gives the thread.
pub fn wrote(counter: &Counter, who: &str, ago: i64) -> i64 {
    let at = counter.clock.now() - ago;
    let wamid = format!("wamid.{who}.{at}");
    counter.receive(&text(NUMBER, who, &wamid, at, "Ist es fertig?"), at);
    opted_in(&counter.desk, &phone(who));
    counter.thread(NUMBER, &phone(who)).unwrap()
}

fn shop() -> (Counter, i64, i64) {
    let counter = Counter::open(NINE);
    let settings = counter.desk.settings().unwrap();
    let undo_ms = 5_000;
    counter
        .desk
        .save_settings(&inbox::view::Settings {
            undo_ms,
            ..settings
        })
        .unwrap();
    let body = json!([{ "type": "BODY", "text": "Hallo {{1}}, Ihre Bestellung {{2}} ist fertig und wartet auf Sie." }]);
    let mut picture = body.as_array().unwrap().clone();
    picture.insert(0, json!({ "type": "HEADER", "format": "IMAGE" }));
    list(
        &counter,
        vec![
            listed("bereit", body),
            listed("mit_bild", Value::Array(picture)),
        ],
    );
    let lena = wrote(&counter, LENA, 2 * DAY);
    let mona = wrote(&counter, MONA, 2 * DAY);
    (counter, lena, mona)
}

fn values(pairs: &[(&str, &str)]) -> Vec<SlotValue> {
    let one = |(key, text): &(&str, &str)| SlotValue {
        key: (*key).into(),
        text: (*text).into(),
    };
    pairs.iter().map(one).collect()
}

fn choice(name: &str, values: Vec<SlotValue>) -> TemplateChoice {
    TemplateChoice {
        name: name.into(),
        language: "de".into(),
        values,
    }
}

fn keep(counter: &Counter, thread: i64, name: &str, values: &[SlotValue]) {
    counter
        .desk
        .save_template_values(thread, name, "de", values)
        .unwrap();
}

fn view(counter: &Counter, thread: Option<i64>, name: &str) -> TemplateView {
    let list = counter.desk.templates(thread).unwrap();
    let found = list.templates.into_iter().find(|t| t.name == name);
    found.unwrap()
}

fn kept(counter: &Counter, thread: i64, name: &str) -> Vec<SlotValue> {
    view(counter, Some(thread), name).kept
}

fn queued(counter: &Counter, thread: i64, choice: &TemplateChoice) -> String {
    match counter.desk.send_template(thread, choice, STAFF).unwrap() {
        SendResult::Queued { outbox_id, .. } => outbox_id,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_filled_in_is_there_after_a_restart_for_its_customer_and_its_template_alone() {
    let (counter, lena, mona) = shop();
    let filled = values(&[("body:1", "Lena"), ("body:2", "A10")]);
    keep(&counter, lena, "bereit", &filled[..1]);
    keep(&counter, lena, "bereit", &filled);
    let counter = counter.reopened();
    assert_eq!(kept(&counter, lena, "bereit"), filled);
    assert_eq!(view(&counter, Some(lena), "bereit").kept_at, Some(NINE + 1));
    assert_eq!(kept(&counter, lena, "mit_bild"), []);
    assert_eq!(kept(&counter, mona, "bereit"), []);
    assert_eq!(view(&counter, None, "bereit").kept, []);
    assert_eq!(
        counter.desk.thread_head(lena).unwrap().draft,
        "",
        "the composer has a draft of its own"
    );

    keep(&counter, lena, "bereit", &[]);
    let counter = counter.reopened();
    assert_eq!(kept(&counter, lena, "bereit"), []);
    assert_eq!(view(&counter, Some(lena), "bereit").kept_at, None);
}

#[test]
fn what_was_sent_is_kept_no_more_and_is_back_when_it_is_taken_back() {
    let (counter, lena, _) = shop();
    let filled = values(&[("body:1", "Lena"), ("body:2", "A10")]);
    keep(&counter, lena, "bereit", &filled);
    let bereit = choice("bereit", filled.clone());
    let outbox_id = queued(&counter, lena, &bereit);
    let counter = counter.reopened();
    assert_eq!(kept(&counter, lena, "bereit"), []);
    let undone = counter.desk.undo(&outbox_id).unwrap();
    assert!(matches!(undone, UndoResult::Returned { .. }), "{undone:?}");
    assert_eq!(kept(&counter, lena, "bereit"), filled);

    // Whoever has begun anew meanwhile keeps what he has.
    let outbox_id = queued(&counter, lena, &bereit);
    let anew = values(&[("body:2", "B7")]);
    keep(&counter, lena, "bereit", &anew);
    counter.desk.undo(&outbox_id).unwrap();
    assert_eq!(kept(&counter, lena, "bereit"), anew);
}

#[test]
fn a_refused_one_tells_what_was_filled_in_even_after_a_restart() {
    let (counter, lena, _) = shop();
    let desk = &counter.desk;
    let file = desk
        .attach_for_template(lena, "image", "torte.png", "", PNG.to_vec())
        .unwrap()
        .id;
    let filled = values(&[
        ("body:1", "Lena"),
        ("body:2", "A10"),
        ("header:media", &file),
    ]);
    let outbox_id = queued(&counter, lena, &choice("mit_bild", filled));
    let refused = |code| AttemptEnd::Refused {
        code,
        title: String::new(),
        details: String::new(),
    };
    for fact in [
        FactKind::AttemptStarted {
            outbox_id: outbox_id.clone(),
            n: 1,
            at: NINE + 6_000,
        },
        FactKind::AttemptEnded {
            outbox_id,
            n: 1,
            end: refused(132_000),
            at: NINE + 7_000,
        },
    ] {
        counter.desk.apply_one(fact).unwrap();
    }
    let counter = counter.reopened();
    let rows = counter
        .desk
        .messages(lena, &inbox::view::Place::Newest, 9)
        .unwrap()
        .rows;
    let failure = rows.last().unwrap().delivery.clone().unwrap().failure;
    let told = failure.unwrap().choice.unwrap();
    assert_eq!(
        (told.name.as_str(), told.language.as_str()),
        ("mit_bild", "de")
    );
    let value = |key: &str| {
        let found = told.values.iter().find(|value| value.key == key);
        found.unwrap().text.clone()
    };
    assert_eq!(
        (value("body:1"), value("body:2")),
        ("Lena".into(), "A10".into())
    );
    let picture = counter.desk.attachment(&value("header:media")).unwrap();
    assert_eq!(picture.as_deref(), Some(PNG), "its file is there still");
    // And it is all that another attempt needs.
    queued(&counter, lena, &told);
}

#[test]
fn a_file_that_a_form_names_is_not_cleared_away() {
    let (counter, lena, mona) = shop();
    let attach = |counter: &Counter, name: &str| {
        let desk = &counter.desk;
        desk.attach_for_template(lena, "image", name, "", PNG.to_vec())
            .unwrap()
            .id
    };
    let (wanted, forgotten) = (attach(&counter, "a.png"), attach(&counter, "b.png"));
    keep(
        &counter,
        lena,
        "mit_bild",
        &values(&[("header:media", &wanted)]),
    );
    counter.set(NINE + 8 * DAY);
    let counter = counter.reopened();
    // Putting a file there clears away what nobody has sent for a week.
    let desk = &counter.desk;
    desk.attach_for_template(mona, "image", "c.png", "", PNG.to_vec())
        .unwrap();
    assert_eq!(desk.attachment(&wanted).unwrap().as_deref(), Some(PNG));
    assert_eq!(desk.attachment(&forgotten).unwrap(), None);
}
