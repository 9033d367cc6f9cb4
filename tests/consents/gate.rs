//! What may be sent to whom, by purpose, state, category of the template and window.

use super::*;
use inbox::{
    fact::ListedTemplate,
    view::{
        ConsentChange, ConsentResult, Purpose, Refusal, SendResult, TemplateChoice,
        TemplateObstacle,
    },
};
use serde_json::json;
use support::{
    bodies::{self, NUMBER},
    shop::STAFF,
};

/// A thread whose window is open at [`NINE`], and two templates.
fn shop() -> (Counter, i64) {
    let counter = Counter::open(NINE);
    counter.receive(
        &bodies::text(NUMBER, LENA, "wamid.first", NINE - DAY / 2, "Hallo"),
        NINE - DAY / 2,
    );
    let of = |category: &str| ListedTemplate {
        id: category.to_owned(),
        name: category.to_lowercase(),
        language: "de".into(),
        status: "APPROVED".into(),
        category: category.to_owned(),
        quality: "GREEN".into(),
        components: json!([{ "type": "BODY", "text": "Guten Tag." }]),
        format: "POSITIONAL".into(),
        rejected_reason: None,
        correct_category: None,
    };
    let templates = vec![of("MARKETING"), of("UTILITY")];
    counter.desk.take_template_list(templates, None).unwrap();
    let thread = counter.thread(NUMBER, &phone(LENA)).unwrap();
    (counter, thread)
}

fn template(counter: &Counter, thread: i64, name: &str) -> Vec<Refusal> {
    let choice = TemplateChoice {
        name: name.to_owned(),
        language: "de".into(),
        values: Vec::new(),
    };
    reasons(counter.desk.send_template(thread, &choice, STAFF).unwrap())
}

fn reasons(sent: SendResult) -> Vec<Refusal> {
    match sent {
        SendResult::Queued { .. } => Vec::new(),
        SendResult::Refused { reasons } => reasons,
        SendResult::Warned { verdict } => panic!("{verdict:?}"),
    }
}

fn text(counter: &Counter, thread: i64) -> Vec<Refusal> {
    reasons(
        counter
            .desk
            .send_text(thread, "Gern!", None, STAFF)
            .unwrap(),
    )
}

fn none(purpose: &str, state: ConsentState, why_not: Option<NotUsable>) -> Option<Refusal> {
    let purpose = purpose.to_owned();
    Some(Refusal::NoOptIn {
        purpose,
        label: String::new(),
        state,
        why_not,
    })
}

fn out(scope: &str) -> Option<Refusal> {
    let scope = scope.to_owned();
    let since = NINE - MINUTE;
    Some(Refusal::OptedOut {
        scope,
        since,
        erased: false,
    })
}

type Row = (
    &'static str,
    Vec<Act>,
    /* marketing */ Option<Refusal>,
    /* utility */ Option<Refusal>,
    /* text, window open */ Option<Refusal>,
);

