//! From the first window to an open profile: every step of the start, one at a time, and the session it leads to.

mod numbers;

use crate::{
    access::Access,
    problem::{Answer, blocking, not_open},
    profile::{Folder, Profiles},
    secrets::Secrets,
    session::{Listeners, Session},
    store_key::{self, Kept, OpenKey, failed},
};
use cloud_api::clock::Clock;
use inbox::view::{ClockView, Problem, Profile, StartState};
use secrecy::SecretString;
use std::sync::{Arc, PoisonError, RwLock};
use store::Store;
use tokio::sync::Mutex;

pub struct Shell {
    profiles: Profiles,
    secrets: Arc<Secrets>,
    listeners: Listeners,
    door: Mutex<Door>,
    session: RwLock<Option<Arc<Session>>>,
}

/// Where the start stands.
#[derive(Default)]
struct Door {
    profile: Option<Profile>,
    /// Given from outside, for journeys through the window: opens the shop's profile with it.
    given: Option<Access>,
    /// `None` before the first step.
    state: Option<StartState>,
    /// The key of a store that turned out to be damaged: its successor gets the same.
    open_key: Option<OpenKey>,
    /// To be kept once the shop's store is open.
    access: Option<Access>,
    /// What the window speaks, as long as no store says so.
    tongue: String,
}

impl Shell {
    pub fn new(
        profiles: Profiles,
        secrets: Secrets,
        listeners: Listeners,
        given: Option<Access>,
    ) -> Self {
        let door = Door {
            given,
            ..Door::default()
        };
        Self {
            profiles,
            secrets: Arc::new(secrets),
            listeners,
            door: Mutex::new(door),
            session: RwLock::default(),
        }
    }

    /// The open profile.
    pub fn session(&self) -> Answer<Arc<Session>> {
        let session = self.session.read().unwrap_or_else(PoisonError::into_inner);
        session.clone().ok_or_else(not_open)
    }

    pub fn tell_clock(&self, view: ClockView) {
        (self.listeners.clock)(view);
    }

    /// Opens the profile that was open last. Asked again, it says where the start stands.
    pub async fn start(&self) -> StartState {
        let mut door = self.door.lock().await;
        match &door.state {
            None | Some(StartState::Failed { .. }) => {}
            Some(state) => return state.clone(),
        }
        let profile = match &door.given {
            Some(_) => Some(Profile::Shop),
            None => self.profiles.last(),
        };
        match profile {
            Some(profile) => self.open(&mut door, profile).await,
            None => door.is(StartState::Choose),
        }
    }

    pub async fn choose_practice(&self, tongue: String) -> StartState {
        let mut door = self.door.lock().await;
        door.tongue = tongue;
        self.open(&mut door, Profile::Practice).await
    }

    /// After the keyring was unlocked, started or repaired.
    pub async fn retry_keyring(&self) -> StartState {
        let mut door = self.door.lock().await;
        match door.profile.clone() {
            Some(profile) => self.open(&mut door, profile).await,
            None => door.is(StartState::Choose),
        }
    }

    /// Instead of a keyring, for a profile that has no store yet.
    pub async fn create_with_passphrase(&self, passphrase: SecretString) -> StartState {
        let mut door = self.door.lock().await;
        let waiting = matches!(
            door.state,
            Some(
                StartState::KeyringLocked { has_store: false }
                    | StartState::KeyringMissing {
                        has_store: false,
                        ..
                    }
            )
        );
        let (true, Some(folder)) = (waiting, self.folder(&door)) else {
            return door.now();
        };
        match blocking(move || store_key::from_new_passphrase(&folder, &passphrase)).await {
            Ok(Ok(key)) => self.enter(&mut door, key).await,
            Ok(Err(error)) => door.is(failed(&error)),
            Err(problem) => door.is(failed(&problem.message)),
        }
    }

