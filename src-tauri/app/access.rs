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
        self.account = self.account.with_numbers(numbers);
        self
    }

    /// Without one of its numbers. `None` where no other is left.
    pub fn without(mut self, phone_number_id: &str) -> Option<Self> {
        let numbers = self.account.numbers();
        let left: Vec<Number> = numbers
            .filter(|number| number.phone_number_id != phone_number_id)
            .collect();
        if left.is_empty() {
            return None;
        }
        self.account = self.account.with_numbers(left);
        Some(self)
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
#[path = "access_tests.rs"]
mod tests;
