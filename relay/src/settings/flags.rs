//! The command line: what can be said there, and the help text.

use std::{net::SocketAddr, path::PathBuf, str::FromStr};

use clap::{Parser, ValueEnum};
use serde::Deserialize;

const EXAMPLES: &str = "\
Every setting is looked for as a flag, then in the environment, then in the TOML file.

Secrets, in the environment instead of a file:
  GUICHET_RELAY_APP_SECRET           the app secret from Meta's dashboard
  GUICHET_RELAY_APP_SECRET_PREVIOUS  a second one, valid as well during a rotation
  GUICHET_RELAY_WEBHOOK_SECRET       the value of the secret header, for a provider that does not sign
  GUICHET_RELAY_VERIFY_TOKEN         the word you type into Meta's dashboard beside the address
  GUICHET_RELAY_BEARER_TOKEN         what the laptops show; several are separated by spaces

Example:
  relay --listen 127.0.0.1:8080 --database /var/lib/guichet/relay.db \\
        --app-secret-file /etc/guichet/app-secret --verify-token-file /etc/guichet/verify-token \\
        --bearer-token-file /etc/guichet/laptops

Meta wants HTTPS with a public certificate: put a TLS proxy in front (see the README).";

/// Keeps the webhooks that Meta sends until the shop's laptop fetches them.
#[derive(Parser, Debug, Default)]
#[command(name = "relay", version, after_help = EXAMPLES, max_term_width = 100)]
pub struct Flags {
    /// TOML file with any of these settings [env: GUICHET_RELAY_CONFIG]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// Address to listen on, port 0 takes a free one [default: 127.0.0.1:8080] [env: GUICHET_RELAY_LISTEN]
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub listen: Option<SocketAddr>,

    /// SQLite file that keeps the webhooks; made if missing [default: relay.db] [env: GUICHET_RELAY_DATABASE]
    #[arg(long, value_name = "FILE")]
    pub database: Option<PathBuf>,

    /// File with Meta's app secret [env: GUICHET_RELAY_APP_SECRET_FILE]
    #[arg(long, value_name = "FILE")]
    pub app_secret_file: Option<PathBuf>,

    /// File with a second app secret, while it is being changed [env: GUICHET_RELAY_APP_SECRET_PREVIOUS_FILE]
    #[arg(long, value_name = "FILE")]
    pub app_secret_previous_file: Option<PathBuf>,

    /// Header with which a provider that signs nothing (360dialog) proves itself [default: X-Guichet-Webhook-Secret]
    /// [env: GUICHET_RELAY_WEBHOOK_SECRET_HEADER]
    #[arg(long, value_name = "NAME")]
    pub webhook_secret_header: Option<String>,

    /// File with that header's value; takes the place of the app secret, or stands beside it
    /// [env: GUICHET_RELAY_WEBHOOK_SECRET_FILE]
    #[arg(long, value_name = "FILE")]
    pub webhook_secret_file: Option<PathBuf>,

    /// File with the verify token [env: GUICHET_RELAY_VERIFY_TOKEN_FILE]
    #[arg(long, value_name = "FILE")]
    pub verify_token_file: Option<PathBuf>,

    /// File with the laptops' bearer tokens, one a line [env: GUICHET_RELAY_BEARER_TOKEN_FILE]
    #[arg(long, value_name = "FILE")]
    pub bearer_token_file: Option<PathBuf>,

    /// Days until a webhook is deleted, at least 7 [default: 30] [env: GUICHET_RELAY_KEEP_DAYS]
    #[arg(long, value_name = "DAYS")]
    pub keep_days: Option<u32>,

    /// Largest webhook body in bytes [default: 3145728] [env: GUICHET_RELAY_BODY_LIMIT]
    #[arg(long, value_name = "BYTES")]
    pub body_limit: Option<usize>,

    /// How to write the log to stderr [default: text] [env: GUICHET_RELAY_LOG_FORMAT]
    #[arg(long, value_name = "FORMAT")]
    pub log_format: Option<LogFormat>,

    /// Least level to log; "debug" has a line for every request [default: info] [env: GUICHET_RELAY_LOG_LEVEL]
    #[arg(long, value_name = "LEVEL")]
    pub log_level: Option<LogLevel>,

    /// Follow the time in this file, for practice and tests
    #[arg(long, value_name = "FILE", hide = true)]
    pub clock_file: Option<PathBuf>,
}

#[derive(ValueEnum, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    Text,
    Json,
}

#[derive(ValueEnum, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum LogLevel {
    Error,
    Warn,
    Info,
    Debug,
}

impl FromStr for LogFormat {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        ValueEnum::from_str(text, true)
    }
}

impl FromStr for LogLevel {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        ValueEnum::from_str(text, true)
    }
}
