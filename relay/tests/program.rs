//! The relay as a process: how it starts, what it prints, what it never prints, how it ends.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]
#![cfg(unix)]

mod support;

use std::{
    io::{BufRead, BufReader, Read},
    path::Path,
    process::{Child, ChildStdout, Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

use cloud_api::clock::Clock;
use support::{APP_SECRET, BEARER, NOW, VERIFY_TOKEN, signed};
use tempfile::TempDir;

struct Process {
    child: Child,
    stdout: BufReader<ChildStdout>,
    url: String,
}

fn command(dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_relay"));
    command
        .env_clear()
        .env("GUICHET_RELAY_APP_SECRET", APP_SECRET)
        .env("GUICHET_RELAY_VERIFY_TOKEN", VERIFY_TOKEN)
        .env("GUICHET_RELAY_BEARER_TOKEN", BEARER)
        .args(["--listen", "127.0.0.1:0", "--log-level", "debug"])
        .arg("--database")
        .arg(dir.join("relay.db"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

impl Process {
    fn start(command: &mut Command) -> Self {
        let mut child = command.spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let url = line.trim_end().strip_prefix("listening on ");
        let url = url.expect("the first line tells the address").to_owned();
        Self { child, stdout, url }
    }

    /// Returns how it ended and the rest of what it printed.
    fn terminate(mut self) -> (ExitStatus, String) {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args(["-TERM", &pid]).status().unwrap();
        assert!(sent.success());
        let status = wait(&mut self.child);
        let mut printed = String::new();
        self.stdout.read_to_string(&mut printed).unwrap();
        let mut stderr = self.child.stderr.take().unwrap();
        stderr.read_to_string(&mut printed).unwrap();
        (status, printed)
    }
}

fn wait(child: &mut Child) -> ExitStatus {
    let deadline = Instant::now() + Duration::from_secs(30);
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status;
        }
        assert!(Instant::now() < deadline, "the process does not end");
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn client() -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().build().unwrap()
}

async fn deliver(url: &str, body: &str) -> reqwest::Response {
    let request = client().post(format!("{url}/webhook"));
    let request = request.header("X-Hub-Signature-256", signed(APP_SECRET, body.as_bytes()));
    request.body(body.to_owned()).send().await.unwrap()
}

async fn events(url: &str, query: &str) -> cloud_api::feed::Page {
    let request = client().get(format!("{url}/v1/events?{query}"));
    let answer = request.bearer_auth(BEARER).send().await.unwrap();
    serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap()
}

#[tokio::test]
async fn it_keeps_what_it_acknowledged_over_a_clean_end() {
    let dir = TempDir::new().unwrap();
    let relay = Process::start(&mut command(dir.path()));
    assert_eq!(deliver(&relay.url, "first").await.status(), 200);
    let url = relay.url.clone();
    let poll = tokio::spawn(async move {
        let request = client().get(format!("{url}/v1/events?after=1&wait=60"));
        request.bearer_auth(BEARER).send().await
    });
    tokio::task::yield_now().await;
    let (status, _) = relay.terminate();
    assert_eq!(status.code(), Some(0));
    // Answered, or never begun; in no case does it hold the process.
    let _ = poll.await.unwrap();
    assert!(
        !dir.path().join("relay.db-wal").exists(),
        "all is in the file"
    );

    let relay = Process::start(&mut command(dir.path()));
    let page = events(&relay.url, "after=0").await;
    assert_eq!(page.events[0].body.as_deref(), Some("first"));
    relay.terminate();
}

#[tokio::test]
async fn it_shows_the_time_of_the_clock_it_follows() {
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("clock");
    let clock = Clock::following(&file);
    clock.set(NOW, 0.0).unwrap();
    let relay = Process::start(command(dir.path()).arg("--clock-file").arg(&file));
    let answer = deliver(&relay.url, "first").await;
    assert_eq!(answer.headers()["date"], "Mon, 02 Mar 2026 09:30:00 GMT");
    clock.set(NOW + 3_600_000, 0.0).unwrap();
    let answer = deliver(&relay.url, "second").await;
    assert_eq!(answer.headers()["date"], "Mon, 02 Mar 2026 10:30:00 GMT");
    let page = events(&relay.url, "after=0").await;
    let times: Vec<i64> = page.events.iter().map(|event| event.received_at).collect();
    assert_eq!(times, [NOW, NOW + 3_600_000]);
    assert_eq!(page.now, NOW + 3_600_000);
    relay.terminate();
}

#[test]
fn a_missing_setting_ends_it_with_one_sentence_and_code_2() {
    let dir = TempDir::new().unwrap();
    let output = command(dir.path())
        .env_remove("GUICHET_RELAY_APP_SECRET")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.starts_with("The app secret is missing: pass --app-secret-file"),
        "{said}"
    );
    assert_eq!(said.lines().count(), 1);
}

#[test]
fn a_database_in_use_ends_it_with_a_sentence() {
    let dir = TempDir::new().unwrap();
    let first = Process::start(&mut command(dir.path()));
    let output = command(dir.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("already used by another relay"), "{said}");
    first.terminate();
}

#[tokio::test]
async fn its_log_names_nobody_and_holds_no_secret() {
    let dir = TempDir::new().unwrap();
    for format in ["text", "json"] {
        let relay = Process::start(command(dir.path()).args(["--log-format", format]));
        let url = relay.url.clone();
        let client = client();
        let body = r#"{"from":"4915550100742","name":"Ottilie","text":"canary-body"}"#;
        assert_eq!(deliver(&url, body).await.status(), 200);
        for request in [
            client.post(format!("{url}/webhook")).body(body),
            client
                .post(format!("{url}/webhook?from=4915550100742"))
                .header("X-Hub-Signature-256", "sha256=canary-signature")
                .body(body),
            client.get(format!("{url}/webhook?hub.verify_token=canary-token")),
            client.get(format!("{url}/webhook/4915550100742")),
            client
                .get(format!("{url}/v1/events?wait=0"))
                .bearer_auth("canary-bearer"),
            client
                .get(format!("{url}/v1/events?after=0&name=Ottilie"))
                .bearer_auth(BEARER),
            client.request(
                reqwest::Method::from_bytes(b"CANARY-METHOD").unwrap(),
                format!("{url}/healthz"),
            ),
        ] {
            request
                .header("User-Agent", "canary-agent")
                .send()
                .await
                .unwrap();
        }
        let (_, printed) = relay.terminate();
        let lines = printed
            .lines()
            .filter(|line| line.contains("request"))
            .count();
        assert!(lines >= 8, "requests are logged at all: {printed}");
        let printed = printed.to_lowercase();
        for never in [
            "canary",
            "4915550100742",
            "ottilie",
            APP_SECRET,
            VERIFY_TOKEN,
            BEARER,
            "127.0.0.1",
        ] {
            assert!(
                !printed.contains(&never.to_lowercase()),
                "{never} in {printed}"
            );
        }
    }
}

#[tokio::test]
async fn a_request_that_never_ends_does_not_hold_it() {
    use tokio::io::AsyncWriteExt;
    let dir = TempDir::new().unwrap();
    let relay = Process::start(&mut command(dir.path()));
    let address = relay.url.strip_prefix("http://").unwrap();
    let mut slow = tokio::net::TcpStream::connect(address).await.unwrap();
    let half = "POST /webhook HTTP/1.1\r\nHost: relay\r\nX-Hub-Signature-256: sha256=0\r\nContent-Length: 9\r\n\r\nhalf";
    slow.write_all(half.as_bytes()).await.unwrap();
    assert_eq!(deliver(&relay.url, "whole").await.status(), 200);
    let (status, _) = relay.terminate();
    assert_eq!(status.code(), Some(0));
}
