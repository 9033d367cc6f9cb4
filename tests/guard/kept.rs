//! The audit and the thresholds.

use super::*;
use inbox::view::{AuditOutcome, AuditQuery, UndoResult};

/// Six got the advert, the fifth with a reason, the sixth under a line (both by their outbox ids); Ben was asked and
/// let it be.
fn told() -> (Counter, Vec<i64>, [String; 2]) {
    let counter = Counter::open(NINE);
    let threads = thanked(&counter, 8);
    let (n, verdict) = until_warned(&counter, &threads, ADVERT);
    let insisted = because(&verdict.id, OverrideReason::Other, "Rückruf versprochen");
    let desk = &counter.desk;
    let sent = desk.send_text_insisting(threads[n], ADVERT, None, STAFF, Some(&insisted));
    let fifth = queued(sent.unwrap());
    counter.set(counter.clock.now() + MINUTE);
    let sixth = queued(say(&counter, threads[n + 1], ADVERT));
    warned(say_as(&counter, threads[n + 2], ADVERT, "Ben"));
    (counter, threads, [fifth, sixth])
}

#[test]
fn the_audit_is_searched_by_whatever_is_remembered_of_it() {
    let (counter, ..) = told();
    let find = |query: AuditQuery| -> Vec<(String, AuditOutcome)> {
        let page = counter.desk.guard_audit(&query, None, 50).unwrap();
        let rows = page.entries.into_iter();
        rows.map(|row| (row.staff, row.outcome)).collect()
    };
    let words = |words: &str| AuditQuery {
        words: words.to_owned(),
        ..AuditQuery::default()
    };
    let all = [
        ("Ben".to_owned(), AuditOutcome::NotSent),
        (STAFF.to_owned(), AuditOutcome::Sent),
        (STAFF.to_owned(), AuditOutcome::Overridden),
    ];
    assert_eq!(find(AuditQuery::default()), all);
    assert_eq!(find(words("rückruf")), all[2..]);
    assert_eq!(find(words("ben")), all[..1]);
    assert_eq!(find(words("+49 30 231252 05")).len(), 1);
    assert_eq!(find(words("niemand")), []);
    let narrowed = [
        AuditQuery {
            staff: Some(STAFF.into()),
            ..AuditQuery::default()
        },
        AuditQuery {
            outcome: Some(AuditOutcome::Sent),
            ..AuditQuery::default()
        },
        AuditQuery {
            code: Some(GuardCode::Tier),
            ..AuditQuery::default()
        },
        AuditQuery {
            to: Some(NINE),
            ..AuditQuery::default()
        },
    ];
    assert_eq!(narrowed.map(|query| find(query).len()), [2, 1, 0, 0]);

    let desk = &counter.desk;
    let first = desk.guard_audit(&AuditQuery::default(), None, 2).unwrap();
    let rest = desk
        .guard_audit(&AuditQuery::default(), first.next.as_ref(), 2)
        .unwrap();
    assert_eq!((first.entries.len(), rest.entries.len()), (2, 1));
    assert_eq!(rest.next, None);
}

#[test]
fn what_was_taken_back_is_not_said_to_have_been_sent() {
    let (counter, _, [insisted, lined]) = told();
    let desk = &counter.desk;
    let outcomes = || -> Vec<AuditOutcome> {
        let page = desk.guard_audit(&AuditQuery::default(), None, 50).unwrap();
        page.entries.iter().map(|entry| entry.outcome).collect()
    };
    let figures = || {
        let all = desk.guard_figures(NINE, NINE + DAY).unwrap();
        let anna = all.into_iter().find(|row| row.staff == STAFF).unwrap();
        (anna.lines, anna.taken_back, anna.overridden, anna.asked)
    };
    use AuditOutcome::{NotSent, Overridden, Sent, TakenBack};
    assert_eq!(outcomes(), [NotSent, Sent, Overridden]);
    assert_eq!(figures(), (1, 0, 1, 0));

    for (outbox_id, outcomes_now, figures_now) in [
        (lined, [NotSent, TakenBack, Overridden], (0, 1, 1, 0)),
        (insisted, [NotSent, TakenBack, TakenBack], (0, 2, 0, 0)),
    ] {
        let undone = desk.undo(&outbox_id).unwrap();
        assert!(matches!(undone, UndoResult::Returned { .. }), "{undone:?}");
        assert_eq!(outcomes(), outcomes_now);
        assert_eq!(figures(), figures_now);
    }
    let back = AuditQuery {
        outcome: Some(TakenBack),
        ..AuditQuery::default()
    };
    let page = desk.guard_audit(&back, None, 50).unwrap();
    assert_eq!(page.entries.len(), 2);
    assert!(page.entries.iter().all(|entry| entry.message_id.is_none()));
}

