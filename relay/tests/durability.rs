//! Acknowledged is stored, not stored is not acknowledged: over restarts, full disks and crowds.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

mod support;

use std::time::Duration;

use axum::http::StatusCode;
use relay::{
    Log, SqliteLog,
    log::{Appended, LogError, OpenError},
};
use support::{Desk, delivery, hello, read};
use tower::ServiceExt;

#[tokio::test]
async fn a_restart_keeps_bodies_and_cursor_and_still_knows_repeated_ones() {
    let desk = Desk::new();
    desk.deliver(hello(1)).await;
    desk.deliver(hello(2)).await;
    let before = desk.events("after=0").await;

    let desk = desk.restart();
    assert_eq!(desk.events("after=0").await, before);
    let known = desk.log.append(hello(1).into()).await;
    assert_eq!(known, Ok(Appended::Known));
    desk.deliver(hello(3)).await;
    assert_eq!(desk.events("after=2").await.next, 3);
}

#[tokio::test]
async fn a_repeated_delivery_writes_nothing_to_the_disk() {
    let desk = Desk::new();
    desk.deliver(hello(1)).await;
    // Nothing is in memory any more: the database itself has to answer.
    let desk = desk.restart();
    let wal = desk.config.database.with_extension("db-wal");
    let length = || std::fs::metadata(&wal).unwrap().len();
    let before = length();
    assert_eq!(desk.deliver(hello(1)).await, StatusCode::OK);
    assert_eq!(length(), before);
    assert_eq!(desk.deliver(hello(2)).await, StatusCode::OK);
    assert!(
        length() > before,
        "the file that was looked at is the right one"
    );
}

#[tokio::test]
async fn a_crowd_is_stored_once_each_and_without_gaps() {
    let desk = Desk::new();
    let crowd: Vec<_> = (0..500)
        .map(|number| tokio::spawn(desk.router.clone().oneshot(delivery(hello(number)))))
        .collect();
    for answer in crowd {
        assert_eq!(answer.await.unwrap().unwrap().status(), StatusCode::OK);
    }
    let desk = desk.restart();
    let page = desk.events("after=0&limit=500").await;
    let cursors: Vec<i64> = page.events.iter().map(|event| event.cursor).collect();
    assert_eq!(cursors, (1..=500).collect::<Vec<_>>());
    let mut bodies: Vec<_> = page.events.into_iter().map(|event| event.body).collect();
    bodies.sort();
    bodies.dedup();
    assert_eq!(bodies.len(), 500);
}

#[tokio::test]
async fn a_full_disk_is_admitted_and_overcome() {
    let desk = Desk::with(|config| {
        config.limits.max_pages = Some(60);
        config.limits.probe_every = Duration::from_secs(3600);
    });
    assert_eq!(desk.deliver(hello(1)).await, StatusCode::OK);

    let response = desk.send(delivery("m".repeat(500_000))).await;
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(read(response).await, r#"{"error":"disk_full"}"#);
    let (status, health) = desk.health().await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(health["status"], "cannot_write");
    assert_eq!(health["head"], 1);
    let page = desk.events("after=0").await;
    assert_eq!(page.next, 1, "what is stored can still be fetched");

    assert_eq!(desk.deliver(hello(2)).await, StatusCode::OK, "it fits");
    assert_eq!(desk.health().await.0, StatusCode::OK);

    let desk = desk.restart_with(|config| config.limits.max_pages = None);
    assert_eq!(desk.deliver("m".repeat(500_000)).await, StatusCode::OK);
    let events = desk.events("after=0").await.events;
    let cursors: Vec<i64> = events.iter().map(|event| event.cursor).collect();
    assert_eq!(cursors, [1, 2, 3], "what was refused left no gap");
}

#[tokio::test]
async fn health_returns_without_waiting_for_the_next_delivery() {
    let desk = Desk::with(|config| {
        config.limits.max_pages = Some(60);
        config.limits.probe_every = Duration::from_millis(5);
    });
    let large = desk.deliver("m".repeat(500_000)).await;
    assert_eq!(large, StatusCode::SERVICE_UNAVAILABLE);
    let healthy_again = async {
        while desk.health().await.0 != StatusCode::OK {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    let limit = Duration::from_secs(30);
    tokio::time::timeout(limit, healthy_again).await.unwrap();
    assert_eq!(desk.head(), 0, "finding out left nothing behind");
}

#[tokio::test]
async fn more_than_the_queue_holds_is_sent_back_and_not_stored() {
    let desk = Desk::with(|config| config.limits.queue = 1);
    // Somebody else holds the database: the writer waits.
    let other = rusqlite::Connection::open(&desk.config.database).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let mut waiting = Vec::new();
    let refused = async {
        while !waiting.iter().any(tokio::task::JoinHandle::is_finished) {
            let (log, body) = (desk.log.clone(), hello(waiting.len()));
            waiting.push(tokio::spawn(async move { log.append(body.into()).await }));
            tokio::task::yield_now().await;
        }
    };
    let limit = Duration::from_secs(30);
    tokio::time::timeout(limit, refused).await.unwrap();
    other.execute_batch("ROLLBACK").unwrap();

    let (mut stored, mut busy) = (0, 0);
    for append in waiting {
        match append.await.unwrap() {
            Ok(Appended::New) => stored += 1,
            Err(LogError::Busy) => busy += 1,
            other => panic!("{other:?}"),
        }
    }
    assert!(busy >= 1 && stored >= 1, "{stored} stored, {busy} refused");
    assert_eq!(desk.head(), stored);
}

#[tokio::test]
async fn a_closed_log_says_so() {
    let desk = Desk::new();
    desk.log.close();
    desk.log.close();
    assert_eq!(desk.log.append("late".into()).await, Err(LogError::Closed));
    assert_eq!(
        desk.deliver(hello(1)).await,
        StatusCode::SERVICE_UNAVAILABLE
    );
}

#[test]
fn two_relays_never_share_a_database() {
    let desk = Desk::new();
    let second = SqliteLog::open(&desk.config);
    assert!(matches!(second.map(|_| ()), Err(OpenError::InUse(_))));
}

#[cfg(unix)]
#[test]
fn nobody_else_on_the_machine_may_read_the_bodies() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    for entry in std::fs::read_dir(desk.dir.path()).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{:?}", entry.file_name());
    }
}
