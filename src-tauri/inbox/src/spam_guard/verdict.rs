//! What the guard says, and why: a level and reasons, each with the number that belongs into its sentence.

pub use crate::view::{GuardCode as Code, GuardLevel as Level};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reason {
    pub code: Code,
    /// See [`Code`]; 0 where a code has none.
    pub number: u32,
}

/// How far a crowd has grown: for the quiet line above the composer.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Crowd {
    /// People who got this content unasked in 24 hours, this one included.
    pub people: u32,
    /// Their weights together.
    pub weight: f32,
    /// The weight from which on the guard warns.
    pub threshold: f32,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    pub level: Level,
    /// Heaviest first.
    pub reasons: Vec<Reason>,
    /// A dialog; otherwise, unless allowed, a line above the composer.
    pub interrupt: bool,
    pub crowd: Crowd,
    pub(super) judged: super::judge::Judged,
}

impl Verdict {
    /// What is warned about: one value per crowd or state, the same on every machine.
    pub fn episode(&self) -> u64 {
        self.judged.episode
    }

    /// People in that.
    pub fn reached(&self) -> u32 {
        self.judged.reached
    }

    pub fn says(&self, code: Code) -> bool {
        self.reasons.iter().any(|reason| reason.code == code)
    }
}
