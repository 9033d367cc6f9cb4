//! A template to many: the rules, without store and without clock.
//!
//! Sent like anything else, one message after the other through the outbox, at the pace of a person ([`pace`]); whoever
//! must not or cannot get it is passed over with a reason ([`audience`]), and the whole stands still by itself when the
//! first signs of trouble show ([`halt`]). Free text cannot go to many: a batch names a template and nothing else.

pub(crate) mod audience;
#[cfg(test)]
mod audience_tests;
pub(crate) mod cap;
pub(crate) mod halt;
pub(crate) mod hour;
pub(crate) mod pace;
pub(crate) mod personal;

use crate::view::{BatchHalt, SkipReason};
use cloud_api::webhook::Peer;
use serde::{Serialize, de::DeserializeOwned};

/// What somebody, or the batch itself, said last of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    Running,
    Paused,
    /// For good.
    Stopped,
    /// Nobody is left.
    Done,
}

impl Word {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Stopped => "stopped",
            Self::Done => "done",
        }
    }

    pub(crate) fn named(name: &str) -> Self {
        match name {
            "running" => Self::Running,
            "stopped" => Self::Stopped,
            "done" => Self::Done,
            _ => Self::Paused,
        }
    }
}

/// A batch as it was made: with everybody of its segment, those who get nothing too.
#[derive(Debug, Clone)]
pub struct Made {
    pub id: String,
    /// The machine that sends it (`ledger::device`).
    pub device: String,
    pub name: String,
    pub template: String,
    pub language: String,
    /// JSON of a list of `view::SlotValue`.
    pub filled: String,
    /// JSON of `view::Segment`.
    pub segment: String,
    pub staff: String,
    pub checked_by: String,
    /// In the order of sending.
    pub people: Vec<(Peer, Option<SkipReason>)>,
    pub at: i64,
}

/// The last word about a batch, as a fact tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub id: String,
    pub word: Word,
    pub halt: Option<BatchHalt>,
    /// How Meta rated the template then: what is worse later is a fall.
    pub quality: String,
    pub at: i64,
}

/// As the store keeps a reason: the word that crosses to the window.
pub(crate) fn name_of<T: Serialize>(value: T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

/// `None`: no such word, or none at all.
pub(crate) fn named<T: DeserializeOwned>(name: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_kept_as_the_word_the_window_knows() {
        assert_eq!(name_of(SkipReason::CappedWeek), "capped_week");
        assert_eq!(named("capped_week"), Some(SkipReason::CappedWeek));
        assert_eq!(named::<SkipReason>(""), None);
        for word in [Word::Running, Word::Paused, Word::Stopped, Word::Done] {
            assert_eq!(Word::named(word.name()), word);
        }
    }
}
