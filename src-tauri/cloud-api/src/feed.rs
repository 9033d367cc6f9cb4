//! The wire between relay and laptop: `GET /v1/events?after=CURSOR&wait=SECONDS&limit=N`.
//!
//! Both sides share these types. The laptop's half of the conversation is `FeedClient`.

use serde::{Deserialize, Serialize};

#[cfg(feature = "client")]
pub use crate::client::{FeedClient, FeedError};

/// One page of stored webhook bodies, oldest first.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct Page {
    pub events: Vec<StoredBody>,
    /// Pass as `after` next time. Equal to the request's `after` where the page is empty.
    pub next: i64,
    /// More is waiting: ask again at once.
    pub more: bool,
    /// The relay's own clock when it answered, Unix milliseconds.
    pub now: i64,
}

/// One webhook body as Meta signed it.
#[derive(Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct StoredBody {
    /// Strictly increasing, starts at 1.
    pub cursor: i64,
    /// When the relay had it, Unix milliseconds.
    pub received_at: i64,
    /// The body, where it is UTF-8.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub body: Option<String>,
    /// The body in base64, where it is not.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub body_base64: Option<String>,
}

impl std::fmt::Debug for StoredBody {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StoredBody")
            .field("cursor", &self.cursor)
            .field("received_at", &self.received_at)
            .finish_non_exhaustive()
    }
}
