//! A store that does not open says why, loses nothing, and never turns up unencrypted.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop here"
)]

use std::path::Path;
use store::{
    Store, StoreError, StoreKey, backup_path, database_path, message::NewMessage, restore_backup,
    setting,
};

const NOW: i64 = 1_900_000_000_000;

fn key(byte: u8) -> StoreKey {
    StoreKey::from_bytes([byte; 32])
}

fn with_words(dir: &Path, words: &str) {
    let store = Store::open(dir, &key(1), NOW).unwrap();
    store.write(|db| setting::set(db, "note", words)).unwrap();
    // Beyond the write-ahead log, so that the file itself holds them.
    store
        .write(|db| {
            for n in 0..300 {
                setting::set(db, &format!("filler{n}"), &"x".repeat(500))?;
            }
            Ok(())
        })
        .unwrap();
}

fn note(dir: &Path) -> Option<String> {
    let store = Store::open(dir, &key(1), NOW).unwrap();
    store.read(|db| setting::get(db, "note")).unwrap()
}

fn spoil(path: &Path, from: usize) {
    let mut bytes = std::fs::read(path).unwrap();
    for byte in bytes.iter_mut().skip(from).step_by(97).take(400) {
        *byte ^= 0xff;
    }
    std::fs::write(path, bytes).unwrap();
}

#[test]
fn what_was_written_is_there_after_opening_again() {
    let dir = tempfile::tempdir().unwrap();
    with_words(dir.path(), "Torte für Mara");
    assert_eq!(note(dir.path()).as_deref(), Some("Torte für Mara"));
}

#[test]
fn no_word_stands_on_the_disk_in_the_clear() {
    let dir = tempfile::tempdir().unwrap();
    with_words(dir.path(), "Torte für Mara");
    for entry in std::fs::read_dir(dir.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        let holds = |text: &str| {
            bytes
                .windows(text.len())
                .any(|part| part == text.as_bytes())
        };
        assert!(!holds("Torte") && !holds("SQLite format 3") && !holds("CREATE TABLE"));
    }
}

#[test]
fn another_key_is_refused_and_touches_nothing() {
    let dir = tempfile::tempdir().unwrap();
    with_words(dir.path(), "hier");
    let error = Store::open(dir.path(), &key(2), NOW).unwrap_err();
    assert!(matches!(error, StoreError::WrongKey), "{error:?}");
    assert_eq!(note(dir.path()).as_deref(), Some("hier"));
}

#[test]
fn a_damaged_file_is_set_aside_and_the_backup_brings_the_words_back() {
    // The first page, and one in the middle.
    for from in [0, 40_000] {
        let dir = tempfile::tempdir().unwrap();
        with_words(dir.path(), "hier");
        Store::open(dir.path(), &key(1), NOW)
            .unwrap()
            .back_up(&key(1))
            .unwrap();
        spoil(&database_path(dir.path()), from);
        let spoiled = std::fs::read(database_path(dir.path())).unwrap();

        let error = Store::open(dir.path(), &key(1), NOW).unwrap_err();
        let StoreError::Damaged { set_aside } = error else {
            panic!("spoiled from {from}: {error:?}");
        };
        assert_eq!(
            std::fs::read(&set_aside).unwrap(),
            spoiled,
            "kept as it was"
        );
        assert!(!database_path(dir.path()).exists());

        restore_backup(dir.path(), NOW).unwrap();
        assert_eq!(note(dir.path()).as_deref(), Some("hier"));
        assert!(backup_path(dir.path()).exists(), "the backup stays");
    }
}

