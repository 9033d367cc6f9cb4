//! Waiting for a condition, never for a time.

use std::time::{Duration, Instant};

use tokio::time::timeout;

use crate::Outcome;

/// How long a journey waits for what a person would see at once; generous, because a busy machine is no failure.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// Asks `probe` again and again until it answers, or fails with `what` after `deadline`.
///
/// A probe that fails counts as "not yet": an element may be replaced between finding and reading it.
pub async fn eventually<T>(
    what: &str,
    deadline: Duration,
    mut probe: impl AsyncFnMut() -> Outcome<Option<T>>,
) -> Outcome<T> {
    let begin = Instant::now();
    loop {
        let last = match timeout(deadline, probe()).await {
            Ok(Ok(Some(found))) => return Ok(found),
            Ok(Ok(None)) => String::new(),
            Ok(Err(error)) => format!(" (last: {error})"),
            Err(_) => " (the driver did not answer)".into(),
        };
        if begin.elapsed() > deadline {
            return Err(format!("after {deadline:?} still not so: {what}{last}").into());
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
}
