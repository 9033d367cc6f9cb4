//! Practice mode: the practice platform and the relay inside this process, on loopback, under one clock that
//! can be set. The inbox talks to them over HTTP as it would to Meta and to the shop's relay.

use crate::{
    access::Access,
    clock_events,
    problem::{Answer, blocking, internal, of_store},
    profile::Folder,
};
use cloud_api::{clock::Clock, signature::AppSecrets, webhook::Peer};
use inbox::{
    desk::{Account, Desk, RELAY_REACHED, SHOP_COUNTRY},
    ledger::{Act, Event, ShownWording, channel},
    view::Strength,
};
use practice::{ClockMove, Control, Language, Platform, Write};
use secrecy::SecretString;
use serde::Serialize;
use std::sync::{Arc, Mutex, PoisonError};
use store::{Store, StoreKey, setting};
use tokio::net::TcpListener;

/// The stage of a training: whoever drops it leaves it running, [`Practice::stop`] ends it.
pub struct Practice {
    control: Control,
    running: Mutex<Option<(Platform, relay::Running)>>,
}

/// Somebody the trainer can write as.
#[derive(Debug, Clone, Serialize)]
pub struct PracticeCustomer {
    pub id: String,
    pub name: String,
}

impl Practice {
    /// Starts both; the customers of `language` begin to write unless they did in an earlier session.
    pub async fn start(
        folder: &Folder,
        clock: Clock,
        language: Language,
    ) -> Answer<(Self, Access)> {
        let [app_secret, verify_token, token, bearer] =
            [random()?, random()?, random()?, random()?];
        let listener = TcpListener::bind(("127.0.0.1", 0)).await;
        let listener = listener.map_err(|error| internal(&error))?;
        let relay_config = relay::Config {
            clock: clock.clone(),
            ..relay::Config::new(
                folder.path.join("relay.db"),
                AppSecrets::one(app_secret.clone()),
                verify_token.clone(),
                bearer.clone(),
            )
        };
        let relay = relay::start(listener, relay_config).await;
        let relay = relay.map_err(|error| internal(&error))?;
        let config = practice::Config {
            webhook_url: format!("{}/webhook", relay.base_url()),
            app_secret,
            token: token.clone(),
            state_file: Some(folder.path.join("practice-platform.jsonl")),
            auto_customers: true,
            ..practice::Config::local(clock.clone())
        };
        let account = Account {
            phone_number_id: config.phone_number_id.clone(),
            display: config.display_phone_number.clone(),
            waba_id: config.waba_id.clone(),
            ..Account::default()
        };
        let platform = Platform::start(config).await;
        let platform = platform.map_err(|error| internal(&error))?;
        let access = Access {
            provider: inbox::view::Provider::Meta,
            account,
            base_url: platform.base_url(),
            token,
            relay_url: relay.base_url(),
            relay_token: bearer,
            clock_file: None,
        };
        platform.run_script(language);
        let control = platform.control();
        let running = Mutex::new(Some((platform, relay)));
        Ok((Self { control, running }, access))
    }

    /// Everybody who wrote so far, by name.
    pub fn customers(&self) -> Vec<PracticeCustomer> {
        let known = self.control.customers().into_iter();
        let mut customers: Vec<_> = known
            .map(|customer| PracticeCustomer {
                id: customer.key().to_owned(),
                name: customer.name,
            })
            .collect();
        customers.sort_by(|a, b| a.name.cmp(&b.name));
        customers
    }

    pub fn write_as(&self, id: &str, text: String) -> Answer<()> {
        // BSUIDs begin with a country and a dot.
        let (wa_id, bsuid) = match id.contains('.') {
            true => (None, Some(id.to_owned())),
            false => (Some(id.to_owned()), None),
        };
        let write = Write {
            wa_id,
            bsuid,
            text: Some(text),
            ..Write::default()
        };
        let written = self.control.customer_writes(&write);
        written.map(drop).map_err(|error| internal(&error))
    }

    /// Forward by so many milliseconds, and from now on so many seconds per second.
    pub fn move_clock(&self, jump_ms: i64, speed: Option<f64>) -> Answer<()> {
        let change = ClockMove {
            jump_ms,
            speed,
            set_ms: None,
        };
        let moved = self.control.move_clock(change);
        moved.map(drop).map_err(|error| internal(&error))
    }

    pub async fn stop(&self) {
        let running = self
            .running
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some((platform, relay)) = running {
            platform.stop().await;
            if let Err(error) = relay.stop().await {
                tracing::warn!(%error, "the practice relay did not end in good order");
            }
        }
    }
}

/// The invented customers who agreed to messages before the training begins; once, whatever becomes of it later.
pub fn note_agreements(desk: &Desk, language: Language) -> Answer<()> {
    let now = desk.clock.now();
    for agreed in language.agreed() {
        let who = Peer {
            bsuid: agreed.bsuid,
            wa_id: agreed.wa_id,
            group_id: None,
        };
        let id = who.bsuid.as_ref().or(who.wa_id.as_ref());
        let act = Act {
            purposes: agreed.purposes,
            channel: channel::PRACTICE.to_owned(),
            strength: Strength::Good,
            wordings: vec![ShownWording {
                id: "practice".to_owned(),
                version: 1,
                text: agreed.words,
                ..ShownWording::default()
            }],
            name: agreed.name,
            business_name: agreed.shop,
            ..Act::new(
                Event::Granted,
                format!("practice:{}", id.map_or("", String::as_str)),
                now - AGREED_BEFORE,
            )
        };
        let act = Act {
            who: Some(who),
            ..act
        };
        // Whoever stopped in an earlier session stays stopped.
        let _ = desk.record(&act).map_err(|error| of_store(&error))?;
    }
    at_home(desk, language).map_err(|error| of_store(&error))
}

/// The practice number is of no country, so the shop is where its language is at home.
fn at_home(desk: &Desk, language: Language) -> store::Result<()> {
    let country = match language {
        Language::De => "DE",
        Language::PtBr => "BR",
        Language::En => "GB",
    };
    desk.store
        .write(|db| setting::set(db, SHOP_COUNTRY, country))
}

/// A month before the first training.
const AGREED_BEFORE: i64 = 30 * 24 * 60 * 60 * 1000;

/// A clock that goes on where the last session's ended: never behind what is in the store.
pub async fn clock(store: &Arc<Store>) -> Answer<Clock> {
    let store = store.clone();
    blocking(move || {
        let clock = Clock::adjustable();
        let reached = store.read(|db| setting::get_i64(db, RELAY_REACHED));
        let reached = reached.map_err(|error| of_store(&error))?.unwrap_or(0);
        let shown = (clock.now() + clock_events::remembered(&store)).max(reached);
        clock.set(shown, 1.0).map_err(|error| internal(&error))?;
        Ok(clock)
    })
    .await?
}

fn random() -> Answer<SecretString> {
    let bytes = StoreKey::random().map_err(|error| of_store(&error))?;
    Ok(SecretString::from(bytes.to_hex().as_str()))
}
