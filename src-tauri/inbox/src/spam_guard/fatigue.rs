//! How often a warning may stop somebody. People stop seeing warnings after the second one, so a warning is a dialog
//! once per crowd and day and again whenever the crowd has doubled; in between it is a line above the composer. After
//! a few dialogs in a day a member of staff gets lines only. Blocks always show.

use super::limits::{DAY, Limits};
use super::verdict::Level;

/// A warning that was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    pub at: i64,
    pub staff: u64,
    /// What was warned about: one value per crowd or state.
    pub episode: u64,
    /// People in the crowd at that moment.
    pub people: u32,
    /// It was a dialog, not a line.
    pub dialog: bool,
}

/// Whether a verdict stops `staff` with a dialog. `shown`: in any order; what is older than a day does not count.
pub fn interrupts(
    level: Level,
    staff: u64,
    episode: u64,
    people: u32,
    now: i64,
    shown: &[Shown],
    limits: &Limits,
) -> bool {
    match level {
        Level::Allow => return false,
        Level::Block => return true,
        Level::Warn => {}
    }
    let today = || {
        shown
            .iter()
            .filter(|shown| shown.dialog && now - shown.at < DAY && shown.at <= now)
    };
    let of_staff = today().filter(|shown| shown.staff == staff).count();
    if of_staff >= limits.dialogs_per_staff as usize {
        return false;
    }
    // Two members of staff in one crowd: the second has not seen what the first was told.
    let seen = today()
        .filter(|shown| shown.episode == episode && shown.staff == staff)
        .map(|shown| shown.people)
        .max();
    seen.is_none_or(|seen| people >= seen.saturating_mul(2))
}
