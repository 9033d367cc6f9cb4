//! A secret has no flag of its own, because flags show in `ps`: it comes from a file, the environment or the
//! TOML file.

use std::path::{Path, PathBuf};

use secrecy::SecretString;

use super::{ENV, Environment, SettingsError, read_file, variable};

/// Where one secret can come from.
pub(super) struct Secret {
    what: &'static str,
    flag: &'static str,
    variable: &'static str,
    file_variable: &'static str,
    key: &'static str,
}

pub(super) const APP_SECRET: Secret = Secret {
    what: "app secret",
    flag: "app-secret-file",
    variable: "APP_SECRET",
    file_variable: "APP_SECRET_FILE",
    key: "app_secret_file",
};
pub(super) const APP_SECRET_PREVIOUS: Secret = Secret {
    what: "previous app secret",
    flag: "app-secret-previous-file",
    variable: "APP_SECRET_PREVIOUS",
    file_variable: "APP_SECRET_PREVIOUS_FILE",
    key: "app_secret_previous_file",
};
pub(super) const WEBHOOK_SECRET: Secret = Secret {
    what: "secret of the webhook header",
    flag: "webhook-secret-file",
    variable: "WEBHOOK_SECRET",
    file_variable: "WEBHOOK_SECRET_FILE",
    key: "webhook_secret_file",
};
pub(super) const VERIFY_TOKEN: Secret = Secret {
    what: "verify token",
    flag: "verify-token-file",
    variable: "VERIFY_TOKEN",
    file_variable: "VERIFY_TOKEN_FILE",
    key: "verify_token_file",
};
pub(super) const BEARER_TOKEN: Secret = Secret {
    what: "bearer token for the laptops",
    flag: "bearer-token-file",
    variable: "BEARER_TOKEN",
    file_variable: "BEARER_TOKEN_FILE",
    key: "bearer_token_file",
};

impl Secret {
    pub(super) fn required(
        &self,
        flag: Option<PathBuf>,
        env: Environment<'_>,
        value: Option<String>,
        file: Option<PathBuf>,
    ) -> Result<SecretString, SettingsError> {
        self.find(flag, env, value, file)?
            .ok_or_else(|| self.missing())
    }

    pub(super) fn missing(&self) -> SettingsError {
        SettingsError::Missing {
            what: self.what,
            flag: self.flag,
            variable: self.variable,
            key: self.key,
        }
    }

    /// `flag` and `file` are paths, `value` is the secret itself from the TOML file.
    pub(super) fn find(
        &self,
        flag: Option<PathBuf>,
        env: Environment<'_>,
        value: Option<String>,
        file: Option<PathBuf>,
    ) -> Result<Option<SecretString>, SettingsError> {
        if let Some(path) = flag {
            return self.read(&path).map(Some);
        }
        if let Some(value) = env(&format!("{ENV}{}", self.variable)) {
            return self.filled(&value, "the environment").map(Some);
        }
        if let Some(path) = variable::<PathBuf>(env, self.file_variable)? {
            return self.read(&path).map(Some);
        }
        if let Some(value) = value {
            return self.filled(&value, "the TOML file").map(Some);
        }
        file.map(|path| self.read(&path)).transpose()
    }

    fn read(&self, path: &Path) -> Result<SecretString, SettingsError> {
        self.filled(&read_file(path)?, &path.display().to_string())
    }

    /// Without the line end that editors add.
    fn filled(&self, value: &str, place: &str) -> Result<SecretString, SettingsError> {
        let value = value.trim();
        if value.is_empty() {
            return Err(SettingsError::Empty {
                what: self.what,
                place: place.to_owned(),
            });
        }
        Ok(SecretString::from(value))
    }
}
