//! What Meta sends, what others send in Meta's name, and what becomes of both.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

mod support;

use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use cloud_api::signature::AppSecrets;
use relay::config::{Proof, SecretHeader};
use support::{APP_SECRET, Desk, NOW, OLD_APP_SECRET, delivery, get, hello, post, read, signed};

#[tokio::test]
async fn the_handshake_is_answered_only_to_who_knows_the_verify_token() {
    let desk = Desk::new();
    let mode = "hub.mode=subscribe";
    let token = "hub.verify_token=copper-kettle";
    let challenge = "hub.challenge=1158201444";
    for (query, expected) in [
        (format!("{mode}&{token}&{challenge}"), Some("1158201444")),
        (format!("{challenge}&{token}&{mode}"), Some("1158201444")),
        (format!("{mode}&{token}&hub.challenge=%3Cb%3E"), Some("<b>")),
        (
            format!("{mode}&hub.verify_token=copper-kettl&{challenge}"),
            None,
        ),
        (
            format!("{mode}&hub.verify_token=Copper-Kettle&{challenge}"),
            None,
        ),
        (format!("{mode}&hub.verify_token=&{challenge}"), None),
        (format!("{mode}&{challenge}"), None),
        (format!("{mode}&{token}"), None),
        (format!("{token}&{challenge}"), None),
        (format!("hub.mode=unsubscribe&{token}&{challenge}"), None),
        (format!("{mode}&{token}&{token}&{challenge}"), None),
        (String::new(), None),
    ] {
        let response = desk.send(get(&format!("/webhook?{query}"))).await;
        let Some(expected) = expected else {
            assert_eq!(response.status(), StatusCode::FORBIDDEN, "{query}");
            assert!(read(response).await.is_empty(), "{query}");
            continue;
        };
        assert_eq!(response.status(), StatusCode::OK, "{query}");
        let kind = response.headers()[header::CONTENT_TYPE].to_str().unwrap();
        assert!(kind.starts_with("text/plain"), "{query}: {kind}");
        assert_eq!(read(response).await, expected, "{query}");
    }
}

#[tokio::test]
async fn only_a_body_signed_once_with_a_current_secret_is_stored() {
    let desk = Desk::new();
    let body = hello(1);
    let good = signed(APP_SECRET, body.as_bytes());
    let digits = good.strip_prefix("sha256=").unwrap();
    let upper = format!("sha256={}", digits.to_uppercase());
    let short = &good[..good.len() - 2];
    let foreign = signed("somebody else's secret", body.as_bytes());
    let sha1 = "sha1=2fd4e1c67a2d28fced849ee1bb76e7391b93eb12";
    let altered = body.replace("Guten", "guten");
    let spaced = body.replace(':', ": ");

    for (why, signatures, sent) in [
        ("no header", vec![], &body),
        ("two headers, both right", vec![&good[..], &good], &body),
        ("two headers, one right", vec![&good[..], &foreign], &body),
        ("another's secret", vec![&foreign[..]], &body),
        ("SHA-1", vec![sha1], &body),
        ("capital letters", vec![&upper[..]], &body),
        ("too short", vec![short], &body),
        ("without its scheme", vec![digits], &body),
        ("empty", vec![""], &body),
        ("one byte altered", vec![&good[..]], &altered),
        ("written out anew", vec![&good[..]], &spaced),
    ] {
        let status = desk.status(post(&signatures, sent.clone())).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{why}");
        assert_eq!(desk.head(), 0, "{why}: something was stored");
    }
    assert!(desk.events("after=0").await.events.is_empty());

    let old = signed(OLD_APP_SECRET, hello(2).as_bytes());
    for (why, signature, body) in [
        ("the secret", good, hello(1)),
        ("the secret during its rotation", old, hello(2)),
    ] {
        let status = desk.status(post(&[&signature], body)).await;
        assert_eq!(status, StatusCode::OK, "{why}");
    }
    assert_eq!(desk.head(), 2);
}

