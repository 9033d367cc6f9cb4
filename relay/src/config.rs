//! What a relay needs to run, wherever it comes from; [`crate::settings`] reads it for the program.

use std::{path::PathBuf, time::Duration};

use axum::http::HeaderName;
use cloud_api::{clock::Clock, signature::AppSecrets};
use secrecy::SecretString;

/// Meta's largest webhook body ("Webhooks overview": up to 3 MB).
pub const BODY_LIMIT: usize = 3 * 1024 * 1024;

/// How long a fetched or unfetched body stays, unless told otherwise.
pub const KEEP_DAYS: u32 = 30;

/// Meta repeats a delivery for up to 7 days; a body forgotten earlier would count as new.
pub const KEEP_DAYS_AT_LEAST: u32 = 7;

/// Everything one relay runs on.
#[derive(Clone, Debug)]
pub struct Config {
    pub database: PathBuf,
    /// How a webhook shows that it may be believed.
    pub proof: Proof,
    /// The word typed into Meta's dashboard, sent back in the handshake.
    pub verify_token: SecretString,
    /// Each laptop may have its own; any of them opens the feed.
    pub bearer_tokens: Vec<SecretString>,
    /// Days until a stored body is deleted, at least [`KEEP_DAYS_AT_LEAST`].
    pub keep_days: u32,
    /// Bytes; a larger webhook body is answered with 413.
    pub body_limit: usize,
    pub clock: Clock,
    pub limits: Limits,
}

/// What makes a webhook believed. There is no third way: nothing unproven is ever stored.
#[derive(Clone, Debug)]
pub enum Proof {
    /// Meta itself: `X-Hub-Signature-256` over the raw bytes.
    Signature(AppSecrets),
    /// A provider that signs nothing but sends a header that its customer chose (360dialog, "Webhook": `headers`).
    Header(SecretHeader),
    /// Either of the two, while a number moves from one to the other.
    Either(AppSecrets, SecretHeader),
}

impl Proof {
    pub fn signature(&self) -> Option<&AppSecrets> {
        match self {
            Self::Signature(secrets) | Self::Either(secrets, _) => Some(secrets),
            Self::Header(_) => None,
        }
    }

    pub fn header(&self) -> Option<&SecretHeader> {
        match self {
            Self::Header(header) | Self::Either(_, header) => Some(header),
            Self::Signature(_) => None,
        }
    }
}

/// A header that only the provider knows the value of. Says nothing about the body: whoever learns the value
/// can write anything, so that a signature is always the better proof.
#[derive(Clone, Debug)]
pub struct SecretHeader {
    pub name: HeaderName,
    pub value: SecretString,
}

/// Guard rails that nobody has to turn; tests do.
#[derive(Clone, Debug)]
pub struct Limits {
    /// A request's head must have arrived after this; idle connections are closed after it.
    pub head_timeout: Duration,
    /// A request's body must have arrived after this.
    pub body_timeout: Duration,
    /// More connections wait in the kernel until one is closed.
    pub connections: usize,
    /// Bytes of all bodies that are being received or written at one moment; beyond it Meta is asked to come again.
    pub bytes_in_flight: usize,
    /// Bodies that wait for the writer; beyond it Meta is asked to come again.
    pub queue: usize,
    /// Rows and bytes of one page of the feed.
    pub page_default: usize,
    pub page_max: usize,
    pub page_bytes: usize,
    /// The longest long poll.
    pub wait_max: Duration,
    /// After this, connections that do not finish are cut at shutdown.
    pub shutdown_grace: Duration,
    /// Pause between two looks for bodies that have become too old.
    pub prune_every: Duration,
    /// After a failed write: pause between two attempts to find out whether it would work again.
    pub probe_every: Duration,
    /// Upper bound of the database in pages of 4 KiB, as a full disk would set it.
    pub max_pages: Option<u32>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            head_timeout: Duration::from_secs(30),
            body_timeout: Duration::from_secs(20),
            connections: 1024,
            bytes_in_flight: 128 * 1024 * 1024,
            queue: 1024,
            page_default: 200,
            page_max: 500,
            page_bytes: 4 * 1024 * 1024,
            wait_max: Duration::from_secs(60),
            shutdown_grace: Duration::from_secs(5),
            prune_every: Duration::from_secs(600),
            probe_every: Duration::from_secs(1),
            max_pages: None,
        }
    }
}

impl Config {
    /// For Meta itself, with the usual limits and the machine's clock; the fields are there to be changed.
    pub fn new(
        database: impl Into<PathBuf>,
        app_secrets: AppSecrets,
        verify_token: SecretString,
        bearer_token: SecretString,
    ) -> Self {
        Self {
            database: database.into(),
            proof: Proof::Signature(app_secrets),
            verify_token,
            bearer_tokens: vec![bearer_token],
            keep_days: KEEP_DAYS,
            body_limit: BODY_LIMIT,
            clock: Clock::system(),
            limits: Limits::default(),
        }
    }
}
