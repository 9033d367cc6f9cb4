//! Where an outgoing message stands. One rule, from the rows that facts left; no state is ever set by hand.
//!
//! Meta knows no idempotency key, so an attempt without an answer is *doubtful*, never retried by itself:
//! the outbox id travels as `biz_opaque_callback_data` and any status webhook that brings it back settles
//! the matter, even days later or before the HTTP answer. So can the message-history endpoint; else a
//! person decides.

use crate::view::DeliveryState;
use cloud_api::{
    outgoing::{OutgoingContent, TemplateSend},
    webhook::Peer,
};
use store::{
    delivery::Delivery,
    guard_feed::TAKEN_BACK,
    outbox::{Attempt, OutboxItem, OutboxState},
};

/// How long a doubtful send waits for a status webhook before a person is asked.
pub const GRACE: i64 = 20_000;

/// Meta's code for a message to somebody we block.
const BLOCKED: i64 = 130_403;

/// Meta's code for a message that cannot be delivered: not on WhatsApp, or he blocks us, which Meta does not tell apart.
const UNDELIVERABLE: i64 = 131_026;

/// Meta's code for a number that sent too much that people did not want; a state of the number.
pub(crate) const REFUSED_FOR_SPAM: i64 = 131_048;
/// With those for marketing that is withheld from somebody, and for somebody who stopped it: what the guard hears of.
const HEARD_BY_THE_GUARD: [i64; 3] = [REFUSED_FOR_SPAM, 131_049, 131_050];

/// Why a message of ours did not arrive: Meta's code, or `guard_feed::TAKEN_BACK`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotArrived {
    pub code: i64,
    pub at: i64,
}

/// Where an item stands, and when the dispatcher has to look at it again (-1: never).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub state: &'static str,
    pub wake_at: i64,
    pub wamid: String,
    pub code: i64,
    pub details: String,
    /// When it failed, became doubtful or went back to the composer; -1: it stands.
    pub trouble_at: i64,
}

/// Of two ends reported for one attempt the surer one counts.
pub(crate) fn rank(outcome: &str) -> i64 {
    match outcome {
        "accepted" | "held" => 5,
        "refused" => 4,
        "later" => 3,
        "not_sent" => 2,
        "doubtful" => 1,
        _ => 0,
    }
}

/// Derives the standing from everything known.
pub fn stand(
    item: &OutboxItem,
    attempts: &[Attempt],
    deliveries: &[Delivery],
    said: &OutboxState,
) -> Standing {
    let at = |state, wake_at| Standing {
        state,
        wake_at,
        wamid: String::new(),
        code: 0,
        details: String::new(),
        trouble_at: -1,
    };
    let accepted = attempts.iter().rfind(|a| !a.wamid.is_empty());
    let wamid = accepted
        .map(|a| a.wamid.clone())
        .or_else(|| deliveries.last().map(|d| d.wamid.clone()));
    if let Some(wamid) = wamid {
        let delivery = deliveries.iter().find(|d| d.wamid == wamid);
        let held = accepted.is_some_and(|a| a.outcome == "held");
        return Standing {
            state: ticks(delivery, held),
            wamid,
            trouble_at: delivery.map_or(-1, failed_at),
            ..at("", -1)
        };
    }
    let last = attempts.last();
    let in_flight = last.is_some_and(|a| a.outcome.is_empty());
    let doubtful = last.is_some_and(|a| a.outcome == "doubtful");
    if said.returned_at >= 0 && !in_flight && !doubtful {
        return Standing {
            trouble_at: said.returned_at,
            ..at("returned", -1)
        };
    }
    match last {
        None => at("queued", item.leaves_at),
        Some(a) => match a.outcome.as_str() {
            "" => at("sending", a.started_at),
            "refused" => Standing {
                code: a.code,
                details: a.details.clone(),
                trouble_at: a.ended_at,
                ..at("failed", -1)
            },
            "doubtful" if said.left_at >= 0 => at("left_doubtful", -1),
            "doubtful" => Standing {
                trouble_at: a.ended_at,
                ..at("doubtful", a.ended_at + GRACE)
            },
            _ => at("queued", a.retry_at.max(item.leaves_at)),
        },
    }
}

/// What the ticks of an accepted message add up to.
///
/// A failure is never hidden by an older tick; only a tick Meta dates *after* it says otherwise. `delivered`
/// never falls back to `sent`, and `read` may come without `delivered` (Meta, "status" webhook).
fn ticks(delivery: Option<&Delivery>, held: bool) -> &'static str {
    let Some(d) = delivery else {
        return if held { "held" } else { "accepted" };
    };
    let reached = d.delivered_at.max(d.read_at).max(d.played_at);
    if d.failed_at >= 0 && reached <= d.failed_at {
        "failed"
    } else if d.played_at >= 0 {
        "played"
    } else if d.read_at >= 0 {
        "read"
    } else if d.delivered_at >= 0 {
        "delivered"
    } else if d.sent_at >= 0 {
        "sent"
    } else if held {
        "held"
    } else {
        "accepted"
    }
}

