//! A whole shop on loopback: the practice platform, the real relay, a desk and everything that runs beside it.
//! All of them live by one clock that stands still until a test moves it.

use crate::{
    counter::{Doorbell, phone},
    eventually::eventually,
};
use cloud_api::{
    client::{self, Client, FeedClient},
    clock::Clock,
    signature::AppSecrets,
};
use inbox::{
    desk::{Account, Desk},
    fact::Number,
    platform_clock::PlatformClock,
    run, thread_with,
    view::{
        Body, DeliveryState, GuardOverride, MessageRow, OverrideReason, Place, SendResult,
        Settings, TemplateChoice, WindowView,
    },
};
use practice::{Accepted, Config, Control, Fault, Platform, StatusPlan, Write};
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

    /// Whole seconds: that is all a `Date` header tells.
    pub fn jump_seconds(&self, seconds: i64) {
        let jump_ms = seconds * 1000;
        self.control
            .move_clock(practice::ClockMove {
                jump_ms,
                ..Default::default()
            })
            .expect("a clock that moves");
    }

    /// From now on a second is a second.
    pub fn run_clock(&self) {
        let speed = Some(1.0);
        self.control
            .move_clock(practice::ClockMove {
                speed,
                ..Default::default()
            })
            .expect("a clock that moves");
    }

    pub fn set_undo_ms(&self, undo_ms: i64) {
        let settings = self.desk.settings().expect("settings");
        self.desk
            .save_settings(&Settings {
                undo_ms,
                ..settings
            })
            .expect("settings are kept");
    }

    pub async fn stop_relay(&self) {
        if let Some(relay) = self.relay.lock().await.take() {
            relay.stop().await.expect("a relay that ends in good order");
        }
    }

    /// The same relay at the same address.
    pub async fn start_relay_again(&self) {
        let relay = start_relay(&self.directory, self.relay_address, &self.clock).await;
        *self.relay.lock().await = Some(relay);
    }

    /// Lena writes `text`, and it is in the window; gives her thread.
    pub async fn lena_writes(&self, text: &str) -> i64 {
        self.lena_wrote(text, self.clock.now()).await
    }

    /// The same, but she wrote it at another time.
    pub async fn lena_wrote(&self, text: &str, at: i64) -> i64 {
        let write = Write {
            wa_id: Some(LENA.to_owned()),
            name: Some("Lena Brandt".to_owned()),
            text: Some(text.to_owned()),
            at: Some(at),
            ..Write::default()
        };
        self.control
            .customer_writes(&write)
            .expect("a customer who can write");
        eventually("Lena's message", || {
            let thread = self.thread()?;
            self.bubbles(thread)
                .iter()
                .any(|row| words(&row.body) == text)
                .then_some(thread)
        })
        .await
    }

    fn thread(&self) -> Option<i64> {
        let number = &self.written_to;
        let found = self
            .desk
            .store
            .read(|db| thread_with(db, number, &phone(LENA), self.desk.clock.now()));
        found.expect("a store that answers").map(|thread| thread.id)
    }

    pub fn bubbles(&self, thread: i64) -> Vec<MessageRow> {
        self.desk
            .messages(thread, &Place::Newest, 100)
            .expect("a page of messages")
            .rows
    }

    /// Sends, and the policy says yes; gives the outbox id.
    pub fn send(&self, thread: i64, text: &str) -> String {
        match self
            .desk
            .send_text(thread, text, None, STAFF)
            .expect("a desk that answers")
        {
            SendResult::Queued { outbox_id, .. } => outbox_id,
            SendResult::Refused { reasons } => panic!("refused: {reasons:?}"),
            SendResult::Warned { verdict } => panic!("warned: {verdict:?}"),
        }
    }

    /// Waits until our bubble with this text is in this state.
    pub async fn until(&self, thread: i64, text: &str, state: DeliveryState) {
        eventually(&format!("{text:?} as {state:?}"), || {
            let rows = self.bubbles(thread);
            let ours = rows
                .iter()
                .rfind(|row| words(&row.body) == text && row.delivery.is_some())?;
            (ours.delivery.as_ref()?.state == state).then_some(())
        })
        .await;
    }

    /// Waits until this is what the composer of the thread holds.
    pub async fn until_draft(&self, thread: i64, text: &str) {
        eventually(&format!("the draft {text:?}"), || {
            (self
                .desk
                .thread_head(thread)
                .expect("the head of a thread")
                .draft
                == text)
                .then_some(())
        })
        .await;
    }

    /// Waits until the platform has accepted so many messages, and gives them.
    pub async fn accepted(&self, count: usize) -> Vec<Accepted> {
        eventually(&format!("{count} accepted messages"), || {
            let accepted = self.control.accepted(None);
            (accepted.len() == count).then_some(accepted)
        })
        .await
    }

    pub fn arm(&self, fault: Fault) {
        self.control.arm_fault(fault);
    }

    /// A status of the newest accepted message, dated now.
    pub fn status(&self, status: &str, code: Option<i64>) {
        let accepted = self.control.accepted(None);
        let newest = accepted.last().expect("an accepted message");
        self.control
            .send_status(&newest.wamid, status, code)
            .expect("a status");
    }

    /// Sends a template until the platform has it, and gives the outbox id. On a busy machine an answer may come too
    /// late, and a doubtful send is never made again by itself.
    pub async fn template_arrives(
        &self,
        thread: i64,
        choice: &TemplateChoice,
    ) -> (String, Accepted) {
        loop {
            let outbox_id = match insist_on(&self.desk, thread, choice) {
                SendResult::Queued { outbox_id, .. } => outbox_id,
                SendResult::Refused { reasons } => panic!("{}: {reasons:?}", choice.name),
                SendResult::Warned { verdict } => panic!("{}: {verdict:?}", choice.name),
            };
            let ended = eventually(&choice.name, || {
                let rows = self.bubbles(thread).into_iter();
                let mut ours = rows.filter(|row| row.outbox_id.as_deref() == Some(&outbox_id));
                let delivery = ours.next()?.delivery?;
                assert_eq!(delivery.failure, None, "{}", choice.name);
                match delivery.state {
                    DeliveryState::Doubtful => Some(None),
                    // Its answer tells the time: it must not come after a jump of the clock.
                    DeliveryState::Queued | DeliveryState::Sending => None,
                    _ => Some(self.control.accepted(Some(&outbox_id)).pop()),
                }
            })
            .await;
            if let Some(accepted) = ended {
                return (outbox_id, accepted);
            }
        }
    }

    /// What staff sees of a thread, as text.
    pub fn picture(&self, thread: i64) -> String {
        let head = self.desk.thread_head(thread).expect("the head of a thread");
        let connection = self.desk.connection().expect("the connection");
        let mut picture = match head.window {
            WindowView::Open { .. } => "window: open\n",
            WindowView::Closed { by_meta: true, .. } => "window: closed by Meta\n",
            WindowView::Closed { .. } => "window: closed\n",
            WindowView::Never { .. } => "window: never opened\n",
        }
        .to_owned();
        if let Some(hold) = connection.hold {
            picture += &format!("on hold: {} {}\n", hold.code, hold.name);
        }
        if connection.doubtful > 0 {
            picture += &format!("in doubt: {}\n", connection.doubtful);
        }
        for row in self.bubbles(thread) {
            picture += &line(&row);
        }
        if !head.draft.is_empty() {
            picture += &format!("composer: {}\n", head.draft);
        }
        picture
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

fn line(row: &MessageRow) -> String {
    let words = words(&row.body);
    match &row.delivery {
        Some(delivery) => {
            let failure = delivery
                .failure
                .as_ref()
                .map(|f| format!(" {} {}", f.code, f.name))
                .unwrap_or_default();
            format!(
                "  > {words} [{}{failure}]\n",
                format!("{:?}", delivery.state).to_lowercase()
            )
        }
        None => format!("  < {words}\n"),
    }
}

/// The words of a bubble, and of a line what it says.
pub fn words(body: &Body) -> String {
    match body {
        Body::Text { text } | Body::Template { text, .. } | Body::Buttons { text, .. } => {
            text.clone()
        }
        Body::WindowClosedByMeta => "(Meta: the window is closed)".to_owned(),
        other => format!("{other:?}"),
    }
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
