//! The whole start, with a keyring in memory and everything else real: files, store, relay, practice platform.

use crate::{
    event_sink::WindowSink,
    profile::Profiles,
    secrets::{Memory, Mood, Secrets},
    session::Listeners,
    shell::Shell,
};
use inbox::view::{Profile, StartState, ThreadPage, ThreadQuery};
use secrecy::SecretString;
use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};
use tempfile::TempDir;

const READY: StartState = StartState::Ready {
    profile: Profile::Practice,
    needs_number: false,
};

struct Laptop {
    home: TempDir,
    keyring: Memory,
}

impl Laptop {
    fn new(mood: Mood) -> Self {
        Self {
            home: tempfile::tempdir().unwrap(),
            keyring: Memory::new(mood),
        }
    }

    /// The program, as after a double click.
    fn opens(&self) -> Shell {
        let (sink, events) = WindowSink::new(|_| {});
        tokio::spawn(events);
        let listeners = Listeners {
            changes: Arc::new(sink),
            clock: Arc::new(|_| {}),
        };
        let secrets = Secrets::new(self.keyring.clone(), Duration::from_secs(5));
        let profiles = Profiles::new(self.home.path().to_path_buf());
        Shell::new(profiles, secrets, listeners, None)
    }

    fn practice(&self) -> std::path::PathBuf {
        self.home.path().join("practice")
    }
}

fn words(text: &str) -> SecretString {
    SecretString::from(text)
}

async fn closes(shell: Shell) {
    if let Ok(session) = shell.session() {
        session.stop().await;
    }
}