const SECRET: &str = "a value that only the provider knows";

/// `(header, value)` beside the signatures.
fn headed(headers: &[(&str, &str)], signatures: &[&str], body: &str) -> Request<Body> {
    let mut request = post(signatures, body.to_owned());
    for (name, value) in headers {
        let name = header::HeaderName::try_from(*name).unwrap();
        let value = header::HeaderValue::from_str(value).unwrap();
        request.headers_mut().append(name, value);
    }
    request
}

fn secret_header() -> SecretHeader {
    SecretHeader {
        name: header::HeaderName::from_static("x-shop-secret"),
        value: SECRET.to_owned().into(),
    }
}

#[tokio::test]
async fn a_provider_that_signs_nothing_is_believed_by_its_secret_header_alone() {
    let desk = Desk::with(|config| config.proof = Proof::Header(secret_header()));
    let body = hello(1);
    let good = signed(APP_SECRET, body.as_bytes());
    for (why, headers, signatures) in [
        ("no header", vec![], vec![]),
        (
            "a signature, of a secret nobody set up",
            vec![],
            vec![&good[..]],
        ),
        (
            "another value",
            vec![("X-Shop-Secret", "a value that")],
            vec![],
        ),
        (
            "longer",
            vec![("X-Shop-Secret", &format!("{SECRET}s")[..])],
            vec![],
        ),
        ("empty", vec![("X-Shop-Secret", "")], vec![]),
        ("under another name", vec![("X-Shop", SECRET)], vec![]),
        (
            "twice, both right",
            vec![("X-Shop-Secret", SECRET), ("X-Shop-Secret", SECRET)],
            vec![],
        ),
    ] {
        let status = desk.status(headed(&headers, &signatures, &body)).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{why}");
        assert_eq!(desk.head(), 0, "{why}: something was stored");
    }
    let right = [("x-shop-secret", SECRET)];
    let foreign = signed("the provider's own secret", body.as_bytes());
    for (why, signatures) in [
        ("alone", vec![]),
        ("beside a foreign signature", vec![&foreign[..]]),
    ] {
        let status = desk.status(headed(&right, &signatures, &body)).await;
        assert_eq!(status, StatusCode::OK, "{why}");
    }
    assert_eq!(desk.head(), 1);
}

#[tokio::test]
async fn with_both_set_up_either_is_enough_and_nothing_is_not() {
    let both = |secrets: &AppSecrets| Proof::Either(secrets.clone(), secret_header());
    let desk = Desk::with(|config| config.proof = both(config.proof.signature().unwrap()));
    let body = hello(1);
    let good = signed(APP_SECRET, body.as_bytes());
    let foreign = signed("another", body.as_bytes());
    let right = ("X-Shop-Secret", SECRET);
    let wrong = ("X-Shop-Secret", "wrong");
    for (why, headers, signatures, expected) in [
        ("neither", vec![], vec![], StatusCode::UNAUTHORIZED),
        (
            "both wrong",
            vec![wrong],
            vec![&foreign[..]],
            StatusCode::UNAUTHORIZED,
        ),
        ("signature", vec![], vec![&good[..]], StatusCode::OK),
        (
            "signature, wrong header",
            vec![wrong],
            vec![&good[..]],
            StatusCode::OK,
        ),
        ("header", vec![right], vec![], StatusCode::OK),
        (
            "header, foreign signature",
            vec![right],
            vec![&foreign[..]],
            StatusCode::OK,
        ),
    ] {
        let status = desk.status(headed(&headers, &signatures, &body)).await;
        assert_eq!(status, expected, "{why}");
    }
}

