//! One sentence for whoever has to mend the configuration.

use std::{fmt, path::PathBuf};

use super::{BODY_LIMIT_AT_MOST, ENV, proof::WEBHOOK_SECRET_AT_LEAST};
use crate::config::KEEP_DAYS_AT_LEAST;

/// What is missing or wrong, in one sentence that says how to mend it.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    #[error(
        "The {what} is missing: pass --{flag} FILE, or set {ENV}{variable}, or write {key} into the TOML file."
    )]
    Missing {
        what: &'static str,
        flag: &'static str,
        variable: &'static str,
        key: &'static str,
    },
    #[error("The file {path} cannot be read: {source}.")]
    Unreadable {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error("The {what} in {place} is empty.")]
    Empty { what: &'static str, place: String },
    #[error("The environment variable {ENV}{variable} is not understood: {reason}.")]
    Variable {
        variable: &'static str,
        reason: String,
    },
    #[error("The TOML file {path} is not understood: {reason}{line}.")]
    Document {
        path: PathBuf,
        reason: String,
        line: AtLine,
    },
    #[error(
        "Webhooks must be kept for at least {KEEP_DAYS_AT_LEAST} days (--keep-days), because Meta repeats them for that long."
    )]
    KeepDays,
    #[error(
        "The name of the secret header (--webhook-secret-header) must be a header name of its own, such as X-Guichet-Webhook-Secret."
    )]
    HeaderName,
    #[error(
        "The secret of the webhook header (--webhook-secret-file) must have at least {WEBHOOK_SECRET_AT_LEAST} characters."
    )]
    WebhookSecret,
    #[error("The body limit (--body-limit) must lie between 1 and {BODY_LIMIT_AT_MOST} bytes.")]
    BodyLimit,
}

/// Where in the TOML file; the line itself may hold a secret and is not shown.
#[derive(Debug)]
pub struct AtLine(pub(super) Option<usize>);

impl fmt::Display for AtLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |line| write!(f, " (line {line})"))
    }
}
