//! The connection assistant, against a practice platform and a relay of its own: what is wrong is named, and
//! named by the field it comes from.

use cloud_api::{clock::Clock, signature::AppSecrets};
use inbox::{
    access::{Place, check},
    view::{AccessCheck, AccessForm, AccessStep, CheckState, Provider},
};
use practice::{Config, Platform};
use relay::Running;
use std::net::SocketAddr;
use tempfile::TempDir;
use tokio::net::TcpListener;

const BEARER: &str = "a-bearer-token-of-thirty-two-letters";
const SECRET: &str = "the secret of the app";
const NOW: i64 = 1_795_165_200_000;
const SECOND: (&str, &str) = ("318000000000102", "+1 555 010 0102");

struct Scene {
    _directory: TempDir,
    platform: Platform,
    relay: Running,
    config: Config,
}

impl Scene {
    async fn open() -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let directory = tempfile::tempdir().unwrap();
        let clock = Clock::adjustable();
        clock.set(NOW, 1.0).unwrap();
        let config = Config {
            other_numbers: vec![(SECOND.0.into(), SECOND.1.into())],
            ..Config::local(clock.clone())
        };
        let platform = Platform::start(config.clone()).await.unwrap();
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0)))
            .await
            .unwrap();
        let mut relay = relay::Config::new(
            directory.path().join("relay.db"),
            AppSecrets::one(SECRET.to_owned().into()),
            "verify".to_owned().into(),
            BEARER.to_owned().into(),
        );
        relay.clock = clock;
        let relay = relay::start(listener, relay).await.unwrap();
        Self {
            _directory: directory,
            platform,
            relay,
            config,
        }
    }

    fn form(&self) -> AccessForm {
        AccessForm {
            provider: Provider::Meta,
            phone_number_id: self.config.phone_number_id.clone(),
            waba_id: self.config.waba_id.clone(),
            token: "practice-access-token".into(),
            app_secret: SECRET.into(),
            relay_url: self.relay.base_url(),
            relay_token: BEARER.into(),
        }
    }

    async fn ask(&self, step: AccessStep, form: &AccessForm) -> AccessCheck {
        let place = Place {
            base_url: self.platform.base_url(),
        };
        check(step, form, &place, NOW, "nonce-1").await
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_everything_right_every_step_passes() {
    let scene = Scene::open().await;
    for (step, finding) in [
        (AccessStep::Token, "token_ok"),
        (AccessStep::Number, "number_ok"),
        (AccessStep::Account, "account_ok"),
        (AccessStep::Subscription, "subscription_ok"),
        (AccessStep::Relay, "relay_ok"),
        (AccessStep::SelfTest, "self_test_ok"),
    ] {
        let found = scene.ask(step, &scene.form()).await;
        assert_eq!(
            (found.finding.as_str(), found.state),
            (finding, CheckState::Passed)
        );
        if step == AccessStep::Account {
            let ids: Vec<_> = found
                .numbers
                .iter()
                .map(|n| n.phone_number_id.as_str())
                .collect();
            assert_eq!(ids, [scene.config.phone_number_id.as_str(), SECOND.0]);
            assert_eq!(found.numbers[1].display, SECOND.1);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_wrong_field_is_named() {
    let scene = Scene::open().await;
    let right = scene.form();
    let free = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0)))
        .await
        .unwrap();
    let nobody = format!("http://{}", free.local_addr().unwrap());
    drop(free);
    let change = |change: &dyn Fn(&mut AccessForm)| {
        let mut form = right.clone();
        change(&mut form);
        form
    };
    for (step, form, finding) in [
        (
            AccessStep::Token,
            change(&|f| f.token = "wrong".into()),
            "token_invalid",
        ),
        (
            AccessStep::Number,
            change(&|f| f.token = "wrong".into()),
            "token_invalid",
        ),
        (
            AccessStep::Number,
            change(&|f| f.phone_number_id = "42".into()),
            "number_wrong_id",
        ),
        (
            AccessStep::Account,
            change(&|f| f.waba_id = "42".into()),
            "account_wrong_id",
        ),
        (
            AccessStep::Account,
            change(&|f| f.phone_number_id = "42".into()),
            "number_other_account",
        ),
        (
            AccessStep::Relay,
            change(&|f| f.relay_url = nobody.clone()),
            "relay_down",
        ),
        (
            AccessStep::Relay,
            change(&|f| f.relay_token = "another".into()),
            "relay_refused",
        ),
        (
            AccessStep::Relay,
            change(&|f| f.relay_url = scene.platform.base_url()),
            "relay_not_a_relay",
        ),
        (
            AccessStep::Relay,
            change(&|f| f.relay_url = "http://relay.example".into()),
            "relay_insecure",
        ),
        (
            AccessStep::Relay,
            change(&|f| f.relay_url = "my relay".into()),
            "relay_not_a_relay",
        ),
        (
            AccessStep::SelfTest,
            change(&|f| f.app_secret = "another".into()),
            "self_test_bad_secret",
        ),
        (
            AccessStep::SelfTest,
            change(&|f| f.relay_url = nobody.clone()),
            "relay_down",
        ),
    ] {
        let found = scene.ask(step, &form).await;
        assert_eq!(
            (found.finding.as_str(), found.state),
            (finding, CheckState::Failed),
            "{step:?}"
        );
    }
    let unsigned = change(&|f| f.app_secret = " ".into());
    let found = scene.ask(AccessStep::SelfTest, &unsigned).await;
    assert_eq!(found.state, CheckState::Skipped);
    let other = change(&|f| f.provider = Provider::Dialog360);
    let found = scene.ask(AccessStep::Token, &other).await;
    assert_eq!(
        found.state,
        CheckState::Skipped,
        "what a provider does not offer is no failure"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_nobody_subscribed_to_is_a_warning_and_a_bad_number_too() {
    let scene = Scene::open().await;
    let control = scene.platform.control();
    control
        .change_account(&practice::AccountChange {
            quality: Some("RED".into()),
            ..practice::AccountChange::default()
        })
        .unwrap();
    let client = cloud_api::client::Client::new(cloud_api::client::Config {
        base_url: scene.platform.base_url(),
        ..cloud_api::client::Config::new(
            scene.config.phone_number_id.clone(),
            scene.config.waba_id.clone(),
            scene.config.token.clone(),
        )
    })
    .unwrap();
    client.unsubscribe().await.unwrap();
    for (step, finding) in [
        (AccessStep::Subscription, "subscription_missing"),
        (AccessStep::Number, "number_quality_low"),
    ] {
        let found = scene.ask(step, &scene.form()).await;
        assert_eq!(
            (found.finding.as_str(), found.state),
            (finding, CheckState::Warning)
        );
    }
}
