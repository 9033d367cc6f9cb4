//! What time it is at Meta: the clock every window is judged by.
//!
//! The laptop's own clock may be wrong, jump, or change its zone; the machine may sleep. So time is counted
//! on the machine's steady clock, which goes on through sleep and knows no zones, from an anchor that the
//! `Date` headers of answers give. Each header says "within this second, between request and answer", which
//! bounds the offset from both sides; several of them bound it closely.

use cloud_api::clock::{Clock, UnixMs};
use std::{
    sync::{Mutex, PoisonError},
    time::Instant,
};

/// A steady clock may drift by this much (100 ppm); bounds widen accordingly.
const DRIFT: f64 = 1e-4;
/// For this long Meta's word counts and the relay's does not.
const META_COUNTS_FOR: i64 = 6 * 60 * 60 * 1000;

/// Whose `Date` header it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    Meta,
    /// Good enough until Meta has answered.
    Relay,
}

#[derive(Debug)]
pub struct PlatformClock {
    local: Clock,
    /// A clock that practice mode speeds up is itself the steady clock.
    steady_is_local: bool,
    state: Mutex<State>,
}

#[derive(Debug, Default, Clone, Copy)]
struct State {
    /// Platform time minus steady time, Unix milliseconds.
    bounds: Option<Bounds>,
    /// Platform time minus the laptop's clock, as last known in an earlier session.
    remembered: i64,
    meta_at: Option<i64>,
    contradicted: bool,
    asked: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Bounds {
    low: i64,
    high: i64,
    at: i64,
}

impl Bounds {
    /// Both kept where they agree; the new one alone where they do not (the far clock, or ours, was set).
    fn narrowed(self, new: Self) -> Self {
        let drift = ((new.at - self.at).max(0) as f64 * DRIFT) as i64;
        let both = Self {
            low: (self.low - drift).max(new.low),
            high: (self.high + drift).min(new.high),
            at: new.at,
        };
        if both.low <= both.high { both } else { new }
    }

    /// The far side stamps its answer when it sends it, so the truth lies near the lower bound.
    fn best(self) -> i64 {
        self.low + ((self.high - self.low) / 2).min(500)
    }
}

impl PlatformClock {
    /// On the machine's clock, with the offset remembered from an earlier session.
    pub fn new(local: Clock, remembered: i64) -> Self {
        Self {
            local,
            steady_is_local: false,
            state: Mutex::new(State {
                remembered,
                ..State::default()
            }),
        }
    }

    /// On a clock that somebody sets and speeds up.
    pub fn on(local: Clock) -> Self {
        Self {
            local,
            steady_is_local: true,
            state: Mutex::default(),
        }
    }

    /// Platform time, Unix milliseconds.
    pub fn now(&self) -> UnixMs {
        let state = self.state();
        match state.bounds {
            Some(bounds) => self.steady() + bounds.best(),
            None => self.local.now() + state.remembered,
        }
    }

    /// Seconds per second; more than 1 only in practice mode.
    pub fn speed(&self) -> f64 {
        if self.steady_is_local {
            self.local.speed()
        } else {
            1.0
        }
    }

    /// Whether anybody has told us the time since we started.
    pub fn is_known(&self) -> bool {
        self.state().bounds.is_some()
    }

    /// How far the laptop's clock is ahead of the platform's, once known.
    pub fn laptop_ahead_by(&self) -> Option<i64> {
        self.is_known().then(|| self.local.now() - self.now())
    }

    /// The laptop's own time, for measuring how long ago something was on this machine.
    pub fn laptop_now(&self) -> UnixMs {
        self.local.now()
    }

    /// Takes a `Date` header in: it was `date_ms`, cut to the second, at some moment between `sent` and
    /// `received`. True if it moved our clock by more than a second, or contradicts Meta's word.
    pub fn observe(&self, source: Source, sent: Instant, received: Instant, date_ms: i64) -> bool {
        let now = Instant::now();
        let steady = self.steady();
        let ago = |then: Instant| {
            i64::try_from(now.saturating_duration_since(then).as_millis()).unwrap_or(0)
        };
        self.observe_at(source, steady - ago(sent), steady - ago(received), date_ms)
    }

    fn observe_at(&self, source: Source, sent: i64, received: i64, date_ms: i64) -> bool {
        let told = Bounds {
            low: date_ms - received,
            high: date_ms + 1000 - sent,
            at: received,
        };
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let meta_counts = state
            .meta_at
            .is_some_and(|at| received - at < META_COUNTS_FOR);
        if source == Source::Relay && meta_counts {
            let contradicts = state
                .bounds
                .is_some_and(|b| b.best() < told.low - 2000 || b.best() > told.high + 2000);
            state.contradicted |= contradicts;
            return contradicts;
        }
        if source == Source::Meta {
            state.meta_at = Some(received);
        }
        let before = state.bounds.map(Bounds::best);
        let bounds = state.bounds.map_or(told, |known| known.narrowed(told));
        state.bounds = Some(bounds);
        before.is_none_or(|before| (before - bounds.best()).abs() > 1000)
    }

