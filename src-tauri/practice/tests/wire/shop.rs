//! A platform, a client and a webhook receiver on loopback.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::Bytes,
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    routing::get,
};
use cloud_api::{clock::Clock, signature::AppSecrets};
use practice::{Config, Control, Platform, Write};
use serde_json::{Value, json};

pub const LENA: &str = "493023125101";
/// 2026-11-20 09:00:00 UTC.
pub const START: i64 = 1_795_165_200_000;
pub const HOUR: i64 = 3_600_000;

#[derive(Default)]
pub struct Received {
    bodies: Mutex<Vec<Value>>,
    forged: Mutex<usize>,
    /// Statuses for the next posts; then 200.
    pub answers: Mutex<VecDeque<StatusCode>>,
}

impl Received {
    pub fn bodies(&self) -> Vec<Value> {
        self.bodies.lock().unwrap().clone()
    }

    /// `sent`, `delivered` … of all statuses so far.
    pub fn statuses(&self) -> Vec<Value> {
        self.values("statuses")
    }

    pub fn messages(&self) -> Vec<Value> {
        self.values("messages")
    }

    fn values(&self, key: &str) -> Vec<Value> {
        self.bodies()
            .iter()
            .filter_map(|b| {
                b["entry"][0]["changes"][0]["value"][key][0]
                    .as_object()
                    .cloned()
            })
            .map(Value::Object)
            .collect()
    }
}

async fn take(
    State(received): State<Arc<Received>>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    if let Some(status) = received.answers.lock().unwrap().pop_front() {
        return status;
    }
    let secrets = AppSecrets::one("practice-app-secret".to_owned().into());
    let header = headers
        .get("x-hub-signature-256")
        .and_then(|h| h.to_str().ok());
    if secrets.verify(header, &body).is_err() {
        *received.forged.lock().unwrap() += 1;
        return StatusCode::UNAUTHORIZED;
    }
    let body = serde_json::from_slice(&body)
        .unwrap_or_else(|_| Value::String(String::from_utf8_lossy(&body).into_owned()));
    received.bodies.lock().unwrap().push(body);
    StatusCode::OK
}

async fn handshake(Query(query): Query<std::collections::HashMap<String, String>>) -> String {
    if query.get("hub.verify_token").map(String::as_str) == Some("practice-verify-token") {
        query.get("hub.challenge").cloned().unwrap_or_default()
    } else {
        String::new()
    }
}

/// Starts a receiver; gives its URL.
pub async fn receiver() -> (String, Arc<Received>) {
    let received = Arc::new(Received::default());
    let app = Router::new()
        .route("/webhook", get(handshake).post(take))
        .with_state(received.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/webhook", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await });
    (url, received)
}

pub struct Shop {
    pub platform: Platform,
    pub control: Control,
    pub received: Arc<Received>,
    pub http: reqwest::Client,
    pub clock: Clock,
}

pub fn client() -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().build().unwrap()
}

/// Polls until `look` finds something; ten seconds at most.
pub async fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + Duration::from_secs(10);
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < deadline, "never came: {what}");
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}

impl Shop {
    pub async fn open() -> Self {
        Self::with(|_| {}).await
    }

    pub async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let (url, received) = receiver().await;
        let clock = Clock::adjustable();
        clock.set(START, 0.0).unwrap();
        let mut config = Config {
            webhook_url: url,
            ..Config::local(clock.clone())
        };
        change(&mut config);
        let platform = Platform::start(config).await.unwrap();
        Self {
            control: platform.control(),
            platform,
            received,
            http: client(),
            clock,
        }
    }

    pub fn jump(&self, ms: i64) {
        self.control
            .move_clock(practice::ClockMove {
                jump_ms: ms,
                ..Default::default()
            })
            .unwrap();
    }

    /// Lena writes; her window is open.
    pub fn lena_writes(&self) -> String {
        self.control
            .customer_writes(&Write {
                wa_id: Some(LENA.into()),
                name: Some("Lena Brandt".into()),
                text: Some("Guten Tag, ist mein Rad fertig? \u{1F6B2}".into()),
                ..Write::default()
            })
            .unwrap()
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}/v25.0/{path}", self.platform.base_url())
    }

    pub async fn get(&self, path: &str) -> (u16, Value) {
        self.get_url(&self.url(path)).await
    }

    pub async fn get_url(&self, url: &str) -> (u16, Value) {
        let answer = self
            .http
            .get(url)
            .bearer_auth("practice-access-token")
            .send()
            .await
            .unwrap();
        let status = answer.status().as_u16();
        (status, answer.json().await.unwrap_or_default())
    }

    pub async fn try_post(&self, body: &Value) -> Result<reqwest::Response, reqwest::Error> {
        self.http
            .post(self.url("318000000000101/messages"))
            .bearer_auth("practice-access-token")
            .timeout(Duration::from_secs(5))
            .json(body)
            .send()
            .await
    }

    pub async fn post(&self, body: &Value) -> (u16, Value) {
        let answer = self.try_post(body).await.unwrap();
        (
            answer.status().as_u16(),
            answer.json().await.unwrap_or_default(),
        )
    }

    /// A text to Lena that carries `row` as callback data.
    pub fn text(row: &str) -> Value {
        json!({
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": format!("+{LENA}"),
            "type": "text",
            "text": {"body": "Ja, Sie können es abholen."},
            "biz_opaque_callback_data": row,
        })
    }

    pub fn template(to: &str, name: &str, parameters: &[&str]) -> Value {
        let parameters: Vec<_> = parameters
            .iter()
            .map(|p| json!({"type": "text", "text": p}))
            .collect();
        json!({
            "messaging_product": "whatsapp",
            "to": to,
            "type": "template",
            "template": {
                "name": name,
                "language": {"code": "de"},
                "components": [{"type": "body", "parameters": parameters}],
            },
        })
    }
}