fn table() -> Vec<Row> {
    use ConsentState::{Asked, Claimed, In, None as Nothing, Paused};
    let lena = phone(LENA);
    let before = NINE - DAY / 4;
    let yes = |purposes: &[&str]| granted("yes", &lena, purposes, before);
    let stop = |scope: &str| withdrawn("no", &lena, scope, NINE - MINUTE);
    let spoken = weaker("spoken", Event::Granted, channel::SPOKEN, &lena, before);
    let wordless = Act {
        wordings: Vec::new(),
        ..yes(&["offers"])
    };
    let nameless = Act {
        business_name: "Café Anders".into(),
        ..yes(&["offers"])
    };
    let child = |guardian: &str| Act {
        minor: Some(true),
        guardian: guardian.into(),
        ..yes(&["offers"])
    };
    let asked = Act {
        event: Event::Asked,
        channel: channel::WHATSAPP.into(),
        ..yes(&["offers"])
    };
    let fewer = Act {
        event: Event::Paused,
        ..stop("offers")
    };
    let maybe = Act {
        event: Event::Questioned,
        note: "immer diese Werbung".into(),
        ..stop("offers")
    };
    let claimed = weaker("list", Event::Claimed, channel::IMPORT, &lena, before);
    let all = ["service", "updates", "offers"];
    vec![
        (
            "nobody asked",
            vec![],
            none("offers", Nothing, None),
            none("service", Nothing, None),
            None,
        ),
        (
            "asked",
            vec![asked],
            none("offers", Asked, None),
            none("service", Nothing, None),
            None,
        ),
        (
            "on a list",
            vec![claimed],
            none("offers", Claimed, None),
            none("service", Nothing, None),
            None,
        ),
        ("everything", vec![yes(&all)], None, None, None),
        ("offers alone", vec![yes(&["offers"])], None, None, None),
        (
            "service alone",
            vec![yes(&["service"])],
            none("offers", Nothing, None),
            None,
            None,
        ),
        (
            "calls alone",
            vec![yes(&["calls"])],
            none("offers", Nothing, None),
            None,
            None,
        ),
        (
            "spoken",
            vec![spoken],
            none("offers", In, Some(NotUsable::TooWeak)),
            none("offers", In, Some(NotUsable::TooWeak)),
            None,
        ),
        (
            "without words",
            vec![wordless],
            none("offers", In, Some(NotUsable::NoWording)),
            none("offers", In, Some(NotUsable::NoWording)),
            None,
        ),
        (
            "another business",
            vec![nameless],
            none("offers", In, Some(NotUsable::BusinessNotNamed)),
            none("offers", In, Some(NotUsable::BusinessNotNamed)),
            None,
        ),
        (
            "a child",
            vec![child("")],
            none("offers", In, Some(NotUsable::Minor)),
            none("offers", In, Some(NotUsable::Minor)),
            None,
        ),
        (
            "a child whose mother agreed",
            vec![child("Mutter")],
            None,
            None,
            None,
        ),
        (
            "no more offers",
            vec![yes(&all), stop("offers")],
            out("offers"),
            None,
            None,
        ),
        (
            "no more offers, nothing else said",
            vec![stop("offers")],
            out("offers"),
            none("service", Nothing, None),
            None,
        ),
        (
            "no more news of orders",
            vec![yes(&all), stop("updates")],
            None,
            out("updates"),
            None,
        ),
        (
            "nothing at all",
            vec![yes(&all), stop("all")],
            out("all"),
            out("all"),
            out("all"),
        ),
        (
            "nothing at all, never asked",
            vec![stop("all")],
            out("all"),
            out("all"),
            out("all"),
        ),
        (
            "fewer",
            vec![yes(&all), fewer],
            none("offers", Paused, None),
            None,
            None,
        ),
        (
            "maybe a stop",
            vec![yes(&all), maybe],
            none("offers", In, Some(NotUsable::Questioned)),
            None,
            None,
        ),
    ]
}

#[test]
fn every_state_of_consent_lets_through_what_it_should() {
    for (what, acts, marketing, utility, answer) in table() {
        let (counter, thread) = shop();
        for act in &acts {
            record(&counter.desk, act);
        }
        let list = |r: &Option<Refusal>| r.clone().into_iter().collect::<Vec<_>>();
        for closed in [false, true] {
            counter.set(if closed { NINE + DAY } else { NINE });
            let here = format!("{what}, window closed: {closed}");
            assert_eq!(
                template(&counter, thread, "marketing"),
                list(&marketing),
                "{here}"
            );
            assert_eq!(
                template(&counter, thread, "utility"),
                list(&utility),
                "{here}"
            );
            let told = text(&counter, thread);
            assert_eq!(
                told.first().cloned(),
                match closed {
                    false => answer.clone(),
                    true => answer.clone().or(told.first().cloned()),
                },
                "{here}"
            );
            assert_eq!(told.is_empty(), answer.is_none() && !closed, "{here}");
            // The picker says so before anybody tries.
            let shown = counter.desk.templates(Some(thread)).unwrap().templates;
            for (name, expected) in [("marketing", &marketing), ("utility", &utility)] {
                let found = shown.iter().find(|t| t.name == name).unwrap();
                let agrees = match (&found.obstacle, expected) {
                    (None, None) => true,
                    (
                        Some(TemplateObstacle::OptedOut { scope, .. }),
                        Some(Refusal::OptedOut { scope: s, .. }),
                    ) => scope == s,
                    (
                        Some(TemplateObstacle::NoOptIn { why_not, .. }),
                        Some(Refusal::NoOptIn { why_not: w, .. }),
                    ) => why_not == w,
                    _ => false,
                };
                assert!(agrees, "{here}: {name} shows {:?}", found.obstacle);
            }
        }
    }
}

