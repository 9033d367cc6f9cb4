//! Sends signed webhooks, one after the other, and repeats each until it is answered with 200.
//!
//! Meta keeps no order and repeats for days; here order is only broken by a fault or a failed attempt, and
//! nothing is ever given up while the platform lives.

use std::{
    collections::VecDeque,
    sync::Mutex,
    time::{Duration, Instant},
};

use axum::body::Bytes;
use tokio::sync::Notify;

use crate::{
    faults::{Fault, Kind},
    journal::Line,
    platform::{Shared, locked},
};

const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

struct Waiting {
    id: u64,
    body: Bytes,
    once_taken: Option<Line>,
    attempts: u32,
    not_before: Instant,
    /// Steps behind the next body that comes, or goes at `not_before`.
    lets_next_pass: bool,
}

#[derive(Default)]
struct Inner {
    waiting: VecDeque<Waiting>,
    delivered: u64,
    last_id: u64,
    target: String,
}

/// The bodies that have not been answered with 200 yet.
#[derive(Default)]
pub struct Queue {
    inner: Mutex<Inner>,
    changed: Notify,
}

impl Queue {
    pub fn set_target(&self, url: String) {
        let mut inner = locked(&self.inner);
        inner.target = url;
        let now = Instant::now();
        for waiting in &mut inner.waiting {
            waiting.not_before = now;
            waiting.attempts = 0;
        }
        drop(inner);
        self.changed.notify_waiters();
    }

    pub fn target(&self) -> String {
        locked(&self.inner).target.clone()
    }

    /// Bodies not answered with 200 yet, and how many have been.
    pub fn counts(&self) -> (usize, u64) {
        let inner = locked(&self.inner);
        (inner.waiting.len(), inner.delivered)
    }

    pub fn clear(&self) {
        locked(&self.inner).waiting.clear();
        self.changed.notify_waiters();
    }

    pub fn push(&self, body: Vec<u8>, once_taken: Option<Line>, fault: Option<&Fault>) {
        let body = Bytes::from(body);
        let kind = fault.map(|f| f.kind);
        let delay =
            |default| Duration::from_millis(fault.and_then(|f| f.delay_ms).unwrap_or(default));
        let mut inner = locked(&self.inner);
        let now = Instant::now();
        if kind == Some(Kind::DropWebhook) {
            return;
        }
        let passed = inner.waiting.iter().position(|w| w.lets_next_pass);
        let copies = if kind == Some(Kind::DuplicateWebhook) {
            2
        } else {
            1
        };
        for _ in 0..copies {
            inner.last_id += 1;
            let id = inner.last_id;
            inner.waiting.push_back(Waiting {
                id,
                body: body.clone(),
                once_taken: once_taken.clone(),
                attempts: 0,
                not_before: match kind {
                    Some(Kind::Delay) => now + delay(1_000),
                    Some(Kind::ReorderWebhooks) if passed.is_none() => now + delay(1_000),
                    _ => now,
                },
                lets_next_pass: kind == Some(Kind::ReorderWebhooks) && passed.is_none(),
            });
        }
        if let Some(mut held) = passed.and_then(|at| inner.waiting.remove(at)) {
            held.lets_next_pass = false;
            held.not_before = now;
            inner.waiting.push_back(held);
        }
        drop(inner);
        self.changed.notify_waiters();
    }

    /// The next body to post and where to, or how long to wait for one.
    fn next(&self) -> Result<(u64, Bytes, String), Option<Duration>> {
        let inner = locked(&self.inner);
        if inner.target.is_empty() {
            return Err(None);
        }
        let now = Instant::now();
        if let Some(due) = inner.waiting.iter().find(|w| w.not_before <= now) {
            return Ok((due.id, due.body.clone(), inner.target.clone()));
        }
        Err(inner.waiting.iter().map(|w| w.not_before - now).min())
    }

    /// Gives what is to be written down now that the target has the body.
    fn settle(&self, id: u64, answered_200: bool) -> Option<Line> {
        let mut inner = locked(&self.inner);
        // The body may have been cleared in the meantime.
        let at = inner.waiting.iter().position(|w| w.id == id)?;
        let mut line = None;
        if answered_200 {
            line = inner.waiting.remove(at).and_then(|w| w.once_taken);
            inner.delivered += 1;
        } else {
            let waiting = &mut inner.waiting[at];
            let pause = FIRST_PAUSE
                .saturating_mul(2_u32.saturating_pow(waiting.attempts))
                .min(LONGEST_PAUSE);
            waiting.attempts += 1;
            waiting.not_before = Instant::now() + pause;
        }
        drop(inner);
        self.changed.notify_waiters();
        line
    }

