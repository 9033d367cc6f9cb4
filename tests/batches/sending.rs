//! While it is on its way: once each, nobody left out, whatever happens to the process in between.

use super::*;
use std::collections::BTreeSet;

fn shop_of(people: usize) -> Counter {
    let counter = shop();
    for n in 0..people {
        customer(&counter, n);
    }
    counter
}

fn numbers(people: impl IntoIterator<Item = usize>) -> BTreeSet<String> {
    people.into_iter().map(number).collect()
}

fn each_once(went: &[String], expected: BTreeSet<String>) {
    let met: BTreeSet<String> = went.iter().cloned().collect();
    assert_eq!(met.len(), went.len(), "nobody twice: {went:?}");
    assert_eq!(met, expected, "nobody left out");
}

#[test]
fn everybody_gets_it_once_by_name_and_one_after_the_other() {
    let counter = shop_of(5);
    // At the counter only: the thread comes about with the message.
    agreed(&counter, 7);
    named(&counter, 7);
    let batch_id = started(&counter);
    assert_eq!(row(&counter, &batch_id).state, BatchState::Running);
    run::look_at_batches(&counter.desk).unwrap();
    run::look_at_batches(&counter.desk).unwrap();
    assert_eq!(
        waiting(&counter).len(),
        1,
        "never more than one in the outbox"
    );
    let went = all(&counter);
    each_once(&went, numbers([0, 1, 2, 3, 4, 7]));
    let done = row(&counter, &batch_id);
    assert_eq!(
        (done.state, done.sent, done.going),
        (BatchState::Done, 6, 6)
    );
    assert_eq!((done.failed, done.doubtful, done.skipped), (0, 0, 0));
    assert_eq!(people(&counter, &batch_id, BatchFilter::Sent).len(), 6);
    let thread = counter.thread(NUMBER, &who(7)).expect("a thread");
    let rows = counter
        .desk
        .messages(thread, &inbox::view::Place::Newest, 10)
        .unwrap()
        .rows;
    let inbox::view::Body::Template { text, .. } = &rows[0].body else {
        panic!("no template");
    };
    assert!(text.starts_with("Hallo Kundin7, "), "{text}");
    // Everybody who just got it is left out of the next.
    let again = look(&counter);
    assert_eq!(again.going, 0);
    assert_eq!(again.skipped[0].why, SkipReason::AlreadySent);
}

#[test]
fn the_pace_is_that_of_a_person() {
    let counter = shop_of(3);
    counter.clock.set(NINE, 1.0).unwrap();
    let batch_id = started(&counter);
    run::look_at_batches(&counter.desk).unwrap();
    assert_eq!(answered(&counter, accepted).len(), 1);
    let nap = run::look_at_batches(&counter.desk).unwrap();
    assert_eq!(waiting(&counter).len(), 0, "not yet");
    assert!(!nap.is_zero());
    let now = counter.clock.now();
    counter.clock.set(now + 2 * SECOND, 1.0).unwrap();
    run::look_at_batches(&counter.desk).unwrap();
    assert_eq!(waiting(&counter).len(), 1);
    let ends_at = row(&counter, &batch_id).ends_at.expect("an end");
    assert!(ends_at > now, "{ends_at}");
}

#[test]
fn a_pause_takes_effect_at_once_and_nobody_is_lost_by_it() {
    let counter = shop_of(5);
    let batch_id = started(&counter);
    let mut went = one(&counter, accepted);
    // The next one lies in the outbox already.
    assert_eq!(waiting(&counter).len(), 1);
    counter.desk.pause_batch(&batch_id).unwrap();
    let paused = row(&counter, &batch_id);
    assert_eq!(
        (paused.state, paused.halt),
        (BatchState::Paused, Some(BatchHalt::Staff))
    );
    counter.set(counter.clock.now() + HOUR);
    for _ in 0..3 {
        run::look_at_batches(&counter.desk).unwrap();
    }
    assert_eq!(waiting(&counter).len(), 1, "nothing is added");
    let held = counter.desk.store.read(|db| {
        let (id, _) = waiting(&counter).remove(0);
        store::batch::stands_still(db, &id)
    });
    assert!(held.unwrap(), "and what waits does not leave");
    counter.desk.resume_batch(&batch_id).unwrap();
    assert_eq!(row(&counter, &batch_id).state, BatchState::Running);
    went.extend(all(&counter));
    each_once(&went, numbers(0..5));
    assert_eq!(row(&counter, &batch_id).state, BatchState::Done);
}

#[test]
fn a_stop_is_for_good_and_takes_back_what_waits() {
    let counter = shop_of(5);
    let batch_id = started(&counter);
    let went = one(&counter, accepted);
    counter.desk.stop_batch(&batch_id).unwrap();
    counter.desk.resume_batch(&batch_id).unwrap();
    counter.set(counter.clock.now() + HOUR);
    assert_eq!(all(&counter), Vec::<String>::new());
    let stopped = row(&counter, &batch_id);
    assert_eq!((stopped.state, stopped.sent), (BatchState::Stopped, 1));
    assert_eq!(went.len(), 1);
    // The one taken back is nobody who got it, and another batch may go to him.
    assert_eq!(look(&counter).going, 4);
}