/// Asks the list again and again until it is as wanted.
async fn list(shell: &Shell, wanted: impl Fn(&ThreadPage) -> bool) -> ThreadPage {
    let desk = shell.session().unwrap().desk.clone();
    let begin = Instant::now();
    loop {
        let page = desk.threads(&ThreadQuery::default(), None, 50).unwrap();
        if wanted(&page) {
            return page;
        }
        assert!(
            begin.elapsed() < Duration::from_secs(20),
            "not in time: {page:?}"
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn damage(folder: &Path) {
    let file = store::database_path(folder);
    let mut bytes = std::fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    for byte in &mut bytes[middle..middle + 4096] {
        *byte ^= 0x5a;
    }
    std::fs::write(file, bytes).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newcomer_chooses_practice_and_customers_write() {
    let laptop = Laptop::new(Mood::Open);
    let shell = laptop.opens();
    assert_eq!(shell.start().await, StartState::Choose);
    assert!(shell.session().is_err(), "nothing is open before a choice");
    assert_eq!(shell.choose_practice("de".into()).await, READY);
    assert_eq!(shell.start().await, READY);
    let page = list(&shell, |page| !page.rows.is_empty()).await;
    assert!(page.rows[0].unread > 0);
    let session = shell.session().unwrap();
    let known = session.desk.clock.now();
    session
        .stage()
        .unwrap()
        .move_clock(3_600_000, None)
        .unwrap();
    // An answer that was under way may tell of the time before for a moment.
    let begin = Instant::now();
    while session.desk.clock.now() < known + 3_600_000 - 2_000 {
        assert!(
            begin.elapsed() < Duration::from_secs(20),
            "the hour has passed"
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    drop(session);
    closes(shell).await;

    let shell = laptop.opens();
    assert_eq!(
        shell.start().await,
        READY,
        "the next morning opens by itself"
    );
    let session = shell.session().unwrap();
    assert!(
        // `Date` headers tell the time to the second only.
        session.desk.clock.now() >= known + 3_600_000 - 2_000,
        "practice time goes on where it ended"
    );
    assert!(
        !session
            .desk
            .threads(&ThreadQuery::default(), None, 50)
            .unwrap()
            .rows
            .is_empty()
    );
    session
        .stage()
        .unwrap()
        .write_as("4930000000042", "Good evening".into())
        .unwrap();
    drop(session);
    list(&shell, |page| {
        page.rows
            .iter()
            .any(|row| row.preview.text == "Good evening")
    })
    .await;
    closes(shell).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_keyring_opens_after_it_was_unlocked() {
    let laptop = Laptop::new(Mood::Locked);
    let shell = laptop.opens();
    let locked = |has_store| StartState::KeyringLocked { has_store };
    assert_eq!(shell.choose_practice(String::new()).await, locked(false));
    assert_eq!(shell.retry_keyring().await, locked(false));
    laptop.keyring.becomes(Mood::Open);
    assert_eq!(shell.retry_keyring().await, READY);
    closes(shell).await;
    laptop.keyring.becomes(Mood::Locked);
    let shell = laptop.opens();
    assert_eq!(shell.start().await, locked(true));
    let refused = shell
        .create_with_passphrase(words("a way around the keyring"))
        .await;
    assert_eq!(
        refused,
        locked(true),
        "a store that has a key gets no second one"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_keyring_a_passphrase_opens_the_store() {
    let laptop = Laptop::new(Mood::Missing);
    let shell = laptop.opens();
    let missing = StartState::KeyringMissing {
        has_store: false,
        timed_out: false,
    };
    assert_eq!(shell.choose_practice(String::new()).await, missing);
    let opened = shell
        .create_with_passphrase(words("vier Brötchen und ein Hut"))
        .await;
    assert_eq!(opened, READY);
    closes(shell).await;

    let shell = laptop.opens();
    let needed = |wrong| StartState::PassphraseNeeded { wrong };
    assert_eq!(shell.start().await, needed(false));
    assert_eq!(shell.unlock(words("drei Brötchen")).await, needed(true));
    assert_eq!(
        shell.unlock(words("vier Brötchen und ein Hut")).await,
        READY
    );
    closes(shell).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_store_is_set_aside_and_a_person_decides() {
    let laptop = Laptop::new(Mood::Open);
    let shell = laptop.opens();
    assert_eq!(shell.choose_practice("en".into()).await, READY);
    let before = list(&shell, |page| page.rows.len() > 1).await;
    let session = shell.session().unwrap();
    session.desk.store.back_up(&session.open_key.key).unwrap();
    drop(session);
    closes(shell).await;
    damage(&laptop.practice());

    let shell = laptop.opens();
    let state = shell.start().await;
    let StartState::Damaged {
        set_aside,
        backup_at,
    } = state
    else {
        panic!("{state:?}")
    };
    assert!(Path::new(&set_aside).exists());
    assert!(backup_at.is_some());
    drop(shell);
    let shell = laptop.opens();
    let again = shell.start().await;
    assert!(
        matches!(again, StartState::Damaged { .. }),
        "the decision is still open: {again:?}"
    );
    assert_eq!(shell.restore_backup().await, READY);
    let after = list(&shell, |page| page.rows.len() > 1).await;
    assert!(after.rows.iter().any(|row| row.name == before.rows[0].name));
    closes(shell).await;

    damage(&laptop.practice());
    let shell = laptop.opens();
    assert!(matches!(shell.start().await, StartState::Damaged { .. }));
    assert_eq!(shell.start_empty().await, READY);
    assert!(Path::new(&set_aside).exists(), "what was set aside stays");
    closes(shell).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_program_is_told_that_the_profile_is_open() {
    let laptop = Laptop::new(Mood::Open);
    let (first, second) = (laptop.opens(), laptop.opens());
    assert_eq!(first.choose_practice(String::new()).await, READY);
    let state = second.choose_practice(String::new()).await;
    assert!(matches!(state, StartState::Failed { .. }), "{state:?}");
    closes(first).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_key_is_gone_one_may_begin_anew_and_the_locked_store_is_kept() {
    let laptop = Laptop::new(Mood::Open);
    let shell = laptop.opens();
    assert_eq!(shell.choose_practice("en".into()).await, READY);
    list(&shell, |page| !page.rows.is_empty()).await;
    closes(shell).await;
    laptop.keyring.forget_all();

    let shell = laptop.opens();
    assert_eq!(shell.start().await, StartState::KeyMissing);
    assert_eq!(shell.start_empty().await, READY);
    let files = std::fs::read_dir(laptop.practice()).unwrap();
    let kept = files.filter(|file| {
        let name = file.as_ref().unwrap().file_name();
        let name = name.to_string_lossy().into_owned();
        name.starts_with("guichet.damaged-") && name.ends_with(".db")
    });
    assert_eq!(kept.count(), 1);
    closes(shell).await;
}