    /// Waits until nothing is left to send, at most `limit`. Returns how many bodies are left.
    pub async fn drained(&self, limit: Duration) -> usize {
        let deadline = tokio::time::Instant::now() + limit;
        loop {
            let changed = self.changed.notified();
            tokio::pin!(changed);
            changed.as_mut().enable();
            let left = self.counts().0;
            if left == 0 || tokio::time::timeout_at(deadline, changed).await.is_err() {
                return left;
            }
        }
    }
}

/// Posts what waits, for as long as the platform runs.
pub async fn run(shared: Shared) {
    loop {
        let changed = shared.webhooks.changed.notified();
        tokio::pin!(changed);
        changed.as_mut().enable();
        match shared.webhooks.next() {
            Ok((id, body, target)) => {
                let answered_200 = post(&shared, &target, body).await;
                if let Some(line) = shared.webhooks.settle(id, answered_200) {
                    shared.journal.append(&line);
                }
            }
            Err(Some(pause)) => {
                let _ = tokio::time::timeout(pause, changed).await;
            }
            Err(None) => changed.await,
        }
    }
}

async fn post(shared: &Shared, target: &str, body: Bytes) -> bool {
    let signature = cloud_api::signature::sign(&shared.config.app_secret, &body);
    let answer = shared
        .http
        .post(target)
        .header("content-type", "application/json")
        .header("user-agent", "facebookexternalua")
        .header("x-hub-signature-256", signature)
        .body(body)
        .send()
        .await;
    match answer {
        Ok(answer) => {
            let status = answer.status();
            if status != reqwest::StatusCode::OK {
                tracing::debug!(
                    status = status.as_u16(),
                    "webhook not taken, will be repeated"
                );
            }
            status == reqwest::StatusCode::OK
        }
        Err(_) => {
            tracing::debug!("webhook target not reached, will be repeated");
            false
        }
    }
}

/// The handshake Meta makes when a callback address is entered: `true` where the target echoed the challenge.
pub async fn verify(shared: &Shared) -> bool {
    let challenge = shared.state().fresh_number(shared.clock.now());
    let answer = shared
        .http
        .get(shared.webhooks.target())
        .query(&[
            ("hub.mode", "subscribe"),
            ("hub.challenge", &challenge),
            ("hub.verify_token", &shared.config.verify_token),
        ])
        .send()
        .await;
    match answer {
        Ok(answer) if answer.status().is_success() => answer
            .text()
            .await
            .is_ok_and(|body| body.trim() == challenge),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faults::On;

    fn order(queue: &Queue) -> Vec<String> {
        let mut seen = Vec::new();
        while let Ok((id, body, _)) = queue.next() {
            seen.push(String::from_utf8(body.to_vec()).unwrap());
            queue.settle(id, true);
        }
        seen
    }

    fn queue() -> Queue {
        let queue = Queue::default();
        queue.set_target("http://127.0.0.1:1/".into());
        queue
    }

    #[test]
    fn bodies_go_in_order_unless_a_fault_swaps_doubles_or_drops_them() {
        let fault = |kind| Fault {
            delay_ms: Some(600_000),
            ..Fault::new(On::Webhook, kind)
        };
        for (kind, expected) in [
            (None, vec!["a", "b", "c"]),
            (Some(Kind::ReorderWebhooks), vec!["b", "a", "c"]),
            (Some(Kind::DuplicateWebhook), vec!["a", "a", "b", "c"]),
            (Some(Kind::DropWebhook), vec!["b", "c"]),
            (Some(Kind::Delay), vec!["b", "c"]),
        ] {
            let queue = queue();
            queue.push(b"a".to_vec(), None, kind.map(fault).as_ref());
            queue.push(b"b".to_vec(), None, None);
            queue.push(b"c".to_vec(), None, None);
            assert_eq!(order(&queue), expected, "{kind:?}");
        }
    }

    #[test]
    fn a_body_that_was_not_taken_waits_while_others_go_on() {
        let queue = queue();
        queue.push(b"a".to_vec(), None, None);
        queue.push(b"b".to_vec(), None, None);
        let (id, ..) = queue.next().unwrap();
        queue.settle(id, false);
        assert_eq!(order(&queue), ["b"]);
        assert_eq!(queue.counts(), (1, 1));
    }

    #[test]
    fn nothing_goes_out_before_there_is_a_target() {
        let queue = Queue::default();
        queue.push(b"a".to_vec(), None, None);
        assert!(queue.next().is_err());
        queue.set_target("http://127.0.0.1:1/".into());
        assert_eq!(order(&queue), ["a"]);
    }
}
