//! The state of the account, for what the shop begins itself.

use super::*;

#[test]
fn the_rating_of_the_number_holds_back_marketing() {
    for (quality, first) in [
        (Quality::Green, None),
        (Quality::Yellow, Some(10)),
        (Quality::Red, Some(1)),
    ] {
        let mut guard = Guard::default();
        guard.observe_account(1, quality);
        let warned = (1..=15).find(|&n| go(&mut guard, &news(n as i64, n)).says(Code::Quality));
        assert_eq!(warned, first, "{quality:?}");
    }
}

#[test]
fn people_on_the_limit_count_once_and_for_a_day() {
    let mut guard = Guard::default();
    let limited = |at: i64, to: Person| {
        let mut send = news(at, to);
        send.shop.limit = Some(3);
        send.recipient.unanswered_marketing = 0;
        send
    };
    for n in 1..=3 {
        assert_ne!(go(&mut guard, &limited(n as i64, n)).level, Level::Block);
    }
    assert_ne!(
        guard.verdict(&limited(10, 2)).level,
        Level::Block,
        "already counted"
    );
    assert_eq!(guard.verdict(&limited(10, 4)).level, Level::Block);
    assert_ne!(
        guard.verdict(&limited(DAY + 2, 4)).level,
        Level::Block,
        "a day later"
    );
}

#[test]
fn the_third_marketing_message_without_an_answer_warns() {
    let mut guard = Guard::default();
    assert_eq!(go(&mut guard, &news(0, 1)).level, Level::Allow);
    assert_eq!(go(&mut guard, &news(2 * DAY, 1)).level, Level::Allow);
    assert!(guard.verdict(&news(4 * DAY, 1)).says(Code::Frequency));
    assert_eq!(
        guard.verdict(&news(8 * DAY, 1)).level,
        Level::Allow,
        "a week later"
    );
    guard.observe_in(3 * DAY, 1, "When do you open?");
    assert_eq!(
        guard.verdict(&news(4 * DAY, 1)).level,
        Level::Allow,
        "answered"
    );
}

#[test]
fn opt_outs_of_a_batch_stop_it() {
    let mut guard = Guard::default();
    for n in 1..=25 {
        go(&mut guard, &news(n as i64, n));
    }
    for n in 1..=2 {
        guard.observe_pref(1000, n, false);
    }
    let verdict = guard.verdict(&news(2000, 30));
    assert_eq!(
        (verdict.level, verdict.says(Code::RecentOptOuts)),
        (Level::Warn, true)
    );
    assert_eq!(
        guard.verdict(&news(1000 + DAY, 30)).level,
        Level::Allow,
        "the next day"
    );
}

#[test]
fn yellow_counts_people_and_not_messages() {
    let quality =
        |guard: &Guard, at: i64, to: Person| guard.verdict(&news(at, to)).says(Code::Quality);
    let mut guard = Guard::default();
    guard.observe_account(1, Quality::Yellow);
    for n in 1..=9 {
        assert!(
            !go(&mut guard, &news(n as i64, n)).says(Code::Quality),
            "{n}"
        );
    }
    assert!(!quality(&guard, 100, 9), "the ninth once more");
    assert!(quality(&guard, 100, 10), "the tenth");
    assert!(!quality(&guard, DAY + 1, 10), "the first has left the day");
    guard.observe_account(1, Quality::Green);
    assert!(!quality(&guard, 100, 10), "green again");
}

#[test]
fn a_bad_rating_warns_of_marketing_from_that_number_and_of_nothing_else() {
    for quality in [Quality::Yellow, Quality::Red] {
        let mut guard = Guard::default();
        guard.observe_account(1, quality);
        for n in 1..=30 {
            let mut utility = ready(n as i64, n);
            utility.recipient.window_open = n % 2 == 0;
            assert!(
                !go(&mut guard, &utility).says(Code::Quality),
                "{quality:?} {n}"
            );
            let mut other = news(n as i64, n);
            other.number = 2;
            assert!(
                !go(&mut guard, &other).says(Code::Quality),
                "{quality:?} {n}"
            );
        }
        guard.observe_in(100, 50, "Are you open?");
        let answer = guard.verdict(&text(200, 50, "Yes, until six."));
        assert_eq!(answer.level, Level::Allow, "{quality:?}");
    }
}

#[test]
fn red_warns_of_the_first_and_may_be_overridden() {
    let mut guard = Guard::default();
    guard.observe_account(1, Quality::Red);
    let verdict = guard.verdict(&news(0, 1));
    assert_eq!(
        (verdict.level, verdict.reasons[0]),
        (
            Level::Warn,
            Reason {
                code: Code::Quality,
                number: 1
            }
        )
    );
}

#[test]
fn near_the_messaging_limit_templates_warn_and_over_it_they_are_blocked() {
    let limited = |at: i64, to: Person| {
        let mut send = ready(at, to);
        send.shop.limit = Some(10);
        send
    };
    let mut guard = Guard::default();
    for n in 1..=8 {
        assert_eq!(
            go(&mut guard, &limited(n as i64, n)).level,
            Level::Allow,
            "{n}"
        );
    }
    for n in 9..=10 {
        let verdict = go(&mut guard, &limited(n as i64, n));
        let tier = Reason {
            code: Code::Tier,
            number: n as u32,
        };
        assert_eq!((verdict.level, verdict.reasons[0]), (Level::Warn, tier));
    }
    let verdict = guard.verdict(&limited(20, 11));
    assert_eq!(
        (verdict.level, verdict.says(Code::Tier)),
        (Level::Block, true)
    );
    assert_ne!(
        guard.verdict(&limited(20, 3)).level,
        Level::Block,
        "counted today"
    );
    let mut open = limited(20, 11);
    open.recipient.window_open = true;
    assert_eq!(guard.verdict(&open).level, Level::Allow, "an open window");
    guard.observe_in(20, 11, "Are you open?");
    let answer = guard.verdict(&text(30, 11, "Yes, until six."));
    assert_eq!(answer.level, Level::Allow, "an answer");
    let mut elsewhere = limited(20, 11);
    (elsewhere.shop.limit, elsewhere.shop.used_elsewhere) = (Some(100), 90);
    assert_eq!(
        guard.verdict(&elsewhere).level,
        Level::Block,
        "used elsewhere"
    );
    let mut unknown = limited(20, 11);
    unknown.shop.limit = None;
    assert_eq!(
        guard.verdict(&unknown).level,
        Level::Allow,
        "no limit is known"
    );
}
