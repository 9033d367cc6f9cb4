//! The keyring of the operating system: Secret Service, Keychain, Credential Manager.

use super::{SecretError, SecretStore};
use keyring::Entry;
use secrecy::{ExposeSecret, SecretString};

/// Under this name every entry of Guichet is found in the system's own keyring program.
const SERVICE: &str = "app.guichet.desktop";

pub struct SystemKeyring;

impl SecretStore for SystemKeyring {
    fn get(&self, name: &str) -> Result<Option<SecretString>, SecretError> {
        match entry(name)?.get_password() {
            Ok(secret) => Ok(Some(secret.into())),
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(error) => Err(meaning(&error)),
        }
    }

    fn set(&self, name: &str, secret: &SecretString) -> Result<(), SecretError> {
        entry(name)?
            .set_password(secret.expose_secret())
            .map_err(|error| meaning(&error))
    }

    fn delete(&self, name: &str) -> Result<(), SecretError> {
        match entry(name)?.delete_credential() {
            Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
            Err(error) => Err(meaning(&error)),
        }
    }
}

/// A fresh connection each time: a keyring that was started or unlocked since the last request is found.
/// `Entry::new` would keep the first connection, and the first failure, for the life of the process.
#[cfg(target_os = "linux")]
fn entry(name: &str) -> Result<Entry, SecretError> {
    use keyring_core::api::CredentialStoreApi;
    let store = zbus_secret_service_keyring_store::Store::new().map_err(|error| {
        tracing::info!(kind = kind(&error), "no keyring service");
        SecretError::Missing
    })?;
    let inner = store
        .build(SERVICE, name, None)
        .map_err(|error| meaning(&error))?;
    Ok(Entry { inner })
}

#[cfg(not(target_os = "linux"))]
fn entry(name: &str) -> Result<Entry, SecretError> {
    Entry::new(SERVICE, name).map_err(|error| match error {
        keyring::Error::NoDefaultStore => SecretError::Missing,
        other => meaning(&other),
    })
}

fn meaning(error: &keyring::Error) -> SecretError {
    match error {
        keyring::Error::NoStorageAccess(_) => SecretError::Locked,
        other => SecretError::Other(kind(other).to_owned()),
    }
}

/// For the log and for support: the kind alone, as the rest may quote what was stored.
fn kind(error: &keyring::Error) -> &'static str {
    match error {
        keyring::Error::PlatformFailure(_) => "the platform failed",
        keyring::Error::NoStorageAccess(_) => "no access",
        keyring::Error::NoEntry => "no entry",
        keyring::Error::BadEncoding(_) | keyring::Error::BadDataFormat(..) => "not readable",
        keyring::Error::Ambiguous(_) => "two entries of one name",
        keyring::Error::NoDefaultStore => "no store",
        _ => "something else",
    }
}
