//! How the shop's own number is reached, and where that is kept: tokens in the keyring (or, where a passphrase
//! opens the store, inside it), the rest in the store.

use crate::{
    problem::{Answer, internal, of_store},
    profile::Folder,
    secrets::Secrets,
    store_key::Kept,
};
use cloud_api::client::{Client, Config, FeedClient, GRAPH_URL};
use inbox::desk::Account;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use std::path::PathBuf;
use store::{Store, setting};

const ACCESS_TOKEN: &str = "access token";
const RELAY_TOKEN: &str = "relay token";
const PHONE_NUMBER_ID: &str = "shop_phone_number_id";
const DISPLAY: &str = "shop_display";
const WABA_ID: &str = "shop_waba_id";
const RELAY_URL: &str = "shop_relay_url";

/// Everything that is needed to speak for one number.
#[derive(Clone)]
pub struct Access {
    pub account: Account,
    pub base_url: String,
    pub token: SecretString,
    pub relay_url: String,
    pub relay_token: SecretString,
    /// Only in tests: the clock that the other processes follow.
    pub clock_file: Option<PathBuf>,
}

impl Access {
    pub fn client(&self) -> Answer<Client> {
        let Account {
            phone_number_id,
            waba_id,
            ..
        } = self.account.clone();
        let config = Config {
            base_url: self.base_url.clone(),
            ..Config::new(phone_number_id, waba_id, self.token.clone())
        };
        Client::new(config).map_err(|error| internal(&error))
    }

    pub fn feed(&self) -> Answer<FeedClient> {
        FeedClient::new(&self.relay_url, self.relay_token.clone()).map_err(|error| internal(&error))
    }

    /// As the window sends it; `display` comes from Meta.
    pub fn to_meta(
        account: Account,
        token: String,
        relay_url: String,
        relay_token: String,
    ) -> Self {
        Self {
            account,
            base_url: GRAPH_URL.to_owned(),
            token: token.into(),
            relay_url,
            relay_token: relay_token.into(),
            clock_file: None,
        }
    }

    /// From the environment: both sides on this machine, so that journeys through the window need no assistant.
    ///
    /// # Errors
    /// A sentence for whoever set the variable.
    pub fn from_environment() -> Result<Option<Self>, String> {
        match std::env::var("GUICHET_CONNECT") {
            Ok(text) => Self::parse(&text).map(Some),
            Err(_) => Ok(None),
        }
    }

    fn parse(text: &str) -> Result<Self, String> {
        // The parser's own message may quote what stands there.
        let given: Given = serde_json::from_str(text).map_err(|error| {
            let place = (error.line(), error.column());
            format!("GUICHET_CONNECT is not what it should be, at line and column {place:?}")
        })?;
        for address in [&given.base_url, &given.relay_url] {
            let port = address.strip_prefix("http://127.0.0.1:");
            if port.is_none_or(|port| port.trim_end_matches('/').parse::<u16>().is_err()) {
                return Err("GUICHET_CONNECT takes addresses of this machine only, as http://127.0.0.1:PORT".into());
            }
        }
        Ok(Self {
            account: Account {
                phone_number_id: given.phone_number_id,
                display: given.display,
                waba_id: given.waba_id,
            },
            base_url: given.base_url,
            token: given.token.into(),
            relay_url: given.relay_url,
            relay_token: given.relay_token.into(),
            clock_file: given.clock_file,
        })
    }

    pub fn save(
        &self,
        store: &Store,
        kept: Kept,
        folder: &Folder,
        secrets: &Secrets,
    ) -> Answer<()> {
        let tokens = [
            (ACCESS_TOKEN, &self.token),
            (RELAY_TOKEN, &self.relay_token),
        ];
        if kept == Kept::Keyring {
            for (name, token) in tokens {
                let saved = secrets.set(&folder.secret(name), token);
                saved.map_err(|error| internal(&error))?;
            }
        }
        let saved = store.write(|db| {
            if kept == Kept::Passphrase {
                for (name, token) in tokens {
                    setting::set(db, name, token.expose_secret())?;
                }
            }
            setting::set(db, DISPLAY, &self.account.display)?;
            setting::set(db, WABA_ID, &self.account.waba_id)?;
            setting::set(db, RELAY_URL, &self.relay_url)?;
            setting::set(db, PHONE_NUMBER_ID, &self.account.phone_number_id)
        });
        saved.map_err(|error| of_store(&error))
    }

