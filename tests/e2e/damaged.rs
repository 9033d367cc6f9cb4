//! A store that the disk has spoiled: set aside, never overwritten, and the way on is a person's choice.

use std::{fs, time::Duration};

use crate::{
    Outcome,
    desk::{Desk, Setup},
    eventually::eventually,
    journey::journey,
    pages::{Inbox, Start},
    window::Window,
};

const CUSTOMER: &str = "Lena Brandt";
/// The app leaves the first minute to other work.
const FIRST_BACKUP: Duration = Duration::from_secs(120);

#[tokio::test]
async fn a_damaged_store_is_set_aside_and_its_backup_brings_the_threads_back() -> Outcome {
    journey("damaged-backup", Setup::default(), async |desk, window| {
        let inbox = Inbox(window);
        Start(window).practise_in("de").await?;
        inbox.open_thread(CUSTOMER).await?;
        let backup = desk.data().join("practice/guichet.backup.db");
        eventually("the daily backup is made", FIRST_BACKUP, async || {
            Ok(backup.is_file().then_some(()))
        })
        .await?;

        desk.close(window).await?;
        spoil_and_reopen(desk, window).await?;
        window.click("restore-backup").await?;
        inbox.open_thread(CUSTOMER).await?;
        assert_eq!(set_aside(desk)?, 1);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_damaged_store_without_a_backup_is_set_aside_and_an_empty_one_begins() -> Outcome {
    journey("damaged-empty", Setup::default(), async |desk, window| {
        Start(window).practise_in("de").await?;
        desk.close(window).await?;
        spoil_and_reopen(desk, window).await?;
        assert!(!window.shows("restore-backup").await?);
        window.click("start-empty").await?;
        window.one("search").await?;
        assert_eq!(set_aside(desk)?, 1);
        Ok(())
    })
    .await
}

/// Opens the app on a spoiled store, and waits for the screen that says so.
async fn spoil_and_reopen(desk: &Desk, window: &Window) -> Outcome {
    spoil(desk)?;
    desk.reopen(window).await?;
    window.one("start-empty").await.map(drop)
}

/// Overwrites the second half of the store of practice mode; the app must be closed.
pub fn spoil(desk: &Desk) -> Outcome {
    let path = desk.data().join("practice/guichet.db");
    let mut bytes = fs::read(&path)?;
    let half = bytes.len() / 2;
    bytes[half..].fill(0x5a);
    fs::write(&path, &bytes)?;
    // Whatever the log still holds would make up for it.
    let log = path.with_file_name("guichet.db-wal");
    if log.exists() {
        fs::remove_file(log)?;
    }
    Ok(())
}

/// How many stores lie aside.
fn set_aside(desk: &Desk) -> Outcome<usize> {
    let mut count = 0;
    for entry in fs::read_dir(desk.data().join("practice"))? {
        let name = entry?.file_name();
        let name = name.to_string_lossy();
        count += usize::from(name.starts_with("guichet.damaged") && name.ends_with(".db"));
    }
    Ok(count)
}
