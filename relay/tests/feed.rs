//! The laptop's side: pages, long polls, and cursors that hold what they promise.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

mod support;

use std::{future::Future, time::Duration};

use axum::http::{HeaderValue, Request, StatusCode, header};
use relay::Log;
use serde_json::json;
use support::{BEARER, Desk, NOW, fetch, get, hello, read};
use tower::ServiceExt;

const DAY_MS: i64 = 86_400_000;

/// Far beyond anything that works; only a hang reaches it.
async fn soon<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(30), future)
        .await
        .expect("it hangs")
}

#[tokio::test]
async fn the_feed_opens_only_with_a_bearer_token() {
    let desk = Desk::with(|config| config.bearer_tokens.push("laptop-in-the-office".into()));
    for (authorization, expected) in [
        (None, StatusCode::UNAUTHORIZED),
        (Some("Bearer"), StatusCode::UNAUTHORIZED),
        (Some("Bearer "), StatusCode::UNAUTHORIZED),
        (
            Some("Bearer laptop-at-the-counte"),
            StatusCode::UNAUTHORIZED,
        ),
        (
            Some("Bearer laptop-at-the-counter2"),
            StatusCode::UNAUTHORIZED,
        ),
        (
            Some("Basic laptop-at-the-counter"),
            StatusCode::UNAUTHORIZED,
        ),
        (Some("laptop-at-the-counter"), StatusCode::UNAUTHORIZED),
        (Some("Bearer laptop-at-the-counter"), StatusCode::OK),
        (Some("bearer laptop-at-the-counter"), StatusCode::OK),
        (Some("Bearer laptop-in-the-office"), StatusCode::OK),
    ] {
        let mut request = get("/v1/events?after=not-a-number-is-not-looked-at-before-the-token");
        if expected == StatusCode::OK {
            request = get("/v1/events");
        }
        if let Some(authorization) = authorization {
            let value = HeaderValue::from_static(authorization);
            request.headers_mut().insert(header::AUTHORIZATION, value);
        }
        let response = desk.send(request).await;
        assert_eq!(response.status(), expected, "{authorization:?}");
        let asks = response.headers().contains_key(header::WWW_AUTHENTICATE);
        assert_eq!(asks, expected == StatusCode::UNAUTHORIZED);
    }
}

