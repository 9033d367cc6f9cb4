//! The Graph client. A concrete type with a base URL: Meta, and the practice platform, both over real HTTP.
//!
//! A send is exactly one HTTP attempt ([`Client::send`]); only reads are repeated. Neither tokens nor
//! addresses that carry one ever reach an error or a log line.

mod account;
mod answer;
mod block;
mod call;
mod feed;
mod media;
mod provider;
mod self_test;
mod send;
mod templates;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use secrecy::SecretString;

pub use crate::outgoing::*;
pub use account::{Health, HistoryEvent, HistoryPage, PhoneNumber, SubscribedApp, TokenInfo};
pub use block::Blocked;
pub use call::CallError;
pub use feed::{FeedClient, FeedError};
pub use media::MediaInfo;
pub use provider::{DIALOG360_URL, Provider};
pub use self_test::{SelfTest, self_test};
pub use send::{Doubt, Hold, NoSend, Sent};
pub use templates::{
    CreatedTemplate, Template, TemplateEdit, TemplateError, TemplateList, TemplateRefusal, Unpaused,
};

/// The one place that names the Graph version (Meta, "Graph API changelog": usable until 29 July 2028).
pub const GRAPH_VERSION: &str = "v25.0";
pub const GRAPH_URL: &str = "https://graph.facebook.com";

const USER_AGENT: &str = concat!("Guichet/", env!("CARGO_PKG_VERSION"));
/// Shorter than what servers keep an idle connection for: one that dies under a send leaves a doubtful
/// message behind.
const IDLE: Duration = Duration::from_secs(15);

#[derive(Debug, Clone)]
pub struct Config {
    /// `https://graph.facebook.com`, or a practice platform on loopback. No trailing slash needed.
    pub base_url: String,
    pub provider: Provider,
    pub version: String,
    pub phone_number_id: String,
    pub waba_id: String,
    pub token: SecretString,
    /// Name, connection and TLS. Up to here it is certain that nothing was sent.
    pub connect_timeout: Duration,
    /// From there to the last byte of the answer.
    pub answer_timeout: Duration,
}

impl Config {
    /// Meta itself, with the usual patience.
    pub fn new(phone_number_id: String, waba_id: String, token: SecretString) -> Self {
        Self {
            base_url: GRAPH_URL.to_owned(),
            provider: Provider::Meta,
            version: GRAPH_VERSION.to_owned(),
            phone_number_id,
            waba_id,
            token,
            connect_timeout: Duration::from_secs(10),
            answer_timeout: Duration::from_secs(30),
        }
    }
}

/// Why there is no client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SetupError {
    #[error("the address is not a web address")]
    BadAddress,
    #[error("the address is not encrypted (https), which is allowed on this machine only")]
    NotEncrypted,
    #[error("this machine's network encryption could not be set up")]
    NoTls,
}

/// The far side's clock in one answer: it was `date_ms` (Unix milliseconds, cut to the second) at some
/// moment between `sent` and `received`.
#[derive(Debug, Clone, Copy)]
pub struct DateSample {
    pub sent: Instant,
    pub received: Instant,
    pub date_ms: i64,
}

/// Called for every answer with a `Date` header.
pub type DateHook = Arc<dyn Fn(DateSample) + Send + Sync>;

/// Cheap to clone; clones share their connections.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    config: Arc<Config>,
    dates: Option<DateHook>,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client")
            .field("config", &self.config)
            .finish_non_exhaustive()
    }
}

impl Client {
    pub fn new(mut config: Config) -> Result<Self, SetupError> {
        let http = http(&config.base_url, config.connect_timeout)?;
        config
            .base_url
            .truncate(config.base_url.trim_end_matches('/').len());
        Ok(Self {
            http,
            config: Arc::new(config),
            dates: None,
        })
    }

    /// The same client with another token, over the same connections.
    pub fn with_token(&self, token: SecretString) -> Self {
        let config = Config {
            token,
            ..(*self.config).clone()
        };
        Self {
            config: Arc::new(config),
            ..self.clone()
        }
    }

    /// The same client for another number of the same account, over the same connections.
    pub fn with_number(&self, phone_number_id: &str) -> Self {
        let config = Config {
            phone_number_id: phone_number_id.to_owned(),
            ..(*self.config).clone()
        };
        Self {
            config: Arc::new(config),
            ..self.clone()
        }
    }

    /// Feeds the platform clock. Clones made before do not notice.
    pub fn on_date(&mut self, hook: DateHook) {
        self.dates = Some(hook);
    }

    pub fn config(&self) -> &Config {
        &self.config
    }
}

/// One configuration for everything that leaves the machine. Nothing is repeated or redirected behind our
/// back, and a loopback address is never sent through a proxy.
fn http(base_url: &str, connect_timeout: Duration) -> Result<reqwest::Client, SetupError> {
    let url = reqwest::Url::parse(base_url).map_err(|_| SetupError::BadAddress)?;
    let loopback = is_loopback(&url);
    match url.scheme() {
        "https" => {}
        "http" if loopback => {}
        "http" => return Err(SetupError::NotEncrypted),
        _ => return Err(SetupError::BadAddress),
    }
    // reqwest panics where a program has chosen no provider; the first choice stays.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = reqwest::Client::builder()
        .user_agent(USER_AGENT)
        .connect_timeout(connect_timeout)
        .pool_idle_timeout(IDLE)
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false);
    let builder = if loopback {
        builder.no_proxy()
    } else {
        builder.https_only(true)
    };
    builder.build().map_err(|_| SetupError::NoTls)
}

fn is_loopback(url: &reqwest::Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    host == "localhost"
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests;
