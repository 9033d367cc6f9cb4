//! P1: the relay's durable answer, 32 clients that each wait for it, against group commits of 32 alone and
//! against a handler that only checks the signature.

use std::{net::SocketAddr, path::Path, sync::Arc, time::Instant};

use axum::{
    Router,
    body::Bytes,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use cloud_api::signature::{AppSecrets, SIGNATURE_HEADER, sign};
use rusqlite::{Connection, params};
use secrecy::SecretString;
use sha2::{Digest, Sha256};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    runtime::Runtime,
};

use crate::measure::{Better, per_second, take_turns};

const CLIENTS: usize = 32;
const PER_ROUND: usize = 6_400;

pub fn run(dir: &Path, rounds: usize) {
    let server = Runtime::new().expect("a runtime");
    let load = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let relay = server.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let config = relay::Config::new(
            dir.join("relay.db"),
            AppSecrets::one(secret()),
            "v".to_owned().into(),
            "b".to_owned().into(),
        );
        relay::start(listener, config).await.expect("a relay")
    });
    let bare = server.block_on(signature_only());
    let mut raw = Raw::open(&dir.join("raw.db"));
    let made = std::cell::Cell::new(0);
    let post_all = |to: SocketAddr| {
        let requests = requests(made.replace(made.get() + PER_ROUND), PER_ROUND);
        load.block_on(closed_loop(to, requests))
    };
    let (address, database) = (relay.address(), dir.join("relay.db"));
    let to_the_relay = std::cell::Cell::new(0);
    let to_relay = || {
        to_the_relay.set(to_the_relay.get() + PER_ROUND as i64);
        post_all(address)
    };
    to_relay();
    let took = take_turns(
        rounds,
        Some(dir),
        Box::new(to_relay),
        vec![
            ("signature only", Box::new(|| post_all(bare))),
            ("group commit of 32", Box::new(|| raw.commit(32, PER_ROUND))),
        ],
    );
    took.print(
        "P1 webhook posted to durable 200, 32 clients",
        "/s",
        Better::More,
        Some(0.60),
    );
    server.block_on(relay.stop()).expect("a relay that stops");
    let kept: i64 = Connection::open(database)
        .and_then(|db| db.query_row("SELECT count(*) FROM bodies", [], |row| row.get(0)))
        .expect("the relay's log");
    assert_eq!(
        kept,
        to_the_relay.get(),
        "every answered body is in the log"
    );
    server.shutdown_background();
}

fn secret() -> SecretString {
    "practice-app-secret".to_owned().into()
}

async fn signature_only() -> SocketAddr {
    let secrets = Arc::new(AppSecrets::one(secret()));
    let check = move |headers: HeaderMap, body: Bytes| {
        let header = headers.get(SIGNATURE_HEADER).and_then(|h| h.to_str().ok());
        let fits = secrets.verify(header, &body).is_ok();
        async move {
            if fits {
                StatusCode::OK
            } else {
                StatusCode::UNAUTHORIZED
            }
        }
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        axum::serve(listener, Router::new().route("/webhook", post(check))).await
    });
    address
}

/// About as long as Meta's body for one text message.
fn body(n: usize) -> String {
    format!(
        r#"{{"object":"whatsapp_business_account","entry":[{{"id":"318000000000202","changes":[{{"field":"messages","value":{{"messaging_product":"whatsapp","metadata":{{"display_phone_number":"493023125001","phone_number_id":"318000000000101"}},"contacts":[{{"profile":{{"name":"Lena Testmann"}},"wa_id":"493023125101","user_id":"DE.00000000000000000101"}}],"messages":[{{"from":"493023125101","from_user_id":"DE.00000000000000000101","id":"wamid.HBgMNDkzMDIzMTI1MTAxFQIAEhgg{n:016X}","timestamp":"1793000000","type":"text","text":{{"body":"Ist die Torte morgen fertig?"}}}}]}}}}]}}]}}"#
    )
}

fn requests(first: usize, n: usize) -> Vec<Vec<u8>> {
    let secret = secret();
    (first..first + n)
        .map(|n| {
            let body = body(n);
            let signature = sign(&secret, body.as_bytes());
            format!(
                "POST /webhook HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n{SIGNATURE_HEADER}: {signature}\r\ncontent-length: {}\r\n\r\n{body}",
                body.len()
            )
            .into_bytes()
        })
        .collect()
}

/// Each client posts its share, one after the other over one connection. Answers per second.
async fn closed_loop(to: SocketAddr, requests: Vec<Vec<u8>>) -> f64 {
    let n = requests.len();
    let requests = Arc::new(requests);
    let mut streams = Vec::new();
    for _ in 0..CLIENTS {
        let stream = TcpStream::connect(to).await.expect("a connection");
        stream.set_nodelay(true).expect("no delay");
        streams.push(stream);
    }
    let begun = Instant::now();
    let clients: Vec<_> = streams
        .into_iter()
        .enumerate()
        .map(|(client, mut stream)| {
            let requests = requests.clone();
            tokio::spawn(async move {
                let mut answer = vec![0; 4096];
                for request in requests.iter().skip(client).step_by(CLIENTS) {
                    stream.write_all(request).await.expect("a request");
                    let mut got = 0;
                    while !answer[..got].windows(4).any(|end| end == b"\r\n\r\n") {
                        let more = stream.read(&mut answer[got..]).await.expect("an answer");
                        assert!(more > 0, "the connection stays open");
                        got += more;
                    }
                    assert!(
                        answer.starts_with(b"HTTP/1.1 200"),
                        "{}",
                        String::from_utf8_lossy(&answer[..got])
                    );
                }
            })
        })
        .collect();
    for client in clients {
        client.await.expect("a client");
    }
    per_second(n, begun.elapsed())
}

/// The relay's table, without a relay.
struct Raw {
    db: Connection,
    made: usize,
}

impl Raw {
    fn open(path: &Path) -> Self {
        let db = Connection::open(path).expect("a database");
        db.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0;",
        )
        .expect("WAL");
        db.execute_batch(include_str!(
            "../../relay/src/log/migrations/0001_bodies.sql"
        ))
        .expect("the table");
        Self { db, made: 1 << 40 }
    }

    fn commit(&mut self, batch: usize, n: usize) -> f64 {
        let bodies: Vec<String> = (self.made..self.made + n).map(body).collect();
        self.made += n;
        let begun = Instant::now();
        for some in bodies.chunks(batch) {
            let tx = self.db.transaction().expect("a transaction");
            {
                let mut insert = tx
                    .prepare_cached(
                        "INSERT INTO bodies (received_at, digest, body) VALUES (?1, ?2, ?3)",
                    )
                    .expect("a statement");
                for body in some {
                    let digest: [u8; 32] = Sha256::digest(body.as_bytes()).into();
                    insert
                        .execute(params![0, digest, body.as_bytes()])
                        .expect("a row");
                }
            }
            tx.commit().expect("a commit");
        }
        let rate = per_second(n, begun.elapsed());
        // As with the relay, where another thread does it: not while anybody waits.
        let copied = self
            .db
            .query_row("PRAGMA wal_checkpoint(RESTART)", [], |_| Ok(()));
        copied.expect("a checkpoint");
        rate
    }
}
