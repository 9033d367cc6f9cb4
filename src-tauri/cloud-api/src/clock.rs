//! The only file of the workspace that reads a clock.
//!
//! Everything else gets its time from a [`Clock`] or as an argument. The practice platform turns time
//! faster or lets it jump: its clock, the relay's and (in practice mode) the app's are then one and the
//! same [`Clock`], or, in processes of their own, follow one file.

use std::{
    path::PathBuf,
    sync::{Arc, RwLock},
    time::Instant,
};

/// Unix milliseconds, UTC.
pub type UnixMs = i64;

/// A source of time that can be cloned, shared, shifted and sped up.
#[derive(Clone, Debug)]
pub struct Clock(Arc<Source>);

#[derive(Debug)]
enum Source {
    System,
    Mapped(RwLock<Mapping>),
    File(PathBuf),
}

/// At `real` the clock showed `shown`; from then on it runs `speed` times as fast.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Mapping {
    real: UnixMs,
    shown: UnixMs,
    speed: f64,
}

impl Mapping {
    fn at(self, real: UnixMs) -> UnixMs {
        self.shown + ((real - self.real) as f64 * self.speed).round() as UnixMs
    }

    /// `REAL SHOWN SPEED`, the one line of a clock file.
    fn parse(line: &str) -> Option<Self> {
        let mut parts = line.split_ascii_whitespace();
        Some(Self {
            real: parts.next()?.parse().ok()?,
            shown: parts.next()?.parse().ok()?,
            speed: parts.next()?.parse().ok()?,
        })
    }
}

impl Clock {
    /// The machine's own clock.
    pub fn system() -> Self {
        Self(Arc::new(Source::System))
    }

    /// Starts at the machine's time and can be [`set`](Self::set).
    pub fn adjustable() -> Self {
        let now = wall();
        Self(Arc::new(Source::Mapped(RwLock::new(Mapping {
            real: now,
            shown: now,
            speed: 1.0,
        }))))
    }

    /// Follows a file of one line, `REAL_MS SHOWN_MS SPEED`, which [`set`](Self::set) writes.
    /// While the file is missing or unreadable it is the machine's clock.
    pub fn following(file: impl Into<PathBuf>) -> Self {
        Self(Arc::new(Source::File(file.into())))
    }

    /// Unix milliseconds, UTC.
    pub fn now(&self) -> UnixMs {
        let real = wall();
        match &*self.0 {
            Source::System => real,
            Source::Mapped(mapping) => mapping.read().map_or(real, |m| m.at(real)),
            Source::File(path) => std::fs::read_to_string(path)
                .ok()
                .and_then(|line| Mapping::parse(&line))
                .map_or(real, |m| m.at(real)),
        }
    }

    /// From now on the clock shows `shown` and runs `speed` times as fast. The machine's own clock stays as it is.
    pub fn set(&self, shown: UnixMs, speed: f64) -> std::io::Result<()> {
        let mapping = Mapping {
            real: wall(),
            shown,
            speed,
        };
        match &*self.0 {
            Source::System => {}
            Source::Mapped(current) => {
                if let Ok(mut current) = current.write() {
                    *current = mapping;
                }
            }
            Source::File(path) => {
                let next = path.with_extension("next");
                std::fs::write(
                    &next,
                    format!("{} {} {}\n", mapping.real, mapping.shown, mapping.speed),
                )?;
                std::fs::rename(next, path)?;
            }
        }
        Ok(())
    }

    /// Seconds per second.
    pub fn speed(&self) -> f64 {
        match &*self.0 {
            Source::System => 1.0,
            Source::Mapped(mapping) => mapping.read().map_or(1.0, |m| m.speed),
            Source::File(path) => std::fs::read_to_string(path)
                .ok()
                .and_then(|line| Mapping::parse(&line))
                .map_or(1.0, |m| m.speed),
        }
    }
}

#[allow(
    clippy::disallowed_methods,
    reason = "the one place that reads the clock"
)]
fn wall() -> UnixMs {
    chrono::Utc::now().timestamp_millis()
}

/// A moment for measuring how long something took; says nothing about the time of day.
pub fn stopwatch() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_clock_jumps_and_runs_faster() {
        let mapping = Mapping {
            real: 1_000,
            shown: 50_000,
            speed: 60.0,
        };
        assert_eq!(mapping.at(1_000), 50_000);
        assert_eq!(
            mapping.at(2_000),
            110_000,
            "one real second is one shown minute"
        );
    }

    #[test]
    fn two_clocks_that_follow_one_file_agree_after_a_jump() {
        let dir = std::env::temp_dir().join(format!("guichet-clock-{}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        let (a, b) = (
            Clock::following(dir.join("clock")),
            Clock::following(dir.join("clock")),
        );
        let jump = a.now() + 86_400_000;
        a.set(jump, 1.0).unwrap();
        assert!(
            (b.now() - jump).abs() < 5_000,
            "the second process sees the jump"
        );
        std::fs::remove_dir_all(dir).unwrap();
    }
}