    pub async fn unlock(&self, passphrase: SecretString) -> StartState {
        let mut door = self.door.lock().await;
        let waiting = matches!(door.state, Some(StartState::PassphraseNeeded { .. }));
        let (true, Some(folder)) = (waiting, self.folder(&door)) else {
            return door.now();
        };
        match blocking(move || store_key::from_passphrase(&folder, &passphrase)).await {
            Ok(Ok(Some(key))) => self.enter(&mut door, key).await,
            Ok(Ok(None)) => door.now(),
            Ok(Err(error)) => door.is(failed(&error)),
            Err(problem) => door.is(failed(&problem.message)),
        }
    }

    /// After damage: goes on with the last good backup.
    pub async fn restore_backup(&self) -> StartState {
        let mut door = self.door.lock().await;
        let (Some(StartState::Damaged { .. }), Some(folder)) = (&door.state, self.folder(&door))
        else {
            return door.now();
        };
        let now = Clock::system().now();
        match blocking(move || store::restore_backup(&folder.path, now)).await {
            Ok(Ok(())) => self.again(&mut door).await,
            Ok(Err(error)) => door.is(failed(&error)),
            Err(problem) => door.is(failed(&problem.message)),
        }
    }

    /// After damage, or where the key is gone: begins with an empty store. What was set aside stays where it is.
    pub async fn start_empty(&self) -> StartState {
        let mut door = self.door.lock().await;
        match door.state {
            Some(StartState::Damaged { .. }) => self.again(&mut door).await,
            Some(StartState::KeyMissing) => self.leave_locked(&mut door).await,
            _ => door.now(),
        }
    }

    /// Where the profile's files and the keyring's key come together, or what stands in the way.
    async fn open(&self, door: &mut Door, profile: Profile) -> StartState {
        if let (Ok(session), None) = (self.session(), &door.access)
            && session.profile == profile
        {
            return door.now();
        }
        door.profile = Some(profile);
        door.open_key = None;
        if let (Ok(session), Some(Profile::Shop)) = (self.session(), &door.profile)
            && session.profile == Profile::Shop
        {
            // Another number for the profile that is open: its store stays open.
            let (store, key) = (session.desk.store.clone(), session.open_key.clone());
            self.leave_session().await;
            return self.run(door, store, key).await;
        }
        let Some(folder) = self.folder(door) else {
            return door.is(failed(&"the profile has no folder"));
        };
        let secrets = self.secrets.clone();
        match blocking(move || store_key::find(&folder, &secrets)).await {
            Ok(Ok(key)) => self.enter_unless_undecided(door, key).await,
            Ok(Err(state)) => self.stay_outside(door, state).await,
            Err(problem) => door.is(failed(&problem.message)),
        }
    }

    /// The locked store and its backup are set aside, should their key ever be found, and a new store begins.
    async fn leave_locked(&self, door: &mut Door) -> StartState {
        let Some(folder) = self.folder(door) else {
            return door.now();
        };
        let (now, secrets) = (Clock::system().now(), self.secrets.clone());
        let begun = blocking(move || {
            for file in [
                store::database_path(&folder.path),
                store::backup_path(&folder.path),
            ] {
                if file.exists() {
                    store::set_aside(&file, now).map_err(|error| failed(&error))?;
                }
            }
            store_key::find(&folder, &secrets)
        })
        .await;
        match begun {
            Ok(Ok(key)) => self.enter(door, key).await,
            Ok(Err(state)) => door.is(state),
            Err(problem) => door.is(failed(&problem.message)),
        }
    }

    /// With the key that was right before the store turned out to be damaged.
    async fn again(&self, door: &mut Door) -> StartState {
        match door.open_key.clone() {
            Some(key) => self.enter(door, key).await,
            None => door.now(),
        }
    }

    async fn enter_unless_undecided(&self, door: &mut Door, key: OpenKey) -> StartState {
        let Some(folder) = self.folder(door) else {
            return door.now();
        };
        match folder.undecided() {
            Some(set_aside) => {
                door.open_key = Some(key);
                let set_aside = set_aside.display().to_string();
                let state = StartState::Damaged {
                    set_aside,
                    backup_at: folder.backup_at(),
                };
                self.stay_outside(door, state).await
            }
            None => self.enter(door, key).await,
        }
    }

