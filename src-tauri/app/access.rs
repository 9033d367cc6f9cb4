//! How the shop's own number is reached, and where that is kept: tokens in the keyring (or, where a passphrase
//! opens the store, inside it), the rest in the store.

use crate::{
    problem::{Answer, internal, of_store},
    profile::Folder,
    secrets::Secrets,
    store_key::Kept,
};
use cloud_api::client::{Client, Config, FeedClient};
use inbox::{
    access::Place,
    desk::Account,
    fact::Number,
    view::{AccessForm, Provider},
};
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
const PROVIDER: &str = "shop_provider";
/// JSON: `[[phone_number_id, display], …]` of the further numbers.
const OTHERS: &str = "shop_other_numbers";

/// Everything that is needed to speak for the numbers of one account.
#[derive(Clone)]
pub struct Access {
    pub account: Account,
    pub provider: Provider,
    pub base_url: String,
    pub token: SecretString,
    pub relay_url: String,
    pub relay_token: SecretString,
    /// Only in tests: the clock that the other processes follow.
    pub clock_file: Option<PathBuf>,
}

/// Where a provider is reached: its own address, or in tests one of this machine (see [`ELSEWHERE`]).
fn base_url(provider: Provider) -> String {
    elsewhere().unwrap_or_else(|| inbox::access::provider(provider).url().to_owned())
}

/// The platform's address for the connection assistant, so that it can be tried against a practice platform.
const ELSEWHERE: &str = "GUICHET_PLATFORM";

/// Of this machine only: nothing but a test may send a token anywhere else than to the provider.
fn elsewhere() -> Option<String> {
    std::env::var(ELSEWHERE).ok().filter(|url| is_here(url))
}

fn is_here(url: &str) -> bool {
    let port = url.strip_prefix("http://127.0.0.1:");
    port.is_some_and(|port| port.trim_end_matches('/').parse::<u16>().is_ok())
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
            provider: inbox::access::provider(self.provider),
            ..Config::new(phone_number_id, waba_id, self.token.clone())
        };
        Client::new(config).map_err(|error| internal(&error))
    }

    pub fn feed(&self) -> Answer<FeedClient> {
        FeedClient::new(&self.relay_url, self.relay_token.clone()).map_err(|error| internal(&error))
    }

    /// Where the assistant's calls go.
    pub fn place(form: &AccessForm) -> Place {
        Place {
            base_url: base_url(form.provider),
        }
    }

    /// As the window sends it, for these numbers, the first one being the main one. What they are called comes
    /// from Meta.
    pub fn of_form(form: &AccessForm, numbers: &[String]) -> Self {
        let plain = |text: &str| text.trim().to_owned();
        let mut numbers = numbers.iter().map(|id| plain(id));
        let phone_number_id = numbers
            .next()
            .unwrap_or_else(|| plain(&form.phone_number_id));
        let others = numbers.map(|phone_number_id| Number {
            phone_number_id,
            display: String::new(),
        });
        Self {
            account: Account {
                phone_number_id,
                display: String::new(),
                waba_id: plain(&form.waba_id),
                others: others.collect(),
            },
            provider: form.provider,
            base_url: base_url(form.provider),
            token: plain(&form.token).into(),
            relay_url: plain(&form.relay_url),
            relay_token: plain(&form.relay_token).into(),
            clock_file: None,
        }
    }

    /// With the numbers that were connected before, where the account is the same: one more number takes no
    /// other's place, and the token of the account speaks for all of them. At 360dialog every number has a key
    /// of its own, so there the new one stands alone.
    pub fn beside(mut self, before: &Self) -> Self {
        let same =
            before.account.waba_id == self.account.waba_id && !self.account.waba_id.is_empty();
        if !same || (self.provider, before.provider) != (Provider::Meta, Provider::Meta) {
            return self;
        }
        let mut numbers: Vec<Number> = before.account.numbers().collect();
        for new in self.account.numbers() {
            match numbers
                .iter_mut()
                .find(|n| n.phone_number_id == new.phone_number_id)
            {
                Some(known) => known.display = new.display,
                None => numbers.push(new),
            }
        }
        let mut numbers = numbers.into_iter();
        if let Some(main) = numbers.next() {
            self.account.phone_number_id = main.phone_number_id;
            self.account.display = main.display;
            self.account.others = numbers.collect();
        }
        self
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
            if !is_here(address) {
                return Err("GUICHET_CONNECT takes addresses of this machine only, as http://127.0.0.1:PORT".into());
            }
        }
        Ok(Self {
            account: Account {
                phone_number_id: given.phone_number_id,
                display: given.display,
                waba_id: given.waba_id,
                others: given.others.into_iter().map(number).collect(),
            },
            provider: Provider::Meta,
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
            setting::set(db, PROVIDER, &serde_json::to_string(&self.provider)?)?;
            let others: Vec<_> = self.account.others.iter().map(pair).collect();
            setting::set(db, OTHERS, &serde_json::to_string(&others)?)?;
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
        // What cannot be read, nobody wrote: then there is one number, at Meta.
        let provider = read(PROVIDER)?.and_then(|text| serde_json::from_str(&text).ok());
        let provider: Provider = provider.unwrap_or_default();
        let others = read(OTHERS)?.and_then(|text| serde_json::from_str(&text).ok());
        let others: Vec<(String, String)> = others.unwrap_or_default();
        Ok(Some(Self {
            account: Account {
                phone_number_id,
                display: read(DISPLAY)?.unwrap_or_default(),
                waba_id: read(WABA_ID)?.unwrap_or_default(),
                others: others.into_iter().map(number).collect(),
            },
            provider,
            base_url: base_url(provider),
            token: access,
            relay_url: read(RELAY_URL)?.unwrap_or_default(),
            relay_token: relay,
            clock_file: None,
        }))
    }
}

