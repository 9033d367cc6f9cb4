//! A secret store of tests: in memory, in whatever state the test wants the keyring to be.

use super::{SecretError, SecretStore};
use secrecy::SecretString;
use std::{
    collections::HashMap,
    sync::{Arc, Condvar, Mutex},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    Open,
    /// As gnome-keyring: reads find nothing, writes are refused.
    Locked,
    /// No service.
    Missing,
    /// Never answers, until its mood changes.
    Silent,
}

#[derive(Clone)]
pub struct Memory(Arc<(Mutex<State>, Condvar)>);

struct State {
    mood: Mood,
    entries: HashMap<String, SecretString>,
}

impl Memory {
    pub fn new(mood: Mood) -> Self {
        let entries = HashMap::new();
        Self(Arc::new((
            Mutex::new(State { mood, entries }),
            Condvar::new(),
        )))
    }

    /// Somebody deleted what was kept.
    pub fn forget_all(&self) {
        self.0.0.lock().unwrap().entries.clear();
    }

    pub fn becomes(&self, mood: Mood) {
        self.0.0.lock().unwrap().mood = mood;
        self.0.1.notify_all();
    }

    fn with<T>(
        &self,
        work: impl FnOnce(&mut State) -> Result<T, SecretError>,
    ) -> Result<T, SecretError> {
        let state = self.0.0.lock().unwrap();
        let mut state = self
            .0
            .1
            .wait_while(state, |state| state.mood == Mood::Silent)
            .unwrap();
        if state.mood == Mood::Missing {
            return Err(SecretError::Missing);
        }
        work(&mut state)
    }
}

impl SecretStore for Memory {
    fn get(&self, name: &str) -> Result<Option<SecretString>, SecretError> {
        self.with(|state| {
            Ok(match state.mood {
                Mood::Locked => None,
                _ => state.entries.get(name).cloned(),
            })
        })
    }

    fn set(&self, name: &str, secret: &SecretString) -> Result<(), SecretError> {
        self.with(|state| {
            if state.mood == Mood::Locked {
                return Err(SecretError::Locked);
            }
            state.entries.insert(name.to_owned(), secret.clone());
            Ok(())
        })
    }

    fn delete(&self, name: &str) -> Result<(), SecretError> {
        self.with(|state| {
            if state.mood == Mood::Locked {
                return Err(SecretError::Locked);
            }
            state.entries.remove(name);
            Ok(())
        })
    }
}
