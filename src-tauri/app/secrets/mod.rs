//! Where the key of the store and the shop's tokens are kept: the keyring of the system, never a file of ours.
//!
//! A keyring may be locked, absent, or silent for ever behind a question that nobody sees. So it is asked on a
//! thread of its own, one request after the other, and nobody waits longer than [`PATIENCE`] for an answer.

#[cfg(test)]
mod memory;
mod system_keyring;

#[cfg(test)]
pub use memory::{Memory, Mood};
pub use system_keyring::SystemKeyring;

use secrecy::SecretString;
use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    time::{Duration, Instant},
};

/// How long a start waits for the keyring before it says so.
pub const PATIENCE: Duration = Duration::from_secs(5);
/// A keyring that has been silent for this long is asked anew, on another thread.
const GIVEN_UP: Duration = Duration::from_secs(30);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SecretError {
    #[error("the keyring is locked")]
    Locked,
    #[error("there is no keyring on this system")]
    Missing,
    #[error("the keyring did not answer in time")]
    TimedOut,
    #[error("the keyring failed: {0}")]
    Other(String),
}

/// Named secrets. Calls may block for as long as a person thinks.
pub trait SecretStore: Send + Sync + 'static {
    /// `None` also where the keyring is locked: some cannot tell.
    fn get(&self, name: &str) -> Result<Option<SecretString>, SecretError>;
    fn set(&self, name: &str, secret: &SecretString) -> Result<(), SecretError>;
    /// Deleting what is not there is no error.
    fn delete(&self, name: &str) -> Result<(), SecretError>;
}

/// A secret store that answers within its patience, or is said to be silent.
pub struct Secrets {
    store: Arc<dyn SecretStore>,
    patience: Duration,
    worker: Mutex<Worker>,
}

type Job = Box<dyn FnOnce() + Send>;

struct Worker {
    jobs: mpsc::Sender<Job>,
    silent_since: Option<Instant>,
}

impl Worker {
    fn start() -> Self {
        let (jobs, todo) = mpsc::channel::<Job>();
        // A plain thread: the D-Bus library must not be used from within an async runtime.
        let spawned = std::thread::Builder::new()
            .name("secrets".into())
            .spawn(move || todo.into_iter().for_each(|job| job()));
        if let Err(error) = spawned {
            tracing::error!(%error, "no thread for the keyring");
        }
        Self {
            jobs,
            silent_since: None,
        }
    }
}

impl Secrets {
    pub fn new(store: impl SecretStore, patience: Duration) -> Self {
        Self {
            store: Arc::new(store),
            patience,
            worker: Mutex::new(Worker::start()),
        }
    }

    pub fn get(&self, name: &str) -> Result<Option<SecretString>, SecretError> {
        let name = name.to_owned();
        self.ask(move |store| store.get(&name))
    }

    pub fn set(&self, name: &str, secret: &SecretString) -> Result<(), SecretError> {
        let (name, secret) = (name.to_owned(), secret.clone());
        self.ask(move |store| store.set(&name, &secret))
    }

    pub fn delete(&self, name: &str) -> Result<(), SecretError> {
        let name = name.to_owned();
        self.ask(move |store| store.delete(&name))
    }

    /// Whether anything can be written: the only way to tell "locked" from "not there".
    pub fn probe(&self) -> Result<(), SecretError> {
        const NAME: &str = "probe";
        self.set(NAME, &SecretString::from("probe"))?;
        self.delete(NAME)
    }

    fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&dyn SecretStore) -> Result<T, SecretError> + Send + 'static,
    ) -> Result<T, SecretError> {
        let (answer, answered) = mpsc::channel();
        let too_late = Arc::new(AtomicBool::new(false));
        let (store, skip) = (self.store.clone(), too_late.clone());
        let job: Job = Box::new(move || {
            // Nobody waits any more for what did not even begin in time.
            if !skip.load(Ordering::Acquire) {
                let _ = answer.send(question(&*store));
            }
        });
        let mut worker = self.worker.lock().unwrap_or_else(PoisonError::into_inner);
        if worker
            .silent_since
            .is_some_and(|since| since.elapsed() > GIVEN_UP)
        {
            *worker = Worker::start();
        }
        if worker.jobs.send(job).is_err() {
            *worker = Worker::start();
            return Err(SecretError::Other(
                "the thread for the keyring ended".into(),
            ));
        }
        match answered.recv_timeout(self.patience) {
            Ok(answer) => {
                worker.silent_since = None;
                answer
            }
            Err(mpsc::RecvTimeoutError::Timeout) => {
                too_late.store(true, Ordering::Release);
                worker.silent_since.get_or_insert_with(Instant::now);
                Err(SecretError::TimedOut)
            }
            Err(mpsc::RecvTimeoutError::Disconnected) => {
                *worker = Worker::start();
                Err(SecretError::Other(
                    "the thread for the keyring ended".into(),
                ))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    fn secrets(mood: Mood) -> (Secrets, Memory) {
        let memory = Memory::new(mood);
        // Short only where silence is what is waited for.
        let patience = Duration::from_millis(if mood == Mood::Silent { 50 } else { 10_000 });
        (Secrets::new(memory.clone(), patience), memory)
    }

    #[test]
    fn what_was_set_is_there_until_it_is_deleted() {
        let (secrets, _) = secrets(Mood::Open);
        assert!(secrets.get("a").unwrap().is_none());
        secrets.set("a", &SecretString::from("words")).unwrap();
        assert_eq!(secrets.get("a").unwrap().unwrap().expose_secret(), "words");
        secrets.delete("a").unwrap();
        secrets.delete("a").unwrap();
        assert!(secrets.get("a").unwrap().is_none());
    }

    #[test]
    fn a_locked_keyring_looks_empty_until_it_is_probed() {
        let (secrets, memory) = secrets(Mood::Open);
        secrets.set("a", &SecretString::from("words")).unwrap();
        memory.becomes(Mood::Locked);
        assert!(secrets.get("a").unwrap().is_none());
        assert_eq!(secrets.probe(), Err(SecretError::Locked));
        memory.becomes(Mood::Open);
        assert_eq!(secrets.probe(), Ok(()));
        assert!(secrets.get("a").unwrap().is_some());
        assert!(secrets.get("probe").unwrap().is_none());
    }

    #[test]
    fn a_silent_keyring_is_said_to_be_silent_and_asked_again_once_it_speaks() {
        let (secrets, memory) = secrets(Mood::Silent);
        assert_eq!(secrets.get("a").err(), Some(SecretError::TimedOut));
        let late = secrets.set("late", &SecretString::from("words"));
        assert_eq!(late, Err(SecretError::TimedOut));
        memory.becomes(Mood::Open);
        // The thread needs a moment to come back from the silence.
        let spoke = (0..200).any(|_| secrets.get("a").is_ok());
        assert!(spoke);
        assert!(
            memory.get("late").unwrap().is_none(),
            "given up before it began"
        );
    }
}
