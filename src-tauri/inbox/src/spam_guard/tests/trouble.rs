//! A number in trouble: the same crowd warns sooner.

use super::*;

#[test]
fn trouble_lowers_the_threshold() {
    type Prepare = fn(&mut Guard);
    let cases: [(&str, Prepare); 5] = [
        ("quality yellow", |guard| {
            guard.observe_account(1, Quality::Yellow)
        }),
        ("quality red", |guard| {
            guard.observe_account(1, Quality::Red)
        }),
        ("131048 six days ago", |guard| {
            guard.observe_status(-6 * DAY, 1, 7, 131_048)
        }),
        ("131048 of another number", |guard| {
            guard.observe_status(-6 * DAY, 2, 7, 131_048)
        }),
        ("two opt-outs of this content", |guard| {
            for n in 1..=2 {
                go(guard, &text(0, n, SOFT));
                guard.observe_in(1, n, "STOP");
            }
        }),
    ];
    for (case, prepare) in cases {
        let mut guard = Guard::default();
        prepare(&mut guard);
        let warned = first_warned(&mut guard, SOFT, MINUTE, 9);
        let expected = if case.starts_with("two") { 1 } else { 3 };
        assert_eq!(warned, Some(expected), "{case}");
    }
    for (case, at) in [("eight days after", -8 * DAY), ("never", -400 * DAY)] {
        let mut guard = Guard::default();
        guard.observe_status(at, 1, 7, 131_048);
        assert_eq!(first_warned(&mut guard, SOFT, MINUTE, 9), Some(5), "{case}");
    }
}

#[test]
fn what_is_over_or_belongs_to_something_else_is_no_trouble() {
    type Prepare = fn(&mut Guard);
    let cases: [(&str, Prepare, u64); 7] = [
        (
            "131048 a week ago to the minute",
            |guard| guard.observe_status(2 * MINUTE - 7 * DAY, 1, 7, 131_048),
            5,
        ),
        (
            "131048 a little less than a week ago",
            |guard| guard.observe_status(10 * MINUTE - 7 * DAY, 1, 7, 131_048),
            3,
        ),
        (
            "yellow, then green",
            |guard| {
                guard.observe_account(1, Quality::Yellow);
                guard.observe_account(1, Quality::Green);
            },
            5,
        ),
        (
            "another number is yellow",
            |guard| guard.observe_account(2, Quality::Yellow),
            5,
        ),
        (
            "one opt-out of this content",
            |guard| {
                go(guard, &text(0, 1, SOFT));
                guard.observe_in(1, 1, "STOP");
            },
            4,
        ),
        (
            "two opt-outs of other content",
            |guard| {
                for n in 1..=2 {
                    go(
                        guard,
                        &text(0, n, "We are closed for stocktaking in the cellar."),
                    );
                    guard.observe_in(1, n, "STOP");
                }
            },
            5,
        ),
        (
            "two who stopped a day after",
            |guard| {
                for n in 1..=2 {
                    go(guard, &text(-2 * DAY, n, SOFT));
                    guard.observe_in(-HOUR, n, "STOP");
                }
            },
            5,
        ),
    ];
    for (case, prepare, expected) in cases {
        let mut guard = Guard::default();
        prepare(&mut guard);
        let warned = first_warned(&mut guard, SOFT, MINUTE, 9);
        assert_eq!(warned, Some(expected), "{case}");
    }
}

#[test]
fn the_owner_says_how_many_are_a_crowd_within_bounds() {
    for (crowd, in_trouble, calm, troubled) in [
        (4.0, 3.0, 4, 3),
        (8.0, 3.0, 8, 3),
        (12.0, 6.0, 12, 6),
        (1.0, 1.0, 4, 2),
        (100.0, 100.0, 12, 12),
    ] {
        let limits = Limits {
            crowd,
            crowd_in_trouble: in_trouble,
            ..Limits::default()
        };
        let mut guard = Guard::new(limits.clone());
        assert_eq!(first_warned(&mut guard, SOFT, 0, 20), Some(calm), "{crowd}");
        let mut guard = Guard::new(limits);
        guard.observe_account(1, Quality::Yellow);
        assert_eq!(
            first_warned(&mut guard, SOFT, 0, 20),
            Some(troubled),
            "{crowd}"
        );
    }
}