fn pair(number: &Number) -> (&str, &str) {
    (&number.phone_number_id, &number.display)
}

fn number((phone_number_id, display): (String, String)) -> Number {
    Number {
        phone_number_id,
        display,
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
    /// `[[phone_number_id, display], …]`
    #[serde(default)]
    others: Vec<(String, String)>,
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
    fn one_more_number_of_the_account_takes_no_others_place() {
        let ids = |access: &Access| -> Vec<String> {
            let numbers = access.account.numbers();
            numbers.map(|n| n.phone_number_id).collect()
        };
        let form = |waba_id: &str, provider| AccessForm {
            provider,
            phone_number_id: "20".into(),
            waba_id: waba_id.into(),
            token: "t-new".into(),
            relay_url: "http://127.0.0.1:4000".into(),
            relay_token: "r-new".into(),
            app_secret: String::new(),
        };
        let mut before = Access::parse(&given("http://127.0.0.1:8080")).unwrap();
        before
            .account
            .others
            .push(number(("3".into(), "+1 555 010 0103".into())));
        for (what, waba_id, provider, chosen, expected) in [
            (
                "one more",
                "2",
                Provider::Meta,
                vec!["20"],
                vec!["1", "3", "20"],
            ),
            (
                "a known one again",
                "2",
                Provider::Meta,
                vec!["3", "20"],
                vec!["1", "3", "20"],
            ),
            (
                "another account",
                "9",
                Provider::Meta,
                vec!["20"],
                vec!["20"],
            ),
            ("no account", "", Provider::Meta, vec!["20"], vec!["20"]),
            (
                "a key for each",
                "2",
                Provider::Dialog360,
                vec!["20"],
                vec!["20"],
            ),
        ] {
            let chosen: Vec<String> = chosen.into_iter().map(str::to_owned).collect();
            let joined = Access::of_form(&form(waba_id, provider), &chosen).beside(&before);
            assert_eq!(ids(&joined), expected, "{what}");
            assert_eq!(joined.token.expose_secret(), "t-new", "{what}");
        }
        let joined = Access::of_form(&form("2", Provider::Meta), &["20".into()]).beside(&before);
        assert_eq!(joined.account.display, "+1 555 010 0100", "known as before");
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
