//! Tells the window when platform time is another than it counts: after sleep, after a jump, and once a minute.

use cloud_api::clock::Clock;
use inbox::{desk::Desk, view::ClockView};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use store::{Store, setting};

pub type OnClock = Arc<dyn Fn(ClockView) + Send + Sync>;

const LOOK: Duration = Duration::from_secs(1);
const AT_LEAST_EVERY: Duration = Duration::from_secs(60);
/// Milliseconds that the window's own count may be off.
const TOLERATED: i64 = 1000;
/// How far the platform's clock is ahead of this machine's, for the next start.
const AHEAD: &str = "platform_ahead";

/// Watches the clock for ever. `set_elsewhere`: it is one that other processes set.
pub async fn watch(desk: Arc<Desk>, on_clock: OnClock, set_elsewhere: bool) {
    let mut told = desk.clock_view();
    let mut at = Instant::now();
    on_clock(told.clone());
    loop {
        tokio::time::sleep(LOOK).await;
        let view = desk.clock_view();
        let moved = moved(&told, at.elapsed(), &view);
        if moved || at.elapsed() >= AT_LEAST_EVERY {
            if moved && set_elsewhere {
                desk.clock_was_set();
            }
            on_clock(view.clone());
            if desk.clock.is_known() {
                remember(&desk);
            }
            (told, at) = (view, Instant::now());
        }
    }
}

/// Whether a window that was told `told` so long ago now shows something else than `view`.
fn moved(told: &ClockView, ago: Duration, view: &ClockView) -> bool {
    let counted = told.now + (ago.as_secs_f64() * 1000.0 * told.speed) as i64;
    let laptop = match (told.laptop_ahead_by, view.laptop_ahead_by) {
        (Some(before), Some(after)) => (before - after).abs() > TOLERATED,
        (before, after) => before != after,
    };
    laptop || told.speed != view.speed || (counted - view.now).abs() > TOLERATED
}

/// Keeps the difference of the two clocks, where it is another than the one kept.
pub fn remember(desk: &Desk) {
    let ahead = desk.clock.now() - Clock::system().now();
    let known = remembered(&desk.store);
    if (ahead - known).abs() <= TOLERATED {
        return;
    }
    let kept = desk
        .store
        .write(|db| setting::set(db, AHEAD, &ahead.to_string()));
    if let Err(error) = kept {
        tracing::warn!(%error, "the clock's offset could not be kept");
    }
}

/// Milliseconds that the platform's clock was ahead of this machine's in the last session.
pub fn remembered(store: &Store) -> i64 {
    let ahead = store.read(|db| setting::get_i64(db, AHEAD));
    ahead.ok().flatten().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_is_told_when_its_own_count_is_no_longer_right() {
        let view = |now, speed, laptop_ahead_by| ClockView {
            now,
            speed,
            laptop_ahead_by,
        };
        let ten = Duration::from_secs(10);
        for (told, now, expected, why) in [
            (
                view(0, 1.0, Some(0)),
                view(10_000, 1.0, Some(0)),
                false,
                "as counted",
            ),
            (
                view(0, 1.0, Some(0)),
                view(10_900, 1.0, Some(900)),
                false,
                "a little off",
            ),
            (
                view(0, 1.0, Some(0)),
                view(11_500, 1.0, Some(0)),
                true,
                "ahead",
            ),
            (
                view(0, 1.0, Some(0)),
                view(3_610_000, 1.0, Some(0)),
                true,
                "slept",
            ),
            (
                view(0, 60.0, None),
                view(600_000, 60.0, None),
                false,
                "sped up, as counted",
            ),
            (
                view(0, 1.0, None),
                view(10_000, 60.0, None),
                true,
                "another speed",
            ),
            (
                view(0, 1.0, None),
                view(10_000, 1.0, Some(0)),
                true,
                "first word of the platform",
            ),
            (
                view(0, 1.0, Some(0)),
                view(10_000, 1.0, Some(240_000)),
                true,
                "laptop was set",
            ),
        ] {
            assert_eq!(moved(&told, ten, &now), expected, "{why}");
        }
    }
}