/// The state of an outgoing bubble that is not in our outbox (written on the phone, imported), from its ticks.
pub(crate) fn state_of_foreign(delivery: &Delivery) -> DeliveryState {
    state_named(foreign(delivery))
}

/// The same by its name.
pub(crate) fn foreign(delivery: &Delivery) -> &'static str {
    ticks(Some(delivery), false)
}

/// When a message failed for good, -1 where it did not. Meta tells whole seconds: it may have been at the end
/// of that one, and what staff did within it was done before they could know.
pub(crate) fn failed_at(delivery: &Delivery) -> i64 {
    if foreign(delivery) == "failed" {
        delivery.failed_at + 999
    } else {
        -1
    }
}

/// When Meta refused a message because we block its recipient on this business number (130403, Meta, "Block
/// users"); -1: it did not. What was refused here before any attempt began, Meta has not said.
pub(crate) fn blocked_at(attempts: &[Attempt], deliveries: &[Delivery]) -> i64 {
    let refused = attempts
        .iter()
        .filter(|a| a.started_at >= 0 && a.outcome == "refused" && a.code == BLOCKED)
        .map(|a| a.ended_at);
    let failed = deliveries.iter().map(refused_for_block);
    refused.chain(failed).max().unwrap_or(-1)
}

/// The same of a message of ours that is not in our outbox.
pub(crate) fn refused_for_block(delivery: &Delivery) -> i64 {
    if delivery.failed_code == BLOCKED {
        delivery.failed_at
    } else {
        -1
    }
}

/// When Meta said that a message cannot be delivered to its recipient (131026); -1: it did not, or it came after all.
pub(crate) fn undelivered_at(attempts: &[Attempt], deliveries: &[Delivery]) -> i64 {
    let refused = attempts
        .iter()
        .filter(|a| a.outcome == "refused" && a.code == UNDELIVERABLE)
        .map(|a| a.ended_at);
    let failed = deliveries.iter().map(undelivered);
    refused.chain(failed).max().unwrap_or(-1)
}

/// The same of a message of ours that is not in our outbox.
pub(crate) fn undelivered(delivery: &Delivery) -> i64 {
    match delivery.failed_code == UNDELIVERABLE && foreign(delivery) == "failed" {
        true => delivery.failed_at,
        false => -1,
    }
}

/// What the guard has to hear of a message. `returned`: when it went back to the composer.
pub(crate) fn told_to_the_guard(
    attempts: &[Attempt],
    deliveries: &[Delivery],
    returned: Option<i64>,
) -> Vec<NotArrived> {
    let back = returned.map(|at| NotArrived {
        code: TAKEN_BACK,
        at,
    });
    let refused = attempts.iter().map(|a| NotArrived {
        code: a.code,
        at: a.ended_at,
    });
    let failed = deliveries.iter().map(|d| NotArrived {
        code: d.failed_code,
        at: d.failed_at,
    });
    let by_meta = refused.chain(failed);
    let heard = by_meta.filter(|one| HEARD_BY_THE_GUARD.contains(&one.code));
    back.into_iter().chain(heard).collect()
}

pub(crate) fn state_named(state: &str) -> DeliveryState {
    match state {
        "queued" => DeliveryState::Queued,
        "sending" => DeliveryState::Sending,
        "held" => DeliveryState::Held,
        "sent" => DeliveryState::Sent,
        "delivered" => DeliveryState::Delivered,
        "read" => DeliveryState::Read,
        "played" => DeliveryState::Played,
        "failed" => DeliveryState::Failed,
        "doubtful" => DeliveryState::Doubtful,
        "left_doubtful" => DeliveryState::LeftDoubtful,
        "returned" => DeliveryState::Returned,
        _ => DeliveryState::Accepted,
    }
}

/// A recipient as the outbox stores him.
pub fn peer_json(peer: &Peer) -> String {
    serde_json::to_string(peer).unwrap_or_default()
}

/// Cheaper than reading every text's JSON.
pub(crate) fn is_template(item: &OutboxItem) -> bool {
    item.content.starts_with("{\"type\":\"template\"")
}

/// The template an item sends; `None`: it sends something else.
pub(crate) fn template_of(item: &OutboxItem) -> Option<TemplateSend> {
    if !is_template(item) {
        return None;
    }
    match serde_json::from_str(&item.content) {
        Ok(OutgoingContent::Template(send)) => Some(send),
        _ => None,
    }
}

/// Whom an item goes to.
pub fn peer_of(item: &OutboxItem) -> Peer {
    serde_json::from_str(&item.peer).unwrap_or_default()
}