    /// `None` until a number was connected, or where its tokens are gone.
    pub fn load(
        store: &Store,
        kept: Kept,
        folder: &Folder,
        secrets: &Secrets,
    ) -> Answer<Option<Self>> {
        let read = |key: &str| {
            let value = store.read(|db| setting::get(db, key));
            value.map_err(|error| of_store(&error))
        };
        let token = |name: &str| match kept {
            Kept::Passphrase => Ok(read(name)?.map(SecretString::from)),
            Kept::Keyring => {
                let kept = secrets.get(&folder.secret(name));
                kept.map_err(|error| internal(&error))
            }
        };
        let Some(phone_number_id) = read(PHONE_NUMBER_ID)? else {
            return Ok(None);
        };
        let (Some(access), Some(relay)) = (token(ACCESS_TOKEN)?, token(RELAY_TOKEN)?) else {
            return Ok(None);
        };
        Ok(Some(Self {
            account: Account {
                phone_number_id,
                display: read(DISPLAY)?.unwrap_or_default(),
                waba_id: read(WABA_ID)?.unwrap_or_default(),
            },
            base_url: GRAPH_URL.to_owned(),
            token: access,
            relay_url: read(RELAY_URL)?.unwrap_or_default(),
            relay_token: relay,
            clock_file: None,
        }))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    base_url: String,
    phone_number_id: String,
    display: String,
    waba_id: String,
    token: String,
    relay_url: String,
    relay_token: String,
    clock_file: Option<PathBuf>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        profile::Profiles,
        secrets::{Memory, Mood},
    };
    use inbox::view::Profile;
    use std::time::Duration;
    use store::StoreKey;

    fn given(base_url: &str) -> String {
        serde_json::json!({
            "base_url": base_url, "phone_number_id": "1", "display": "+1 555 010 0100", "waba_id": "2",
            "token": "t-secret", "relay_url": "http://127.0.0.1:4000", "relay_token": "r-secret",
        })
        .to_string()
    }

    #[test]
    fn the_environment_connects_to_this_machine_only() {
        for (base_url, taken) in [
            ("http://127.0.0.1:8080", true),
            ("http://127.0.0.1:8080/", true),
            ("http://127.0.0.1", false),
            ("http://127.0.0.1:80@example.org", false),
            ("http://127.0.0.1.example.org:80", false),
            ("https://graph.facebook.com", false),
            ("http://localhost:80", false),
        ] {
            assert_eq!(Access::parse(&given(base_url)).is_ok(), taken, "{base_url}");
        }
        let error = Access::parse("{\"token\": \"t-secret\"}").err().unwrap();
        assert!(!error.contains("t-secret"));
    }

    #[test]
    fn tokens_are_in_the_keyring_or_else_inside_the_encrypted_store() {
        for kept in [Kept::Keyring, Kept::Passphrase] {
            let root = tempfile::tempdir().unwrap();
            let folder = Profiles::new(root.path().into())
                .folder(&Profile::Shop)
                .unwrap();
            let store = Store::open(&folder.path, &StoreKey::from_bytes([7; 32]), 0).unwrap();
            let memory = Memory::new(Mood::Open);
            let secrets = Secrets::new(memory.clone(), Duration::from_secs(5));
            assert!(
                Access::load(&store, kept, &folder, &secrets)
                    .unwrap()
                    .is_none()
            );
            let access = Access::parse(&given("http://127.0.0.1:8080")).unwrap();
            access.save(&store, kept, &folder, &secrets).unwrap();
            let loaded = Access::load(&store, kept, &folder, &secrets)
                .unwrap()
                .unwrap();
            assert_eq!(loaded.account, access.account);
            assert_eq!(loaded.token.expose_secret(), "t-secret");
            let in_keyring = secrets.get(&folder.secret(ACCESS_TOKEN)).unwrap().is_some();
            assert_eq!(in_keyring, kept == Kept::Keyring);
            let in_store = store
                .read(|db| setting::get(db, ACCESS_TOKEN))
                .unwrap()
                .is_some();
            assert_eq!(in_store, kept == Kept::Passphrase);
        }
    }
}
