//! The relay inside another program, over real sockets.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

mod support;

use std::{future::Future, time::Duration};

use cloud_api::feed::Page;
use relay::{Config, Log, Running};
use support::{APP_SECRET, BEARER, config, hello, signed};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::oneshot,
};

/// Far beyond anything that works; only a hang reaches it.
async fn soon<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(30), future)
        .await
        .expect("it hangs")
}

async fn start(config: Config) -> Running {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    relay::start(listener, config).await.unwrap()
}

fn client() -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().build().unwrap()
}

async fn deliver(url: &str, body: &str) -> u16 {
    let request = client().post(format!("{url}/webhook"));
    let request = request.header("X-Hub-Signature-256", signed(APP_SECRET, body.as_bytes()));
    let answer = request.body(body.to_owned()).send().await.unwrap();
    answer.status().as_u16()
}

async fn poll(url: String, after: i64) -> Page {
    let request = client().get(format!("{url}/v1/events?after={after}&wait=60"));
    let answer = request.bearer_auth(BEARER).send().await.unwrap();
    serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap()
}

#[tokio::test]
async fn a_delivery_wakes_the_laptop_and_an_end_lets_it_go() {
    let dir = tempfile::tempdir().unwrap();
    let relay = start(config(&dir)).await;
    let url = relay.base_url();
    let waiting = tokio::spawn(poll(url.clone(), 0));
    assert_eq!(deliver(&url, &hello(1)).await, 200);
    assert_eq!(soon(waiting).await.unwrap().next, 1);

    soon(relay.stop()).await.unwrap();
    let relay = start(config(&dir)).await;
    assert_eq!(
        relay.log().head().cursor,
        1,
        "the same database opens at once"
    );
    relay.stop().await.unwrap();
}

#[tokio::test]
async fn serve_ends_when_its_signal_comes() {
    let dir = tempfile::tempdir().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (signal, shutdown) = oneshot::channel::<()>();
    let relay = tokio::spawn(relay::serve(listener, config(&dir), async {
        let _ = shutdown.await;
    }));
    assert_eq!(deliver(&url, &hello(1)).await, 200);
    signal.send(()).unwrap();
    soon(relay).await.unwrap().unwrap();
    let gone = client().get(format!("{url}/healthz")).send().await;
    assert!(gone.unwrap_err().is_connect());
}

#[tokio::test]
async fn a_body_that_dribbles_is_cut_off() {
    let dir = tempfile::tempdir().unwrap();
    let mut config = config(&dir);
    config.limits.body_timeout = Duration::from_millis(20);
    let relay = start(config).await;
    let mut slow = TcpStream::connect(relay.address()).await.unwrap();
    let half = "POST /webhook HTTP/1.1\r\nHost: relay\r\nX-Hub-Signature-256: sha256=0\r\nContent-Length: 9\r\n\r\nhalf";
    slow.write_all(half.as_bytes()).await.unwrap();
    let mut answer = String::new();
    soon(slow.read_to_string(&mut answer)).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    assert_eq!(relay.log().head().cursor, 0);
    relay.stop().await.unwrap();
}

#[tokio::test]
async fn a_connection_that_says_nothing_makes_room_for_others() {
    let dir = tempfile::tempdir().unwrap();
    let mut config = config(&dir);
    config.limits.connections = 1;
    config.limits.head_timeout = Duration::from_millis(20);
    let relay = start(config).await;
    let mut silent = TcpStream::connect(relay.address()).await.unwrap();
    assert_eq!(soon(deliver(&relay.base_url(), &hello(1))).await, 200);
    let mut nothing = Vec::new();
    soon(silent.read_to_end(&mut nothing)).await.unwrap();
    relay.stop().await.unwrap();
}

#[tokio::test]
async fn an_unsigned_request_is_refused_before_its_body_is_awaited() {
    let dir = tempfile::tempdir().unwrap();
    let relay = start(config(&dir)).await;
    let mut stranger = TcpStream::connect(relay.address()).await.unwrap();
    let head = "POST /webhook HTTP/1.1\r\nHost: relay\r\nContent-Length: 3000000\r\n\r\n";
    stranger.write_all(head.as_bytes()).await.unwrap();
    let mut answer = [0; 12];
    soon(stranger.read_exact(&mut answer)).await.unwrap();
    assert_eq!(&answer, b"HTTP/1.1 401");
    relay.stop().await.unwrap();
}
