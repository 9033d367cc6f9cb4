//! What the platform itself learns from a webhook about a customer's message: the window opens, the message
//! can be answered. Looks at every body that goes out, the hand-made ones too.

use serde_json::Value;

use crate::{customers::digits, journal::Line, platform::Shared, state::KnownMessage};

/// Reactions and edits do not extend the window: Meta is silent about them, and a platform that is too strict
/// teaches more than one that is too lenient. System messages are Meta's, not the customer's.
fn opens_window(kind: &str) -> bool {
    !matches!(kind, "reaction" | "edit" | "revoke" | "system")
}

/// A timestamp in seconds, as a string or a number, in milliseconds.
fn seconds(value: &Value) -> Option<i64> {
    value
        .as_i64()
        .or_else(|| value.as_str()?.parse().ok())
        .map(|s| s * 1_000)
}

pub fn observe(shared: &Shared, body: &Value) {
    let none = Vec::new();
    let list = |value: &Value| -> Vec<Value> { value.as_array().unwrap_or(&none).clone() };
    for entry in list(&body["entry"]) {
        for change in list(&entry["changes"]) {
            let value = &change["value"];
            for message in list(&value["messages"])
                .iter()
                .filter(|_| change["field"] == "messages")
            {
                hear(
                    shared,
                    message,
                    opens_window(message["type"].as_str().unwrap_or_default()),
                );
            }
            for call in list(&value["calls"]) {
                if call["event"] == "connect" && call["direction"] == "USER_INITIATED" {
                    hear(shared, &call, true);
                }
            }
        }
    }
}

fn hear(shared: &Shared, message: &Value, opens: bool) {
    let now = shared.clock.now();
    // A message cannot come from the future.
    let at = seconds(&message["timestamp"]).unwrap_or(now).min(now);
    let wa_id = message["from"]
        .as_str()
        .map(digits)
        .filter(|d| !d.is_empty());
    let bsuid = message["from_user_id"].as_str();
    let mut state = shared.state();
    if let Some(wamid) = message["id"].as_str() {
        let reaction = message["type"] == "reaction";
        state.known.insert(
            wamid.to_owned(),
            KnownMessage {
                at,
                reaction,
                inbound: true,
            },
        );
        shared.journal.append(&Line::Inbound {
            wamid: wamid.to_owned(),
            at,
        });
    }
    if wa_id.is_none() && bsuid.is_none() {
        return;
    }
    let customer = state.customers.meet(wa_id.as_deref(), bsuid);
    if opens {
        customer.last_inbound = Some(customer.last_inbound.map_or(at, |before| before.max(at)));
    }
    let line = Line::Customer(customer.clone());
    shared.journal.append(&line);
}
