//! Who and what counts: all staff, all numbers, all laptops, all days; and what never left does not.

use super::*;
use inbox::fact::{Fact, FactKind, Number, Queued};
use support::bodies::SECOND_NUMBER;

#[test]
fn another_member_of_staff_counts_and_is_asked_himself() {
    let counter = Counter::open(NINE);
    let threads = thanked(&counter, 6);
    for (n, thread) in threads.iter().take(4).enumerate() {
        let staff = ["Ada", "Ben"][n % 2];
        queued(say_as(&counter, *thread, ADVERT, staff));
    }
    warned(say_as(&counter, threads[4], ADVERT, "Ada"));
    warned(say_as(&counter, threads[4], ADVERT, "Cleo"));
}

#[test]
fn another_number_of_the_shop_counts() {
    let counter = Counter::with_others(NINE, &[SECOND_NUMBER]);
    let numbers = [NUMBER, SECOND_NUMBER];
    let threads: Vec<i64> = (0..5)
        .map(|n| writes_to(&counter, numbers[n % 2], n, NINE, "Danke!"))
        .collect();
    counter.set(NINE + 5 * HOUR);
    assert_eq!(until_warned(&counter, &threads, ADVERT).0, 4);
}

#[test]
fn a_restart_in_the_middle_forgets_nothing() {
    let mut counter = Counter::open(NINE);
    let threads = thanked(&counter, 6);
    for thread in &threads[..4] {
        queued(say(&counter, *thread, ADVERT));
        counter = counter.reopened();
    }
    let verdict = warned(say(&counter, threads[4], ADVERT));
    let insisted = because(&verdict.id, OverrideReason::Asked, "");
    counter = counter.reopened();
    let sent = counter
        .desk
        .send_text_insisting(threads[4], ADVERT, None, STAFF, Some(&insisted));
    queued(sent.unwrap());
    counter = counter.reopened();
    counter.set(counter.clock.now() + MINUTE);
    queued(say(&counter, threads[5], ADVERT));
}

#[test]
fn what_was_taken_back_never_counted() {
    let counter = Counter::open(NINE);
    let threads = thanked(&counter, 6);
    let desk = &counter.desk;
    let mut sent: Vec<String> = Vec::new();
    for thread in &threads[..4] {
        sent.push(queued(
            desk.send_text(*thread, ADVERT, None, STAFF).unwrap(),
        ));
    }
    assert_eq!(level(desk, threads[4], ADVERT), GuardLevel::Warn);
    desk.undo(&sent[3]).unwrap();
    let look = desk.guard_look(threads[4], ADVERT).unwrap();
    assert_eq!((look.level, look.people), (GuardLevel::Allow, 4));
    let again = counter.reopened();
    let look = again.desk.guard_look(threads[4], ADVERT).unwrap();
    assert_eq!((look.level, look.people), (GuardLevel::Allow, 4));
}

#[test]
fn a_clock_that_was_set_back_forgives_nothing() {
    let counter = Counter::open(NINE);
    let threads = thanked(&counter, 6);
    for thread in &threads[..3] {
        queued(say(&counter, *thread, ADVERT));
    }
    counter.set(NINE + HOUR);
    queued(say(&counter, threads[3], ADVERT));
    warned(say(&counter, threads[4], ADVERT));
    let counter = counter.reopened();
    warned(say(&counter, threads[5], ADVERT));
}

#[test]
fn a_refusal_for_spam_lowers_how_many_are_too_many() {
    let counter = Counter::open(NINE);
    let threads = thanked(&counter, 6);
    let now = counter.clock.now();
    counter.receive(
        &bodies::failed(NUMBER, &wa(9), "wamid.of.another.tool", now, 131_048),
        now,
    );
    counter.desk.lift_hold().unwrap();
    counter.set(now + MINUTE);
    counter.desk.lift_hold().unwrap();
    let (n, verdict) = until_warned(&counter, &threads, ADVERT);
    assert_eq!((n, verdict.threshold), (2, 3.0));
    let counter = counter.reopened();
    assert_eq!(
        counter
            .desk
            .guard_look(threads[3], ADVERT)
            .unwrap()
            .threshold,
        3.0
    );
}

