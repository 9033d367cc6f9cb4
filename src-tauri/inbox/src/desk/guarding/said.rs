//! What the guard said, as the window shows it and as it is kept.

use super::Part;
use crate::{
    fact::{FactKind, Warned},
    spam_guard::{Level, Verdict},
    template::values_of,
    view::{GuardLevel, GuardOverride, GuardReason, GuardVerdict, OverrideReason},
};
use cloud_api::{outgoing::OutgoingContent, webhook::Peer};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Nothing is to be said.
pub(in crate::desk) fn allowed() -> GuardVerdict {
    GuardVerdict {
        id: String::new(),
        level: GuardLevel::Allow,
        reasons: Vec::new(),
        interrupt: false,
        people: 0,
        weight: 0.0,
        threshold: 0.0,
        findings: Vec::new(),
    }
}

pub(super) fn shown(verdict: &Verdict) -> GuardVerdict {
    GuardVerdict {
        id: String::new(),
        level: verdict.level,
        reasons: verdict
            .reasons
            .iter()
            .map(|reason| GuardReason {
                code: reason.code,
                number: i64::from(reason.number),
            })
            .collect(),
        interrupt: verdict.interrupt,
        people: i64::from(verdict.crowd.people),
        weight: f64::from(verdict.crowd.weight),
        threshold: f64::from(verdict.crowd.threshold),
        findings: Vec::new(),
    }
}

/// What is kept of it. `dialog`: staff was asked; else it was sent as the message named beside it.
pub(super) fn warned(
    verdict: &Verdict,
    (staff, peer, at): (&str, Option<Peer>, i64),
    digest: &str,
    (dialog, outbox_id): (bool, &str),
) -> Warned {
    let shown = shown(verdict);
    Warned {
        id: Uuid::now_v7().to_string(),
        peer,
        at,
        staff: staff.to_owned(),
        block: verdict.level == Level::Block,
        reasons: serde_json::to_string(&shown.reasons).unwrap_or_default(),
        episode: verdict.episode().cast_signed(),
        reached: i64::from(verdict.reached()),
        people: shown.people,
        weight: shown.weight,
        threshold: shown.threshold,
        digest: digest.to_owned(),
        dialog,
        outbox_id: outbox_id.to_owned(),
        batch_id: String::new(),
    }
}

pub(super) fn insisted(insisted: &GuardOverride, outbox_id: &str, at: i64) -> FactKind {
    FactKind::Insisted {
        id: insisted.id.clone(),
        outbox_id: outbox_id.to_owned(),
        reason: reason_name(insisted.reason).to_owned(),
        text: insisted
            .text
            .trim()
            .chars()
            .take(super::REASON_MAX)
            .collect(),
        at,
    }
}

const REASONS: [(OverrideReason, &str); 4] = [
    (OverrideReason::Asked, "asked"),
    (OverrideReason::Order, "order"),
    (OverrideReason::Emergency, "emergency"),
    (OverrideReason::Other, "other"),
];

fn reason_name(reason: OverrideReason) -> &'static str {
    let found = REASONS.iter().find(|(known, _)| *known == reason);
    found.map_or("other", |(_, name)| name)
}

pub(in crate::desk) fn reason_named(name: &str) -> OverrideReason {
    let found = REASONS.iter().find(|(_, known)| *known == name);
    found.map_or(OverrideReason::Other, |(reason, _)| *reason)
}

/// Of what is to be sent: the same for the same words, files and values, and for nothing else.
pub(super) fn digest_of(parts: &[Part<'_>]) -> String {
    let mut digest = Sha256::new();
    let mut add = |text: &str| {
        digest.update(u64::try_from(text.len()).unwrap_or(0).to_be_bytes());
        digest.update(text);
    };
    for part in parts {
        add(part.parcel.kind);
        add(&part.parcel.words);
        add(part.digest);
        if let OutgoingContent::Template(send) = &part.parcel.content {
            add(&send.name);
            add(&send.language);
            for (key, value) in values_of(send) {
                // Files have a copy of their own for each send.
                if !value.starts_with(crate::template::OF_FILE) {
                    add(&key);
                    add(&value);
                }
            }
        }
    }
    hex::encode(digest.finalize())
}
