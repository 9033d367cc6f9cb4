//! How fast a batch leaves. Not as fast as Meta takes it (80 a second; Meta, "Throughput"): as fast as a person would,
//! so that it can be stopped while it goes well for few instead of badly for all.
//!
//! What is new, or not rated green, begins slower still. Meta itself lets such a template go out to a first group before
//! the rest (Meta, "Template pacing"), and what those people do decides.

/// Between two messages, milliseconds: CTIA's picture of a person who writes is 15 to 60 messages a minute.
const STEADY: i64 = 2_000;
/// The same for the first of a template that has yet to prove itself.
const CAREFUL: i64 = 10_000;
/// So many of them.
const FIRST: i64 = 20;

/// Whether a template has yet to prove itself. `quality`: Meta's word.
pub(crate) fn is_careful(quality: &str) -> bool {
    !quality.eq_ignore_ascii_case("GREEN")
}

/// From the message before to the one after `sent` others, in milliseconds of a person's time.
pub(crate) fn gap(sent: i64, careful: bool) -> i64 {
    if careful && sent < FIRST {
        CAREFUL
    } else {
        STEADY
    }
}

/// From the first to the last of `people`, where `sent` have gone already.
pub(crate) fn takes(people: i64, sent: i64, careful: bool) -> i64 {
    let slow = if careful {
        (FIRST - sent).clamp(0, people)
    } else {
        0
    };
    let gaps = slow * CAREFUL + (people - slow) * STEADY;
    // The first leaves at once.
    if sent == 0 {
        (gaps - gap(0, careful)).max(0)
    } else {
        gaps
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_twenty_of_an_unproven_template_go_slower() {
        for (quality, sent, expected) in [
            ("GREEN", 0, STEADY),
            ("GREEN", 500, STEADY),
            ("UNKNOWN", 1, CAREFUL),
            ("", 19, CAREFUL),
            ("YELLOW", 20, STEADY),
        ] {
            let found = gap(sent, is_careful(quality));
            assert_eq!(found, expected, "{quality} after {sent}");
        }
    }

    #[test]
    fn how_long_it_takes_is_the_sum_of_the_gaps() {
        for (people, sent, careful, expected) in [
            (0, 0, true, 0),
            (1, 0, true, 0),
            (2, 0, true, CAREFUL),
            (2, 0, false, STEADY),
            (25, 0, true, 19 * CAREFUL + 5 * STEADY),
            (10, 15, true, 5 * CAREFUL + 5 * STEADY),
            (10, 30, true, 10 * STEADY),
        ] {
            let found = takes(people, sent, careful);
            assert_eq!(found, expected, "{people} after {sent}, careful {careful}");
        }
    }
}
