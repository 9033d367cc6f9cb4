//! Whom we talk to: Meta, or 360dialog, which passes Meta's own bodies on under addresses and a header of its
//! own (360dialog, "Messaging API": `POST /messages` without number id, `D360-API-KEY`).

use super::{CallError, Client, GRAPH_URL};
use reqwest::RequestBuilder;
use secrecy::ExposeSecret;

pub const DIALOG360_URL: &str = "https://waba-v2.360dialog.io";
const DIALOG360_KEY: &str = "D360-API-KEY";

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Provider {
    #[default]
    Meta,
    Dialog360,
}

impl Provider {
    /// Where it is reached, without a slash at the end.
    pub fn url(self) -> &'static str {
        match self {
            Self::Meta => GRAPH_URL,
            Self::Dialog360 => DIALOG360_URL,
        }
    }
}

impl Client {
    /// The token, where this provider looks for it.
    pub(super) fn authorised(&self, request: RequestBuilder) -> RequestBuilder {
        let token = self.config.token.expose_secret();
        match self.config.provider {
            Provider::Meta => request.bearer_auth(token),
            Provider::Dialog360 => request.header(DIALOG360_KEY, token),
        }
    }

    /// For what only Meta answers: tokens, numbers, the delivery log, blocks.
    pub(super) fn only_meta(&self) -> Result<(), CallError> {
        match self.config.provider {
            Provider::Meta => Ok(()),
            Provider::Dialog360 => Err(CallError::NotOffered),
        }
    }

    /// `BASE/VERSION/PATH`; 360dialog chooses Meta's version itself.
    pub(super) fn url(&self, path: &str) -> String {
        let config = &self.config;
        match config.provider {
            Provider::Meta => format!("{}/{}/{path}", config.base_url, config.version),
            Provider::Dialog360 => format!("{}/{path}", config.base_url),
        }
    }

    /// An edge of the phone number: the key of 360dialog belongs to one number already.
    pub(super) fn number_url(&self, edge: &str) -> String {
        match self.config.provider {
            Provider::Meta => self.url(&format!("{}/{edge}", self.config.phone_number_id)),
            Provider::Dialog360 => self.url(edge),
        }
    }

    /// An edge of the WhatsApp Business Account.
    pub(super) fn account_url(&self, edge: &str) -> String {
        match (self.config.provider, edge) {
            (Provider::Dialog360, "message_templates") => self.url("v1/configs/templates"),
            (Provider::Dialog360, _) => self.url(edge),
            (Provider::Meta, _) => self.url(&format!("{}/{edge}", self.config.waba_id)),
        }
    }

    /// Where the bytes of a file are fetched: 360dialog hands out Meta's addresses and serves them under its own
    /// host (360dialog, "Media": replace the host, keep path and query).
    pub(super) fn media_address(&self, given: &str) -> String {
        let (Provider::Dialog360, Ok(url)) = (self.config.provider, reqwest::Url::parse(given))
        else {
            return given.to_owned();
        };
        let query = url.query().map(|q| format!("?{q}")).unwrap_or_default();
        format!("{}{}{query}", self.config.base_url, url.path())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::Config;

    fn client(provider: Provider) -> Client {
        let config = Config::new("111".into(), "222".into(), "key".to_owned().into());
        Client::new(Config {
            base_url: "https://example.test/".into(),
            provider,
            ..config
        })
        .unwrap()
    }

    #[test]
    fn the_same_calls_go_to_each_providers_own_addresses() {
        let (meta, other) = (client(Provider::Meta), client(Provider::Dialog360));
        for (address, expected) in [
            (
                meta.number_url("messages"),
                "https://example.test/v25.0/111/messages",
            ),
            (
                other.number_url("messages"),
                "https://example.test/messages",
            ),
            (other.number_url("media"), "https://example.test/media"),
            (
                meta.account_url("message_templates"),
                "https://example.test/v25.0/222/message_templates",
            ),
            (
                other.account_url("message_templates"),
                "https://example.test/v1/configs/templates",
            ),
            (meta.url("987"), "https://example.test/v25.0/987"),
            (other.url("987"), "https://example.test/987"),
            (
                meta.media_address("https://lookaside.fbsbx.com/whatsapp/?mid=1&ext=2"),
                "https://lookaside.fbsbx.com/whatsapp/?mid=1&ext=2",
            ),
            (
                other.media_address("https://lookaside.fbsbx.com/whatsapp/?mid=1&ext=2"),
                "https://example.test/whatsapp/?mid=1&ext=2",
            ),
        ] {
            assert_eq!(address, expected);
        }
    }

    #[test]
    fn the_key_stands_where_the_provider_looks_for_it() {
        for (provider, name, value) in [
            (Provider::Meta, "authorization", "Bearer key"),
            (Provider::Dialog360, "d360-api-key", "key"),
        ] {
            let client = client(provider);
            let request = client.authorised(client.http.get("https://example.test/"));
            let request = request.build().unwrap();
            assert_eq!(request.headers().get(name).unwrap(), value);
            assert_eq!(request.headers().len(), 1, "and nowhere else");
        }
    }
}
