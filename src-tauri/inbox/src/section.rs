//! Where a thread stands in the list. Follows from what staff said of it, from what came in since, and from the
//! customer service window; nothing sets it.
//!
//! What depends on facts alone is cached in the thread (`shelf`, `waits`, `closes_at`); what depends on the time
//! is asked of these columns, here for one thread and by `store::thread::range` for many.

use crate::{fact::Mark, view::Section};
use store::thread::{ASLEEP, DONE, OPEN, Thread};

/// `mark.value` of a stage.
pub(crate) fn stage_text(mark: &Mark) -> String {
    match mark {
        Mark::Done { arrived } => format!("done:{arrived}"),
        Mark::Snoozed { until, arrived } => format!("snooze:{until}:{arrived}"),
        _ => String::new(),
    }
}

/// And back; what cannot be read is open.
fn stage(text: &str) -> Mark {
    let mut parts = text.split(':');
    let word = parts.next();
    let mut number = || parts.next().and_then(|n| n.parse().ok());
    match (word, number(), number()) {
        (Some("done"), Some(arrived), _) => Mark::Done { arrived },
        (Some("snooze"), Some(until), Some(arrived)) => Mark::Snoozed { until, arrived },
        _ => Mark::Open,
    }
}

/// The shelf a thread lies on, and until when it is asleep there (-1: it is not).
///
/// Done and asleep end with the first message that arrives after the word; done also ends when a message of
/// ours goes wrong after it (`trouble_at`, -1: none did).
pub(crate) fn shelf(said: &str, said_at: i64, newest_arrival: i64, trouble_at: i64) -> (i64, i64) {
    match stage(said) {
        Mark::Done { arrived } if arrived >= newest_arrival && trouble_at <= said_at => (DONE, -1),
        Mark::Snoozed { until, arrived } if arrived >= newest_arrival => (ASLEEP, until),
        _ => (OPEN, -1),
    }
}

/// Its time has come: back in the list, as unread.
pub(crate) fn is_woken(thread: &Thread, now: i64) -> bool {
    thread.shelf == ASLEEP && thread.snoozed_until <= now
}

/// Neither done nor asleep.
pub(crate) fn is_listed(thread: &Thread, now: i64) -> bool {
    thread.shelf == OPEN || is_woken(thread, now)
}

/// `soon`: with so many milliseconds left a window closes soon.
pub(crate) fn section(thread: &Thread, now: i64, soon: i64) -> Section {
    match thread.shelf {
        DONE => Section::Done,
        ASLEEP if !is_woken(thread, now) => Section::Snoozed,
        _ if thread.closes_at <= now => Section::Closed,
        _ if !thread.waits => Section::WaitingForThem,
        _ if thread.closes_at <= now + soon => Section::ClosingSoon,
        _ => Section::WaitingForUs,
    }
}

/// What of a shelf belongs to a section: who waits, and from when to when the window closes, both included.
pub(crate) fn bounds(section: Section, now: i64, soon: i64) -> (Option<bool>, (i64, i64)) {
    match section {
        Section::ClosingSoon => (Some(true), (now + 1, now + soon)),
        Section::WaitingForUs => (Some(true), (now + soon + 1, i64::MAX)),
        Section::WaitingForThem => (Some(false), (now + 1, i64::MAX)),
        Section::Closed => (None, (-1, now)),
        Section::Snoozed | Section::Done => (None, (-1, i64::MAX)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_900_000_000_000;
    const MINUTE: i64 = 60_000;
    const SOON: i64 = 120 * MINUTE;

    #[test]
    fn a_thread_stays_done_until_somebody_writes_or_a_message_of_ours_goes_wrong() {
        for (said, said_at, newest_arrival, trouble_at, expected) in [
            ("", 50, 10, -1, (OPEN, -1)),
            ("done:10", 50, 10, -1, (DONE, -1)),
            ("done:10", 50, 9, -1, (DONE, -1)),
            ("done:-1", 50, -1, -1, (DONE, -1)),
            ("done:10", 50, 11, -1, (OPEN, -1)),
            ("done:10", 50, 10, 50, (DONE, -1)),
            ("done:10", 50, 10, 51, (OPEN, -1)),
            ("snooze:99:10", 50, 10, -1, (ASLEEP, 99)),
            ("snooze:99:10", 50, 10, 51, (ASLEEP, 99)),
            ("snooze:99:10", 50, 11, -1, (OPEN, -1)),
            ("snooze:99", 50, 10, -1, (OPEN, -1)),
            ("whatever:1:2", 50, 1, -1, (OPEN, -1)),
        ] {
            assert_eq!(
                shelf(said, said_at, newest_arrival, trouble_at),
                expected,
                "{said} at {said_at}, newest {newest_arrival}, trouble {trouble_at}"
            );
        }
    }

    #[test]
    fn a_section_follows_from_the_shelf_the_window_and_whose_turn_it_is() {
        use Section::*;
        for (shelf, until, waits, closes_in, expected) in [
            (OPEN, -1, true, SOON, ClosingSoon),
            (OPEN, -1, true, 1, ClosingSoon),
            (OPEN, -1, true, SOON + 1, WaitingForUs),
            (OPEN, -1, false, 1, WaitingForThem),
            (OPEN, -1, false, SOON + 1, WaitingForThem),
            (OPEN, -1, true, 0, Closed),
            (OPEN, -1, false, -MINUTE, Closed),
            (OPEN, -1, true, -NOW - 1, Closed),
            (DONE, -1, true, MINUTE, Done),
            (ASLEEP, NOW + 1, true, MINUTE, Snoozed),
            (ASLEEP, NOW, true, MINUTE, ClosingSoon),
            (ASLEEP, NOW - 1, false, -MINUTE, Closed),
        ] {
            let thread = Thread {
                shelf,
                snoozed_until: until,
                waits,
                closes_at: NOW + closes_in,
                ..Thread::default()
            };
            let found = section(&thread, NOW, SOON);
            assert_eq!(found, expected, "{shelf} {until} {waits} {closes_in}");
            let (turn, (from, to)) = bounds(found, NOW, SOON);
            assert!(
                turn.is_none_or(|turn| turn == waits) && (from..=to).contains(&thread.closes_at),
                "the index finds it where the rule puts it: {expected:?}"
            );
        }
    }

    #[test]
    fn a_stage_reads_as_it_was_written() {
        for mark in [
            Mark::Open,
            Mark::Done { arrived: -1 },
            Mark::Done { arrived: 7 },
            Mark::Snoozed {
                until: NOW,
                arrived: 7,
            },
        ] {
            assert_eq!(stage(&stage_text(&mark)), mark);
        }
    }
}
