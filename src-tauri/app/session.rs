//! An open profile: its desk, and everything that runs beside the window until the profile is left.

use crate::{
    access::Access,
    clock_events::{self, OnClock},
    language,
    practice_mode::{self, Practice},
    problem::{Answer, blocking, internal, of_store, practice_only},
    profile::Folder,
    store_key::OpenKey,
};
use cloud_api::{
    client::{Client, FeedClient},
    clock::Clock,
};
use inbox::{
    EventSink,
    desk::{Account, Desk},
    platform_clock::PlatformClock,
    run,
    view::Profile,
};
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use store::{Store, setting};
use tokio::task::JoinSet;

/// Not in the first minute, when the disk has other work.
const BACKUP_LOOK: Duration = Duration::from_secs(60);
const BACKUP_EVERY: i64 = 24 * 60 * 60 * 1000;

pub struct Session {
    pub profile: Profile,
    pub desk: Arc<Desk>,
    pub open_key: OpenKey,
    /// `None` until the shop has connected its number.
    pub client: Option<Client>,
    practice: Option<Practice>,
    /// Ends with the session.
    tasks: Mutex<JoinSet<()>>,
}

/// Whom a session tells what.
#[derive(Clone)]
pub struct Listeners {
    pub changes: Arc<dyn EventSink>,
    pub clock: OnClock,
}

impl Session {
    /// The practice profile, with its stage around it.
    ///
    /// `tongue`: what the window speaks, empty for what the system speaks.
    pub async fn practice(
        folder: &Folder,
        store: Arc<Store>,
        open_key: OpenKey,
        tongue: &str,
        listeners: &Listeners,
    ) -> Answer<Self> {
        let clock = practice_mode::clock(&store).await?;
        let saved = store.read(|db| setting::get(db, "language"));
        let saved = saved.map_err(|error| of_store(&error))?.unwrap_or_default();
        let language = language::spoken(if saved.is_empty() { tongue } else { &saved });
        let (practice, access) = Practice::start(folder, clock.clone(), language).await?;
        let clock = PlatformClock::on(clock);
        let mut session = Self::with(
            Profile::Practice,
            store,
            open_key,
            clock,
            &access.account,
            listeners,
        )?;
        session.practice = Some(practice);
        session.begin().await?;
        let desk = session.desk.clone();
        blocking(move || practice_mode::note_agreements(&desk, language)).await??;
        session.run(folder, Some(&access), listeners).await?;
        Ok(session)
    }

    /// The shop's own profile; without `access` it can only be read.
    pub async fn shop(
        folder: &Folder,
        store: Arc<Store>,
        open_key: OpenKey,
        access: Option<&Access>,
        listeners: &Listeners,
    ) -> Answer<Self> {
        let account = access
            .map(|access| access.account.clone())
            .unwrap_or_default();
        let clock = match access.and_then(|access| access.clock_file.clone()) {
            Some(file) => PlatformClock::on(Clock::following(file)),
            None => PlatformClock::new(Clock::system(), clock_events::remembered(&store)),
        };
        let mut session = Self::with(Profile::Shop, store, open_key, clock, &account, listeners)?;
        session.begin().await?;
        session.run(folder, access, listeners).await?;
        Ok(session)
    }

    fn with(
        profile: Profile,
        store: Arc<Store>,
        open_key: OpenKey,
        clock: PlatformClock,
        account: &Account,
        listeners: &Listeners,
    ) -> Answer<Self> {
        let desk = Desk::new(
            store,
            Arc::new(clock),
            account.clone(),
            listeners.changes.clone(),
        );
        Ok(Self {
            profile,
            desk: Arc::new(desk.map_err(|error| of_store(&error))?),
            open_key,
            client: None,
            practice: None,
            tasks: Mutex::default(),
        })
    }

    /// Before anything is written: also where there is no access, and only the ledger can be gone on with.
    async fn begin(&self) -> Answer<()> {
        let desk = self.desk.clone();
        let begun = blocking(move || run::begin(&desk)).await?;
        begun.map_err(|error| of_store(&error))
    }

