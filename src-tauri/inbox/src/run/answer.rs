//! From Meta's answer to what is known of an attempt: accepted, refused, not now, not sent, or doubtful.

use super::verdict::back_to_the_composer;
use crate::{
    desk::Desk,
    fact::{AttemptEnd, Fact, FactKind, Number},
    ledger::apply_and_record,
    template::tells_of_drift,
};
use cloud_api::{
    client::Sent,
    error::{Action, ApiError, classify},
};
use std::time::Duration;
use store::outbox::OutboxItem;

/// After so many refusals "not now" a person should look.
const LATER_AT_MOST: i64 = 8;

/// Stores how an attempt ended, and all that follows from it.
pub(super) fn take_answer(desk: &Desk, item: &OutboxItem, n: i64, sent: Sent) {
    let now = desk.clock.now();
    let stops = match &sent {
        Sent::Refused {
            error, http_status, ..
        } => stops_everything(error, *http_status).then_some(error.code),
        _ => None,
    };
    let end = match sent {
        Sent::Accepted { wamid, hold, .. } => AttemptEnd::Accepted {
            wamid,
            held: hold.is_some(),
        },
        Sent::Refused {
            error,
            http_status,
            retry_after,
        } => refused(&error, http_status, retry_after, n, now),
        Sent::Invalid(why) => AttemptEnd::Refused {
            code: 100,
            title: String::new(),
            details: why.to_string(),
        },
        Sent::NotSent { reason } => AttemptEnd::NotSent {
            reason: reason.to_string(),
            retry_at: now + pause(n),
        },
        Sent::Doubtful { reason } => AttemptEnd::Doubtful {
            reason: reason.to_string(),
        },
    };
    let shut = matches!(&end, AttemptEnd::Refused { code, .. } if classify(*code, None).action == Action::CloseWindow);
    let drifted = matches!(&end, AttemptEnd::Refused { code, .. } if tells_of_drift(*code));
    let change = desk.store.write(|db| {
        let number = Number::stored(db, item.number_id)?;
        let mut facts = vec![Fact::new(
            &number,
            FactKind::AttemptEnded {
                outbox_id: item.id.clone(),
                n,
                end: end.clone(),
                at: now,
            },
        )];
        if let Some(code) = stops {
            facts.push(Fact::new(&number, FactKind::HoldSet { code, at: now }));
        }
        if shut {
            facts.extend(back_to_the_composer(db, item, now)?);
        }
        apply_and_record(db, &facts, now, &desk.account.waba_id)
    });
    match change {
        Ok(change) => {
            if drifted {
                desk.templates_may_differ();
            }
            desk.tell(change);
        }
        // The attempt stays "sending" on disk: recovery makes it doubtful, so nothing is sent twice.
        Err(error) => tracing::error!(%error, "the end of a send could not be stored"),
    }
}

/// Whether nothing else may go out until somebody has signed in again, or has looked after the account.
pub(super) fn stops_everything(error: &ApiError, http_status: u16) -> bool {
    let action = classify(error.code, Some(http_status)).action;
    matches!(action, Action::SignIn | Action::StopEverything)
}

pub(super) fn refused(
    error: &ApiError,
    http_status: u16,
    retry_after: Option<Duration>,
    n: i64,
    now: i64,
) -> AttemptEnd {
    let (code, title) = (error.code, error.title.clone());
    let details = error.details.clone().unwrap_or_default();
    let asked = retry_after.and_then(|d| i64::try_from(d.as_millis()).ok());
    let wait = match classify(code, Some(http_status)).action {
        _ if n > LATER_AT_MOST => None,
        Action::Retry | Action::RetryLater => Some(asked.unwrap_or(0).max(pause(n))),
        // Waits behind the hold this sets, and goes on once that is lifted.
        Action::SignIn | Action::StopEverything => Some(0),
        // Meta, "About the platform": 4^X seconds, X growing with each refusal.
        Action::RetryLaterForRecipient => Some(
            asked
                .unwrap_or(0)
                .max(1000 * 4_i64.pow(u32::try_from(n - 1).unwrap_or(0).min(6))),
        ),
        _ => None,
    };
    match wait {
        Some(wait) => AttemptEnd::Later {
            code,
            title,
            details,
            retry_at: now + wait,
        },
        None => AttemptEnd::Refused {
            code,
            title,
            details,
        },
    }
}

/// 1 s, 2 s, 4 s … at most a minute.
pub(super) fn pause(n: i64) -> i64 {
    (1000 << n.clamp(1, 7).saturating_sub(1)).min(60_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(code: i64) -> ApiError {
        ApiError {
            code,
            subcode: None,
            title: "t".into(),
            details: None,
            fbtrace_id: None,
        }
    }

    #[test]
    fn what_meta_refuses_is_tried_again_only_where_meta_says_not_now() {
        let retry_at = |code, n, after: Option<u64>| match refused(
            &error(code),
            400,
            after.map(Duration::from_secs),
            n,
            0,
        ) {
            AttemptEnd::Later { retry_at, .. } => Some(retry_at),
            _ => None,
        };
        for (code, n, after, expected) in [
            (131_056, 1, None, Some(1_000)),
            (131_056, 2, None, Some(4_000)),
            (131_056, 4, None, Some(64_000)),
            (130_429, 1, Some(30), Some(30_000)),
            (130_429, 3, None, Some(4_000)),
            (130_429, 9, None, None),
            (131_026, 1, None, None),
            (131_047, 1, None, None),
            (131_049, 1, Some(5), None),
            (190, 1, None, Some(0)),
            (131_031, 1, None, Some(0)),
        ] {
            assert_eq!(retry_at(code, n, after), expected, "{code}, attempt {n}");
        }
    }
}
