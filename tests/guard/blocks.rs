//! What the guard refuses, which nobody can override, and where the ledger has the better word.

use super::*;
use inbox::view::{AuditOutcome, Refusal};
use support::consent::{granted, opted_in, record};

fn refused(sent: SendResult) -> Vec<Refusal> {
    match sent {
        SendResult::Refused { reasons } => reasons,
        other => panic!("{other:?}"),
    }
}

fn blocked(sent: SendResult) -> Vec<GuardCode> {
    let reasons = refused(sent);
    let [Refusal::Guard { reasons }] = &reasons[..] else {
        panic!("{reasons:?}");
    };
    reasons.iter().map(|reason| reason.code).collect()
}

fn shop() -> (Counter, i64) {
    let counter = Counter::open(NINE);
    let thread = writes(&counter, 1, NINE, "Hallo, ist mein Rad fertig?");
    let templates = vec![listed("angebot", "MARKETING"), listed("fertig", "UTILITY")];
    counter.desk.take_template_list(templates, None).unwrap();
    opted_in(&counter.desk, &who(1));
    (counter, thread)
}

#[test]
fn marketing_that_meta_withheld_is_not_tried_again_for_a_day() {
    let (counter, thread) = shop();
    let desk = &counter.desk;
    let advertise = || {
        desk.send_template(thread, &choice("angebot", "20 % auf alles"), STAFF)
            .unwrap()
    };
    let outbox_id = queued(advertise());
    let now = NINE + MINUTE;
    let mut body = bodies::failed(NUMBER, &wa(1), "wamid.withheld", now, 131_049);
    body["entry"][0]["changes"][0]["value"]["statuses"][0]["biz_opaque_callback_data"] =
        outbox_id.as_str().into();
    counter.receive(&body, now);
    counter.set(NINE + 2 * HOUR);
    assert_eq!(blocked(advertise()), [GuardCode::RetryTooSoon]);
    let look = desk
        .guard_look_template(thread, &choice("angebot", "20 % auf alles"))
        .unwrap();
    assert_eq!(look.level, GuardLevel::Block);
    let audit = desk.guard_audit(&Default::default(), None, 9).unwrap();
    assert_eq!(audit.entries[0].outcome, AuditOutcome::Blocked);
    assert_eq!(audit.entries[0].level, GuardLevel::Block);
    // Their order is another matter.
    let fertig = desk.send_template(thread, &choice("fertig", "Ihr Rad ist fertig"), STAFF);
    queued(fertig.unwrap());

    let counter = counter.reopened();
    let sent = |counter: &Counter| {
        let choice = choice("angebot", "20 % auf alles");
        counter.desk.send_template(thread, &choice, STAFF).unwrap()
    };
    assert_eq!(blocked(sent(&counter)), [GuardCode::RetryTooSoon]);
    counter.set(now + DAY);
    queued(sent(&counter));
}

#[test]
fn whoever_stopped_us_is_left_in_peace_until_he_writes_again() {
    let (counter, thread) = shop();
    counter.set(NINE + HOUR);
    writes(
        &counter,
        1,
        NINE + HOUR,
        "Bitte keine Werbung mehr schicken",
    );
    // The confirmation is the policy's, and the only one.
    let confirmed = say(&counter, thread, "Alles klar, keine Werbung mehr.");
    if matches!(confirmed, SendResult::Queued { .. }) {
        assert_eq!(
            blocked(say(&counter, thread, "Und schönen Tag noch!")),
            [GuardCode::OptedOut]
        );
    }
    counter.set(NINE + 2 * HOUR);
    assert_eq!(
        blocked(say(&counter, thread, "Und schönen Tag noch!")),
        [GuardCode::OptedOut]
    );
    writes(
        &counter,
        1,
        NINE + 3 * HOUR,
        "Ist mein Rad denn nun fertig?",
    );
    counter.set(NINE + 3 * HOUR + MINUTE);
    queued(say(&counter, thread, "Ja, es steht bereit."));
}

#[test]
fn what_the_ledger_took_back_the_guard_takes_back_too() {
    let (counter, thread) = shop();
    counter.set(NINE + HOUR);
    writes(
        &counter,
        1,
        NINE + HOUR,
        "Bitte keine Werbung mehr schicken",
    );
    counter.set(NINE + 2 * HOUR);
    assert_eq!(
        blocked(say(&counter, thread, "Und schönen Tag noch!")),
        [GuardCode::OptedOut]
    );
    let at = NINE + 2 * HOUR + MINUTE;
    let again = granted("at-the-till", &who(1), &["offers", "service"], at);
    record(&counter.desk, &again);
    counter.set(at + MINUTE);
    queued(say(&counter, thread, "Und schönen Tag noch!"));
    let advert = choice("angebot", "20 % auf alles");
    queued(counter.desk.send_template(thread, &advert, STAFF).unwrap());
}

#[test]
fn what_the_policy_refuses_the_guard_is_not_asked_about() {
    let counter = Counter::open(NINE);
    let thread = writes(&counter, 1, NINE, "Hallo");
    counter.set(NINE + 2 * DAY);
    let reasons = refused(say(&counter, thread, ADVERT));
    assert!(matches!(reasons[..], [Refusal::WindowClosed { .. }]));
    let audit = counter.desk.guard_audit(&Default::default(), None, 9);
    assert!(audit.unwrap().entries.is_empty());
}