#[test]
fn killed_at_any_instant_it_goes_on_where_it_was() {
    for killed_after in 0..6 {
        let mut counter = shop_of(5);
        let batch_id = started(&counter);
        let mut went = Vec::new();
        for _ in 0..killed_after {
            went.extend(one(&counter, accepted));
        }
        // Once with one in the outbox, once between two.
        if killed_after % 2 == 0 {
            run::look_at_batches(&counter.desk).unwrap();
        }
        counter = counter.reopened();
        run::recover(&counter.desk).unwrap();
        went.extend(all(&counter));
        each_once(&went, numbers(0..5));
        let done = row(&counter, &batch_id);
        assert_eq!(
            (done.state, done.sent),
            (BatchState::Done, 5),
            "after {killed_after}"
        );
    }
}

#[test]
fn one_that_may_have_arrived_is_never_sent_again() {
    let mut counter = shop_of(3);
    let batch_id = started(&counter);
    run::look_at_batches(&counter.desk).unwrap();
    let (outbox_id, to) = waiting(&counter).remove(0);
    let at = counter.clock.now();
    says(
        &counter,
        FactKind::AttemptStarted {
            outbox_id: outbox_id.clone(),
            n: 1,
            at,
        },
    );
    counter = counter.reopened();
    run::recover(&counter.desk).unwrap();
    let went = all(&counter);
    assert!(!went.contains(&to), "{went:?}");
    assert_eq!(went.len(), 2);
    let done = row(&counter, &batch_id);
    assert_eq!(
        (done.state, done.sent, done.doubtful),
        (BatchState::Done, 2, 1)
    );
    let doubtful = people(&counter, &batch_id, BatchFilter::Doubtful);
    assert_eq!(doubtful.len(), 1);
    assert_eq!(doubtful[0].outbox_id.as_deref(), Some(&*outbox_id));
    assert_eq!(
        look(&counter).going,
        0,
        "it is on its way to him, for all we know"
    );
}

#[test]
fn whoever_stops_us_meanwhile_does_not_get_it() {
    let counter = shop_of(4);
    let batch_id = started(&counter);
    // The last to be written to is the one who wrote first.
    let mut went = one(&counter, accepted);
    let now = counter.clock.now();
    counter.receive(
        &bodies::text(NUMBER, &number(3), "wamid.stop", now, "STOPP"),
        now,
    );
    went.extend(all(&counter));
    each_once(&went, numbers(0..3));
    let done = row(&counter, &batch_id);
    assert_eq!(
        (done.state, done.sent, done.going),
        (BatchState::Done, 3, 4)
    );
    assert_eq!(skips(&done), BTreeMap::from([(SkipReason::OptedOut, 1)]));
}

#[test]
fn whoever_got_enough_meanwhile_does_not_get_it() {
    let counter = shop_of(3);
    let batch_id = started(&counter);
    one(&counter, accepted);
    let act = Act {
        purposes: vec!["offers".into()],
        who: Some(who(2)),
        channel: channel::WHATSAPP.to_owned(),
        ..Act::new(Event::Used, "used-elsewhere", counter.clock.now())
    };
    record(&counter.desk, &act);
    all(&counter);
    let done = row(&counter, &batch_id);
    assert_eq!((done.sent, done.skipped), (2, 1));
    assert_eq!(skips(&done), BTreeMap::from([(SkipReason::CappedDay, 1)]));
}

#[test]
fn who_turns_out_to_be_one_person_gets_it_once() {
    let counter = shop_of(3);
    let batch_id = started(&counter);
    says(
        &counter,
        FactKind::Merged {
            id: "m".into(),
            a: who(1),
            b: who(2),
            made_at: counter.clock.now(),
            undone: false,
            at: counter.clock.now(),
        },
    );
    let went = all(&counter);
    assert_eq!(went.len(), 2, "{went:?}");
    let done = row(&counter, &batch_id);
    assert_eq!(
        (done.state, done.sent, done.skipped),
        (BatchState::Done, 2, 1)
    );
    assert_eq!(skips(&done), BTreeMap::from([(SkipReason::AlreadySent, 1)]));
}

#[test]
fn an_erased_person_leaves_an_empty_place() {
    let counter = shop_of(3);
    let batch_id = started(&counter);
    says(
        &counter,
        FactKind::Erased {
            identifiers: vec![inbox::ledger::Known {
                kind: "wa_id".into(),
                value: number(2),
            }],
            at: counter.clock.now(),
        },
    );
    each_once(&all(&counter), numbers([0, 1]));
    let done = row(&counter, &batch_id);
    assert_eq!((done.state, done.sent), (BatchState::Done, 2));
    let dump = counter.desk.store.read(store::canonical_dump).unwrap();
    let mut left = dump
        .lines()
        .filter(|line| line.starts_with("batch") || line.starts_with("outbox"));
    assert!(
        !left.any(|line| line.contains(&number(2))),
        "nothing of them is left"
    );
    assert_eq!(people(&counter, &batch_id, BatchFilter::All).len(), 3);
}

#[test]
fn a_batch_of_another_laptop_is_shown_and_not_sent() {
    let counter = shop_of(3);
    let batch_id = started(&counter);
    counter
        .desk
        .store
        .write(|db| store::setting::set(db, "ledger_device", "another"))
        .unwrap();
    assert_eq!(all(&counter), Vec::<String>::new());
    assert_eq!(row(&counter, &batch_id).state, BatchState::Running);
}