#[test]
fn a_yellow_number_lowers_it_too() {
    let counter = Counter::open(NINE);
    let threads = thanked(&counter, 4);
    counter.desk.quality_told(NUMBER, "YELLOW").unwrap();
    assert_eq!(until_warned(&counter, &threads, ADVERT).0, 2);
}

#[test]
fn advertising_that_drips_over_days_is_noticed() {
    let counter = Counter::open(NINE);
    let adverts = [
        "Neu: Lastenräder mit 15 % Rabatt, jetzt zuschlagen!",
        "Angebot der Woche: Kinderhelme zum halben Preis! Nur solange der Vorrat reicht!",
        "Sonderverkauf am Samstag: alle Taschen reduziert! Kommen Sie vorbei!",
        "Unser Gutschein für Sie: 10 % auf jede Inspektion, nur heute!",
    ];
    let mut told = 0;
    let mut asked = None;
    'days: for day in 0..7i64 {
        for (n, advert) in adverts.iter().enumerate() {
            let customer = day as usize * adverts.len() + n;
            let at = NINE + day * DAY;
            counter.set(at);
            let thread = writes(&counter, customer, at, "Danke!");
            counter.set(at + (5 + n as i64) * HOUR);
            match say(&counter, thread, advert) {
                SendResult::Queued { .. } => told += 1,
                SendResult::Warned { verdict } => {
                    asked = Some(verdict);
                    break 'days;
                }
                SendResult::Refused { reasons } => panic!("{reasons:?}"),
            }
        }
    }
    let verdict = asked.expect("somebody was asked");
    assert_eq!(told, 24, "never five in a day, but 25 in a week");
    assert!(codes(&verdict).contains(&GuardCode::Promo));
}

#[test]
fn what_another_laptop_sent_counts_here_however_late_it_is_heard_of() {
    let counter = Counter::open(NINE);
    let threads = thanked(&counter, 6);
    let now = counter.clock.now();
    let elsewhere = |n: usize, at: i64| {
        let kind = FactKind::Queued(Queued {
            outbox_id: format!("elsewhere-{n}"),
            peer: who(n),
            content: json!({ "type": "text", "body": ADVERT, "preview_url": false }).to_string(),
            bubble: json!({ "kind": "text", "text": ADVERT }).to_string(),
            kind: "text".into(),
            body: ADVERT.into(),
            reply_wamid: String::new(),
            staff: "Dana".into(),
            at,
            leaves_at: at,
            digest: String::new(),
        });
        let number = Number {
            phone_number_id: NUMBER.into(),
            ..Number::default()
        };
        counter.desk.apply(&[Fact::new(&number, kind)]).unwrap();
    };
    elsewhere(0, now - 1_000);
    assert_eq!(
        counter.desk.guard_look(threads[5], ADVERT).unwrap().people,
        2
    );
    for n in 1..4 {
        elsewhere(n, now - 2 * HOUR);
    }
    let look = counter.desk.guard_look(threads[5], ADVERT).unwrap();
    assert_eq!((look.level, look.people), (GuardLevel::Warn, 5));
}

#[test]
fn two_numbers_of_one_customer_are_one_person() {
    let counter = Counter::open(NINE);
    let threads = thanked(&counter, 6);
    for thread in &threads[..4] {
        queued(say(&counter, *thread, ADVERT));
    }
    assert_eq!(level(&counter.desk, threads[4], ADVERT), GuardLevel::Warn);
    counter.desk.merge(threads[2], threads[3]).unwrap();
    let look = counter.desk.guard_look(threads[4], ADVERT).unwrap();
    assert_eq!((look.level, look.people), (GuardLevel::Allow, 4));
}
