//! How often one customer gets marketing from the shop. Meta's own cap per person (131049) is not active in the European
//! Economic Area, the United Kingdom, Japan and South Korea (Meta, "Per-user marketing template message limits").

use crate::view::{FrequencyCap, SkipReason};

const DAY: i64 = 24 * 60 * 60 * 1000;
/// The cap looks back so far.
pub(crate) const LOOK_BACK: i64 = 30 * DAY;

/// What the owner may set, per day, week and month.
const BOUNDS: [(i64, i64); 3] = [(1, 3), (1, 7), (1, 20)];

/// Until the owner says otherwise.
pub(crate) const USUAL: FrequencyCap = FrequencyCap {
    day: 1,
    week: 2,
    month: 4,
};

/// Within bounds, and no week with less than a day, no month with less than a week.
pub(crate) fn bounded(cap: FrequencyCap) -> FrequencyCap {
    let [day, week, month] = BOUNDS;
    let day = cap.day.clamp(day.0, day.1);
    let week = cap.week.clamp(week.0, week.1).max(day);
    FrequencyCap {
        day,
        week,
        month: cap.month.clamp(month.0, month.1).max(week),
    }
}

/// Why one more at `now` would be too many. `got`: when he got marketing, in any order.
pub(crate) fn over(got: &[i64], cap: FrequencyCap, now: i64) -> Option<SkipReason> {
    let within = |span: i64| {
        let n = got.iter().filter(|at| now - **at < span).count();
        i64::try_from(n).unwrap_or(i64::MAX)
    };
    if within(DAY) >= cap.day {
        Some(SkipReason::CappedDay)
    } else if within(7 * DAY) >= cap.week {
        Some(SkipReason::CappedWeek)
    } else if within(LOOK_BACK) >= cap.month {
        Some(SkipReason::CappedMonth)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_900_000_000_000;

    #[test]
    fn one_a_day_two_a_week_four_a_month() {
        let days = |ago: &[f64]| -> Vec<i64> {
            let at = |days: &f64| NOW - (days * DAY as f64) as i64;
            ago.iter().map(at).collect()
        };
        for (ago, expected) in [
            (&[][..], None),
            (&[0.5][..], Some(SkipReason::CappedDay)),
            (&[1.0][..], None),
            (&[2.0, 6.0][..], Some(SkipReason::CappedWeek)),
            (&[2.0, 7.0][..], None),
            (&[2.0, 8.0, 15.0, 29.0][..], Some(SkipReason::CappedMonth)),
            (&[2.0, 8.0, 15.0, 30.0][..], None),
        ] {
            assert_eq!(over(&days(ago), USUAL, NOW), expected, "{ago:?} days ago");
        }
    }

    #[test]
    fn what_the_owner_sets_stays_within_bounds_and_in_order() {
        let cap = |day, week, month| FrequencyCap { day, week, month };
        for (set, kept) in [
            (cap(1, 2, 4), cap(1, 2, 4)),
            (cap(0, 0, 0), cap(1, 1, 1)),
            (cap(9, 99, 999), cap(3, 7, 20)),
            (cap(3, 1, 1), cap(3, 3, 3)),
            (cap(1, 5, 2), cap(1, 5, 5)),
        ] {
            assert_eq!(bounded(set), kept, "{set:?}");
        }
    }
}
