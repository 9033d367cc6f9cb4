//! A whole shop on loopback: the practice platform, the real relay, a desk and everything that runs beside it.
//! All of them live by one clock that stands still until a test moves it.

mod acts;
mod picture;

pub use picture::words;

use crate::counter::Doorbell;
use cloud_api::{
    client::{self, Client, FeedClient},
    clock::Clock,
    signature::AppSecrets,
};
use inbox::{
    desk::{Account, Desk},
    fact::Number,
    platform_clock::PlatformClock,
    run,
    view::{GuardOverride, OverrideReason, SendResult, Settings, TemplateChoice},
};
use practice::{Config, Control, Platform, StatusPlan};
use relay::Running;
use std::{net::SocketAddr, sync::Arc, time::Duration};
use store::Store;
use tempfile::TempDir;
use tokio::{net::TcpListener, sync::Mutex, task::JoinHandle};

/// 2026-11-20 09:00:00 UTC.
pub const NINE: i64 = 1_795_165_200_000;
pub const LENA: &str = "493023125101";
pub const STAFF: &str = "Ada";

const BEARER: &str = "a-bearer-token-of-thirty-two-letters";

pub struct Shop {
    directory: TempDir,
    pub clock: Clock,
    pub platform: Platform,
    pub control: Control,
    pub desk: Arc<Desk>,
    pub client: Client,
    /// The number that customers write to.
    written_to: String,
    pub doorbell: Arc<Doorbell>,
    relay: Mutex<Option<Running>>,
    relay_address: SocketAddr,
    loops: Vec<JoinHandle<()>>,
}

impl Drop for Shop {
    fn drop(&mut self) {
        for task in &self.loops {
            task.abort();
        }
    }
}

impl Shop {
    /// Opens at nine, without an undo delay; statuses come when they are asked for.
    pub async fn open() -> Self {
        Self::open_with(&[]).await
    }

    /// The same with further numbers of its account: their ids, and how they are written.
    pub async fn open_with(others: &[(&str, &str)]) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let directory = crate::scratch::directory();
        let clock = Clock::adjustable();
        clock.set(NINE, 0.0).expect("a clock that can be set");
        let own = |&(id, display): &(&str, &str)| (id.to_owned(), display.to_owned());
        let config = Config {
            other_numbers: others.iter().map(own).collect(),
            ..Config::local(clock.clone())
        };
        let platform = Platform::start(config.clone())
            .await
            .expect("a practice platform");
        let control = platform.control();
        control.set_status_plan(StatusPlan {
            auto: false,
            ..StatusPlan::default()
        });

        let relay = start_relay(&directory, SocketAddr::from(([127, 0, 0, 1], 0)), &clock).await;
        let relay_address = relay.address();
        control.set_webhook_target(format!("{}/webhook", relay.base_url()));

        let account = Account {
            phone_number_id: config.phone_number_id.clone(),
            display: config.display_phone_number.clone(),
            waba_id: config.waba_id.clone(),
            others: others
                .iter()
                .map(|&(id, display)| Number {
                    phone_number_id: id.to_owned(),
                    display: display.to_owned(),
                })
                .collect(),
        };
        let store = Arc::new(crate::scratch::store(
            &directory.path().join("profile"),
            NINE,
        ));
        let doorbell = Arc::new(Doorbell::default());
        let desk = desk(store, &clock, account, doorbell.clone());
        let settings = desk.settings().expect("settings");
        desk.save_settings(&Settings {
            undo_ms: 0,
            ..settings
        })
        .expect("settings are kept");

        let written_to = config.phone_number_id.clone();
        let client = Client::new(client::Config {
            base_url: platform.base_url(),
            connect_timeout: Duration::from_millis(300),
            answer_timeout: Duration::from_millis(300),
            ..client::Config::new(config.phone_number_id, config.waba_id, config.token)
        })
        .expect("a client");
        let mut shop = Self {
            directory,
            clock,
            platform,
            control,
            desk,
            client,
            written_to,
            doorbell,
            relay: Mutex::new(Some(relay)),
            relay_address,
            loops: Vec::new(),
        };
        shop.run();
        shop
    }

    /// Everything that runs beside the desk.
    fn run(&mut self) {
        let (desk, mut client) = (&self.desk, self.client.clone());
        run::listen_to_meta(desk, &mut client);
        let relay = format!("http://{}", self.relay_address);
        let mut feed = FeedClient::new(&relay, BEARER.to_owned().into()).expect("a feed");
        run::listen_to_relay(desk, &mut feed);
        self.loops = vec![
            tokio::spawn(run::fetch(desk.clone(), feed, client.clone())),
            tokio::spawn(run::dispatch(desk.clone(), client.clone())),
            tokio::spawn(run::batches(desk.clone())),
            tokio::spawn(run::download_files(desk.clone(), client.clone())),
            tokio::spawn(run::send_receipts(desk.clone(), client.clone())),
        ];
    }

    /// Other numbers are connected from now on: the open store gets a new desk, as in the app.
    pub fn answers_from(&mut self, numbers: Vec<Number>) {
        for task in self.loops.drain(..) {
            task.abort();
        }
        let account = self.desk.account.clone().with_numbers(numbers);
        self.desk = desk(
            self.desk.store.clone(),
            &self.clock,
            account,
            self.doorbell.clone(),
        );
        self.run();
    }
}

/// Sends a template, whatever the guard thinks of it: tests do in minutes what a shop does in weeks.
pub fn insist_on(desk: &Desk, thread: i64, choice: &TemplateChoice) -> SendResult {
    let sent = desk.send_template(thread, choice, STAFF);
    match sent.expect("a desk that answers") {
        SendResult::Warned { verdict } => {
            let insisted = GuardOverride {
                id: verdict.id,
                reason: OverrideReason::Asked,
                text: String::new(),
            };
            desk.send_template_insisting(thread, choice, STAFF, Some(&insisted))
                .expect("a desk that answers")
        }
        sent => sent,
    }
}

fn desk(store: Arc<Store>, clock: &Clock, account: Account, doorbell: Arc<Doorbell>) -> Arc<Desk> {
    let clock = Arc::new(PlatformClock::on(clock.clone()));
    let desk = Desk::new(store, clock, account, doorbell);
    Arc::new(desk.expect("a desk"))
}

async fn start_relay(directory: &TempDir, address: SocketAddr, clock: &Clock) -> Running {
    let config = Config::local(clock.clone());
    let mut wanted = relay::Config::new(
        directory.path().join("relay.db"),
        AppSecrets::one(config.app_secret),
        config.verify_token.into(),
        BEARER.to_owned().into(),
    );
    wanted.clock = clock.clone();
    let listener = TcpListener::bind(address).await.expect("a free port");
    relay::start(listener, wanted).await.expect("a relay")
}
