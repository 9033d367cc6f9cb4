//! Whether people would wonder why a shop writes at this hour.

use crate::view::OpeningHours;

/// A moment on the wall clock of the shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Local {
    /// 1 Monday … 7 Sunday.
    pub day: i64,
    /// After midnight.
    pub minute: i64,
}

impl Default for Local {
    fn default() -> Self {
        Self {
            day: 1,
            minute: 12 * 60,
        }
    }
}

/// Between these nobody minds, where the shop said nothing: 8:00 to 21:00.
const USUAL: (i64, i64) = (8 * 60, 21 * 60);

pub(crate) fn is_unusual(hours: &OpeningHours, at: Local) -> bool {
    if hours.days.is_empty() {
        return !(USUAL.0..USUAL.1).contains(&at.minute);
    }
    let open = hours
        .days
        .iter()
        .any(|span| span.day == at.day && (span.from..span.to).contains(&at.minute));
    !open
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::OpenSpan;

    #[test]
    fn the_shops_own_hours_count_where_they_are_set() {
        let monday = OpeningHours {
            days: vec![OpenSpan {
                day: 1,
                from: 10 * 60,
                to: 18 * 60,
            }],
        };
        let unset = OpeningHours::default();
        for (what, hours, day, minute, expected) in [
            ("monday at ten", &monday, 1, 600, false),
            ("monday at six", &monday, 1, 18 * 60, true),
            ("tuesday at noon", &monday, 2, 720, true),
            ("no hours set, eight", &unset, 7, 480, false),
            ("no hours set, nine at night", &unset, 3, 21 * 60, true),
            ("no hours set, before eight", &unset, 3, 479, true),
        ] {
            assert_eq!(is_unusual(hours, Local { day, minute }), expected, "{what}");
        }
    }
}
