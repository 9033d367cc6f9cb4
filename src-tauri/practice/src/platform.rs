//! One running practice platform: its parts, its start and its end.

use std::{
    net::SocketAddr,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use cloud_api::clock::Clock;
use secrecy::SecretString;
use serde_json::Value;
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};
use veil::Redact;

use crate::{
    bodies,
    connection::CuttableListener,
    control::Control,
    faults::On,
    journal::{Journal, Line},
    schedule::{self, Schedule},
    script::{self, Cast},
    script_source::Language,
    server,
    state::State,
    statuses,
    webhooks::{self, Queue},
};

/// What a platform is started with.
#[derive(Redact, Clone)]
pub struct Config {
    /// Loopback; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Where webhooks go; empty: they wait until [`Control::set_webhook_target`].
    pub webhook_url: String,
    pub app_secret: SecretString,
    /// For the handshake with the webhook target.
    #[redact]
    pub verify_token: String,
    /// The access token clients must show.
    pub token: SecretString,
    pub phone_number_id: String,
    /// Further numbers of the account, each `(phone_number_id, display_phone_number)`. Customers and their
    /// windows are the same for all of them.
    pub other_numbers: Vec<(String, String)>,
    pub waba_id: String,
    pub display_phone_number: String,
    /// [`Clock::adjustable`] or [`Clock::following`]; a system clock cannot be moved.
    pub clock: Clock,
    pub seed: u64,
    /// What was accepted outlives the process in this file.
    pub state_file: Option<PathBuf>,
    /// Scripted customers answer, and quality falls after a blast.
    pub auto_customers: bool,
}

impl Config {
    /// The ids of all numbers, the main one first.
    pub(crate) fn numbers(&self) -> impl Iterator<Item = &str> {
        let others = self.other_numbers.iter().map(|(id, _)| id.as_str());
        std::iter::once(self.phone_number_id.as_str()).chain(others)
    }

    pub(crate) fn display_of(&self, id: &str) -> &str {
        let other = self.other_numbers.iter().find(|(other, _)| other == id);
        other.map_or(&self.display_phone_number, |(_, display)| display)
    }

