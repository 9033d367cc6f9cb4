//! Where the key of the store comes from when the desktop has no keyring, or a locked one: never a hang, never a
//! store that anybody could read.

use std::{fs, path::Path};

use crate::{
    Outcome,
    desk::Setup,
    eventually::{PATIENCE, eventually},
    journey::journey,
    keyring::Keyring,
    pages::{Inbox, Start},
};

const PASSPHRASE: &str = "sieben Fahrräder im Schaufenster";

#[tokio::test]
async fn a_locked_keyring_is_said_in_plain_words_and_can_be_tried_again() -> Outcome {
    let setup = Setup {
        keyring: Keyring::Locked,
        ..Setup::default()
    };
    journey("keyring-locked", setup, async |desk, window| {
        let start = Start(window);
        start.choose_practice().await?;
        start.keyring_is_asked_for().await?;
        start.retry_keyring().await?;
        start.keyring_is_asked_for().await?;
        assert!(
            window.shows("use-passphrase").await?,
            "there is no way on without the keyring"
        );
        assert_eq!(
            databases(&desk.data())?,
            0,
            "a store was made without a key"
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn without_a_keyring_a_passphrase_protects_the_store_and_is_asked_for_each_morning() -> Outcome
{
    let setup = Setup {
        keyring: Keyring::Missing,
        ..Setup::default()
    };
    journey("keyring-missing", setup, async |desk, window| {
        let (start, inbox) = (Start(window), Inbox(window));
        start.choose_practice().await?;
        start.keyring_is_asked_for().await?;
        window.click("use-passphrase").await?;
        start.create_passphrase(PASSPHRASE).await?;
        inbox.until_threads().await?;

        desk.close(window).await?;
        assert!(databases(&desk.data())? > 0, "there is no store");
        desk.reopen(window).await?;
        start.unlock("sieben Fahrräder im Keller").await?;
        eventually(
            "the wrong passphrase is called wrong",
            PATIENCE,
            async || {
                let wrong = window.all("passphrase").await?;
                let Some(field) = wrong.first() else {
                    return Ok(None);
                };
                Ok((field.attr("aria-invalid").await?.as_deref() == Some("true")).then_some(()))
            },
        )
        .await?;
        start.unlock(PASSPHRASE).await?;
        inbox.until_threads().await
    })
    .await
}

/// How many databases are in this folder; an error where one of them could be read by anybody.
fn databases(folder: &Path) -> Outcome<usize> {
    let mut count = 0;
    let Ok(entries) = fs::read_dir(folder) else {
        return Ok(0);
    };
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            count += databases(&path)?;
            continue;
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        // The relay of practice mode keeps its own log, with nothing in it but invented customers.
        if !name.starts_with("guichet") {
            continue;
        }
        count += usize::from(name.ends_with(".db"));
        if fs::read(&path)?
            .windows(15)
            .any(|bytes| bytes == b"SQLite format 3")
        {
            return Err(format!("{name} is not encrypted").into());
        }
    }
    Ok(count)
}
