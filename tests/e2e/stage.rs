//! Relay and practice platform as processes of their own, and everything a journey does from their side of the wire.

use std::{process::Command, time::Duration};

use base64::{Engine, engine::general_purpose::STANDARD};
use cloud_api::{clock::Clock, signature::sign};
use practice::Accepted;
use reqwest::Client;
use secrecy::SecretString;
use serde_json::{Value, json};
use support::{
    bodies::{NUMBER, change, seconds},
    program::{Program, built},
};
use tempfile::TempDir;

use crate::{
    Outcome,
    desk::Setup,
    eventually::{PATIENCE, eventually},
};

pub const LENA: &str = "493023125101";
pub const LENA_NAME: &str = "Lena Brandt";
pub const HOUR: i64 = 60 * 60 * 1000;
pub const MINUTE: i64 = 60 * 1000;

const WABA: &str = "201100200300400";
const DISPLAY: &str = "+49 30 55501234";
const APP_SECRET: &str = "an-app-secret-of-this-stage";
const VERIFY_TOKEN: &str = "a-verify-token-of-this-stage";
const TOKEN: &str = "an-access-token-of-this-stage";
const BEARER: &str = "a-bearer-token-of-thirty-two-letters";

/// Both processes live by one clock, and so does the app that is told of them.
pub struct Stage {
    pub clock: Clock,
    relay_url: String,
    platform_url: String,
    platform: Option<Program>,
    relay: Option<Program>,
    /// Further numbers of the account, as ID=DISPLAY.
    others: &'static [&'static str],
    folder: TempDir,
    http: Client,
}

impl Stage {
    /// Statuses come only when a journey sends them.
    pub async fn start() -> Outcome<Self> {
        Self::start_with(&[]).await
    }

