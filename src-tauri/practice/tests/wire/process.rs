//! The platform as a process of its own, steered over HTTP.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

use cloud_api::clock::Clock;
use serde_json::{Value, json};

use crate::shop::{LENA, START, Shop, client, receiver, until};

struct Process {
    child: Child,
    url: String,
    http: reqwest::Client,
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Process {
    fn start(flags: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_practice"))
            .args(flags)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let url = line
            .trim()
            .strip_prefix("listening on ")
            .unwrap()
            .to_owned();
        Self {
            child,
            url,
            http: client(),
        }
    }

    async fn control(&self, path: &str, body: Value) -> (u16, Value) {
        let answer = self
            .http
            .post(format!("{}/_practice/{path}", self.url))
            .json(&body)
            .send()
            .await
            .unwrap();
        (
            answer.status().as_u16(),
            answer.json().await.unwrap_or_default(),
        )
    }

    async fn look(&self, path: &str) -> Value {
        self.http
            .get(format!("{}/_practice/{path}", self.url))
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap()
    }

    async fn send(&self, row: &str) -> Result<u16, reqwest::Error> {
        self.http
            .post(format!("{}/v25.0/318000000000101/messages", self.url))
            .bearer_auth("practice-access-token")
            .json(&Shop::text(row))
            .send()
            .await
            .map(|answer| answer.status().as_u16())
    }
}

fn flag(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_killed_platform_still_knows_what_it_accepted() {
    let dir = tempfile::tempdir().unwrap();
    let state = flag(&dir.path().join("state.jsonl"));
    let clock = flag(&dir.path().join("clock"));
    Clock::following(&clock).set(START, 0.0).unwrap();
    let (target, received) = receiver().await;
    let mut process = Process::start(&[
        "--state",
        &state,
        "--clock-file",
        &clock,
        "--webhook-url",
        &target,
    ]);
    let write = json!({"wa_id": LENA, "text": "Hallo"});
    assert!(process.control("customers/write", write).await.1["wamid"].is_string());
    assert_eq!(process.send("row-1").await.unwrap(), 200);
    process
        .control(
            "faults",
            json!({"on": "messages", "kind": "reset_after", "count": 1}),
        )
        .await;
    assert!(process.send("row-2").await.is_err());
    process.child.kill().unwrap();
    process.child.wait().unwrap();

    let again = Process::start(&[
        "--state",
        &state,
        "--clock-file",
        &clock,
        "--webhook-url",
        &target,
    ]);
    for row in ["row-1", "row-2"] {
        let list = again.look(&format!("accepted?callback_data={row}")).await;
        assert_eq!(list.as_array().unwrap().len(), 1, "{row}");
    }
    assert_eq!(
        again.send("row-3").await.unwrap(),
        200,
        "the window is still open"
    );
    again.control("settle", json!({})).await;
    for row in ["row-1", "row-2", "row-3"] {
        let read = |s: &Value| s["biz_opaque_callback_data"] == row && s["status"] == "read";
        assert!(received.statuses().iter().any(read), "{row}");
    }
}

#[tokio::test]
async fn two_processes_follow_one_clock_file() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("clock");
    let clock = Clock::following(&file);
    clock.set(START, 0.0).unwrap();
    let process = Process::start(&["--clock-file", &flag(&file)]);
    assert_eq!(
        process.look("clock").await,
        json!({"now_ms": START, "speed": 0.0})
    );
    process.control("clock", json!({"jump_ms": 60_000})).await;
    assert_eq!(clock.now(), START + 60_000);
    clock.set(START + 1, 0.0).unwrap();
    assert_eq!(process.look("clock").await["now_ms"], START + 1);
}

#[tokio::test]
async fn statuses_come_when_another_process_moves_the_clock() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("clock");
    let clock = Clock::following(&file);
    clock.set(START, 0.0).unwrap();
    let (target, received) = receiver().await;
    let process = Process::start(&["--clock-file", &flag(&file), "--webhook-url", &target]);
    process
        .control("customers/write", json!({"wa_id": LENA, "text": "Hallo"}))
        .await;
    process.send("row").await.unwrap();
    clock.set(START + 10_000, 0.0).unwrap();
    until("three statuses", || {
        (received.statuses().len() == 3).then_some(())
    })
    .await;
}

#[tokio::test]
async fn every_control_call_answers_over_http() {
    let process = Process::start(&["--auto-customers"]);
    let (target, received) = receiver().await;
    for (path, body) in [
        ("webhook/target", json!({"url": target})),
        ("webhook/verify", json!({})),
        ("customers/write", json!({"wa_id": LENA, "text": "Hallo"})),
        ("customers/493023125101", json!({"blocks": true})),
        ("customers/DE.9", json!({"unreachable": true})),
        ("webhook", json!({"body": {"object": "page"}})),
        ("webhook", json!({"body": "raw"})),
        ("clock", json!({"jump_ms": 1_000, "speed": 60.0})),
        (
            "faults",
            json!({"on": "templates", "kind": "malformed_json", "count": 2}),
        ),
        ("templates/add", json!({"count": 251})),
        (
            "templates/status",
            json!({"name": "order_ready", "language": "de", "event": "PAUSED"}),
        ),
        (
            "templates",
            json!({"name": "mine", "language": "de", "category": "UTILITY", "components": [{"type": "BODY", "text": "Hallo"}]}),
        ),
        ("account", json!({"state": "locked"})),
        ("account", json!({"state": "ok", "quality": "RED"})),
        (
            "statuses",
            json!({"auto": true, "sent_ms": 0, "delivered_ms": 0, "read_ms": null}),
        ),
        (
            "rules",
            json!({"as_status": [131_026], "throughput_per_s": 10}),
        ),
        ("script", json!({"language": "pt-BR"})),
        ("token", json!({"token": "next"})),
        ("token", json!({})),
        ("settle", json!({})),
    ] {
        let (status, answer) = process.control(path, body).await;
        assert_eq!(status, 200, "{path}: {answer}");
    }
    assert!(!received.bodies().is_empty());
    assert_eq!(process.look("faults").await[0]["kind"], "malformed_json");
    assert!(process.look("state").await["customers"].as_u64().unwrap() >= 2);
    assert_eq!(process.look("requests").await, json!([]));
    for (path, body) in [
        ("customers/write", json!({"text": "from nobody"})),
        ("account", json!({"state": "sleepy"})),
        (
            "templates/status",
            json!({"name": "none", "language": "de", "event": "PAUSED"}),
        ),
        (
            "statuses/send",
            json!({"wamid": "wamid.none", "status": "sent"}),
        ),
    ] {
        assert_eq!(process.control(path, body).await.0, 400, "{path}");
    }
    process.control("reset", json!({})).await;
    assert_eq!(process.look("state").await["customers"], 0);
}

#[tokio::test]
async fn a_web_page_cannot_steer_the_platform() {
    let process = Process::start(&[]);
    let url = format!("{}/_practice/state", process.url);
    for (name, value) in [("origin", "http://evil.example"), ("host", "evil.example")] {
        let answer = process
            .http
            .get(&url)
            .header(name, value)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status().as_u16(), 403, "{name}");
    }
}

#[test]
fn it_listens_on_this_machine_only() {
    let output = Command::new(env!("CARGO_BIN_EXE_practice"))
        .args(["--listen", "0.0.0.0:0"])
        .output()
        .unwrap();
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("only listen on this machine"));
}
