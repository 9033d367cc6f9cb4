//! The same content to many who did not ask for it.

use super::*;

#[test]
fn the_fifth_person_who_did_not_ask_is_one_too_many() {
    let mut guard = Guard::default();
    assert_eq!(first_warned(&mut guard, SOFT, 0, 9), Some(5));
    let verdict = guard.verdict(&text(HOUR, 9, SOFT));
    assert_eq!(
        verdict.reasons[..2],
        [
            Reason {
                code: Code::MassSimilar,
                number: 6
            },
            Reason {
                code: Code::Unasked,
                number: 6
            }
        ]
    );
}

#[test]
fn the_line_above_the_composer_knows_how_far_it_has_grown() {
    let mut guard = Guard::default();
    for n in 1..=3 {
        go(&mut guard, &text(n, n as u64, SOFT));
    }
    let verdict = guard.verdict(&text(10, 4, SOFT));
    assert_eq!(
        (verdict.level, verdict.crowd.people, verdict.crowd.threshold),
        (Level::Allow, 4, 5.0)
    );
}

#[test]
fn answers_are_never_a_crowd() {
    let mut guard = Guard::default();
    for n in 1..=40 {
        let at = n as i64 * MINUTE;
        guard.observe_in(at, n, "Are you open on Saturday?");
        let verdict = go(&mut guard, &text(at + 10_000, n, "Yes, from 9 to 2."));
        assert_eq!(verdict.level, Level::Allow, "{n}");
    }
}

#[test]
fn thanks_hours_ago_ask_for_nothing() {
    let mut guard = Guard::default();
    for n in 1..=5 {
        guard.observe_in(n as i64, n, "Are you open?");
        go(&mut guard, &text(1000, n, "Yes, until six."));
        guard.observe_in(2000, n, "Thanks!");
    }
    let last = (1..=5)
        .map(|n| go(&mut guard, &text(5 * HOUR, n, ADVERT)).level)
        .last();
    assert_eq!(last, Some(Level::Warn));
}

#[test]
fn a_stranger_weighs_more() {
    let params = [ADVERT.to_owned()];
    let content = Content::Template {
        name: "update",
        category: Category::Utility,
        approved: true,
        body: "{{1}}",
        footer: "",
        params: &params,
    };
    for (last_in, expected) in [(None, 4), (Some(-HOUR), 5)] {
        let mut guard = Guard::default();
        let warned = (1..=9).find(|&n| {
            let mut send = send(n as i64, n, content);
            send.recipient.last_in = last_in;
            go(&mut guard, &send).level == Level::Warn
        });
        assert_eq!(warned, Some(expected), "{last_in:?}");
    }
}

#[test]
fn a_list_is_looked_at_without_being_sent() {
    let guard = Guard::default();
    let sends: Vec<Send<'_>> = (1..=8).map(|n| text(n as i64, n, SOFT)).collect();
    let mut preview = guard.preview();
    let levels: Vec<Level> = sends
        .iter()
        .map(|send| preview.verdict(send).level)
        .collect();
    assert_eq!(
        levels.iter().filter(|level| **level == Level::Warn).count(),
        4
    );
    assert_eq!(guard.verdict(&sends[7]).level, Level::Allow);
}
