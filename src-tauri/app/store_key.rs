//! How a profile's store is opened: with a key from the keyring, or with a passphrase, and what to say where
//! neither is at hand. Nothing here ever makes a second key for a store that has one.

use crate::{
    profile::Folder,
    secrets::{SecretError, Secrets},
};
use inbox::view::StartState;
use secrecy::{ExposeSecret, SecretString};
use store::{PassphraseRecipe, StoreError, StoreKey};

const NAME: &str = "store key";

/// Where the key came from; the shop's tokens are kept in the same place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    Keyring,
    Passphrase,
}

#[derive(Debug, Clone)]
pub struct OpenKey {
    pub key: StoreKey,
    pub kept: Kept,
}

/// The key of this profile's store, from the keyring; a new one where there is no store yet.
pub fn find(folder: &Folder, secrets: &Secrets) -> Result<OpenKey, StartState> {
    match PassphraseRecipe::load(&folder.path) {
        Ok(Some(_)) => return Err(StartState::PassphraseNeeded { wrong: false }),
        Ok(None) => {}
        Err(error) => return Err(failed(&error)),
    }
    let has_store = folder.has_store();
    let silent = |error| unavailable(error, has_store);
    let name = folder.secret(NAME);
    let found = secrets.get(&name).map_err(silent)?;
    let key = match found.and_then(|text| StoreKey::from_hex(text.expose_secret())) {
        Some(key) => key,
        None if has_store => {
            // A locked keyring finds nothing either: only writing tells the two apart.
            secrets.probe().map_err(silent)?;
            return Err(StartState::KeyMissing);
        }
        None => {
            let key = StoreKey::random().map_err(|error| failed(&error))?;
            let text = SecretString::from(key.to_hex().as_str());
            secrets.set(&name, &text).map_err(silent)?;
            let kept = secrets.get(&name).map_err(silent)?;
            if kept.is_none_or(|kept| kept.expose_secret() != text.expose_secret()) {
                return Err(unavailable(SecretError::Locked, has_store));
            }
            key
        }
    };
    Ok(OpenKey {
        key,
        kept: Kept::Keyring,
    })
}

/// A first passphrase, for a profile that has no store yet. The recipe is on disk before anything is encrypted.
pub fn from_new_passphrase(
    folder: &Folder,
    passphrase: &SecretString,
) -> Result<OpenKey, StoreError> {
    let recipe = PassphraseRecipe::new()?;
    let key = recipe.key(passphrase)?;
    recipe.save(&folder.path)?;
    Ok(OpenKey {
        key,
        kept: Kept::Passphrase,
    })
}

/// The key that this passphrase gives, right or wrong; `None` where the store has no passphrase.
pub fn from_passphrase(
    folder: &Folder,
    passphrase: &SecretString,
) -> Result<Option<OpenKey>, StoreError> {
    let Some(recipe) = PassphraseRecipe::load(&folder.path)? else {
        return Ok(None);
    };
    Ok(Some(OpenKey {
        key: recipe.key(passphrase)?,
        kept: Kept::Passphrase,
    }))
}

/// What the start screen says where the store does not open with this key.
pub fn not_opened(error: &StoreError, kept: Kept, folder: &Folder) -> StartState {
    match error {
        StoreError::WrongKey if kept == Kept::Passphrase => {
            StartState::PassphraseNeeded { wrong: true }
        }
        StoreError::WrongKey => StartState::KeyMissing,
        StoreError::TooNew => StartState::TooNew,
        StoreError::Damaged { set_aside } => StartState::Damaged {
            set_aside: set_aside.display().to_string(),
            backup_at: folder.backup_at(),
        },
        error => failed(error),
    }
}

pub fn failed(error: &dyn std::fmt::Display) -> StartState {
    StartState::Failed {
        message: error.to_string(),
    }
}

