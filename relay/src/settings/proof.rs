//! Which proof a webhook has to bring: at least one is set up, or the relay does not start.

use axum::http::HeaderName;
use cloud_api::signature::{AppSecrets, SIGNATURE_HEADER};
use secrecy::{ExposeSecret, SecretString};

use super::{
    SettingsError,
    secret::{APP_SECRET, WEBHOOK_SECRET},
};
use crate::config::{Proof, SecretHeader};

/// Where nobody chose a name.
const HEADER: HeaderName = HeaderName::from_static("x-guichet-webhook-secret");

/// The value travels with every webhook and stands for a signature: it must not be guessed.
pub(super) const WEBHOOK_SECRET_AT_LEAST: usize = 16;

pub(super) fn secret_header(
    name: Option<String>,
    value: Option<SecretString>,
) -> Result<Option<SecretHeader>, SettingsError> {
    let name = match name {
        Some(name) => Some(
            HeaderName::try_from(name)
                .ok()
                .filter(|name| name.as_str() != SIGNATURE_HEADER)
                .ok_or(SettingsError::HeaderName)?,
        ),
        None => None,
    };
    match (name, value) {
        (_, Some(value)) if value.expose_secret().len() < WEBHOOK_SECRET_AT_LEAST => {
            Err(SettingsError::WebhookSecret)
        }
        (name, Some(value)) => Ok(Some(SecretHeader {
            name: name.unwrap_or(HEADER),
            value,
        })),
        (Some(_), None) => Err(WEBHOOK_SECRET.missing()),
        (None, None) => Ok(None),
    }
}

pub(super) fn choose(
    app_secret: Option<SecretString>,
    previous: Option<SecretString>,
    header: Option<SecretHeader>,
) -> Result<Proof, SettingsError> {
    let secrets = app_secret.map(|current| match previous {
        Some(previous) => AppSecrets::rotating(current, previous),
        None => AppSecrets::one(current),
    });
    match (secrets, header) {
        (Some(secrets), None) => Ok(Proof::Signature(secrets)),
        (None, Some(header)) => Ok(Proof::Header(header)),
        (Some(secrets), Some(header)) => Ok(Proof::Either(secrets, header)),
        (None, None) => Err(APP_SECRET.missing()),
    }
}