#[tokio::test]
async fn two_authorization_headers_open_nothing() {
    let desk = Desk::new();
    let bearer = format!("Bearer {BEARER}");
    let request = Request::get("/v1/events")
        .header(header::AUTHORIZATION, &bearer)
        .header(header::AUTHORIZATION, &bearer);
    let status = desk.status(request.body(axum::body::Body::empty()).unwrap());
    assert_eq!(status.await, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn pages_follow_each_other_without_gap_or_overlap() {
    let desk = Desk::new();
    for number in 1..=5 {
        desk.clock.set(NOW + number, 0.0).unwrap();
        desk.deliver(hello(number as usize)).await;
    }
    let (mut after, mut seen) = (0, Vec::new());
    for (events, more) in [(2, true), (2, true), (1, false), (0, false)] {
        let page = desk.events(&format!("after={after}&limit=2")).await;
        assert_eq!(
            (page.events.len(), page.more),
            (events, more),
            "after {after}"
        );
        assert_eq!(page.now, NOW + 5);
        after = page.next;
        seen.extend(page.events.into_iter().map(|e| (e.cursor, e.received_at)));
    }
    assert_eq!(after, 5, "an empty page leaves the cursor where it is");
    let expected: Vec<_> = (1..=5).map(|number| (number, NOW + number)).collect();
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn a_page_ends_before_it_gets_heavy_but_never_stays_empty() {
    let desk = Desk::with(|config| config.limits.page_bytes = 1000);
    for size in [400, 500, 101, 2000, 10] {
        desk.deliver("m".repeat(size)).await;
    }
    let (mut after, mut sizes) = (0, Vec::new());
    loop {
        let page = desk.events(&format!("after={after}")).await;
        let lengths = page.events.iter().map(|e| e.body.as_ref().unwrap().len());
        sizes.push(lengths.collect::<Vec<_>>());
        after = page.next;
        if !page.more {
            break;
        }
    }
    assert_eq!(sizes, [vec![400, 500], vec![101], vec![2000], vec![10]]);
}

#[tokio::test]
async fn nobody_gets_more_rows_than_the_limit_allows() {
    let desk = Desk::with(|config| {
        config.limits.page_default = 2;
        config.limits.page_max = 3;
    });
    for number in 0..5 {
        desk.deliver(hello(number)).await;
    }
    for (query, rows) in [("", 2), ("limit=1", 1), ("limit=0", 1), ("limit=900", 3)] {
        assert_eq!(desk.events(query).await.events.len(), rows, "{query}");
    }
}

#[tokio::test]
async fn a_long_poll_wakes_when_a_body_is_durable() {
    let desk = Desk::new();
    desk.deliver(hello(1)).await;
    let request = fetch("after=1&wait=60", Some(BEARER));
    let poll = tokio::spawn(desk.router.clone().oneshot(request));
    desk.deliver(hello(2)).await;
    let response = soon(poll).await.unwrap().unwrap();
    let page: cloud_api::feed::Page = serde_json::from_slice(&read(response).await).unwrap();
    assert_eq!((page.events.len(), page.next, page.more), (1, 2, false));
}

#[tokio::test]
async fn a_long_poll_ends_empty_when_its_time_is_over() {
    let desk = Desk::with(|config| config.limits.wait_max = Duration::from_millis(20));
    let page = soon(desk.events("wait=86400")).await;
    assert_eq!((page.events.len(), page.next), (0, 0));
}

#[tokio::test]
async fn a_long_poll_ends_when_the_relay_stops() {
    let desk = Desk::new();
    let request = fetch("wait=60", Some(BEARER));
    let poll = tokio::spawn(desk.router.clone().oneshot(request));
    desk.stop.send_replace(true);
    let response = soon(poll).await.unwrap().unwrap();
    assert_eq!(response.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_cursor_beyond_the_head_is_told_where_the_head_is() {
    let desk = Desk::new();
    desk.deliver(hello(1)).await;
    let response = desk.send(fetch("after=2&wait=60", Some(BEARER))).await;
    assert_eq!(response.status(), StatusCode::CONFLICT);
    let body: serde_json::Value = serde_json::from_slice(&read(response).await).unwrap();
    assert_eq!(body, json!({"error": "cursor_ahead", "head": 1}));
}

#[tokio::test]
async fn a_query_that_is_none_is_refused() {
    let desk = Desk::new();
    for query in ["after=x", "wait=-1", "limit=many", "after=1&after=2"] {
        let status = desk.status(fetch(query, Some(BEARER))).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{query}");
    }
}

#[tokio::test]
async fn health_tells_the_head_and_nothing_about_anyone() {
    let desk = Desk::new();
    let (status, before) = desk.health().await;
    assert_eq!(status, StatusCode::OK);
    let expected = json!({"status": "ok", "head": 0, "last_received_at": null, "sqlite_version": before["sqlite_version"]});
    assert_eq!(before, expected);
    desk.deliver(hello(1)).await;
    let (_, after) = desk.health().await;
    assert_eq!(
        (&after["head"], &after["last_received_at"]),
        (&json!(1), &json!(NOW))
    );
}

#[tokio::test]
async fn old_bodies_go_and_their_cursors_never_come_back() {
    let desk = Desk::with(|config| config.limits.prune_every = Duration::from_millis(5));
    for number in 0..450 {
        desk.log.append(hello(number).into()).await.unwrap();
    }
    desk.clock.set(NOW + 29 * DAY_MS, 0.0).unwrap();
    desk.deliver("the newest").await;
    desk.clock.set(NOW + 31 * DAY_MS, 0.0).unwrap();
    soon(async {
        while desk.events("after=0").await.events[0].cursor != 451 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    })
    .await;
    let page = desk.events("after=3").await;
    assert_eq!(
        (page.events.len(), page.next),
        (1, 451),
        "a laptop that was away skips the gap"
    );

    desk.clock.set(NOW + 90 * DAY_MS, 0.0).unwrap();
    soon(async {
        while !desk.events("after=0").await.events.is_empty() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    })
    .await;
    let desk = desk.restart();
    assert_eq!(desk.head(), 451);
    assert_eq!(desk.deliver(hello(0)).await, StatusCode::OK);
    assert_eq!(desk.events("after=0").await.next, 452);
}
