//! How often somebody is stopped.

use super::*;

#[test]
fn dialogs_are_few() {
    let mut guard = Guard::default();
    let mut dialogs = Vec::new();
    for n in 1..=60 {
        let verdict = go(&mut guard, &text(n as i64 * 1000, n, SOFT));
        if verdict.interrupt {
            dialogs.push(n);
        }
    }
    assert_eq!(
        dialogs,
        [5, 10, 20],
        "again at twice the people, at most three"
    );
    let other = "We are closed on Thursday because of the stocktaking in the cellar.";
    let silent = (100..110).all(|n| !go(&mut guard, &text(70_000 + n as i64, n, other)).interrupt);
    assert!(silent, "the fourth dialog of the day is a line");
    let mut colleague = text(80_000, 200, SOFT);
    colleague.staff = 2;
    assert!(
        guard.verdict(&colleague).interrupt,
        "a colleague has not seen it"
    );
    let mut closed = text(80_000, 200, SOFT);
    closed.recipient.window_open = false;
    assert!(guard.verdict(&closed).interrupt, "blocks always show");
    assert!(guard.verdict(&text(3 * DAY, 1, "Hello")).level == Level::Allow);
}

#[test]
fn fatigue_by_itself() {
    let limits = Limits::default();
    let shown = |staff, episode, people| Shown {
        at: 0,
        staff,
        episode,
        people,
        dialog: true,
    };
    let cases = [
        ("nothing shown", vec![], 5, HOUR, true),
        (
            "shown for five, now six",
            vec![shown(1, 1, 5)],
            6,
            HOUR,
            false,
        ),
        (
            "shown for five, now ten",
            vec![shown(1, 1, 5)],
            10,
            HOUR,
            true,
        ),
        ("a day later", vec![shown(1, 1, 5)], 6, DAY, true),
        (
            "three others",
            vec![shown(1, 2, 5), shown(1, 3, 5), shown(1, 4, 5)],
            5,
            HOUR,
            false,
        ),
        (
            "three of a colleague",
            vec![shown(2, 2, 5), shown(2, 3, 5), shown(2, 4, 5)],
            5,
            HOUR,
            true,
        ),
    ];
    for (case, shown, people, now, dialog) in cases {
        assert_eq!(
            interrupts(Level::Warn, 1, 1, people, now, &shown, &limits),
            dialog,
            "{case}"
        );
        assert!(
            interrupts(Level::Block, 1, 1, people, now, &shown, &limits),
            "{case}"
        );
        assert!(
            !interrupts(Level::Allow, 1, 1, people, now, &shown, &limits),
            "{case}"
        );
    }
}

#[test]
fn a_dialog_comes_back_when_the_crowd_has_doubled() {
    let mut guard = Guard::new(Limits {
        dialogs_per_staff: 10,
        ..Limits::default()
    });
    let dialogs: Vec<u64> = (1..=90)
        .filter(|&n| go(&mut guard, &text(n as i64 * 1000, n, SOFT)).interrupt)
        .collect();
    assert_eq!(dialogs, [5, 10, 20, 40, 80]);
    assert!(
        guard.verdict(&text(100_000, 200, SOFT)).level == Level::Warn,
        "a line in between"
    );
}

#[test]
fn three_dialogs_a_day_and_the_next_day_again() {
    let words = [
        "The pottery shelf is up at last and it looks lovely.",
        "We are closed on Thursday because of stocktaking in the cellar.",
        "Parking behind the building is blocked by a crane until evening.",
        "My brother helps at the till while I am away hiking.",
    ];
    let mut guard = Guard::default();
    let mut dialogs = |day: i64| -> Vec<usize> {
        let crowds = words.iter().enumerate();
        let dialogs = crowds.map(|(crowd, words)| {
            let from = day * DAY + crowd as i64 * HOUR;
            let people = (0..7).map(|n| (from + n, 1000 * crowd as u64 + n as u64));
            let shown = people.filter(|&(at, to)| go(&mut guard, &text(at, to, words)).interrupt);
            shown.count()
        });
        dialogs.collect()
    };
    assert_eq!(dialogs(0), [1, 1, 1, 0]);
    assert_eq!(dialogs(2), [1, 1, 1, 0]);
}

#[test]
fn blocks_show_however_many_dialogs_there_were() {
    let mut guard = Guard::default();
    for n in 1..=60 {
        go(&mut guard, &text(n as i64 * 1000, n, SOFT));
    }
    guard.observe_in(70_000, 1, "STOP");
    for n in 0..5 {
        let verdict = go(&mut guard, &text(HOUR + n, 1, SOFT));
        assert_eq!(
            (verdict.level, verdict.interrupt),
            (Level::Block, true),
            "{n}"
        );
    }
}

#[test]
fn a_warning_that_was_heeded_is_not_repeated_either() {
    let mut guard = Guard::default();
    for n in 1..=4 {
        go(&mut guard, &text(n as i64, n, SOFT));
    }
    let fifth = text(10, 5, SOFT);
    let verdict = guard.verdict(&fifth);
    guard.record(&fifth, &verdict, false);
    assert!(verdict.interrupt);
    let again = guard.verdict(&text(20, 6, SOFT));
    assert_eq!((again.level, again.interrupt), (Level::Warn, false));
    assert_eq!(again.crowd.people, 5, "what was not sent counts nobody");
}