    /// A platform on a free loopback port with ids and secrets that are good enough for one machine.
    pub fn local(clock: Clock) -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            webhook_url: String::new(),
            app_secret: "practice-app-secret".to_owned().into(),
            verify_token: "practice-verify-token".to_owned(),
            token: "practice-access-token".to_owned().into(),
            phone_number_id: "318000000000101".to_owned(),
            other_numbers: Vec::new(),
            waba_id: "318000000000202".to_owned(),
            display_phone_number: "+1 555 010 0100".to_owned(),
            clock,
            seed: 1,
            state_file: None,
            auto_customers: false,
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("the practice platform could not listen on {0}: {1}")]
    Listen(SocketAddr, #[source] std::io::Error),
    #[error("the practice platform may only listen on this machine itself, not on {0}")]
    NotLoopback(SocketAddr),
    #[error("the practice platform's state file could not be read or written: {0}")]
    StateFile(#[source] std::io::Error),
    #[error("the practice platform has no HTTP client: {0}")]
    Http(#[source] reqwest::Error),
}

/// Everything the parts of one platform share.
pub struct Inner {
    pub config: Config,
    pub clock: Clock,
    pub address: SocketAddr,
    pub http: reqwest::Client,
    pub webhooks: Queue,
    pub schedule: Schedule,
    pub journal: Journal,
    pub cast: Mutex<Cast>,
    state: Mutex<State>,
    stop: watch::Sender<bool>,
}

pub type Shared = Arc<Inner>;

/// A poisoned lock means that a panic was already reported elsewhere; the data is still the best there is.
pub fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Inner {
    /// Never held over an await, and not while another part is called that takes it.
    pub fn state(&self) -> MutexGuard<'_, State> {
        locked(&self.state)
    }

    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn send_webhook(&self, body: &Value) {
        self.send_webhook_bytes(bodies::bytes(body), None);
    }

    /// `once_taken` is written to the state file when the target has answered 200.
    pub fn send_webhook_bytes(&self, body: Vec<u8>, once_taken: Option<Line>) {
        let fault = {
            let mut state = self.state();
            if !state.account.subscribed {
                return;
            }
            state.faults.meet(On::Webhook)
        };
        self.webhooks.push(body, once_taken, fault.as_ref());
    }

    /// Resolves when the platform is being stopped.
    pub async fn stopped(&self) {
        // An error means that the sender is gone, and with it the platform.
        let _ = self.stop.subscribe().wait_for(|stop| *stop).await;
    }
}

/// A running practice platform. Dropping it does not stop it; [`Platform::stop`] does.
pub struct Platform {
    shared: Shared,
    server: JoinHandle<std::io::Result<()>>,
    workers: Vec<JoinHandle<()>>,
}

impl Platform {
    pub async fn start(config: Config) -> Result<Self, StartError> {
        // Another part of the process may have installed it already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        if !config.listen.ip().is_loopback() {
            return Err(StartError::NotLoopback(config.listen));
        }
        let listener = TcpListener::bind(config.listen)
            .await
            .map_err(|e| StartError::Listen(config.listen, e))?;
        let address = listener
            .local_addr()
            .map_err(|e| StartError::Listen(config.listen, e))?;
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(Duration::from_secs(10))
            .build()
            .map_err(StartError::Http)?;

        let mut state = State::new(config.seed, config.token.clone());
        let (journal, found) = match &config.state_file {
            Some(path) => Journal::open(path, &mut state).map_err(StartError::StateFile)?,
            None => Default::default(),
        };
        let webhooks = Queue::default();
        webhooks.set_target(config.webhook_url.clone());
        let shared: Shared = Arc::new(Inner {
            clock: config.clock.clone(),
            address,
            http,
            webhooks,
            schedule: Schedule::default(),
            journal,
            cast: Mutex::new(Cast::default()),
            state: Mutex::new(state),
            stop: watch::Sender::new(false),
            config,
        });
        resume(&shared, &found.scripts);

        let stopping = shared.clone();
        let app = server::router(shared.clone())
            .into_make_service_with_connect_info::<crate::connection::Caller>();
        let server = tokio::spawn(async move {
            axum::serve(CuttableListener(listener), app)
                .with_graceful_shutdown(async move { stopping.stopped().await })
                .await
        });
        let workers = vec![
            tokio::spawn(webhooks::run(shared.clone())),
            tokio::spawn(schedule::run(shared.clone())),
        ];
        tracing::info!(%address, "practice platform listening");
        Ok(Self {
            shared,
            server,
            workers,
        })
    }

    /// `http://127.0.0.1:PORT`, to be used instead of Meta's.
    pub fn base_url(&self) -> String {
        self.shared.base_url()
    }

    pub fn control(&self) -> Control {
        Control::new(self.shared.clone())
    }

    /// The scripted customers of a language start to write.
    pub fn run_script(&self, language: Language) {
        script::run(&self.shared, language);
    }

    /// Hanging answers are let go, running ones finish, webhooks not yet taken are lost.
    pub async fn stop(self) {
        let _ = self.shared.stop.send(true);
        for worker in &self.workers {
            worker.abort();
        }
        let mut server = self.server;
        // Graceful for a moment; a client that never hangs up must not keep it alive.
        if tokio::time::timeout(Duration::from_secs(2), &mut server)
            .await
            .is_err()
        {
            server.abort();
        }
    }
}

/// Takes up where the state file ends: statuses not announced yet come now.
fn resume(shared: &Shared, scripts: &[String]) {
    let now = shared.clock.now();
    let state = shared.state();
    for message in &state.accepted {
        let done: Vec<String> = state
            .history
            .get(&message.wamid)
            .map(|events| events.iter().map(|e| e.status.clone()).collect())
            .unwrap_or_default();
        // A final one ends it.
        if !done.iter().any(|s| s == "read" || s == "failed") {
            statuses::plan(shared, &state, message, now, &done);
        }
    }
    drop(state);
    locked(&shared.cast).already_opened(scripts);
}
