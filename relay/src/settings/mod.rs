//! Where the program's configuration comes from: flags, before the environment, before a TOML file.

mod error;
mod flags;
mod proof;
mod secret;

use std::{
    fmt,
    net::SocketAddr,
    path::{Path, PathBuf},
    str::FromStr,
};

use cloud_api::clock::Clock;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use crate::config::{BODY_LIMIT, Config, KEEP_DAYS, KEEP_DAYS_AT_LEAST, Limits};
pub use error::{AtLine, SettingsError};
pub use flags::{Flags, LogFormat, LogLevel};
use secret::{APP_SECRET, APP_SECRET_PREVIOUS, BEARER_TOKEN, VERIFY_TOKEN, WEBHOOK_SECRET};

/// Largest `--body-limit`, bytes.
const BODY_LIMIT_AT_MOST: usize = 64 * 1024 * 1024;

/// What the names of all environment variables begin with.
const ENV: &str = "GUICHET_RELAY_";

/// Reads one environment variable, by its full name.
pub type Environment<'a> = &'a dyn Fn(&str) -> Option<String>;

/// All that `main` needs.
#[derive(Debug)]
pub struct Settings {
    pub listen: SocketAddr,
    pub relay: Config,
    pub log_format: LogFormat,
    pub log_level: LogLevel,
}

impl Settings {
    pub fn gather(flags: Flags, env: Environment<'_>) -> Result<Self, SettingsError> {
        let document = match flags.config.or(variable(env, "CONFIG")?) {
            Some(path) => read_document(&path)?,
            None => Document::default(),
        };
        let app_secret = APP_SECRET.find(
            flags.app_secret_file,
            env,
            document.app_secret,
            document.app_secret_file,
        )?;
        let previous = APP_SECRET_PREVIOUS.find(
            flags.app_secret_previous_file,
            env,
            document.app_secret_previous,
            document.app_secret_previous_file,
        )?;
        let webhook_secret = WEBHOOK_SECRET.find(
            flags.webhook_secret_file,
            env,
            document.webhook_secret,
            document.webhook_secret_file,
        )?;
        let header_name = pick(
            flags.webhook_secret_header,
            env,
            "WEBHOOK_SECRET_HEADER",
            document.webhook_secret_header,
        )?;
        let secret_header = proof::secret_header(header_name, webhook_secret)?;
        let proof = proof::choose(app_secret, previous, secret_header)?;
        let verify_token = VERIFY_TOKEN.find(
            flags.verify_token_file,
            env,
            document.verify_token,
            document.verify_token_file,
        )?;
        let verify_token = match verify_token {
            Some(token) => token,
            // Only Meta itself shakes hands; an empty token fits nothing.
            None if proof.signature().is_none() => SecretString::from(""),
            None => return Err(VERIFY_TOKEN.missing()),
        };
        let bearer_tokens = BEARER_TOKEN.required(
            flags.bearer_token_file,
            env,
            document.bearer_tokens.map(|tokens| tokens.join("\n")),
            document.bearer_token_file,
        )?;
        let bearer_tokens = bearer_tokens
            .expose_secret()
            .split_ascii_whitespace()
            .map(SecretString::from)
            .collect();

        let keep_days = pick(flags.keep_days, env, "KEEP_DAYS", document.keep_days)?;
        let keep_days = keep_days.unwrap_or(KEEP_DAYS);
        if keep_days < KEEP_DAYS_AT_LEAST {
            return Err(SettingsError::KeepDays);
        }
        let body_limit = pick(flags.body_limit, env, "BODY_LIMIT", document.body_limit)?;
        let body_limit = body_limit.unwrap_or(BODY_LIMIT);
        if !(1..=BODY_LIMIT_AT_MOST).contains(&body_limit) {
            return Err(SettingsError::BodyLimit);
        }
        let listen = pick(flags.listen, env, "LISTEN", document.listen)?;
        let database = pick(flags.database, env, "DATABASE", document.database)?;
        let log_format = pick(flags.log_format, env, "LOG_FORMAT", document.log_format)?;
        let log_level = pick(flags.log_level, env, "LOG_LEVEL", document.log_level)?;
        Ok(Self {
            listen: listen.unwrap_or(SocketAddr::from(([127, 0, 0, 1], 8080))),
            relay: Config {
                database: database.unwrap_or_else(|| "relay.db".into()),
                proof,
                verify_token,
                bearer_tokens,
                keep_days,
                body_limit,
                clock: flags
                    .clock_file
                    .map_or_else(Clock::system, Clock::following),
                limits: Limits::default(),
            },
            log_format: log_format.unwrap_or(LogFormat::Text),
            log_level: log_level.unwrap_or(LogLevel::Info),
        })
    }
}

/// The TOML file. No `Debug`: it may hold secrets.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Document {
    listen: Option<SocketAddr>,
    database: Option<PathBuf>,
    app_secret: Option<String>,
    app_secret_file: Option<PathBuf>,
    app_secret_previous: Option<String>,
    app_secret_previous_file: Option<PathBuf>,
    webhook_secret_header: Option<String>,
    webhook_secret: Option<String>,
    webhook_secret_file: Option<PathBuf>,
    verify_token: Option<String>,
    verify_token_file: Option<PathBuf>,
    bearer_tokens: Option<Vec<String>>,
    bearer_token_file: Option<PathBuf>,
    keep_days: Option<u32>,
    body_limit: Option<usize>,
    log_format: Option<LogFormat>,
    log_level: Option<LogLevel>,
}

fn pick<T: FromStr<Err: fmt::Display>>(
    flag: Option<T>,
    env: Environment<'_>,
    name: &'static str,
    document: Option<T>,
) -> Result<Option<T>, SettingsError> {
    match flag {
        Some(flag) => Ok(Some(flag)),
        None => Ok(variable(env, name)?.or(document)),
    }
}

fn variable<T: FromStr<Err: fmt::Display>>(
    env: Environment<'_>,
    name: &'static str,
) -> Result<Option<T>, SettingsError> {
    let text = env(&format!("{ENV}{name}")).filter(|text| !text.is_empty());
    text.map(|text| text.parse())
        .transpose()
        .map_err(|error: T::Err| SettingsError::Variable {
            variable: name,
            reason: error.to_string(),
        })
}

fn read_document(path: &Path) -> Result<Document, SettingsError> {
    let text = read_file(path)?;
    toml::from_str(&text).map_err(|error| SettingsError::Document {
        path: path.to_owned(),
        reason: error.message().to_owned(),
        line: AtLine(error.span().and_then(|span| {
            let before = text.get(..span.start)?;
            Some(before.matches('\n').count() + 1)
        })),
    })
}

fn read_file(path: &Path) -> Result<String, SettingsError> {
    std::fs::read_to_string(path).map_err(|source| SettingsError::Unreadable {
        path: path.to_owned(),
        source,
    })
}