#[tokio::test]
async fn whatever_meta_signed_is_kept_byte_by_byte() {
    let desk = Desk::new();
    let bodies: [&[u8]; 5] = [
        b"{\"object\":\"something_new\",\"entry\":[]}",
        b" {\"object\" : \"whatsapp_business_account\"}\n",
        b"not JSON at all",
        b"\xff\xfe\x00 not even text",
        b"",
    ];
    for body in bodies {
        assert_eq!(desk.deliver(body).await, StatusCode::OK);
    }
    let page = desk.events("after=0").await;
    assert_eq!(page.events.len(), bodies.len());
    for (stored, body) in page.events.iter().zip(bodies) {
        use base64::{Engine, engine::general_purpose::STANDARD};
        let (text, coded) = (stored.body.as_deref(), stored.body_base64.as_deref());
        match std::str::from_utf8(body) {
            Ok(body) => assert_eq!((text, coded), (Some(body), None)),
            Err(_) => assert_eq!((text, coded), (None, Some(&STANDARD.encode(body)[..]))),
        }
    }
}

#[tokio::test]
async fn a_repeated_delivery_is_acknowledged_and_stored_once() {
    let desk = Desk::new();
    for _ in 0..3 {
        assert_eq!(desk.deliver(hello(1)).await, StatusCode::OK);
    }
    assert_eq!(desk.deliver(hello(2)).await, StatusCode::OK);
    assert_eq!(desk.head(), 2);

    let at_once = (0..60).map(|number| {
        let (router, request) = (desk.router.clone(), delivery(hello(10 + number % 3)));
        tokio::spawn(async move {
            let answer = tower::ServiceExt::oneshot(router, request).await;
            answer.unwrap().status()
        })
    });
    for answer in at_once.collect::<Vec<_>>() {
        assert_eq!(answer.await.unwrap(), StatusCode::OK);
    }
    let page = desk.events("after=0").await;
    let cursors: Vec<i64> = page.events.iter().map(|event| event.cursor).collect();
    assert_eq!(cursors, [1, 2, 3, 4, 5]);
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused_however_it_is_announced() {
    let desk = Desk::with(|config| config.body_limit = 1000);
    let (fits, large) = ("x".repeat(1000), "x".repeat(1001));
    assert_eq!(desk.deliver(fits).await, StatusCode::OK);

    let signature = signed(APP_SECRET, large.as_bytes());
    let mut announced = post(&[&signature], Body::empty());
    let length = header::HeaderValue::from_static("1001");
    announced
        .headers_mut()
        .insert(header::CONTENT_LENGTH, length);
    for request in [announced, post(&[&signature], large)] {
        assert_eq!(desk.status(request).await, StatusCode::PAYLOAD_TOO_LARGE);
    }
    assert_eq!(desk.head(), 1);
}

#[tokio::test]
async fn the_largest_body_that_meta_sends_passes() {
    let desk = Desk::new();
    let body = vec![b'm'; 3 * 1024 * 1024];
    assert_eq!(desk.deliver(body).await, StatusCode::OK);
    let page = desk.events("after=0").await;
    assert_eq!(page.events[0].body.as_ref().unwrap().len(), 3 * 1024 * 1024);
}

#[tokio::test]
async fn every_answer_carries_the_relays_own_time() {
    let desk = Desk::new();
    let put = Request::builder().method(Method::PUT).uri("/webhook");
    let put = put.body(Body::empty()).unwrap();
    for (expected, request) in [
        (StatusCode::OK, get("/healthz")),
        (StatusCode::OK, delivery(hello(1))),
        (StatusCode::FORBIDDEN, get("/webhook")),
        (StatusCode::UNAUTHORIZED, get("/v1/events")),
        (StatusCode::NOT_FOUND, get("/elsewhere")),
        (StatusCode::METHOD_NOT_ALLOWED, put),
    ] {
        let response = desk.send(request).await;
        assert_eq!(response.status(), expected);
        let date = &response.headers()[header::DATE];
        assert_eq!(date, "Mon, 02 Mar 2026 09:30:00 GMT", "{expected}");
    }
    desk.clock.set(NOW + 86_400_000, 0.0).unwrap();
    let response = desk.send(get("/healthz")).await;
    assert_eq!(
        response.headers()[header::DATE],
        "Tue, 03 Mar 2026 09:30:00 GMT"
    );
}
