//! Sending batches, one message after the other, at the pace of a person.

use crate::desk::{Again, Desk};
use std::{sync::Arc, time::Duration};
use store::Result;

/// How often it is looked although nothing woke us: a hold may have come, or somebody stopped us.
const LOOK: Duration = Duration::from_secs(1);
/// With nothing to send: what is made wakes us.
const IDLE: Duration = Duration::from_secs(60);

/// Sends for ever.
pub async fn batches(desk: Arc<Desk>) {
    loop {
        let nap = match desk.clock.is_known() {
            // Nothing leaves on a guess of the time.
            false => LOOK,
            true => match look_at_batches(&desk) {
                Ok(nap) => nap,
                Err(error) => {
                    tracing::error!(%error, "a batch cannot be sent");
                    LOOK
                }
            },
        };
        tokio::select! {
            () = desk.batches.due.notified() => {}
            () = tokio::time::sleep(nap) => {}
        }
    }
}

/// Does what is to be done now, and says how long nothing has to be looked at.
pub fn look_at_batches(desk: &Desk) -> Result<Duration> {
    Ok(match desk.look_at_batches()? {
        Again::Now => Duration::ZERO,
        Again::WhenTold => IDLE,
        Again::At(at) => {
            let wait = (at - desk.clock.now()) as f64 / desk.clock.speed().max(0.01);
            // With a clock that stands still an answer may come all the same.
            let wait = Duration::from_millis(wait.max(0.0) as u64);
            wait.clamp(Duration::from_millis(5), LOOK)
        }
    })
}
