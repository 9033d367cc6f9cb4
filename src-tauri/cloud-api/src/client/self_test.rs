//! Does a body signed with this app secret get through the relay to us? A small body of our own, in Meta's
//! envelope and of a field nobody knows, goes in at the relay's webhook and is looked for at its feed.

use super::{FeedClient, FeedError, SetupError, http};
use crate::signature::{SIGNATURE_HEADER, sign};
use secrecy::SecretString;
use serde_json::json;
use std::time::{Duration, Instant};

/// Never used by Meta; the relay keeps what it does not know, and the inbox shows nothing of it.
const FIELD: &str = "guichet_self_test";
const PATIENCE: Duration = Duration::from_secs(10);
const PAGE: u32 = 200;

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SelfTest {
    /// It came out at the feed.
    Seen { ms: u64 },
    /// The relay does not accept the signature: it has another app secret.
    BadSecret,
    /// Taken at the door, and not at the feed in time.
    NotSeen,
    /// The feed said no, or nothing.
    Feed(FeedError),
    /// The door: no connection, or an answer of this status.
    Door { http_status: Option<u16> },
}

/// Posts a body to `{relay_url}/webhook` and follows the feed until it is there, for `deadline` at most.
/// `nonce` tells it from every other.
pub async fn self_test(
    relay_url: &str,
    secret: &SecretString,
    feed: &FeedClient,
    nonce: &str,
    deadline: Duration,
) -> Result<SelfTest, SetupError> {
    let begun = Instant::now();
    let after = match head(feed).await {
        Ok(after) => after,
        Err(error) => return Ok(SelfTest::Feed(error)),
    };
    let body = body(nonce);
    let answer = http(relay_url, PATIENCE)?
        .post(format!("{}/webhook", relay_url.trim_end_matches('/')))
        .header(SIGNATURE_HEADER, sign(secret, &body))
        .header("content-type", "application/json")
        .timeout(PATIENCE)
        .body(body)
        .send()
        .await;
    match answer.map(|answer| answer.status().as_u16()) {
        Ok(200) => {}
        Ok(401 | 403) => return Ok(SelfTest::BadSecret),
        Ok(status) => {
            return Ok(SelfTest::Door {
                http_status: Some(status),
            });
        }
        Err(_) => return Ok(SelfTest::Door { http_status: None }),
    }
    follow(feed, after, nonce, begun, deadline).await
}

async fn follow(
    feed: &FeedClient,
    mut after: i64,
    nonce: &str,
    begun: Instant,
    deadline: Duration,
) -> Result<SelfTest, SetupError> {
    loop {
        let Some(left) = deadline.checked_sub(begun.elapsed()) else {
            return Ok(SelfTest::NotSeen);
        };
        let wait = left.min(Duration::from_secs(5));
        let page = match feed.page(after, wait, PAGE).await {
            Ok(page) => page,
            Err(error) => return Ok(SelfTest::Feed(error)),
        };
        let found = page.events.iter().any(|event| {
            let text = event.body.as_deref().unwrap_or_default();
            text.contains(FIELD) && text.contains(nonce)
        });
        if found {
            let ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
            return Ok(SelfTest::Seen { ms });
        }
        after = page.next.max(after);
    }
}

/// The last cursor: beyond the end the relay says where the end is.
async fn head(feed: &FeedClient) -> Result<i64, FeedError> {
    match feed.page(i64::MAX, Duration::ZERO, 1).await {
        Err(FeedError::CursorAhead { head }) => Ok(head),
        Ok(page) => Ok(page.next.min(i64::MAX - 1)),
        Err(error) => Err(error),
    }
}

fn body(nonce: &str) -> Vec<u8> {
    json!({
        "object": "whatsapp_business_account",
        "entry": [{ "id": "0", "changes": [{ "field": FIELD, "value": { "nonce": nonce } }] }],
    })
    .to_string()
    .into_bytes()
}
