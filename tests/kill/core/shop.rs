//! The shop whose core dies again and again: its relay and its platform live on, and so does what it stored.

use std::{ops::Deref, process::Command, sync::MutexGuard};

use serde_json::{Value, json};
use store::Store;
use support::{
    program::{Program, built, nothing_starts},
    random::Random,
    scratch,
};

use crate::{APP_SECRET, BEARER, VERIFY_TOKEN, http, relay_command};

const TOKEN: &str = "practice-access-token";
/// A template with a picture on top.
pub(super) const PICTURE: &str = "torte_im_bild";

/// Relay and platform, which live through all rounds, and the core's directory.
pub(super) struct Shop {
    dir: tempfile::TempDir,
    _relay: Program,
    _platform: Program,
    pub(super) relay: String,
    pub(super) platform: String,
    pub(super) http: reqwest::Client,
}

impl Shop {
    pub(super) async fn open() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut relay = Program::start(&mut relay_command(&dir.path().join("relay.db")));
        let relay_url = relay.base_url();
        let mut platform = Program::start(
            Command::new(built("practice"))
                .args([
                    "--app-secret",
                    APP_SECRET,
                    "--verify-token",
                    VERIFY_TOKEN,
                    "--token",
                    TOKEN,
                ])
                .arg("--webhook-url")
                .arg(format!("{relay_url}/webhook"))
                .env("RUST_LOG", "error"),
        );
        let platform_url = platform.base_url();
        let shop = Self {
            dir,
            _relay: relay,
            _platform: platform,
            relay: relay_url,
            platform: platform_url,
            http: http(),
        };
        shop.tell(
            "templates",
            json!({
                "name": PICTURE, "language": "de", "category": "UTILITY",
                "components": [
                    { "type": "HEADER", "format": "IMAGE", "example": { "header_handle": ["4::practice"] } },
                    { "type": "BODY", "text": "So sieht Ihre Torte aus." },
                ],
            }),
        )
        .await;
        shop.tell(
            "rules",
            json!({"pair_limit": false, "throughput_per_s": 1000}),
        )
        .await;
        shop
    }

    pub(super) async fn tell(&self, path: &str, body: Value) -> Value {
        let url = format!("{}/_practice/{path}", self.platform);
        let answer = self.http.post(url).json(&body).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        answer.json().await.unwrap()
    }

    pub(super) async fn look(&self, path: &str) -> Value {
        let url = format!("{}/_practice/{path}", self.platform);
        self.http
            .get(url)
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap()
    }

    /// What is accepted from now on gets its statuses so much later.
    pub(super) async fn statuses_after(&self, ms: u64) {
        let plan =
            json!({"auto": true, "sent_ms": ms + 5, "delivered_ms": ms + 15, "read_ms": ms + 40});
        self.tell("statuses", plan).await;
    }

    /// A customer writes; gives the wamid.
    pub(super) async fn write(&self, customer: usize, text: &str) -> String {
        let write = json!({"wa_id": format!("4930231251{customer:02}"), "name": "Lena Testmann", "text": text});
        let told = self.tell("customers/write", write).await;
        told["wamid"].as_str().expect("a wamid").to_owned()
    }

    /// The answers that go astray from now on, in one seventh each of the sends.
    pub(super) async fn arm(&self, random: &mut Random) {
        for (kind, more) in [
            ("timeout_after", json!({"delay_ms": 2_000})),
            ("timeout_before", json!({"delay_ms": 2_000})),
            ("reset_after", json!({})),
            ("reset_after", json!({"after_bytes": 40})),
            ("reset_before", json!({})),
            ("status", json!({"status": 500})),
            ("webhook_before_answer", json!({})),
        ] {
            let mut fault = json!({"on": "messages", "kind": kind, "probability": 0.14, "seed": random.next_u64() >> 1});
            for (name, value) in more.as_object().unwrap() {
                fault[name] = value.clone();
            }
            self.tell("faults", fault).await;
        }
        // Files on their way up, and what is answered when they are there.
        for (kind, more) in [
            ("reset_before", json!({})),
            ("reset_after", json!({})),
            ("delay", json!({"delay_ms": 120})),
            ("status", json!({"status": 503})),
        ] {
            let mut fault = json!({"on": "media", "kind": kind, "probability": 0.12, "seed": random.next_u64() >> 1});
            for (name, value) in more.as_object().unwrap() {
                fault[name] = value.clone();
            }
            self.tell("faults", fault).await;
        }
    }

    pub(super) fn core(&self, answer_ms: u64) -> Program {
        let key = scratch::key().to_hex();
        let mut core = Program::start(
            Command::new(env!("CARGO_BIN_EXE_core"))
                .arg("--store")
                .arg(self.dir.path())
                .args(["--relay", &self.relay, "--platform", &self.platform])
                .args(["--answer-ms", &answer_ms.to_string()])
                .env("GUICHET_CORE_KEY", key.as_str())
                .env("GUICHET_CORE_BEARER", BEARER)
                .env("GUICHET_CORE_TOKEN", TOKEN)
                .env("RUST_LOG", "off"),
        );
        core.line(|line| line.contains("\"ready\"").then_some(()));
        core
    }

    /// The core's store, between two lives of the core.
    pub(super) fn store(&self) -> Opened {
        let alone = nothing_starts();
        Opened {
            store: scratch::store(self.dir.path(), 0),
            _alone: alone,
        }
    }
}

/// An open store; the profile is free again as soon as this is dropped, and not when a child of the other test's is.
pub(super) struct Opened {
    store: Store,
    _alone: MutexGuard<'static, ()>,
}

impl Deref for Opened {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.store
    }
}
