//! Each use of a consent is in the ledger, and so is each stop that WhatsApp tells of.

use super::*;
use cloud_api::webhook::{MetaError, StatusKind};
use inbox::{
    fact::{AttemptEnd, FactKind, Tick},
    view::{SendResult, TemplateChoice},
};
use support::{
    bodies::{self, NUMBER},
    shop::STAFF,
};

fn events(counter: &Counter) -> Vec<(String, String, String)> {
    let found = counter.desk.store.read(|db| {
        let mut statement =
            db.prepare("SELECT event, purpose, channel FROM consent_act ORDER BY seq")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    });
    found.unwrap()
}

#[test]
fn a_template_that_meta_took_is_a_use_once_however_often_that_is_heard() {
    let counter = Counter::open(NINE);
    counter.receive(
        &bodies::text(NUMBER, LENA, "wamid.first", NINE - MINUTE, "Hallo"),
        NINE - MINUTE,
    );
    counter
        .desk
        .take_template_list(vec![ready()], None)
        .unwrap();
    record(
        &counter.desk,
        &granted("l", &phone(LENA), &["updates"], NINE - MINUTE),
    );
    let thread = counter.thread(NUMBER, &phone(LENA)).unwrap();
    let choice = TemplateChoice {
        name: "fertig".into(),
        language: "de".into(),
        values: Vec::new(),
    };
    let SendResult::Queued { outbox_id, .. } =
        counter.desk.send_template(thread, &choice, STAFF).unwrap()
    else {
        panic!("refused")
    };
    let accepted = FactKind::AttemptEnded {
        outbox_id: outbox_id.clone(),
        n: 1,
        end: AttemptEnd::Accepted {
            wamid: "wamid.ours".into(),
            held: false,
        },
        at: NINE,
    };
    says(&counter, accepted.clone());
    says(&counter, accepted);
    counter.receive(
        &bodies::status(NUMBER, LENA, "wamid.ours", NINE, "delivered"),
        NINE,
    );
    let used = (
        "used".to_owned(),
        "updates".to_owned(),
        "whatsapp".to_owned(),
    );
    assert_eq!(events(&counter)[1..], [used]);
    let consent = counter.desk.customer(thread).unwrap().consent;
    assert_eq!(
        (
            of(&consent, "updates").uses,
            of(&consent, "updates").last_used_at
        ),
        (1, Some(NINE))
    );
}

#[test]
fn whatsapps_own_stop_is_recorded_and_whatsapp_alone_takes_it_back() {
    let counter = Counter::open(NINE);
    counter.receive(
        &bodies::text(NUMBER, LENA, "wamid.first", NINE - DAY, "Hallo"),
        NINE - DAY,
    );
    let thread = counter.thread(NUMBER, &phone(LENA)).unwrap();
    record(
        &counter.desk,
        &granted("l", &phone(LENA), &["offers"], NINE - DAY),
    );
    let prefers = |value: &str, at: i64| FactKind::Preferred {
        peer: phone(LENA),
        category: "marketing_messages".into(),
        value: value.into(),
        at,
    };
    let offers = || state(&counter.desk.customer(thread).unwrap().consent, "offers").0;
    says(&counter, prefers("stop", NINE - 9 * MINUTE));
    says(&counter, prefers("stop", NINE - 9 * MINUTE));
    assert_eq!(offers(), ConsentState::Out);
    says(&counter, prefers("resume", NINE - 8 * MINUTE));
    assert_eq!(offers(), ConsentState::In);
    // Error 131050 of a status says the same.
    says(
        &counter,
        FactKind::Ticked(Tick {
            wamid: "wamid.ours".into(),
            kind: StatusKind::Failed,
            recipient: phone(LENA),
            callback_data: None,
            error: Some(MetaError {
                code: 131_050,
                title: String::new(),
                details: None,
            }),
            pricing: None,
            at: NINE - 7 * MINUTE,
        }),
    );
    assert_eq!(offers(), ConsentState::Out);
    // What the person said is not WhatsApp's to take back.
    record(
        &counter.desk,
        &withdrawn("stop:1", &phone(LENA), "offers", NINE - 6 * MINUTE),
    );
    says(&counter, prefers("resume", NINE - 5 * MINUTE));
    assert_eq!(offers(), ConsentState::Out);
    assert_eq!(events(&counter).len(), 6);
}
