//! A relay without sockets, and the requests that Meta and a laptop send to it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::sync::Arc;

use axum::{
    Router,
    body::{Body, Bytes},
    http::{Request, Response, StatusCode, header},
};
use cloud_api::{
    clock::Clock,
    feed::Page,
    signature::{AppSecrets, sign},
};
use relay::{Config, Log, SqliteLog, State, router};
use secrecy::SecretString;
use tempfile::TempDir;
use tokio::sync::watch;
use tower::ServiceExt;

pub const APP_SECRET: &str = "the shop's app secret";
pub const OLD_APP_SECRET: &str = "the secret before";
pub const VERIFY_TOKEN: &str = "copper-kettle";
pub const BEARER: &str = "laptop-at-the-counter";
/// 2026-03-02 09:30:00 UTC.
pub const NOW: i64 = 1_772_443_800_000;

pub struct Desk {
    pub router: Router,
    pub log: Arc<SqliteLog>,
    pub clock: Clock,
    pub stop: watch::Sender<bool>,
    pub config: Config,
    pub dir: Arc<TempDir>,
}

pub fn config(dir: &TempDir) -> Config {
    let clock = Clock::adjustable();
    clock.set(NOW, 0.0).unwrap();
    let secret = SecretString::from;
    Config {
        clock,
        ..Config::new(
            dir.path().join("relay.db"),
            AppSecrets::rotating(secret(APP_SECRET), secret(OLD_APP_SECRET)),
            secret(VERIFY_TOKEN),
            secret(BEARER),
        )
    }
}

impl Desk {
    pub fn new() -> Self {
        Self::with(|_| {})
    }

    pub fn with(change: impl FnOnce(&mut Config)) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut config = config(&dir);
        change(&mut config);
        Self::open(Arc::new(dir), config)
    }

    fn open(dir: Arc<TempDir>, config: Config) -> Self {
        let log = Arc::new(SqliteLog::open(&config).unwrap());
        let (stop, stopping) = watch::channel(false);
        Self {
            router: router(State::new(Arc::clone(&log), config.clone(), stopping)),
            log,
            clock: config.clock.clone(),
            stop,
            config,
            dir,
        }
    }

    /// As after the end of the process and a new start.
    pub fn restart(self) -> Self {
        self.restart_with(|_| {})
    }

    pub fn restart_with(mut self, change: impl FnOnce(&mut Config)) -> Self {
        self.log.close();
        change(&mut self.config);
        Self::open(self.dir, self.config)
    }

    pub async fn send(&self, request: Request<Body>) -> Response<Body> {
        self.router.clone().oneshot(request).await.unwrap()
    }

    pub async fn status(&self, request: Request<Body>) -> StatusCode {
        self.send(request).await.status()
    }

    /// Signed as Meta does.
    pub async fn deliver(&self, body: impl Into<Bytes>) -> StatusCode {
        self.status(delivery(body)).await
    }

    /// `query` without the question mark, as the laptop with the right token.
    pub async fn events(&self, query: &str) -> Page {
        let response = self.send(fetch(query, Some(BEARER))).await;
        assert_eq!(response.status(), StatusCode::OK);
        serde_json::from_slice(&read(response).await).unwrap()
    }

    pub async fn health(&self) -> (StatusCode, serde_json::Value) {
        let response = self.send(get("/healthz")).await;
        let status = response.status();
        (
            status,
            serde_json::from_slice(&read(response).await).unwrap(),
        )
    }

    pub fn head(&self) -> i64 {
        self.log.head().cursor
    }
}

pub fn get(uri: &str) -> Request<Body> {
    Request::get(uri).body(Body::empty()).unwrap()
}

pub fn fetch(query: &str, bearer: Option<&str>) -> Request<Body> {
    let mut request = Request::get(format!("/v1/events?{query}"));
    if let Some(bearer) = bearer {
        request = request.header(header::AUTHORIZATION, format!("Bearer {bearer}"));
    }
    request.body(Body::empty()).unwrap()
}

pub fn delivery(body: impl Into<Bytes>) -> Request<Body> {
    let body = body.into();
    let signature = signed(APP_SECRET, &body);
    post(&[&signature], body)
}

pub fn post(signatures: &[&str], body: impl Into<Body>) -> Request<Body> {
    let mut request = Request::post("/webhook").header(header::CONTENT_TYPE, "application/json");
    for signature in signatures {
        request = request.header("X-Hub-Signature-256", *signature);
    }
    request.body(body.into()).unwrap()
}

pub fn signed(secret: &str, body: &[u8]) -> String {
    sign(&SecretString::from(secret), body)
}

pub async fn read(response: Response<Body>) -> Bytes {
    let body = response.into_body();
    axum::body::to_bytes(body, usize::MAX).await.unwrap()
}

/// A webhook body of our own making; the number makes it differ from others.
pub fn hello(number: usize) -> String {
    format!(
        r#"{{"object":"whatsapp_business_account","entry":[{{"id":"110","changes":[{{"field":"messages","value":{{"messages":[{{"id":"wamid.T{number}","type":"text","text":{{"body":"Guten Morgen"}}}}]}}}}]}}]}}"#
    )
}