    async fn run(
        &mut self,
        folder: &Folder,
        access: Option<&Access>,
        listeners: &Listeners,
    ) -> Answer<()> {
        let desk = self.desk.clone();
        let tasks = self.tasks.get_mut().unwrap_or_else(PoisonError::into_inner);
        let set_elsewhere = access.is_some_and(|access| access.clock_file.is_some());
        let on_clock = listeners.clock.clone();
        tasks.spawn(clock_events::watch(desk.clone(), on_clock, set_elsewhere));
        tasks.spawn(look_after(
            desk.clone(),
            self.open_key.clone(),
            folder.clone(),
        ));
        let Some(access) = access else { return Ok(()) };
        let reading = desk.clone();
        // Waited for at the end, as it holds the store.
        tasks.spawn_blocking(move || read_the_past(&reading));

        let (mut client, mut feed): (Client, FeedClient) = (access.client()?, access.feed()?);
        run::listen_to_meta(&desk, &mut client);
        run::listen_to_relay(&desk, &mut feed);
        let recovering = desk.clone();
        let recovered = blocking(move || run::recover(&recovering)).await?;
        recovered.map_err(|error| of_store(&error))?;
        tasks.spawn(run::fetch(desk.clone(), feed, client.clone()));
        tasks.spawn(run::dispatch(desk.clone(), client.clone()));
        tasks.spawn(run::batches(desk.clone()));
        tasks.spawn(run::download_files(desk.clone(), client.clone()));
        tasks.spawn(run::send_receipts(desk.clone(), client.clone()));
        tasks.spawn(run::keep_templates(desk, client.clone()));
        self.client = Some(client);
        Ok(())
    }

    pub fn stage(&self) -> Answer<&Practice> {
        self.practice.as_ref().ok_or_else(practice_only)
    }

    /// Nothing runs any more when this returns, except answers under way that the store already knows of.
    pub async fn stop(&self) {
        let mut tasks =
            std::mem::take(&mut *self.tasks.lock().unwrap_or_else(PoisonError::into_inner));
        tasks.shutdown().await;
        if let Some(practice) = &self.practice {
            practice.stop().await;
        }
        self.leave();
    }

    /// What the next start wants to know; quick enough for the moment the window closes.
    pub fn leave(&self) {
        // The practice clock is known without anybody's word.
        if self.practice.is_some() || self.desk.clock.is_known() {
            clock_events::remember(&self.desk);
        }
    }
}

/// What the guard has to know before the first send; that one waits for it where it comes earlier.
fn read_the_past(desk: &Desk) {
    if let Err(error) = desk.guard_ready() {
        tracing::warn!(error = %internal(&error).message, "the guard could not read the past");
    }
}

/// The whole ledger is looked at once, and a copy is made each day, so that a damaged file costs a day at most.
async fn look_after(desk: Arc<Desk>, open_key: OpenKey, folder: Folder) {
    tokio::time::sleep(BACKUP_LOOK).await;
    let ledger = desk.clone();
    if let Ok(Err(error)) = blocking(move || run::look_at_ledger(&ledger)).await {
        tracing::warn!(error = %internal(&error).message, "the ledger could not be looked at");
    }
    back_up(desk, open_key, folder).await;
}

async fn back_up(desk: Arc<Desk>, open_key: OpenKey, folder: Folder) {
    loop {
        let erased = desk.clone();
        if let Ok(Err(error)) = blocking(move || erased.forget_copies()).await {
            tracing::warn!(error = %internal(&error).message, "copies still hold what was erased");
        }
        make_backup_due(&desk, &open_key, &folder).await;
        tokio::time::sleep(BACKUP_LOOK).await;
    }
}

async fn make_backup_due(desk: &Desk, open_key: &OpenKey, folder: &Folder) {
    let now = Clock::system().now();
    if folder
        .backup_at()
        .is_some_and(|at| (now - at).abs() < BACKUP_EVERY)
    {
        return;
    }
    let (store, key) = (desk.store.clone(), open_key.key.clone());
    let done = blocking(move || store.back_up(&key)).await;
    match done {
        Ok(Ok(_)) => tracing::info!("the daily backup is made"),
        Ok(Err(error)) => tracing::warn!(error = %internal(&error).message, "no backup"),
        Err(_) => tracing::warn!("making the backup failed"),
    }
}