    /// Whether Meta should be asked: it has not told us the time, or the relay contradicts it.
    pub fn wants_meta(&self) -> bool {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut state.contradicted)
            || state.meta_at.is_none() && !std::mem::replace(&mut state.asked, true)
    }

    /// Forgets Meta's word, so that the relay's counts again: Meta cannot be asked right now.
    pub fn trust_relay(&self) {
        self.state
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .meta_at = None;
    }

    fn state(&self) -> State {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Milliseconds on a clock that never jumps and goes on while the machine sleeps.
    fn steady(&self) -> i64 {
        if self.steady_is_local {
            return self.local.now();
        }
        boot_time()
    }
}

#[cfg(target_os = "linux")]
fn boot_time() -> i64 {
    let t = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
    t.tv_sec * 1000 + t.tv_nsec / 1_000_000
}

#[cfg(not(target_os = "linux"))]
fn boot_time() -> i64 {
    use std::sync::OnceLock;
    static START: OnceLock<Instant> = OnceLock::new();
    i64::try_from(START.get_or_init(Instant::now).elapsed().as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: i64 = 1_900_000_800_000;

    fn bounds(low: i64, high: i64) -> Bounds {
        Bounds { low, high, at: 0 }
    }

    #[test]
    fn several_headers_bound_the_offset_closely() {
        // Truth: platform = steady + 10_250.
        let samples = [
            (1_000, 1_100),
            (1_700, 1_790),
            (2_100, 2_180),
            (2_740, 2_760),
        ];
        let all = samples
            .iter()
            .map(|&(sent, received)| {
                let stamped = (sent + received) / 2 + 10_250;
                let date = stamped / 1000 * 1000;
                Bounds {
                    low: date - received,
                    high: date + 1000 - sent,
                    at: received,
                }
            })
            .reduce(Bounds::narrowed)
            .unwrap();
        assert!(all.low <= 10_250 && 10_250 <= all.high, "{all:?}");
        assert!(
            all.high - all.low < 400,
            "four answers narrow a second to {all:?}"
        );
    }

    #[test]
    fn a_contradiction_takes_the_newer_word() {
        assert_eq!(
            bounds(0, 1000).narrowed(bounds(50_000, 51_000)),
            bounds(50_000, 51_000)
        );
    }

    #[test]
    fn a_laptop_clock_wrong_by_minutes_does_not_matter() {
        for wrong_by in [-7 * 60_000, 0, 7 * 60_000] {
            let laptop = Clock::adjustable();
            laptop.set(NOON + wrong_by, 1.0).unwrap();
            let clock = PlatformClock::new(laptop, 0);
            let now = Instant::now();
            clock.observe(Source::Meta, now, now, NOON);
            assert!((clock.now() - NOON).abs() <= 1000, "off by {wrong_by}");
            assert!((clock.laptop_ahead_by().unwrap() - wrong_by).abs() <= 1500);
        }
    }

    #[test]
    fn setting_the_laptop_clock_moves_nothing() {
        let laptop = Clock::adjustable();
        let clock = PlatformClock::new(laptop.clone(), 0);
        let now = Instant::now();
        clock.observe(Source::Meta, now, now, NOON);
        let before = clock.now();
        laptop.set(NOON - 3 * 86_400_000, 1.0).unwrap();
        assert!(
            (clock.now() - before).abs() < 1000,
            "three days back on the laptop, none at Meta"
        );
    }

    #[test]
    fn meta_outweighs_the_relay_for_hours_and_the_contradiction_is_told() {
        let clock = PlatformClock::new(Clock::adjustable(), 0);
        clock.observe_at(Source::Meta, 0, 10, NOON);
        assert!(
            !clock.observe_at(Source::Relay, 1_000, 1_010, NOON + 1_000),
            "agrees"
        );
        assert!(
            clock.observe_at(Source::Relay, 2_000, 2_010, NOON + 60_000),
            "a relay a minute off is reported"
        );
        assert_eq!(
            clock.state().bounds.unwrap().best() / 1000,
            (NOON + 500) / 1000
        );
        clock.trust_relay();
        clock.observe_at(Source::Relay, 3_000, 3_010, NOON + 60_000);
        assert!((clock.state().bounds.unwrap().best() - (NOON + 57_000)).abs() < 1_500);
    }

    #[test]
    fn before_anybody_told_the_time_the_remembered_offset_serves() {
        let laptop = Clock::adjustable();
        laptop.set(NOON, 1.0).unwrap();
        let clock = PlatformClock::new(laptop, -240_000);
        assert!((clock.now() - (NOON - 240_000)).abs() < 1000);
        assert!(!clock.is_known());
        assert_eq!(clock.laptop_ahead_by(), None);
    }
}