    /// Opens the store and starts what runs beside the window.
    async fn enter(&self, door: &mut Door, key: OpenKey) -> StartState {
        self.leave_session().await;
        let Some(folder) = self.folder(door) else {
            return door.is(failed(&"the profile has no folder"));
        };
        let opening = (folder.clone(), key.key.clone());
        let opened =
            blocking(move || Store::open(&opening.0.path, &opening.1, Clock::system().now())).await;
        match opened {
            Ok(Ok(store)) => self.run(door, Arc::new(store), key).await,
            Ok(Err(error)) => {
                let state = store_key::not_opened(&error, key.kept, &folder);
                door.open_key = Some(key);
                door.is(state)
            }
            Err(problem) => door.is(failed(&problem.message)),
        }
    }

    async fn run(&self, door: &mut Door, store: Arc<Store>, key: OpenKey) -> StartState {
        let started = match door.profile {
            Some(Profile::Practice) => self.run_practice(door, store, key).await,
            _ => self.run_shop(door, store, key).await,
        };
        match started {
            Ok(session) => {
                let needs_number = session.client.is_none();
                let profile = session.profile.clone();
                if door.given.is_none()
                    && let Err(error) = self.profiles.remember(&profile)
                {
                    tracing::warn!(%error, "the next start will ask again");
                }
                *self.session.write().unwrap_or_else(PoisonError::into_inner) =
                    Some(Arc::new(session));
                door.is(StartState::Ready {
                    profile,
                    needs_number,
                })
            }
            Err(Problem { message, .. }) => door.is(StartState::Failed { message }),
        }
    }

    async fn run_practice(&self, door: &Door, store: Arc<Store>, key: OpenKey) -> Answer<Session> {
        let folder = self.folder(door).ok_or_else(not_open)?;
        Session::practice(&folder, store, key, &door.tongue, &self.listeners).await
    }

    async fn run_shop(&self, door: &mut Door, store: Arc<Store>, key: OpenKey) -> Answer<Session> {
        let folder = self.folder(door).ok_or_else(not_open)?;
        let access = match &door.given {
            Some(given) => Some(given.clone()),
            None => {
                let (store, kept) = (store.clone(), key.kept);
                let (fresh, at) = (door.access.take(), folder.clone());
                let secrets = self.secrets.clone();
                blocking(move || keep_or_load(fresh, &store, kept, &at, &secrets)).await??
            }
        };
        Session::shop(&folder, store, key, access.as_ref(), &self.listeners).await
    }

    /// The window shows why the wanted profile is closed, so another one must not stay open behind it.
    async fn stay_outside(&self, door: &mut Door, state: StartState) -> StartState {
        self.leave_session().await;
        door.is(state)
    }

    async fn leave_session(&self) {
        let left = self
            .session
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(session) = left {
            session.stop().await;
        }
    }

    fn folder(&self, door: &Door) -> Option<Folder> {
        let folder = self.profiles.folder(door.profile.as_ref()?);
        folder
            .inspect_err(|error| tracing::error!(%error, "no folder for the profile"))
            .ok()
    }
}

impl Door {
    fn is(&mut self, state: StartState) -> StartState {
        self.state = Some(state.clone());
        state
    }

    fn now(&self) -> StartState {
        self.state.clone().unwrap_or(StartState::Choose)
    }
}

fn keep_or_load(
    fresh: Option<Access>,
    store: &Store,
    kept: Kept,
    folder: &Folder,
    secrets: &Secrets,
) -> Answer<Option<Access>> {
    match fresh {
        Some(access) => {
            let access = match Access::load(store, kept, folder, secrets)? {
                Some(before) => access.beside(&before),
                None => access,
            };
            access.save(store, kept, folder, secrets)?;
            Ok(Some(access))
        }
        None => Access::load(store, kept, folder, secrets),
    }
}