    /// The same where the account has further numbers, each as ID=DISPLAY.
    pub async fn start_with(others: &'static [&'static str]) -> Outcome<Self> {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let folder = tempfile::tempdir()?;
        let clock = Clock::following(folder.path().join("clock"));
        clock.set(clock.now(), 1.0)?;
        let mut stage = Self {
            clock,
            relay_url: String::new(),
            platform_url: String::new(),
            platform: None,
            relay: None,
            others,
            folder,
            http: Client::builder().timeout(PATIENCE).no_proxy().build()?,
        };
        stage.start_relay("127.0.0.1:0");
        stage.start_platform("127.0.0.1:0").await?;
        Ok(stage)
    }

    fn start_relay(&mut self, listen: &str) {
        let mut relay = Program::start(
            Command::new(built("relay"))
                .args(["--listen", listen, "--log-level", "error"])
                .arg("--database")
                .arg(self.folder.path().join("relay.db"))
                .arg("--clock-file")
                .arg(self.folder.path().join("clock"))
                .env("GUICHET_RELAY_APP_SECRET", APP_SECRET)
                .env("GUICHET_RELAY_VERIFY_TOKEN", VERIFY_TOKEN)
                .env("GUICHET_RELAY_BEARER_TOKEN", BEARER),
        );
        self.relay_url = relay.base_url();
        self.relay = Some(relay);
    }

    pub fn kill_relay(&mut self) {
        if let Some(relay) = self.relay.take() {
            relay.kill();
        }
    }

    /// At the address it had.
    pub fn start_relay_again(&mut self) {
        let listen = self.relay_url.trim_start_matches("http://").to_owned();
        self.start_relay(&listen);
    }

    async fn start_platform(&mut self, listen: &str) -> Outcome {
        let mut platform = Program::start(
            Command::new(built("practice"))
                .args(["--listen", listen])
                .args(["--webhook-url", &format!("{}/webhook", self.relay_url)])
                .args(["--phone-number-id", NUMBER, "--waba-id", WABA])
                .args(["--display-phone-number", DISPLAY])
                .args(
                    self.others
                        .iter()
                        .flat_map(|other| ["--other-number", other]),
                )
                .arg("--clock-file")
                .arg(self.folder.path().join("clock"))
                .arg("--state")
                .arg(self.folder.path().join("platform.jsonl"))
                .env("GUICHET_PRACTICE_APP_SECRET", APP_SECRET)
                .env("GUICHET_PRACTICE_VERIFY_TOKEN", VERIFY_TOKEN)
                .env("GUICHET_PRACTICE_TOKEN", TOKEN)
                .env("RUST_LOG", "error"),
        );
        self.platform_url = platform.base_url();
        self.platform = Some(platform);
        self.order("statuses", &json!({ "auto": false })).await?;
        Ok(())
    }

    /// The platform takes what fits into the line, and no more.
    pub fn suspend_platform(&self) {
        self.platform.iter().for_each(Program::suspend);
    }

    pub fn resume_platform(&self) {
        self.platform.iter().for_each(Program::resume);
    }

    /// Kills the platform: whoever calls it finds nobody there.
    pub fn kill_platform(&mut self) {
        if let Some(platform) = self.platform.take() {
            platform.kill();
        }
    }

    /// At the address it had, because the app was told of that one.
    pub async fn start_platform_again(&mut self) -> Outcome {
        let listen = self.platform_url.trim_start_matches("http://").to_owned();
        self.start_platform(&listen).await
    }

    /// What the app is started with.
    pub fn setup(&self) -> Setup {
        let connect = json!({
            "base_url": self.platform_url, "phone_number_id": NUMBER, "display": DISPLAY, "waba_id": WABA,
            "token": TOKEN, "relay_url": self.relay_url, "relay_token": BEARER,
            "clock_file": self.folder.path().join("clock"),
        });
        Setup {
            environment: vec![
                ("GUICHET_CONNECT".into(), connect.to_string()),
                ("LC_ALL".into(), "de_DE.UTF-8".into()),
            ],
            ..Setup::default()
        }
    }

    /// An app that knows nothing yet and takes this stage's platform for Meta.
    pub fn setup_to_connect(&self) -> Setup {
        Setup {
            environment: vec![
                ("GUICHET_PLATFORM".into(), self.platform_url.clone()),
                ("LC_ALL".into(), "de_DE.UTF-8".into()),
            ],
            ..Setup::default()
        }
    }

    /// What the owner of this stage types into the assistant, by the test ids of its fields.
    pub fn access(&self) -> [(&'static str, String); 6] {
        [
            ("phone-number-id", NUMBER.into()),
            ("waba-id", WABA.into()),
            ("token", TOKEN.into()),
            ("relay-url", self.relay_url.clone()),
            ("relay-token", BEARER.into()),
            ("app-secret", APP_SECRET.into()),
        ]
    }

    /// Posts a body to the relay as Meta would.
    pub async fn post_signed(&self, body: &Value) -> Outcome {
        let bytes = serde_json::to_vec(body)?;
        let signature = sign(&SecretString::from(APP_SECRET), &bytes);
        self.http
            .post(format!("{}/webhook", self.relay_url))
            .header("content-type", "application/json")
            .header("x-hub-signature-256", signature)
            .body(bytes)
            .send()
            .await?
            .error_for_status()?;
        Ok(())
    }

    /// Lena writes through the platform, now; gives the moment as Meta dates it, in milliseconds.
    pub async fn lena_writes(&self, text: &str) -> Outcome<i64> {
        let at = self.clock.now() / 1000 * 1000;
        let write = json!({ "wa_id": LENA, "name": LENA_NAME, "text": text, "at": at });
        self.order("customers/write", &write).await?;
        Ok(at)
    }

    /// Somebody else writes, now.
    pub async fn writes(&self, wa_id: &str, name: &str, text: &str) -> Outcome {
        let write = json!({ "wa_id": wa_id, "name": name, "text": text });
        self.order("customers/write", &write).await.map(drop)
    }

    /// Lena sends a picture, now.
    pub async fn lena_sends_picture(&self, bytes: &[u8], caption: &str) -> Outcome {
        let media = json!({ "kind": "image", "mime_type": "image/png", "base64": STANDARD.encode(bytes), "caption": caption });
        let write = json!({ "wa_id": LENA, "name": LENA_NAME, "media": media });
        self.order("customers/write", &write).await.map(drop)
    }

    /// Lena sends a file of another kind (`audio`, `video`, …), now.
    pub async fn lena_sends(&self, kind: &str, mime_type: &str, bytes: &[u8]) -> Outcome {
        let media =
            json!({ "kind": kind, "mime_type": mime_type, "base64": STANDARD.encode(bytes) });
        let write = json!({ "wa_id": LENA, "name": LENA_NAME, "media": media });
        self.order("customers/write", &write).await.map(drop)
    }

    /// The bytes of a file that the platform holds, as its owner fetches them.
    pub async fn file(&self, media_id: &str) -> Outcome<Vec<u8>> {
        let url = format!("{}/v25.0/{media_id}", self.platform_url);
        let place = self.http.get(url).bearer_auth(TOKEN).send().await?;
        let place: Value = place.error_for_status()?.json().await?;
        let address = place["url"].as_str().ok_or("the file has no address")?;
        let file = self.http.get(address).bearer_auth(TOKEN).send().await?;
        Ok(file.error_for_status()?.bytes().await?.to_vec())
    }

    /// Everything that clients have asked of the platform, as text.
    pub async fn requests(&self) -> Outcome<String> {
        let url = format!("{}/_practice/requests", self.platform_url);
        Ok(self.http.get(url).send().await?.text().await?)
    }

    /// One of the orders under `/_practice`.
    pub async fn order(&self, path: &str, body: &Value) -> Outcome<Value> {
        let url = format!("{}/_practice/{path}", self.platform_url);
        let answer = self.http.post(url).json(body).send().await?;
        Ok(answer.error_for_status()?.json().await?)
    }

    /// Everything the platform has accepted, once it is so many.
    pub async fn accepted(&self, count: usize) -> Outcome<Vec<Accepted>> {
        let what = format!("the platform has accepted {count}");
        eventually(&what, PATIENCE, async || {
            let accepted = self.accepted_so_far().await?;
            Ok((accepted.len() == count).then_some(accepted))
        })
        .await
    }

    pub async fn accepted_so_far(&self) -> Outcome<Vec<Accepted>> {
        let url = format!("{}/_practice/accepted", self.platform_url);
        Ok(self.http.get(url).send().await?.json().await?)
    }

    /// The clock stands at this moment and goes on so many seconds per second.
    pub fn set_clock(&self, shown: i64, speed: f64) -> Outcome {
        Ok(self.clock.set(shown, speed)?)
    }
}

/// A text of Lena's as Meta posts it, with her name.
pub fn lena_wrote(wamid: &str, at: i64, text: &str) -> Value {
    lena_wrote_all(&[(wamid.into(), at, text.into())])
}

/// Several in one body.
pub fn lena_wrote_all(texts: &[(String, i64, String)]) -> Value {
    let messages: Vec<_> = texts
        .iter()
        .map(|(wamid, at, text)| {
            json!({ "from": LENA, "id": wamid, "timestamp": seconds(*at), "type": "text", "text": { "body": text } })
        })
        .collect();
    let value = json!({
        "contacts": [{ "wa_id": LENA, "profile": { "name": LENA_NAME } }],
        "messages": messages,
    });
    change(NUMBER, "messages", value)
}

/// Written past the test runner, which keeps to itself what a passing test says.
pub fn say(sentence: &str, took: Duration) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr(), "{sentence}: {} ms", took.as_millis());
}
