//! The laptop's half of the wire to the relay: one page at a time, waiting as long as nothing is new.

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};

use super::{DateHook, SetupError, answer, http};
use crate::feed::Page;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// Added to the time that the relay may hold the request.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(20);
const PAGE_BYTES_MAX: usize = 128 * 1024 * 1024;

/// Asks the relay for what Meta sent.
#[derive(Clone)]
pub struct FeedClient {
    http: reqwest::Client,
    health: String,
    url: String,
    bearer: SecretString,
    dates: Option<DateHook>,
}

impl std::fmt::Debug for FeedClient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FeedClient").finish_non_exhaustive()
    }
}

/// Why there is no page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FeedError {
    /// No connection, no answer, or a fault at the relay: worth trying again.
    #[error("the relay cannot be reached")]
    Unreachable,
    #[error("the relay does not accept this laptop's key")]
    Unauthorized,
    /// The relay has less than we already fetched: it was set up anew. `head` is the last it has.
    #[error("the relay was set up anew")]
    CursorAhead { head: i64 },
    /// Something answered that is no relay, or not of our version.
    #[error("what answered is not the relay ({http_status})")]
    Bad { http_status: u16 },
}

impl FeedClient {
    pub fn new(base_url: &str, bearer: SecretString) -> Result<Self, SetupError> {
        Ok(Self {
            http: http(base_url, CONNECT_TIMEOUT)?,
            health: format!("{}/healthz", base_url.trim_end_matches('/')),
            url: format!("{}/v1/events", base_url.trim_end_matches('/')),
            bearer,
            dates: None,
        })
    }

    pub fn on_date(&mut self, hook: DateHook) {
        self.dates = Some(hook);
    }

    /// Whether a relay answers there at all, before it is asked for anything: others say no to a key, too.
    pub async fn greet(&self) -> Result<(), FeedError> {
        let request = self.http.get(&self.health).timeout(ANSWER_TIMEOUT);
        let answer = request.send().await.map_err(|_| FeedError::Unreachable)?;
        let http_status = answer.status().as_u16();
        let told: serde_json::Value = answer.json().await.unwrap_or_default();
        match told["status"].as_str().zip(told["head"].as_i64()) {
            Some(_) => Ok(()),
            None if matches!(http_status, 429 | 500..=599) => Err(FeedError::Unreachable),
            None => Err(FeedError::Bad { http_status }),
        }
    }

    /// Bodies after the cursor, at most `limit`. Where there are none, the relay holds the request for up to
    /// `wait` (whole seconds) and then answers with an empty page.
    pub async fn page(&self, after: i64, wait: Duration, limit: u32) -> Result<Page, FeedError> {
        let request = self
            .http
            .get(&self.url)
            .query(&[
                ("after", after.to_string()),
                ("wait", wait.as_secs().to_string()),
                ("limit", limit.to_string()),
            ])
            .bearer_auth(self.bearer.expose_secret())
            .timeout(CONNECT_TIMEOUT + wait + ANSWER_TIMEOUT);
        let sent = crate::clock::stopwatch();
        let mut response = request.send().await.map_err(|_| FeedError::Unreachable)?;
        answer::note_date(&response, sent, self.dates.as_ref());
        let http_status = response.status().as_u16();
        match http_status {
            200 => {}
            401 | 403 => return Err(FeedError::Unauthorized),
            409 => {
                let told: serde_json::Value = response
                    .json()
                    .await
                    .map_err(|_| FeedError::Bad { http_status })?;
                return Err(match told["head"].as_i64() {
                    Some(head) => FeedError::CursorAhead { head },
                    None => FeedError::Bad { http_status },
                });
            }
            429 | 500..=599 => return Err(FeedError::Unreachable),
            _ => return Err(FeedError::Bad { http_status }),
        }
        let mut body = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(|_| FeedError::Unreachable)? {
            if body.len() + piece.len() > PAGE_BYTES_MAX {
                return Err(FeedError::Bad { http_status });
            }
            body.extend_from_slice(&piece);
        }
        serde_json::from_slice(&body).map_err(|_| FeedError::Bad { http_status })
    }
}
