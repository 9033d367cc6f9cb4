//! A shop whose store was filled before the app opened it.

use std::fs;

use secrecy::SecretString;
use store::{PassphraseRecipe, Store, StoreKey};

use crate::{
    Outcome,
    desk::{Desk, Setup},
    keyring::Keyring,
    pages::Start,
    stage::Stage,
    window::Window,
};

pub const PASSPHRASE: &str = "vier Kutschen warten am Tor";

/// What the app is to be started with: a passphrase, because a keyring would not give its key away.
pub fn setup(stage: &Stage) -> Setup {
    Setup {
        keyring: Keyring::Missing,
        ..stage.setup()
    }
}

/// Closes the app that has no store yet, fills one, and opens it again.
pub async fn reopen_filled<T>(
    desk: &Desk,
    window: &Window,
    now: i64,
    fill: impl FnOnce(&Store) -> store::Result<T>,
) -> Outcome<T> {
    Start(window).keyring_is_asked_for().await?;
    desk.close(window).await?;
    let folder = desk.data().join("shop");
    fs::create_dir_all(&folder)?;
    let recipe = PassphraseRecipe::new()?;
    let key: StoreKey = recipe.key(&SecretString::from(PASSPHRASE))?;
    recipe.save(&folder)?;
    let store = Store::open(&folder, &key, now)?;
    let filled = fill(&store)?;
    drop(store);
    desk.reopen(window).await?;
    Start(window).unlock(PASSPHRASE).await?;
    window.one("thread-row").await?;
    Ok(filled)
}

/// The store of an app that was closed, opened by the passphrase that it was given.
pub fn store_of(desk: &Desk, now: i64) -> Outcome<Store> {
    let folder = desk.data().join("shop");
    let recipe = PassphraseRecipe::load(&folder)?.ok_or("the store has no passphrase")?;
    let key = recipe.key(&SecretString::from(PASSPHRASE))?;
    Ok(Store::open(&folder, &key, now)?)
}
