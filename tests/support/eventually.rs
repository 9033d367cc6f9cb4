//! Waiting for what happens by itself: looked at often, never slept for blindly.

use std::time::{Duration, Instant};

const DEADLINE: Duration = Duration::from_secs(20);

/// What `look` finds once it finds something; panics after the deadline.
pub async fn eventually<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + DEADLINE;
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < deadline, "never came: {what}");
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}