#[test]
fn whoever_stopped_everything_and_writes_again_is_answered_but_gets_no_template() {
    let (counter, thread) = shop();
    record(
        &counter.desk,
        &granted("yes", &phone(LENA), &["offers"], NINE - DAY / 4),
    );
    let stop = bodies::text(NUMBER, LENA, "wamid.stop", NINE, "Löschen Sie meine Nummer");
    counter.receive(&stop, NINE);
    let everything = vec![Refusal::OptedOut {
        scope: "all".into(),
        since: NINE,
        erased: false,
    }];
    assert_eq!(text(&counter, thread), everything);

    // The one confirmation went with it; there is never another.
    let confirm = || {
        let queued = counter.desk.store.write(|db| {
            let found = store::thread::get(db, thread)?.unwrap();
            let facts =
                counter
                    .desk
                    .confirm_stop(db, &found, "stop:wamid.stop", "Verstanden.", NINE)?;
            inbox::apply_in(db, &facts)?;
            Ok(facts.len())
        });
        queued.unwrap()
    };
    assert_eq!(confirm(), 0);

    let later = NINE + 5 * MINUTE;
    counter.set(later);
    counter.receive(
        &bodies::text(NUMBER, LENA, "wamid.again", later, "Doch eine Frage"),
        later,
    );
    assert_eq!(text(&counter, thread), []);
    assert_eq!(template(&counter, thread, "utility"), everything);
}

#[test]
fn staff_may_take_back_their_own_slip_within_minutes_and_never_a_stop_of_the_customers() {
    for (by, after, expected) in [
        (channel::STAFF, 5 * MINUTE, ConsentState::In),
        (channel::STAFF, 11 * MINUTE, ConsentState::Out),
        (channel::WHATSAPP, MINUTE, ConsentState::Out),
        (channel::META, MINUTE, ConsentState::Out),
    ] {
        let counter = Counter::open(NINE);
        record(
            &counter.desk,
            &granted("yes", &phone(LENA), &["offers"], NINE - DAY),
        );
        let stop = Act {
            channel: by.into(),
            ..withdrawn("no", &phone(LENA), "offers", NINE)
        };
        let entry = record(&counter.desk, &stop).entries[0].clone();
        let (device, seq) = inbox::ledger::entry_named(&entry).unwrap();
        let hash = counter
            .desk
            .store
            .read(|db| Ok(store::ledger::by_place(db, device, seq)?[0].hash))
            .unwrap();
        let correction = Act {
            purposes: vec!["offers".into()],
            who: Some(phone(LENA)),
            channel: channel::STAFF.into(),
            refers_to: Some(hash),
            note: "falscher Kunde".into(),
            ..Act::new(Event::Corrected, "sorry", NINE + after)
        };
        let recorded = record(&counter.desk, &correction);
        let now = summary(&counter, recorded.customer_id.unwrap());
        assert_eq!(of(&now, "offers").state, expected, "{by}, {after} ms later");
    }
}