fn unavailable(error: SecretError, has_store: bool) -> StartState {
    tracing::info!(%error, "no key from the keyring");
    match error {
        SecretError::Locked => StartState::KeyringLocked { has_store },
        SecretError::TimedOut => StartState::KeyringMissing {
            has_store,
            timed_out: true,
        },
        SecretError::Missing | SecretError::Other(_) => StartState::KeyringMissing {
            has_store,
            timed_out: false,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        profile::Profiles,
        secrets::{Memory, Mood, SecretStore},
    };
    use inbox::view::Profile;
    use std::time::Duration;

    enum Entry {
        None,
        Key,
        Rubbish,
    }

    /// What `find` says: `None` stands for a key.
    fn said(has_store: bool, has_recipe: bool, entry: &Entry, mood: Mood) -> Option<StartState> {
        let root = tempfile::tempdir().unwrap();
        let folder = Profiles::new(root.path().into())
            .folder(&Profile::Shop)
            .unwrap();
        let memory = Memory::new(Mood::Open);
        // Short only where silence is what is waited for.
        let patience = Duration::from_millis(if mood == Mood::Silent { 50 } else { 10_000 });
        let secrets = Secrets::new(memory.clone(), patience);
        if has_store {
            std::fs::write(store::database_path(&folder.path), b"anything").unwrap();
        }
        if has_recipe {
            PassphraseRecipe::new().unwrap().save(&folder.path).unwrap();
        }
        let text = match entry {
            Entry::None => None,
            Entry::Key => Some("07".repeat(32)),
            Entry::Rubbish => Some("no key".to_owned()),
        };
        if let Some(text) = text {
            memory.set(&folder.secret(NAME), &text.into()).unwrap();
        }
        memory.becomes(mood);
        let found = find(&folder, &secrets);
        memory.becomes(Mood::Open);
        found.err()
    }

    #[test]
    fn every_state_of_store_and_keyring_has_its_screen() {
        let locked = |has_store| Some(StartState::KeyringLocked { has_store });
        let missing = |has_store, timed_out| {
            Some(StartState::KeyringMissing {
                has_store,
                timed_out,
            })
        };
        let passphrase = || Some(StartState::PassphraseNeeded { wrong: false });
        for (row, (has_store, has_recipe, entry, mood, expected)) in [
            (false, false, Entry::None, Mood::Open, None),
            (false, false, Entry::Key, Mood::Open, None),
            (true, false, Entry::Key, Mood::Open, None),
            (
                true,
                false,
                Entry::None,
                Mood::Open,
                Some(StartState::KeyMissing),
            ),
            (
                true,
                false,
                Entry::Rubbish,
                Mood::Open,
                Some(StartState::KeyMissing),
            ),
            (false, false, Entry::Rubbish, Mood::Open, None),
            (false, false, Entry::None, Mood::Locked, locked(false)),
            (true, false, Entry::Key, Mood::Locked, locked(true)),
            (true, false, Entry::None, Mood::Locked, locked(true)),
            (
                false,
                false,
                Entry::None,
                Mood::Missing,
                missing(false, false),
            ),
            (true, false, Entry::Key, Mood::Missing, missing(true, false)),
            (
                false,
                false,
                Entry::None,
                Mood::Silent,
                missing(false, true),
            ),
            (true, false, Entry::Key, Mood::Silent, missing(true, true)),
            (true, true, Entry::None, Mood::Open, passphrase()),
            (true, true, Entry::Key, Mood::Missing, passphrase()),
            (false, true, Entry::None, Mood::Silent, passphrase()),
        ]
        .into_iter()
        .enumerate()
        {
            assert_eq!(
                said(has_store, has_recipe, &entry, mood),
                expected,
                "row {row}"
            );
        }
    }

    #[test]
    fn the_first_key_is_kept_and_found_again() {
        let root = tempfile::tempdir().unwrap();
        let folder = Profiles::new(root.path().into())
            .folder(&Profile::Shop)
            .unwrap();
        let secrets = Secrets::new(Memory::new(Mood::Open), Duration::from_secs(5));
        let first = find(&folder, &secrets).unwrap();
        let second = find(&folder, &secrets).unwrap();
        assert_eq!(*first.key.to_hex(), *second.key.to_hex());
        assert_eq!(first.kept, Kept::Keyring);
    }
}
