//! Whom a batch is for, and who of them gets it: over what was looked up, in memory, one person after the other.

use super::cap;
use crate::view::{ConsentState, FrequencyCap, NotUsable, Refusal, Segment, SkipReason};
use cloud_api::webhook::Peer;
use std::collections::HashSet;

/// How Meta counts a day here: after 131049 it wants to be left alone for so long (Meta, "Per-user marketing template
/// message limits"), and nobody gets the same template twice within it.
pub(crate) const DAY: i64 = 24 * 60 * 60 * 1000;

/// One customer of the shop, with all that decides.
#[derive(Clone, Default)]
pub(crate) struct Somebody {
    pub customer_id: i64,
    /// With the business number it goes out from.
    pub thread_id: Option<i64>,
    pub peer: Peer,
    /// As shown, and as somebody is called where a name is known.
    pub title: String,
    pub named: bool,
    /// Number or username.
    pub address: String,
    pub language: String,
    /// When he last wrote to any number of ours; -1: never.
    pub wrote_at: i64,
    /// The end of the window with that business number; -1: none.
    pub closes_at: i64,
    pub blocked: bool,
    /// Why his consents let the template not through.
    pub consent: Option<Refusal>,
    /// A consent to service is usable, a consent to offers.
    pub service: bool,
    pub marketing: bool,
    pub skipped: Option<SkipReason>,
}

impl Somebody {
    pub fn name(&self) -> Option<&str> {
        self.named.then_some(self.title.as_str())
    }

    pub fn in_window(&self, now: i64) -> bool {
        self.closes_at > now
    }
}

/// Whether somebody is of the segment by what he wrote, speaks and bears.
pub(crate) fn fits(segment: &Segment, who: &Somebody, labels: &[String]) -> bool {
    let bears = |label: &String| labels.contains(label);
    let speaks = |wanted: &str| {
        let (wanted, own) = (tag(wanted), tag(&who.language));
        own == wanted
            || own
                .strip_prefix(&wanted)
                .is_some_and(|rest| rest.starts_with('-'))
    };
    (segment.labels.is_empty() || segment.labels.iter().any(bears))
        && !segment.without_labels.iter().any(bears)
        && segment.language.as_deref().is_none_or(speaks)
        && segment.wrote_from.is_none_or(|from| who.wrote_at >= from)
        // Whoever never wrote has not written since either.
        && segment.wrote_before.is_none_or(|before| who.wrote_at < before)
}

/// BCP 47 as both are written: `pt_BR` is `pt-br`.
fn tag(language: &str) -> String {
    language.trim().replace('_', "-").to_ascii_lowercase()
}

/// Whether somebody is of the segment by where he stands with its purpose.
pub(crate) fn stands(segment: &Segment, state: ConsentState) -> bool {
    match (&segment.purpose, segment.state) {
        (_, Some(wanted)) => state == wanted,
        (Some(_), None) => state == ConsentState::In,
        (None, None) => true,
    }
}

/// What is asked of everybody alike.
#[derive(Debug, Clone, Default)]
pub(crate) struct Asked {
    pub now: i64,
    pub marketing: bool,
    pub cap: Option<FrequencyCap>,
    /// A name is filled in.
    pub personal: bool,
    pub withheld: HashSet<i64>,
    pub got_it: HashSet<i64>,
}

/// Why somebody does not get it, limit and guard aside. `got`: when he got marketing in the last 30 days.
pub(crate) fn skip(
    asked: &Asked,
    who: &Somebody,
    got: &[i64],
    duplicate: bool,
) -> Option<SkipReason> {
    if duplicate {
        return Some(SkipReason::Duplicate);
    }
    if who.peer.bsuid.is_none() && who.peer.wa_id.is_none() {
        return Some(SkipReason::NoRecipient);
    }
    if who.blocked {
        return Some(SkipReason::Blocked);
    }
    if let Some(refused) = &who.consent {
        return Some(without_consent(refused));
    }
    if asked.got_it.contains(&who.customer_id) {
        return Some(SkipReason::AlreadySent);
    }
    if asked.marketing {
        if asked.withheld.contains(&who.customer_id) {
            return Some(SkipReason::WithheldByMeta);
        }
        let over = asked.cap.and_then(|cap| cap::over(got, cap, asked.now));
        if over.is_some() {
            return over;
        }
    }
    let nameless = who
        .name()
        .is_none_or(|name| !name.chars().any(char::is_alphabetic));
    (asked.personal && nameless).then_some(SkipReason::MissingValue)
}

/// What a refusal for want of consent means for a batch.
fn without_consent(refused: &Refusal) -> SkipReason {
    match refused {
        Refusal::OptedOut { .. } => SkipReason::OptedOut,
        Refusal::NoOptIn {
            why_not: Some(NotUsable::Unreachable),
            ..
        } => SkipReason::Unreachable,
        _ => SkipReason::NoOptIn,
    }
}

/// Why somebody who was to get it is passed over after all, of what the policy refuses one person for.
pub(crate) fn refused_meanwhile(why: &Refusal) -> SkipReason {
    match why {
        Refusal::OptedOut { .. } | Refusal::NoOptIn { .. } => without_consent(why),
        Refusal::Blocked => SkipReason::Blocked,
        Refusal::NoRecipient => SkipReason::NoRecipient,
        _ => SkipReason::ChangedMeanwhile,
    }
}