#[test]
fn the_audit_forgets_whoever_is_erased() {
    let (counter, threads, _) = told();
    let found = counter.desk.guard_audit(&AuditQuery::default(), None, 50);
    let overridden = found.unwrap().entries.pop().unwrap();
    let thread = overridden.thread_id.unwrap();
    assert_eq!(thread, threads[4]);
    let customer = counter.desk.store.read(|db| store::thread::get(db, thread));
    let customer = customer.unwrap().unwrap().customer_id;
    counter.desk.erase(customer, "asked us to").unwrap();
    let left = counter.desk.guard_audit(&AuditQuery::default(), None, 50);
    let left = left.unwrap().entries;
    assert!(left.iter().all(|entry| entry.id != overridden.id));
    assert_eq!(left.len(), 2);
    let overrides = counter.desk.store.read(|db| {
        Ok(
            db.query_row("SELECT count(*) FROM verdict_override", [], |row| {
                row.get::<_, i64>(0)
            })?,
        )
    });
    assert_eq!(overrides.unwrap(), 0);
}

#[test]
fn thresholds_hold_within_their_bounds_at_once_and_for_good() {
    let counter = Counter::open(NINE);
    let threads = thanked(&counter, 12);
    counter.changed();
    let desk = &counter.desk;
    let value = |counter: &Counter, key: &str| {
        let all = counter.desk.guard_settings().unwrap();
        all.into_iter().find(|row| row.key == key).unwrap().value
    };
    desk.set_guard_setting("crowd", 100.0).unwrap();
    assert_eq!(value(&counter, "crowd"), 12.0);
    assert!(counter.changed().guard);
    desk.set_guard_setting("crowd", 8.0).unwrap();
    assert_eq!(until_warned(&counter, &threads, ADVERT).0, 7);
    let counter = counter.reopened();
    assert_eq!(value(&counter, "crowd"), 8.0);
    assert_eq!(value(&counter, "service_after_marketing_stop"), 1.0);
}

#[test]
fn three_dialogs_a_day_are_enough_for_anybody() {
    let counter = Counter::open(NINE);
    let threads = thanked(&counter, 8);
    let desk = &counter.desk;
    let adverts = [
        ADVERT,
        "Sonntag Flohmarkt im Hof: gebrauchte Räder ab 50 Euro! Kommen Sie vorbei, nur solange der Vorrat reicht!",
        "Neue Kollektion eingetroffen: Regenjacken zum Sonderpreis! Jetzt bestellen!",
    ];
    let mut asked = 0;
    for (n, advert) in adverts.iter().enumerate() {
        let staff = STAFF;
        for thread in &threads {
            let sent = say_as(&counter, *thread, advert, staff);
            if let SendResult::Warned { verdict } = sent {
                asked += 1;
                let insisted = because(&verdict.id, OverrideReason::Asked, "");
                let sent = desk
                    .send_text_insisting(*thread, advert, None, staff, Some(&insisted))
                    .unwrap();
                queued(sent);
                counter.set(counter.clock.now() + MINUTE);
            }
        }
        assert!(asked <= 3, "after advert {n}");
    }
    assert!(asked >= 1);
}
