//! How often Meta takes an edit of a template (Meta, "Template management": an approved one once in 24 hours and ten
//! times in 30 days; a rejected or paused one as often as one likes; no other).

const DAY: i64 = 24 * 60 * 60 * 1000;
/// What the second limit looks back on.
pub(crate) const LOOK_BACK: i64 = 30 * DAY;
const IN_LOOK_BACK: usize = 10;

/// Why Meta would take no edit now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NoEdit {
    /// Edited in the last 24 hours; the next one is possible from then on.
    Lately(i64),
    /// Edited ten times in 30 days; the next one is possible from then on.
    UsedUp(i64),
    /// Meta's word for the state.
    State(String),
}

/// `edits`: when it was edited while it was approved, in the last 30 days, the latest first.
pub(crate) fn no_edit(status: &str, edits: &[i64], now: i64) -> Option<NoEdit> {
    match status.to_ascii_uppercase().as_str() {
        "APPROVED" => {
            let lately = edits.first().map(|at| at + DAY);
            let used_up = edits.get(IN_LOOK_BACK - 1).map(|at| at + LOOK_BACK);
            match (lately, used_up) {
                (lately, Some(until)) if until > now && lately.is_none_or(|at| at <= until) => {
                    Some(NoEdit::UsedUp(until))
                }
                (Some(until), _) if until > now => Some(NoEdit::Lately(until)),
                _ => None,
            }
        }
        // Nothing is known of the state, or it may be edited freely.
        "" | "REJECTED" | "PAUSED" => None,
        other => Some(NoEdit::State(other.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_approved_template_is_edited_once_a_day_and_ten_times_in_thirty_days() {
        const NOW: i64 = 1_900_000_000_000;
        let ago = |days: &[f64]| -> Vec<i64> {
            let ms = days.iter().map(|days| (days * DAY as f64) as i64);
            ms.map(|ms| NOW - ms).collect()
        };
        let every_other_day: Vec<f64> = (0..10).map(|n| 1.5 + 2.0 * f64::from(n)).collect();
        let mut busy_today = vec![0.25];
        busy_today.extend(&every_other_day[..9]);
        let busy_until = ago(&busy_today)[9] + LOOK_BACK;
        for (what, status, edits, expected) in [
            ("never edited", "APPROVED", vec![], None),
            (
                "an hour short of a day",
                "APPROVED",
                ago(&[23.0 / 24.0]),
                Some(NoEdit::Lately(NOW + DAY / 24)),
            ),
            ("a day ago", "APPROVED", ago(&[1.0]), None),
            ("nine times", "APPROVED", ago(&every_other_day[..9]), None),
            (
                "ten times",
                "APPROVED",
                ago(&every_other_day),
                Some(NoEdit::UsedUp(NOW - (19.5 * DAY as f64) as i64 + LOOK_BACK)),
            ),
            (
                "ten times and today",
                "APPROVED",
                ago(&busy_today),
                Some(NoEdit::UsedUp(busy_until)),
            ),
            ("rejected", "REJECTED", ago(&[0.1]), None),
            ("paused", "PAUSED", ago(&[0.1]), None),
            (
                "in review",
                "PENDING",
                vec![],
                Some(NoEdit::State("PENDING".into())),
            ),
            (
                "disabled",
                "disabled",
                vec![],
                Some(NoEdit::State("DISABLED".into())),
            ),
            ("nobody knows", "", vec![], None),
        ] {
            assert_eq!(no_edit(status, &edits, NOW), expected, "{what}");
        }
    }
}
