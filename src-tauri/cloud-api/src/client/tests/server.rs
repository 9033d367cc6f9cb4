//! A server that plays one part per connection and writes down what it was asked.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use secrecy::SecretString;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use crate::client::{Client, Config};

pub const TOKEN: &str = "EAAtoken-that-must-not-show";

#[derive(Clone, Debug)]
pub enum Play {
    /// The whole answer, as bytes.
    Answer(Vec<u8>),
    /// Reads the request, then hangs up without a word.
    HangUp,
    /// Hangs up with the request half read: a reset.
    Reset,
    /// Announces a body and hangs up in the middle of it.
    HalfAnAnswer,
    /// Reads the request and says nothing until the client goes away.
    Silence,
}

#[derive(Clone, Debug, Default)]
pub struct Request {
    /// `GET /path?query`.
    pub line: String,
    /// As sent, in lower case.
    pub head: String,
    pub body: Vec<u8>,
}

impl Request {
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).expect("a JSON body")
    }
}

#[derive(Clone)]
pub struct Server {
    pub address: SocketAddr,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    /// Plays the parts in order; the last one for ever.
    pub async fn playing(parts: Vec<Play>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = requests.clone();
        tokio::spawn(async move {
            for turn in 0.. {
                let Ok((stream, _)) = listener.accept().await else {
                    break;
                };
                let part = parts[turn.min(parts.len() - 1)].clone();
                tokio::spawn(play(stream, part, seen.clone()));
            }
        });
        Self { address, requests }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn requests(&self) -> Vec<Request> {
        self.requests.lock().expect("unpoisoned").clone()
    }

    pub fn client(&self) -> Client {
        client_at(&self.url())
    }
}

pub fn client_at(base_url: &str) -> Client {
    client_with_patience(base_url, Duration::from_secs(10), Duration::from_secs(10))
}

/// `connecting` and `answering` as in the client's configuration.
pub fn client_with_patience(base_url: &str, connecting: Duration, answering: Duration) -> Client {
    Client::new(Config {
        base_url: base_url.to_owned(),
        connect_timeout: connecting,
        answer_timeout: answering,
        ..Config::new("301".into(), "201".into(), SecretString::from(TOKEN))
    })
    .expect("a client")
}

/// An address where nobody listens.
pub async fn deserted() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    format!("http://{}", listener.local_addr().expect("an address"))
}

pub fn answer(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Play {
    let body = body.as_ref();
    let mut bytes = format!(
        "HTTP/1.1 {status} X\r\nconnection: close\r\ncontent-length: {}\r\n",
        body.len()
    );
    for (name, value) in headers {
        bytes.push_str(&format!("{name}: {value}\r\n"));
    }
    bytes.push_str("\r\n");
    let mut bytes = bytes.into_bytes();
    bytes.extend_from_slice(body);
    Play::Answer(bytes)
}

pub fn json(status: u16, body: serde_json::Value) -> Play {
    answer(
        status,
        &[("content-type", "application/json")],
        body.to_string(),
    )
}

pub fn graph_error(status: u16, code: i64) -> Play {
    json(
        status,
        serde_json::json!({"error": {
            "message": format!("(#{code}) Some title"), "type": "OAuthException", "code": code,
            "error_subcode": 2_494_010, "error_data": {"messaging_product": "whatsapp", "details": "Some details"},
            "fbtrace_id": "Atrace",
        }}),
    )
}

async fn play(mut stream: TcpStream, part: Play, seen: Arc<Mutex<Vec<Request>>>) {
    if matches!(part, Play::Reset) {
        let mut first = [0; 1];
        let _ = stream.read(&mut first).await;
        seen.lock().expect("unpoisoned").push(Request::default());
        return;
    }
    let request = read_request(&mut stream).await;
    seen.lock().expect("unpoisoned").push(request);
    match part {
        Play::Answer(bytes) => {
            let _ = stream.write_all(&bytes).await;
            let _ = stream.shutdown().await;
        }
        Play::HalfAnAnswer => {
            let _ = stream
                .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 4000\r\n\r\n{\"messages\":[")
                .await;
        }
        Play::Silence => {
            let mut rest = Vec::new();
            let _ = stream.read_to_end(&mut rest).await;
        }
        Play::HangUp | Play::Reset => {}
    }
}

async fn read_request(stream: &mut TcpStream) -> Request {
    let mut bytes = Vec::new();
    let mut piece = [0; 8192];
    loop {
        let read = stream.read(&mut piece).await.unwrap_or(0);
        bytes.extend_from_slice(&piece[..read]);
        let head_end = bytes.windows(4).position(|w| w == b"\r\n\r\n");
        if let Some(end) = head_end {
            let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
            let length = head
                .to_lowercase()
                .lines()
                .find_map(|l| l.strip_prefix("content-length: ")?.parse::<usize>().ok())
                .unwrap_or(0);
            if bytes.len() >= end + 4 + length {
                let line = head.lines().next().unwrap_or_default();
                return Request {
                    line: line.trim_end_matches(" HTTP/1.1").to_owned(),
                    head: head.to_lowercase(),
                    body: bytes[end + 4..].to_vec(),
                };
            }
        }
        if read == 0 {
            return Request::default();
        }
    }
}