#[test]
fn a_purpose_of_the_shops_own_is_refused_by_what_the_shop_calls_it() {
    let (counter, thread) = shop();
    let own = Purpose {
        key: String::new(),
        label: "Vereinsnachrichten".into(),
        advertising: true,
    };
    counter.desk.save_purpose(&own).unwrap();
    let form = counter.desk.counter_form().unwrap();
    let key = &form.purposes.last().unwrap().key;
    let spoken = Act {
        purposes: vec![key.clone()],
        ..weaker(
            "spoken",
            Event::Granted,
            channel::SPOKEN,
            &phone(LENA),
            NINE - MINUTE,
        )
    };
    record(&counter.desk, &spoken);
    let export = counter.desk.begin_export().unwrap();
    assert_eq!(export.called(key), own.label, "on paper too");
    assert_eq!(export.called("offers"), "offers");
    let (state, why_not) = (ConsentState::In, Some(NotUsable::TooWeak));
    let (purpose, label) = (key.clone(), own.label.clone());
    assert_eq!(
        template(&counter, thread, "utility"),
        [Refusal::NoOptIn {
            purpose: purpose.clone(),
            label: label.clone(),
            state,
            why_not
        }]
    );
    let listed = counter.desk.templates(Some(thread)).unwrap().templates;
    let utility = listed.into_iter().find(|one| one.name == "utility");
    assert_eq!(
        utility.unwrap().obstacle,
        Some(TemplateObstacle::NoOptIn {
            purpose,
            label,
            state,
            why_not
        })
    );
}

/// Staff's answer to a question about what was written a day ago, taken back some time later.
#[test]
fn an_answer_of_staffs_holds_at_once_and_is_taken_back_within_minutes_of_when_it_was_given() {
    for (was_opt_out, after, offers, asked_again) in [
        (true, 0, (ConsentState::Out, false, None), false),
        (
            true,
            5 * MINUTE,
            (ConsentState::In, false, Some(NotUsable::Questioned)),
            true,
        ),
        (true, 11 * MINUTE, (ConsentState::Out, false, None), false),
        (
            false,
            5 * MINUTE,
            (ConsentState::In, false, Some(NotUsable::Questioned)),
            true,
        ),
    ] {
        let counter = Counter::open(NINE);
        let (lena, desk) = (phone(LENA), &counter.desk);
        record(desk, &granted("yes", &lena, &["offers"], NINE - 2 * DAY));
        let maybe = Act {
            event: Event::Questioned,
            note: "immer diese Werbung".into(),
            ..withdrawn("maybe", &lena, "offers", NINE - DAY)
        };
        let asked = record(desk, &maybe);
        let customer = asked.customer_id.unwrap();
        let entry = asked.entries[0].clone();
        let change = |change: ConsentChange| {
            let done = desk.change_consent(customer, &change).unwrap();
            assert_eq!(done, ConsentResult::Done);
        };
        change(ConsentChange::Answer {
            entry: entry.clone(),
            was_opt_out,
        });
        let answered = desk.consent_person(customer).unwrap();
        assert_eq!(answered.summary.question, None);
        if after > 0 {
            counter.set(NINE + after);
            let own = answered
                .history
                .iter()
                .find(|line| line.channel == channel::STAFF);
            change(ConsentChange::Correct {
                entry: own.unwrap().entry.clone(),
                reason: "Versehen".into(),
            });
        }
        let now = desk.consent_person(customer).unwrap();
        let what = format!("{was_opt_out}, {after} ms later");
        assert_eq!(state(&now.summary, "offers"), offers, "{what}");
        let question = now.summary.question.map(|question| question.entry);
        assert_eq!(question, asked_again.then_some(entry), "{what}");
        let entries = 3 + usize::from(after > 0);
        assert_eq!(now.history.len(), entries, "{what}: nothing is taken out");
    }
}

#[test]
fn a_list_of_templates_without_a_customer_asks_nobodys_consent() {
    let (counter, _) = shop();
    let all = counter.desk.templates(None).unwrap().templates;
    assert!(all.iter().all(|t| t.obstacle.is_none()));
}
