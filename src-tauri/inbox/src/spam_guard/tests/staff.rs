//! Several people at the counter are one shop.

use super::*;

#[test]
fn all_staff_and_all_numbers_are_one_shop() {
    let mut guard = Guard::default();
    let first = (1..=9).find(|&n| {
        let mut send = text(n as i64, n, SOFT);
        (send.staff, send.number) = (n % 2, n % 3);
        go(&mut guard, &send).level == Level::Warn
    });
    assert_eq!(first, Some(5));
}

fn by(staff: u64, at: i64, to: Person) -> Send<'static> {
    let mut send = text(at, to, SOFT);
    send.staff = staff;
    send
}

#[test]
fn two_at_once_are_counted_together_and_each_is_told() {
    let mut guard = Guard::default();
    for n in 1..=4 {
        go(&mut guard, &by(n % 2, n as i64, n));
    }
    // Both look before either has sent.
    let (one, other) = (by(1, 10, 5), by(2, 10, 6));
    let (first, second) = (guard.verdict(&one), guard.verdict(&other));
    for verdict in [&first, &second] {
        assert_eq!((verdict.level, verdict.interrupt), (Level::Warn, true));
        assert_eq!(verdict.crowd.people, 5);
    }
    guard.record(&one, &first, true);
    guard.record(&other, &second, true);
    let third = guard.verdict(&by(1, 20, 7));
    assert_eq!((third.crowd.people, third.interrupt), (7, false));
    let doubled: Vec<bool> = (7..=10)
        .map(|n| go(&mut guard, &by(2, n as i64 * 100, n)).interrupt)
        .collect();
    assert_eq!(doubled, [false, false, false, true], "at twice the people");
}

#[test]
fn two_who_write_to_the_same_person_are_one_recipient() {
    let mut guard = Guard::default();
    for n in 1..=4 {
        go(&mut guard, &by(1, n as i64, n));
        let twice = go(&mut guard, &by(2, 100 + n as i64, n));
        assert_eq!((twice.level, twice.crowd.people), (Level::Allow, n as u32));
    }
    assert_eq!(guard.verdict(&by(2, 200, 5)).level, Level::Warn);
}

#[test]
fn an_answer_of_a_colleague_uses_up_the_question() {
    let mut guard = Guard::default();
    for n in 1..=6 {
        guard.observe_in(n as i64, n, "Are you open on Saturday?");
        let mut answer = text(100 + n as i64, n, "Yes, from 9 to 2.");
        answer.staff = 2;
        go(&mut guard, &answer);
    }
    let levels: Vec<Level> = (1..=6)
        .map(|n| go(&mut guard, &by(1, 2 * HOUR, n)).level)
        .collect();
    assert_eq!(
        levels.iter().position(|level| *level == Level::Warn),
        Some(4)
    );
}
