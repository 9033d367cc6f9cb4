//! At the first signs of trouble it stands still by itself, and goes on when somebody says so.

use super::*;

fn shop_of(people: usize) -> Counter {
    let counter = shop();
    for n in 0..people {
        customer(&counter, n);
    }
    counter
}

fn halted(counter: &Counter, batch_id: &str) -> (BatchState, Option<BatchHalt>) {
    for _ in 0..3 {
        run::look_at_batches(&counter.desk).unwrap();
    }
    let row = row(counter, batch_id);
    (row.state, row.halt)
}

fn paused(why: BatchHalt) -> (BatchState, Option<BatchHalt>) {
    (BatchState::Paused, Some(why))
}

/// Everybody left gets it once somebody resumed.
fn goes_on(counter: &Counter, batch_id: &str, left: usize) {
    counter.set(counter.clock.now() + 25 * HOUR);
    counter.desk.lift_hold().unwrap();
    counter.desk.resume_batch(batch_id).unwrap();
    let went = all(counter);
    assert_eq!(went.len(), left, "{went:?}");
    assert_eq!(row(counter, batch_id).state, BatchState::Done);
}

#[test]
fn a_refusal_for_spam_stops_it_whatever_message_it_was_of() {
    let counter = shop_of(4);
    let batch_id = started(&counter);
    let mut with = one(&counter, accepted);
    with.extend(answered(&counter, accepted));
    // A status of any message of this number.
    let now = counter.clock.now();
    let outbox_id = format!("wamid.batch-{batch_id}-0");
    counter.receive(
        &bodies::failed(NUMBER, &with[0], &outbox_id, now, 131_048),
        now,
    );
    assert_eq!(halted(&counter, &batch_id), paused(BatchHalt::SpamRate));
    assert_eq!(waiting(&counter), vec![]);
    goes_on(&counter, &batch_id, 2);
}

#[test]
fn a_locked_account_stops_it() {
    for code in [131_031, 368] {
        let counter = shop_of(3);
        let batch_id = started(&counter);
        one(&counter, accepted);
        answered(&counter, accepted);
        let at = counter.clock.now();
        says(&counter, FactKind::HoldSet { code, at });
        assert_eq!(
            halted(&counter, &batch_id),
            paused(BatchHalt::AccountLocked),
            "{code}"
        );
        goes_on(&counter, &batch_id, 1);
    }
}

#[test]
fn what_meta_withholds_from_somebody_fails_once_and_is_not_tried_again() {
    let counter = shop_of(4);
    let batch_id = started(&counter);
    let first = one(&counter, refused(131_049));
    let went = all(&counter);
    assert!(!went.contains(&first[0]), "{went:?}");
    let done = row(&counter, &batch_id);
    assert_eq!(
        (done.state, done.sent, done.failed),
        (BatchState::Done, 3, 1)
    );
    let failed = people(&counter, &batch_id, BatchFilter::Failed);
    assert_eq!(failed[0].failure.as_ref().unwrap().code, 131_049);
    let next = look(&counter);
    let why: BTreeMap<_, _> = next
        .skipped
        .iter()
        .map(|one| (one.why, one.people))
        .collect();
    assert_eq!(why[&SkipReason::WithheldByMeta], 1);
}

#[test]
fn a_template_that_is_paused_or_refused_stops_it() {
    let counter = shop_of(4);
    let batch_id = started(&counter);
    one(&counter, accepted);
    answered(&counter, refused(132_015));
    assert_eq!(halted(&counter, &batch_id), paused(BatchHalt::Template));

    let counter = shop_of(4);
    let batch_id = started(&counter);
    one(&counter, accepted);
    answered(&counter, accepted);
    let mut other = offer();
    other.status = "PAUSED".into();
    counter.desk.take_template_list(vec![other], None).unwrap();
    assert_eq!(halted(&counter, &batch_id), paused(BatchHalt::Template));
    counter.set(counter.clock.now() + HOUR);
    counter
        .desk
        .take_template_list(vec![offer()], None)
        .unwrap();
    goes_on(&counter, &batch_id, 2);
}

