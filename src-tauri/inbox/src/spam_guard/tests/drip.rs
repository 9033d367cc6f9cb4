//! A few adverts a day, day after day.

use super::*;

#[test]
fn a_slow_drip_is_seen_after_some_days() {
    let mut guard = Guard::default();
    let adverts = [
        ADVERT,
        "Only today: 20% off everything with code GLOW20",
        "Free gift with every lamp, this week only, hurry!",
    ];
    let first = (0..40).find(|&n: &i64| {
        let words = adverts[n as usize % 3];
        // Four a day: none of the days is a crowd.
        go(&mut guard, &text(n * 6 * HOUR + n, 1 + n as u64, words)).level == Level::Warn
    });
    assert_eq!(first, Some(24));
}

const ADVERTS: [&str; 3] = [
    ADVERT,
    "Only today: 20% off everything with code GLOW20",
    "Free gift with every lamp, this week only, hurry!",
];

/// How many people got an advert before the guard first spoke, `a_day` of them.
fn first_drip(a_day: i64, days: i64) -> Option<i64> {
    let mut guard = Guard::default();
    (0..a_day * days).find(|&n| {
        let at = n * DAY / a_day;
        let words = ADVERTS[n as usize % 3];
        go(&mut guard, &text(at, 1 + n as u64, words)).level == Level::Warn
    })
}

#[test]
fn twenty_five_in_seven_days_are_a_drip_and_fewer_are_none() {
    for (a_day, expected) in [(1, None), (2, None), (3, None), (4, Some(24))] {
        assert_eq!(first_drip(a_day, 30), expected, "{a_day} a day");
    }
}

#[test]
fn a_drip_names_the_people_of_the_week_and_ends_with_it() {
    let mut guard = Guard::default();
    for n in 0..24_u64 {
        let words = ADVERTS[n as usize % 3];
        go(&mut guard, &text(n as i64 * 6 * HOUR, 1 + n, words));
    }
    let at = 24 * 6 * HOUR;
    let verdict = guard.verdict(&text(at, 100, ADVERT));
    let codes = [Code::Promo, Code::Unasked].map(|code| Reason { code, number: 25 });
    assert_eq!(
        (verdict.level, &verdict.reasons[..2]),
        (Level::Warn, &codes[..])
    );
    assert_eq!(
        guard.verdict(&text(at, 3, ADVERT)).level,
        Level::Allow,
        "somebody who is among the twenty-four"
    );
    assert_eq!(
        guard.verdict(&text(at + 2 * DAY, 100, ADVERT)).level,
        Level::Allow,
        "when the first ones are a week ago"
    );
    guard.observe_in(at, 100, "Do you have any offers this week?");
    assert_eq!(
        guard.verdict(&text(at + MINUTE, 100, ADVERT)).level,
        Level::Allow,
        "somebody who asked for offers"
    );
}
