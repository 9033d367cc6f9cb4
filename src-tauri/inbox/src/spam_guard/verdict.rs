//! What the guard says, and why: a level and reasons, each with the number that belongs into its sentence.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    Allow,
    /// Staff may override it with a reason.
    Warn,
    /// No override: what is wrong has to be put right first.
    Block,
}

/// Why. The first five block, the rest warn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Code {
    /// Number: hours since the stop, 0 where only the ledger knows of it.
    OptedOut,
    NoOptIn,
    WindowClosed,
    /// Number: hours until it may be tried again.
    RetryTooSoon,
    TemplateState,
    /// Number: the how-many-eth person today this would be with nearly the same text.
    MassSimilar,
    /// Number: the how-many-eth person today this would be with the same file.
    MassMedia,
    /// Number: how many of these people did not ask for it, this one included.
    Unasked,
    /// Number: the how-many-eth person with unasked advertising, today or (slow drip) in seven days.
    Promo,
    /// Number: people who got advertising in a utility template, this one included.
    PromoInUtility,
    /// Number: people with a link to the same address, this one included.
    Link,
    /// The link hides where it leads. Number: as for `Link`.
    Shortener,
    /// Faster than a person writes. Number: seconds for the last three messages.
    Velocity,
    /// Letters that only look like letters, or characters nobody sees. Number: people, this one included.
    Obfuscated,
    /// Number: how many of these people we never heard from before today.
    NewContacts,
    Shouting,
    NoIdentity,
    NoOptOutHint,
    /// Number: people who got forbidden words, this one included.
    Forbidden,
    /// The rating of the number.
    Quality,
    /// Meta refused for spam (131048). Number: hours since.
    RecentSpamError,
    /// Number: people who opted out after this content.
    RecentOptOuts,
    /// Number: people of the messaging limit in use.
    Tier,
    /// Number: the how-many-eth marketing message without an answer in seven days this would be.
    Frequency,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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