#[test]
fn a_damaged_file_and_its_log_are_set_aside_as_they_were_found() {
    let (shop, copy) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    with_words(shop.path(), "hier");
    let store = Store::open(shop.path(), &key(1), NOW).unwrap();
    let much = "x".repeat(100_000);
    store.write(|db| setting::set(db, "note", &much)).unwrap();
    // As a crash leaves it: the last words are in the log only.
    for name in ["guichet.db", "guichet.db-wal", "key.mark"] {
        std::fs::copy(shop.path().join(name), copy.path().join(name)).unwrap();
    }
    spoil(&database_path(copy.path()), 9_000);
    let found = |path: std::path::PathBuf| std::fs::read(path).unwrap();
    let (file, log) = (
        found(database_path(copy.path())),
        found(copy.path().join("guichet.db-wal")),
    );

    let error = Store::open(copy.path(), &key(1), NOW).unwrap_err();
    let StoreError::Damaged { set_aside } = error else {
        panic!("{error:?}");
    };
    assert!(found(set_aside.clone()) == file, "the file is as it was");
    let mut beside = set_aside.into_os_string();
    beside.push("-wal");
    assert!(found(beside.into()) == log, "and so is its log");
}

#[test]
fn a_file_with_holes_that_its_log_fills_opens_as_it_is() {
    let (shop, copy) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let store = Store::open(shop.path(), &key(1), NOW).unwrap();
    let fill = |letter: &str, upto: usize| {
        let write = |db: &_| {
            (0..upto).try_for_each(|n| setting::set(db, &n.to_string(), &letter.repeat(3_000)))
        };
        store.write(write).unwrap();
    };
    fill("a", 100);
    store
        .read(|db| {
            // While somebody reads, a checkpoint leaves out what has been written again since.
            setting::get(db, "0")?;
            fill("b", 50);
            fill("c", 2_000);
            Ok(())
        })
        .unwrap();
    // As a crash leaves it.
    for name in ["guichet.db", "guichet.db-wal", "key.mark"] {
        std::fs::copy(shop.path().join(name), copy.path().join(name)).unwrap();
    }
    let file = std::fs::read(database_path(copy.path())).unwrap();
    let hole = |page: &[u8]| page.iter().all(|byte| *byte == 0);
    assert!(file.chunks(4096).any(hole), "the file has holes");

    let store = Store::open(copy.path(), &key(1), NOW).unwrap();
    let last = store.read(|db| setting::get(db, "1999")).unwrap();
    assert_eq!(last, Some("c".repeat(3_000)));
}

#[test]
fn two_damaged_files_of_one_instant_do_not_overwrite_each_other() {
    let dir = tempfile::tempdir().unwrap();
    let mut aside = Vec::new();
    for _ in 0..2 {
        with_words(dir.path(), "hier");
        spoil(&database_path(dir.path()), 0);
        match Store::open(dir.path(), &key(1), NOW) {
            Err(StoreError::Damaged { set_aside }) => aside.push(set_aside),
            other => panic!("{other:?}"),
        }
    }
    assert_ne!(aside[0], aside[1]);
    assert!(aside.iter().all(|path| path.exists()));
}

#[test]
fn a_profile_that_is_open_cannot_be_opened_again() {
    let dir = tempfile::tempdir().unwrap();
    let first = Store::open(dir.path(), &key(1), NOW).unwrap();
    assert!(matches!(
        Store::open(dir.path(), &key(1), NOW),
        Err(StoreError::InUse)
    ));
    drop(first);
    Store::open(dir.path(), &key(1), NOW).unwrap();
}

#[test]
fn a_store_of_a_newer_version_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path(), &key(1), NOW).unwrap();
    store
        .write(|db| Ok(db.execute_batch("PRAGMA user_version = 999")?))
        .unwrap();
    drop(store);
    assert!(matches!(
        Store::open(dir.path(), &key(1), NOW),
        Err(StoreError::TooNew)
    ));
}

#[test]
fn a_full_disk_is_named_and_nothing_of_the_transaction_stays() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path(), &key(1), NOW).unwrap();
    let error = store
        .write(|db| {
            db.execute_batch("PRAGMA max_page_count = 120")?;
            for n in 0..5_000 {
                setting::set(db, &n.to_string(), &"x".repeat(1_000))?;
            }
            Ok(())
        })
        .unwrap_err();
    assert!(matches!(error, StoreError::DiskFull), "{error:?}");
    assert_eq!(store.read(|db| setting::get(db, "0")).unwrap(), None);
    store
        .write(|db| setting::set(db, "after", "works"))
        .unwrap();
}

