//! The last customer service windows of a thread: how often a customer came, and whether anybody answered.

use super::persons;
use crate::{service_window::LENGTH, view::WindowSpan};
use store::{Connection, Result, opening, thread::Thread};

/// So many windows are shown.
const SHOWN: usize = 20;
/// So many messages are looked through for them, at most: then the oldest window may begin later than it did.
const LOOKED_AT: i64 = 2_000;

/// The last windows of a thread, newest first.
pub(super) fn last(db: &Connection, thread: &Thread) -> Result<Vec<WindowSpan>> {
    let persons = persons(db, thread)?;
    let mut spans = spans(&opening::newest(db, thread.id, LOOKED_AT)?);
    for span in &mut spans {
        for person in &persons {
            let (from, to) = (span.opened_at, span.closed_at);
            span.answered |= opening::answered(db, person.id, thread.number_id, from, to)?;
        }
    }
    Ok(spans)
}

/// Windows out of the times that open one, newest first. A message while a window is open prolongs it; one at
/// the moment it ends opens the next.
fn spans(newest_first: &[i64]) -> Vec<WindowSpan> {
    let mut spans: Vec<WindowSpan> = Vec::new();
    for &at in newest_first {
        let full = spans.len() == SHOWN;
        match spans.last_mut() {
            Some(span) if at + LENGTH > span.opened_at => {
                span.opened_at = at;
                span.messages += 1;
            }
            _ if full => break,
            _ => spans.push(WindowSpan {
                opened_at: at,
                closed_at: at + LENGTH,
                messages: 1,
                answered: false,
            }),
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000;

    #[test]
    fn messages_within_a_day_of_each_other_share_a_window() {
        for (what, hours, expected) in [
            ("nothing", vec![], vec![]),
            ("one message", vec![0], vec![(0, 24, 1)]),
            ("prolonged twice", vec![40, 20, 0], vec![(0, 64, 3)]),
            (
                "a day and an hour apart",
                vec![25, 0],
                vec![(25, 49, 1), (0, 24, 1)],
            ),
            (
                "exactly at the end: another window",
                vec![24, 0],
                vec![(24, 48, 1), (0, 24, 1)],
            ),
            ("at the same time", vec![5, 5], vec![(5, 29, 2)]),
        ] {
            let times: Vec<i64> = hours.into_iter().map(|h: i64| h * HOUR).collect();
            let found: Vec<_> = spans(&times)
                .iter()
                .map(|s| (s.opened_at / HOUR, s.closed_at / HOUR, s.messages))
                .collect();
            assert_eq!(found, expected, "{what}");
        }
    }

    #[test]
    fn no_more_windows_than_are_shown() {
        let times: Vec<i64> = (0..100).rev().map(|n| n * 2 * LENGTH).collect();
        assert_eq!(spans(&times).len(), SHOWN);
        assert_eq!(spans(&times)[0].opened_at, 99 * 2 * LENGTH);
    }
}
