//! Delivery statuses: planned when a message is accepted, announced by webhook when their time has come.

use cloud_api::clock::UnixMs;

use crate::{
    bodies,
    journal::Line,
    platform::Shared,
    schedule::Job,
    script,
    state::{Accepted, State, StatusEvent},
};

/// Plans the statuses of a message just accepted (or found in the state file), counted from `from`.
/// Those in `done` are not planned again.
pub fn plan(shared: &Shared, state: &State, message: &Accepted, from: UnixMs, done: &[String]) {
    if !state.plan.auto {
        return;
    }
    let delays = &state.plan;
    let mut steps = vec![(delays.sent_ms, "sent", None)];
    match message.fails_with {
        // Undeliverable messages are taken by Meta's servers first; the others fail before.
        Some(code) if code == 131_026 => steps.push((delays.delivered_ms, "failed", Some(code))),
        Some(code) => steps = vec![(delays.sent_ms, "failed", Some(code))],
        // A reaction only ever gets `sent` (Meta, "Reaction messages").
        None if message.kind == "reaction" => {}
        None => {
            steps.push((delays.delivered_ms, "delivered", None));
            if let Some(read_ms) = delays.read_ms {
                steps.push((read_ms, "read", None));
            }
        }
    }
    for (delay, status, code) in steps {
        if !done.iter().any(|s| s == status) {
            let wamid = message.wamid.clone();
            shared.schedule.plan(
                from + delay,
                Job::Status {
                    wamid,
                    status,
                    code,
                },
            );
        }
    }
}

/// Writes a status into the history and sends its webhook.
pub fn announce(shared: &Shared, wamid: &str, status: &str, code: Option<i64>, at: UnixMs) {
    let mut state = shared.state();
    let Some(message) = state.accepted(wamid).cloned() else {
        return;
    };
    let before = state.history.entry(wamid.to_owned()).or_default();
    // Asked for by hand or by a fault before its time came.
    if before.iter().any(|e| e.status == status) {
        return;
    }
    let delivered = |e: &StatusEvent| e.status == "delivered" || e.status == "read";
    let priced = status == "sent"
        || ((status == "delivered" || status == "read") && !before.iter().any(delivered));
    let event = StatusEvent {
        wamid: wamid.to_owned(),
        status: status.to_owned(),
        at,
        code,
    };
    before.push(event.clone());
    let body = bodies::status(
        &shared.config,
        state.customers.get(&message.to),
        &message,
        &event,
        priced,
    );
    drop(state);
    // A status not taken before a crash is announced again afterwards.
    shared.send_webhook_bytes(bodies::bytes(&body), Some(Line::Status(event)));
    if status == "delivered" {
        script::delivered(shared, &message, at);
    }
}