#[test]
fn a_rating_that_falls_stops_it_once() {
    let counter = shop_of(5);
    let batch_id = started(&counter);
    one(&counter, accepted);
    answered(&counter, accepted);
    let mut other = offer();
    other.quality = "YELLOW".into();
    counter
        .desk
        .take_template_list(vec![other.clone()], None)
        .unwrap();
    assert_eq!(halted(&counter, &batch_id), paused(BatchHalt::Quality));
    counter.set(counter.clock.now() + HOUR);
    counter.desk.resume_batch(&batch_id).unwrap();
    counter.set(counter.clock.now() + HOUR);
    one(&counter, accepted);
    assert_eq!(
        row(&counter, &batch_id).state,
        BatchState::Running,
        "yellow as before"
    );
    answered(&counter, accepted);
    other.quality = "RED".into();
    counter.set(counter.clock.now() + HOUR);
    counter.desk.take_template_list(vec![other], None).unwrap();
    assert_eq!(halted(&counter, &batch_id), paused(BatchHalt::Quality));
}

#[test]
fn two_who_stop_us_after_they_got_it_stop_it() {
    let counter = shop_of(6);
    let batch_id = started(&counter);
    let mut went = Vec::new();
    for _ in 0..3 {
        went.extend(one(&counter, accepted));
    }
    went.extend(answered(&counter, accepted));
    let stops = |to: &str| {
        let now = counter.clock.now();
        let wamid = format!("wamid.stop-{to}");
        counter.receive(&bodies::text(NUMBER, to, &wamid, now, "STOPP"), now);
    };
    stops(&went[0]);
    assert_eq!(
        halted(&counter, &batch_id).0,
        BatchState::Running,
        "one says little"
    );
    stops(&went[1]);
    counter.set(counter.clock.now() + 10 * SECOND);
    assert_eq!(halted(&counter, &batch_id), paused(BatchHalt::OptOuts));
    assert_eq!(row(&counter, &batch_id).opt_outs, 2);
}

#[test]
fn too_many_that_do_not_arrive_stop_it() {
    let counter = shop_of(30);
    let batch_id = started(&counter);
    let mut n = 0;
    while row(&counter, &batch_id).state == BatchState::Running && n < 40 {
        n += 1;
        if n % 4 == 0 {
            one(&counter, refused(131_026));
        } else {
            one(&counter, accepted);
        }
    }
    let row = row(&counter, &batch_id);
    assert_eq!(row.halt, Some(BatchHalt::Failures));
    assert_eq!((row.sent + row.failed, row.failed), (20, 5));
}

#[test]
fn the_limit_used_up_meanwhile_stops_it() {
    let counter = shop_of(4);
    let batch_id = started(&counter);
    one(&counter, accepted);
    says(
        &counter,
        FactKind::LimitTold {
            waba_id: "201100200300400".into(),
            limit: "2".into(),
            at: counter.clock.now(),
        },
    );
    answered(&counter, accepted);
    counter.set(counter.clock.now() + 10 * SECOND);
    assert_eq!(halted(&counter, &batch_id), paused(BatchHalt::Limit));
    goes_on_within_the_limit(&counter, &batch_id);
}

/// A day later there is room for two more.
fn goes_on_within_the_limit(counter: &Counter, batch_id: &str) {
    counter.set(counter.clock.now() + 25 * HOUR);
    counter.desk.resume_batch(batch_id).unwrap();
    assert_eq!(all(counter).len(), 2);
    assert_eq!(row(counter, batch_id).state, BatchState::Done);
}

/// Where nothing says otherwise, a message of a customer's own is no sign of trouble.
#[test]
fn an_answer_is_counted_and_stops_nothing() {
    let counter = shop_of(3);
    let batch_id = started(&counter);
    let went = one(&counter, accepted);
    let now = counter.clock.now();
    counter.receive(
        &bodies::text(NUMBER, &went[0], "wamid.answer", now, "Gern, bitte zwei"),
        now,
    );
    let tick = Tick {
        wamid: format!("wamid.batch-{batch_id}-0"),
        kind: StatusKind::Read,
        recipient: phone(&went[0]),
        callback_data: None,
        error: None::<MetaError>,
        pricing: None,
        at: now,
    };
    says(&counter, FactKind::Ticked(tick));
    all(&counter);
    let done = row(&counter, &batch_id);
    assert_eq!(
        (done.sent, done.read, done.delivered, done.answered),
        (3, 1, 1, 1)
    );
}