#[test]
fn search_finds_what_is_there_and_forgets_what_was_taken_back() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path(), &key(1), NOW).unwrap();
    store
        .write(|db| {
            let person = store::customer::ensure(db, "b:DE.1")?;
            let number_id = store::number::ensure(db, "n1", "")?;
            let thread_id = store::thread::ensure(db, number_id, person.customer_id)?;
            for (n, body) in ["zwei Brötchen", "BROTCHEN bitte", "ein Hut"]
                .iter()
                .enumerate()
            {
                store::message::put(
                    db,
                    &NewMessage {
                        key: format!("m:{n}"),
                        wamid: n.to_string(),
                        thread_id,
                        number_id,
                        person_id: person.id,
                        shown: true,
                        window_at: -1,
                        kind: "text".into(),
                        body: (*body).into(),
                        ..NewMessage::default()
                    },
                )?;
            }
            Ok(())
        })
        .unwrap();
    let found = |text: &str| -> Vec<i64> {
        let wanted = store::search::Wanted::of(text);
        let page = store
            .read(|db| store::search::page(db, &wanted, None, 10))
            .unwrap();
        page.hits.into_iter().map(|hit| hit.message_id).collect()
    };
    assert_eq!(found("brötch"), [2, 1], "newest first, umlauts folded");
    assert_eq!(found("hut ein"), [3]);
    store
        .write(|db| {
            store::amendment::observe_revoke(db, "1", NOW)?;
            store::amendment::amend(db, "1")
        })
        .unwrap();
    assert_eq!(found("brötch"), [1]);
}

#[test]
fn a_backup_of_a_store_in_use_comes_to_an_end_and_is_of_one_moment() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path(), &key(1), NOW).unwrap();
    let put = |name: &str, value: &str| store.write(|db| setting::set(db, name, value)).unwrap();
    store
        .write(|db| {
            (0..20_000).try_for_each(|n| setting::set(db, &format!("filler{n}"), &"x".repeat(900)))
        })
        .unwrap();
    let copied = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            store.back_up(&key(1)).unwrap();
            copied.store(true, std::sync::atomic::Ordering::Release);
        });
        let mut writes = 0;
        while !copied.load(std::sync::atomic::Ordering::Acquire) {
            // Two at a time, so that a copy of two moments would show.
            store
                .write(|db| {
                    setting::set(db, "one", &writes.to_string())?;
                    setting::set(db, "other", &writes.to_string())
                })
                .unwrap();
            writes += 1;
            assert!(writes < 100_000, "the copy begins again with every write");
        }
    });
    put("after", "the copy");
    drop(store);

    restore_backup(dir.path(), NOW).unwrap();
    let copy = Store::open(dir.path(), &key(1), NOW).unwrap();
    let get = |name: &str| copy.read(|db| setting::get(db, name)).unwrap();
    assert_eq!(get("one"), get("other"));
    assert_eq!(get("after"), None);
    assert_eq!(get("filler19999").unwrap().len(), 900);
}

#[test]
fn a_backup_is_forgotten_even_while_it_is_being_made() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path(), &key(1), NOW).unwrap();
    store
        .write(|db| {
            setting::set(db, "name", "somebody")?;
            (0..20_000).try_for_each(|n| setting::set(db, &format!("filler{n}"), &"x".repeat(900)))
        })
        .unwrap();
    store.back_up(&key(1)).unwrap();
    store.forget_backup().unwrap();
    assert!(!backup_path(dir.path()).exists());
    store.forget_backup().unwrap();

    let next = backup_path(dir.path()).with_extension("next");
    std::thread::scope(|scope| {
        let made = scope.spawn(|| store.back_up(&key(1)).unwrap());
        while !next.exists() && !made.is_finished() {
            std::thread::yield_now();
        }
        store
            .write(|db| setting::set(db, "name", "nobody"))
            .unwrap();
        store.forget_backup().unwrap();
    });
    drop(store);
    assert!(!next.exists());
    if backup_path(dir.path()).exists() {
        restore_backup(dir.path(), NOW).unwrap();
        let copy = Store::open(dir.path(), &key(1), NOW).unwrap();
        let name = copy.read(|db| setting::get(db, "name")).unwrap();
        assert_eq!(name.as_deref(), Some("nobody"));
    }
}
